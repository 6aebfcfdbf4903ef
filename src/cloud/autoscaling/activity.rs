//! The activity history: launches and terminations, each with its cause in AWS's words.
use super::{AutoScaling, Group};
use crate::api::ApiError;
use crate::api::autoscaling::{self as api, ActivitiesType, DescribeScalingActivitiesType};
use crate::cloud::{Context, EventId, Fact};
use crate::sim::SimTime;

/// A launch or a termination.
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

/// How many activities a group keeps. Simplified: AWS keeps them six weeks.
const KEPT: usize = 500;

impl Group {
    /// Begins an activity and returns its id.
    pub(super) fn begin_activity(
        &mut self,
        context: &mut Context,
        description: String,
        cause: String,
        place: (&str, &str),
    ) -> String {
        let activity_id = context.new_uuid("autoscaling.activity");
        let (subnet_id, zone) = place;
        let activity = Activity {
            activity_id: activity_id.clone(),
            description,
            cause,
            started: context.now,
            ended: None,
            status: "InProgress".into(),
            message: None,
            progress: 30,
            details: format!("{{\"Subnet ID\":\"{subnet_id}\",\"Availability Zone\":\"{zone}\"}}"),
            event: context.cause(),
        };
        self.activities.push_front(activity);
        self.activities.truncate(KEPT);
        self.record_status(context, &activity_id, "InProgress");
        activity_id
    }

    /// Ends an activity well, or with EC2's message of what went wrong.
    pub(super) fn end_activity(&mut self, context: &mut Context, activity_id: &str, failure: Option<&str>) {
        let Some(activity) = self.activities.iter_mut().find(|activity| activity.activity_id == activity_id) else {
            return;
        };
        (activity.ended, activity.progress) = (Some(context.now), 100);
        let status = if failure.is_some() { "Failed" } else { "Successful" };
        activity.status = status.into();
        if let Some(message) = failure {
            let sentence = format!("{message} Launching EC2 instance failed.");
            activity.description = format!("Launching a new EC2 instance.  Status Reason: {sentence}");
            activity.message = Some(sentence);
        }
        self.record_status(context, activity_id, status);
    }

    /// Changes the status and the description of an activity that goes on.
    pub(super) fn update_activity(&mut self, activity_id: &str, status: &str, description: String) {
        if let Some(activity) = self.activities.iter_mut().find(|activity| activity.activity_id == activity_id) {
            (activity.status, activity.description, activity.progress) = (status.into(), description, 50);
        }
    }

    fn record_status(&self, context: &mut Context, activity_id: &str, status: &str) {
        context.record(Fact::ActivityChanged {
            group: self.name.clone(),
            activity_id: activity_id.to_owned(),
            status: status.to_owned(),
        });
    }
}

impl Activity {
    pub(super) fn shape(&self, group: &str) -> api::Activity {
        api::Activity {
            activity_id: self.activity_id.clone(),
            auto_scaling_group_name: group.to_owned(),
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
        if let Some(name) = &input.auto_scaling_group_name {
            self.group(name)?;
        }
        let wanted = |group: &&Group| input.auto_scaling_group_name.as_ref().is_none_or(|name| *name == group.name);
        let mut found: Vec<(&Group, &Activity)> = Vec::new();
        for group in self.groups.values().filter(wanted) {
            found.extend(group.activities.iter().map(|activity| (group, activity)));
        }
        found.retain(|(_, activity)| {
            input.activity_ids.is_empty() || input.activity_ids.contains(&activity.activity_id)
        });
        // Those in progress come first, then the newest.
        found.sort_by_key(|(_, activity)| (activity.ended.is_some(), std::cmp::Reverse(activity.started)));
        let most = input.max_records.and_then(|most| usize::try_from(most).ok()).unwrap_or(100);
        let activities = found.into_iter().take(most).map(|(group, activity)| activity.shape(&group.name)).collect();
        Ok(ActivitiesType { activities, next_token: None })
    }
}
