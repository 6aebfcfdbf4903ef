//! The activity history: launches, terminations and moves, each with its cause in AWS's words.
use std::cmp::Reverse;

use super::{AutoScaling, Group};
use crate::api::ApiError;
use crate::api::autoscaling::{self as api, ActivitiesType, DescribeScalingActivitiesType};
use crate::cloud::{Context, EventId, Fact, PageRequest};
use crate::sim::{SimDuration, SimTime};

/// A launch, a termination or a move.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its id.
    pub activity_id: String,
    /// What is done.
    pub description: String,
    /// Why, in AWS's words.
    pub cause: String,
    /// When it began.
    pub started: SimTime,
    /// When it ended.
    pub ended: Option<SimTime>,
    /// Its status code, such as `InProgress`.
    pub status: String,
    /// What EC2 said of a failure.
    pub message: Option<String>,
    /// How far it is, in per cent.
    pub progress: i64,
    /// The subnet and the zone, as JSON.
    pub details: String,
    /// The event that led to it.
    pub event: Option<EventId>,
}

/// How an activity begins.
pub(super) struct Beginning<'a> {
    /// What is done.
    pub description: String,
    /// Why, in AWS's words.
    pub cause: String,
    /// The subnet and the zone.
    pub place: Option<(&'a str, &'a str)>,
    /// How far it is at once, in per cent.
    pub progress: i64,
}

/// How many activities a group keeps. Simplified: AWS keeps all of six weeks.
const KEPT: usize = 500;
/// How long an activity is kept.
const RETENTION: SimDuration = SimDuration::from_secs(42 * 86_400);
/// How many deleted groups are remembered with their activities.
pub(super) const DELETED_KEPT: usize = 20;

/// A group that is gone, with what it did.
#[derive(Clone, Debug)]
pub struct DeletedGroup {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// What it did, the newest first.
    pub activities: Vec<Activity>,
}

impl Group {
    /// Begins an activity and returns its id.
    pub(super) fn begin_activity(&mut self, context: &mut Context, beginning: Beginning) -> String {
        let activity_id = context.new_uuid("autoscaling.activity");
        let details = beginning.place.map_or("{}".to_owned(), |(subnet_id, zone)| {
            format!("{{\"Subnet ID\":\"{subnet_id}\",\"Availability Zone\":\"{zone}\"}}")
        });
        let activity = Activity {
            activity_id: activity_id.clone(),
            description: beginning.description,
            cause: beginning.cause,
            started: context.now,
            ended: None,
            status: "InProgress".into(),
            message: None,
            progress: beginning.progress,
            details,
            event: context.cause(),
        };
        self.activities.push_front(activity);
        self.activities.truncate(KEPT);
        while self.activities.back().is_some_and(|oldest| context.now.since(oldest.started) > RETENTION) {
            self.activities.pop_back();
        }
        self.record_status(context, &activity_id, "InProgress");
        activity_id
    }

    fn activity_mut(&mut self, activity_id: &str) -> Option<&mut Activity> {
        self.activities.iter_mut().find(|activity| activity.activity_id == activity_id)
    }

    /// Ends an activity well.
    pub(super) fn end_activity(&mut self, context: &mut Context, activity_id: &str) {
        self.close_activity(context, activity_id, "Successful", None);
    }

    /// Ends an activity with a status such as `Failed` and the reason.
    pub(super) fn fail_activity(&mut self, context: &mut Context, activity_id: &str, end: (&str, String)) {
        self.close_activity(context, activity_id, end.0, Some(end.1));
    }

    /// Ends an activity that could not be, without a word.
    pub(super) fn cancel_activity(&mut self, context: &mut Context, activity_id: &str) {
        self.close_activity(context, activity_id, "Cancelled", None);
    }

    fn close_activity(&mut self, context: &mut Context, activity_id: &str, status: &str, reason: Option<String>) {
        let Some(activity) = self.activity_mut(activity_id).filter(|activity| activity.ended.is_none()) else { return };
        (activity.ended, activity.progress) = (Some(context.now), 100);
        activity.status = status.into();
        if let Some(reason) = reason {
            let what = activity.description.trim_end_matches('.');
            activity.description = format!("{what}.  Status Reason: {reason}");
            activity.message = Some(reason);
        }
        self.record_status(context, activity_id, status);
    }

    /// Changes the status of an activity that goes on.
    pub(super) fn update_activity(&mut self, activity_id: &str, status: &str) {
        if let Some(activity) = self.activity_mut(activity_id).filter(|activity| activity.ended.is_none()) {
            (activity.status, activity.progress) = (status.into(), 50);
        }
    }

    /// Changes the description of an activity that goes on.
    pub(super) fn describe_activity(&mut self, activity_id: &str, description: String) {
        if let Some(activity) = self.activity_mut(activity_id) {
            activity.description = description;
        }
    }

    fn record_status(&self, context: &mut Context, activity_id: &str, status: &str) {
        context.record(Fact::ActivityChanged {
            group: self.name.clone(),
            activity_id: activity_id.to_owned(),
            status: status.to_owned(),
        });
    }

    /// The activity in AWS's shape.
    pub(super) fn activity_shape(&self, activity_id: &str) -> Option<api::Activity> {
        let activity = self.activities.iter().find(|activity| activity.activity_id == activity_id)?;
        Some(activity.shape(&self.name, &self.arn))
    }
}

impl Activity {
    fn shape(&self, group: &str, arn: &str) -> api::Activity {
        api::Activity {
            activity_id: self.activity_id.clone(),
            auto_scaling_group_name: group.to_owned(),
            auto_scaling_group_arn: arn.to_owned(),
            auto_scaling_group_state: None,
            description: self.description.clone(),
            cause: self.cause.clone(),
            start_time: self.started.to_iso8601(),
            end_time: self.ended.map(SimTime::to_iso8601),
            status_code: self.status.clone(),
            status_message: self.message.clone(),
            progress: self.progress,
            details: self.details.clone(),
        }
    }
}

impl AutoScaling {
    pub(super) fn describe_activities(
        &self,
        input: &DescribeScalingActivitiesType,
    ) -> Result<ActivitiesType, ApiError> {
        super::tag::check_filters(&input.filters, &["StartTimeLowerBound", "StartTimeUpperBound", "Status"])?;
        let includes_deleted = input.include_deleted_groups == Some(true);
        if let Some(name) = input.auto_scaling_group_name.as_deref().filter(|_| !includes_deleted) {
            self.group(name)?;
        }
        let name_fits = |name: &str| input.auto_scaling_group_name.as_ref().is_none_or(|wanted| wanted == name);
        let mut found: Vec<(&Activity, api::Activity, Option<&str>)> = Vec::new();
        for group in self.groups.values().filter(|group| name_fits(&group.name)) {
            let shapes =
                group.activities.iter().map(|activity| (activity, activity.shape(&group.name, &group.arn), None));
            found.extend(shapes);
        }
        for gone in self.deleted.iter().filter(|gone| includes_deleted && name_fits(&gone.name)) {
            let shape = |activity| (activity, Activity::shape(activity, &gone.name, &gone.arn), Some("Deleted"));
            found.extend(gone.activities.iter().map(shape));
        }
        found.retain(|(activity, ..)| {
            let id_fits = input.activity_ids.is_empty() || input.activity_ids.contains(&activity.activity_id);
            id_fits && input.filters.iter().all(|filter| passes(activity, filter))
        });
        // Those in progress come first, then the newest.
        found.sort_by_key(|(activity, ..)| (activity.ended.is_some(), Reverse(activity.started)));
        let shapes = found
            .into_iter()
            .map(|(_, shape, state)| api::Activity { auto_scaling_group_state: state.map(str::to_owned), ..shape });
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (activities, next_token) = page.cut(shapes.collect(), super::bad_token)?;
        Ok(ActivitiesType { activities, next_token })
    }
}

fn passes(activity: &Activity, filter: &crate::api::ec2::Filter) -> bool {
    let bound = filter.values.first().and_then(|text| SimTime::parse_iso8601(text));
    match filter.name.as_deref() {
        Some("StartTimeLowerBound") => bound.is_none_or(|bound| activity.started >= bound),
        Some("StartTimeUpperBound") => bound.is_none_or(|bound| activity.started <= bound),
        Some(_) | None => filter.values.contains(&activity.status),
    }
}
