//! Scheduled actions: sizes at a time, once or again and again.
//!
//! EC2 Auto Scaling User Guide, "Scheduled scaling for Amazon EC2 Auto Scaling".
use super::activity::Beginning;
use super::cron::{Cron, fixed_offset};
use super::settings::{check_name, check_sizes};
use super::{AutoScaling, Due, Group, Process, limits};
use crate::api::ApiError;
use crate::api::autoscaling::{
    BatchDeleteScheduledActionAnswer, BatchDeleteScheduledActionType, BatchPutScheduledUpdateGroupActionAnswer,
    BatchPutScheduledUpdateGroupActionType, DeleteScheduledActionType, DescribeScheduledActionsType,
    FailedScheduledUpdateGroupActionRequest, PutScheduledUpdateGroupActionType, ScheduledActionsType,
    ScheduledUpdateGroupAction, ScheduledUpdateGroupActionRequest,
};
use crate::cloud::{Context, Fact, PageRequest};
use crate::sim::{Distribution, SimTime};

/// A scheduled action.
#[derive(Clone, Debug)]
pub struct ScheduledAction {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// When it is due next.
    pub next: SimTime,
    /// From when on it recurs, if it says so.
    pub start: Option<SimTime>,
    /// After this it does not recur.
    pub end: Option<SimTime>,
    /// When it recurs, as it was written and as it is understood.
    pub recurrence: Option<(String, Cron)>,
    /// The time zone of the recurrence and its distance from UTC in seconds.
    pub zone: Option<(String, i32)>,
    /// The fewest instances from then on.
    pub min: Option<i64>,
    /// The most.
    pub max: Option<i64>,
    /// How many.
    pub desired: Option<i64>,
    /// Its number; a timer of another one is stale.
    pub(super) number: u64,
}

/// From the time of an action to its effect: "normally within seconds". A guess.
const DELAY: Distribution = Distribution::uniform_secs(1, 5);

impl AutoScaling {
    pub(super) fn put_scheduled(
        &mut self,
        context: &mut Context,
        input: PutScheduledUpdateGroupActionType,
    ) -> Result<(), ApiError> {
        let request = ScheduledUpdateGroupActionRequest {
            scheduled_action_name: input.scheduled_action_name,
            // `Time` is an old name of `StartTime`.
            start_time: input.start_time.or(input.time),
            end_time: input.end_time,
            recurrence: input.recurrence,
            min_size: input.min_size,
            max_size: input.max_size,
            desired_capacity: input.desired_capacity,
            time_zone: input.time_zone,
        };
        self.put_one(context, &input.auto_scaling_group_name, &request)
    }

    pub(super) fn batch_put_scheduled(
        &mut self,
        context: &mut Context,
        input: &BatchPutScheduledUpdateGroupActionType,
    ) -> Result<BatchPutScheduledUpdateGroupActionAnswer, ApiError> {
        self.group(&input.auto_scaling_group_name)?;
        let mut failed_scheduled_update_group_actions = Vec::new();
        for request in &input.scheduled_update_group_actions {
            if let Err(error) = self.put_one(context, &input.auto_scaling_group_name, request) {
                failed_scheduled_update_group_actions.push(failed(&request.scheduled_action_name, error));
            }
        }
        Ok(BatchPutScheduledUpdateGroupActionAnswer { failed_scheduled_update_group_actions })
    }

    fn put_one(
        &mut self,
        context: &mut Context,
        group: &str,
        request: &ScheduledUpdateGroupActionRequest,
    ) -> Result<(), ApiError> {
        check_name("scheduledActionName", &request.scheduled_action_name)?;
        let group = self.group_mut(group)?;
        let mut action = read(context.now, request)?;
        let is_other = |other: &&ScheduledAction| other.name != action.name && other.next == action.next;
        if let Some(other) = group.scheduled.values().find(is_other) {
            // The wording is a guess; the guide says that two actions cannot have the same time.
            let message = format!("The scheduled action {} already exists for {}", other.name, other.next.to_iso8601());
            return Err(ApiError::new("AlreadyExists", message));
        }
        let former = group.scheduled.get(&action.name).map(|former| former.arn.clone());
        if former.is_none() {
            limits::check("scheduled actions", group.scheduled.len(), limits::SCHEDULED_ACTIONS)?;
        }
        action.arn = former.unwrap_or_else(|| {
            let uuid = context.new_uuid("autoscaling.scheduled_action");
            let (group, name) = (&group.name, &action.name);
            let resource =
                format!("scheduledUpdateGroupAction:{uuid}:autoScalingGroupName/{group}:scheduledActionName/{name}");
            context.arn("autoscaling", &resource)
        });
        group.schedule(context, action);
        Ok(())
    }

    pub(super) fn describe_scheduled(
        &self,
        input: &DescribeScheduledActionsType,
    ) -> Result<ScheduledActionsType, ApiError> {
        if let Some(name) = &input.auto_scaling_group_name {
            self.group(name)?;
        }
        let bound = |text: &Option<String>| text.as_deref().and_then(SimTime::parse_iso8601);
        let (start, end) = (bound(&input.start_time), bound(&input.end_time));
        let names = &input.scheduled_action_names;
        let of_group = |group: &&Group| input.auto_scaling_group_name.as_ref().is_none_or(|name| *name == group.name);
        let mut all = Vec::new();
        for group in self.groups.values().filter(of_group) {
            let wanted = group.scheduled.values().filter(|action| {
                (names.is_empty() || names.contains(&action.name))
                    && start.is_none_or(|start| action.next >= start)
                    && end.is_none_or(|end| action.next <= end)
            });
            all.extend(wanted.map(|action| action.shape(&group.name)));
        }
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (scheduled_update_group_actions, next_token) = page.cut(all, super::bad_token)?;
        Ok(ScheduledActionsType { scheduled_update_group_actions, next_token })
    }

    pub(super) fn delete_scheduled(&mut self, input: &DeleteScheduledActionType) -> Result<(), ApiError> {
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        group.scheduled.remove(&input.scheduled_action_name).map(|_| ()).ok_or_else(no_such_action)
    }

    pub(super) fn batch_delete_scheduled(
        &mut self,
        input: &BatchDeleteScheduledActionType,
    ) -> Result<BatchDeleteScheduledActionAnswer, ApiError> {
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        let unknown = input.scheduled_action_names.iter().filter(|name| group.scheduled.remove(*name).is_none());
        let failed_scheduled_actions = unknown.map(|name| failed(name, no_such_action())).collect();
        Ok(BatchDeleteScheduledActionAnswer { failed_scheduled_actions })
    }

    /// Carries out a scheduled action whose time has come, and puts down its next time.
    pub(super) fn run_scheduled(&mut self, context: &mut Context, name: &str, action: &str, number: u64) {
        let Some(group) = self.groups.get_mut(name) else { return };
        let Some(action) = group.scheduled.get(action).filter(|action| action.number == number).cloned() else {
            return;
        };
        if !group.is_suspended(Process::ScheduledActions) && !group.is_deleting {
            // The next time follows from the request for the action, not from this time.
            let before = context.cause();
            group.carry_out(context, &action);
            context.restore_cause(before);
        }
        group.scheduled.remove(&action.name);
        let next = action.occurrence_after(context.now.max(action.next));
        if let Some(next) = next {
            group.schedule(context, ScheduledAction { next, ..action });
        }
    }
}

impl Group {
    fn schedule(&mut self, context: &mut Context, mut action: ScheduledAction) {
        action.number = context.new_number("autoscaling.scheduled_action");
        let delay = DELAY.draw(&mut context.random("autoscaling.scheduled", action.number));
        let due = Due::Scheduled { group: self.name.clone(), action: action.name.clone(), number: action.number };
        context.schedule(action.next + delay, due);
        self.scheduled.insert(action.name.clone(), action);
    }

    fn carry_out(&mut self, context: &mut Context, action: &ScheduledAction) {
        let (min, max) = (action.min.unwrap_or(self.min), action.max.unwrap_or(self.max));
        let desired = action.desired.unwrap_or_else(|| self.desired.min(max).max(min));
        let now = context.now.to_iso8601();
        let words = format!(
            "a scheduled action update of AutoScalingGroup constraints to min: {min}, max: {max}, desired: {desired}"
        );
        let cause = match self.desired == desired {
            true => format!("At {now} {words}."),
            false => format!("At {now} {words} changing the desired capacity from {} to {desired}.", self.desired),
        };
        let ran = context.record(Fact::ScheduledActionRan {
            group: self.name.clone(),
            action: action.name.clone(),
            min,
            max,
            desired,
        });
        context.because_of(ran);
        let description = format!("Executing scheduled action {}", action.name);
        let activity_id = self.begin_activity(context, Beginning { description, cause, place: None, progress: 0 });
        match check_sizes(min, max, desired) {
            Ok(()) => {
                (self.min, self.max) = (min, max);
                self.want(context, desired, &words);
                self.end_activity(context, &activity_id);
            }
            Err(error) => self.fail_activity(context, &activity_id, ("Failed", error.message)),
        }
    }
}

impl ScheduledAction {
    fn occurrence_after(&self, moment: SimTime) -> Option<SimTime> {
        let (_, cron) = self.recurrence.as_ref()?;
        let offset = self.zone.as_ref().map_or(0, |(_, offset)| *offset);
        cron.next_after(moment, offset).filter(|next| self.end.is_none_or(|end| *next <= end))
    }

    fn shape(&self, group: &str) -> ScheduledUpdateGroupAction {
        // AWS shows the next time of an action as its start.
        let next = Some(self.next.to_iso8601());
        ScheduledUpdateGroupAction {
            auto_scaling_group_name: group.to_owned(),
            scheduled_action_name: self.name.clone(),
            scheduled_action_arn: self.arn.clone(),
            time: next.clone(),
            start_time: next,
            end_time: self.end.map(SimTime::to_iso8601),
            recurrence: self.recurrence.as_ref().map(|(text, _)| text.clone()),
            min_size: self.min,
            max_size: self.max,
            desired_capacity: self.desired,
            time_zone: self.zone.as_ref().map(|(name, _)| name.clone()),
        }
    }
}

/// The action of a request. Wordings without a source in the tests are guesses.
fn read(now: SimTime, request: &ScheduledUpdateGroupActionRequest) -> Result<ScheduledAction, ApiError> {
    let (min, max, desired) = (request.min_size, request.max_size, request.desired_capacity);
    check_order(min, max, desired)?;
    let start = moment(request.start_time.as_deref(), "start", now)?;
    let end = moment(request.end_time.as_deref(), "end", now)?;
    let recurrence = request.recurrence.as_deref().map(recurrence).transpose()?;
    let zone = request.time_zone.as_deref().map(time_zone).transpose()?;
    let mut action = ScheduledAction {
        name: request.scheduled_action_name.clone(),
        arn: String::new(),
        next: start.unwrap_or(now),
        start,
        end,
        recurrence,
        zone,
        min,
        max,
        desired,
        number: 0,
    };
    if action.recurrence.is_some() {
        // The first occurrence may be the start itself.
        let before = start.map_or(now, |start| start - crate::sim::SimDuration::from_micros(1));
        action.next = action
            .occurrence_after(before)
            .ok_or_else(|| ApiError::validation("The recurrence has no occurrence before the end time"))?;
    } else if start.is_none() {
        return Err(ApiError::validation("You must specify a start time or a recurrence"));
    }
    Ok(action)
}

fn check_order(min: Option<i64>, max: Option<i64>, desired: Option<i64>) -> Result<(), ApiError> {
    let refuse = |message: &str| Err(ApiError::validation(message));
    match (min, max, desired) {
        (None, None, None) => refuse("At least one of MinSize, MaxSize and DesiredCapacity must be specified"),
        (Some(min), _, Some(desired)) if desired < min => {
            refuse("Desired capacity must be greater than or equal to min size")
        }
        (_, Some(max), Some(desired)) if desired > max => {
            refuse("Desired capacity must be less than or equal to max size")
        }
        (Some(min), Some(max), _) if min > max => refuse("Min size must be less than or equal to max size"),
        (min, max, desired) if [min, max, desired].into_iter().flatten().any(|size| size < 0) => {
            refuse("Sizes must be greater than or equal to 0")
        }
        (_, _, _) => Ok(()),
    }
}

fn moment(text: Option<&str>, which: &str, now: SimTime) -> Result<Option<SimTime>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let found = SimTime::parse_iso8601(text).filter(|found| *found >= now);
    found.map(Some).ok_or_else(|| ApiError::validation(format!("Given {which} time is in the past")))
}

fn recurrence(text: &str) -> Result<(String, Cron), ApiError> {
    let cron =
        Cron::parse(text).ok_or_else(|| ApiError::validation(format!("Given recurrence string: {text} is invalid")))?;
    Ok((text.to_owned(), cron))
}

/// Simplified: time zones with a fixed distance from UTC; those with daylight saving time are refused by name.
fn time_zone(name: &str) -> Result<(String, i32), ApiError> {
    let offset = fixed_offset(name).ok_or_else(|| ApiError::not_in_this_lab(format!("The time zone {name}")))?;
    Ok((name.to_owned(), offset))
}

fn failed(name: &str, error: ApiError) -> FailedScheduledUpdateGroupActionRequest {
    FailedScheduledUpdateGroupActionRequest {
        scheduled_action_name: name.to_owned(),
        error_code: Some(error.code),
        error_message: Some(error.message),
    }
}

/// The wording is a guess.
fn no_such_action() -> ApiError {
    ApiError::validation("Scheduled action name not found")
}
