//! Standby: out of service for a while, and still a member. EC2 Auto Scaling User Guide, "Temporarily remove instances".
use super::activity::Beginning;
use super::attach::{check_members, each_once, too_few_left};
use super::member::{Lifecycle, Phase};
use super::{Due, Group, limits};
use crate::api::ApiError;
use crate::api::autoscaling::{EnterStandbyAnswer, EnterStandbyQuery, ExitStandbyAnswer, ExitStandbyQuery};
use crate::cloud::{Context, Region};
use crate::sim::{Distribution, SimDuration};

/// From the request to leave standby until the instance is in service again. A guess.
const BACK: Distribution = Distribution::uniform_secs(5, 15);

impl Region {
    pub(super) fn enter_standby(
        &mut self,
        context: &mut Context,
        input: &EnterStandbyQuery,
    ) -> Result<EnterStandbyAnswer, ApiError> {
        let (name, ids) = (&input.auto_scaling_group_name, &each_once(&input.instance_ids));
        limits::check_at_once("instanceIds", ids.len(), limits::MOVED_AT_ONCE)?;
        let group = self.autoscaling.group(name)?;
        check_members(group, ids, |lifecycle| lifecycle.is_in_service())?;
        let decrements = input.should_decrement_desired_capacity;
        if decrements && group.desired - (ids.len() as i64) < group.min {
            return Err(too_few_left(group, "place into standby", ids.len()));
        }
        let mut activities = Vec::new();
        for id in ids {
            let group = self.autoscaling.group_mut(name)?;
            let activity_id = group.begin_entering_standby(context, id, decrements);
            let drain = self.deregister_everywhere(context, name, id);
            let due = Due::DrainEnds { group: name.clone(), instance_id: id.clone() };
            context.schedule_in(drain.max(SimDuration::from_secs(1)), due);
            activities.extend(self.autoscaling.group(name)?.activity_shape(&activity_id));
        }
        self.autoscaling.group(name)?.reconcile_soon(context);
        Ok(EnterStandbyAnswer { activities })
    }

    pub(super) fn exit_standby(
        &mut self,
        context: &mut Context,
        input: &ExitStandbyQuery,
    ) -> Result<ExitStandbyAnswer, ApiError> {
        let (name, ids) = (&input.auto_scaling_group_name, &each_once(&input.instance_ids));
        limits::check_at_once("instanceIds", ids.len(), limits::MOVED_AT_ONCE)?;
        let group = self.autoscaling.group_mut(name)?;
        check_members(group, ids, |lifecycle| lifecycle == Lifecycle::Standby)?;
        if group.desired + ids.len() as i64 > group.max {
            return Err(too_few_left(group, "move out of standby", ids.len()));
        }
        let mut activities = Vec::new();
        for id in ids {
            let activity_id = group.begin_leaving_standby(context, id);
            activities.extend(group.activity_shape(&activity_id));
        }
        Ok(ExitStandbyAnswer { activities })
    }
}

impl Group {
    fn begin_entering_standby(&mut self, context: &mut Context, id: &str, decrements: bool) -> String {
        let (now, actual) = (context.now.to_iso8601(), self.actual());
        let mut cause = format!("At {now} instance {id} was moved to standby in response to a user request");
        if decrements {
            cause = format!("{cause}, shrinking the capacity from {actual} to {}", actual - 1);
        }
        cause.push('.');
        self.keep_in_step(context, -i64::from(decrements), &cause);
        let description = format!("Moving EC2 instance to Standby: {id}");
        let activity_id = self.begin_move(context, id, (description, cause));
        self.move_member(context, id, Lifecycle::EnteringStandby);
        activity_id
    }

    /// Begins an activity for a member that moves.
    pub(super) fn begin_move(&mut self, context: &mut Context, id: &str, words: (String, String)) -> String {
        let place = self.member(id).map(|member| (member.subnet_id.clone(), member.zone.clone()));
        let place = place.as_ref().map(|(subnet_id, zone)| (subnet_id.as_str(), zone.as_str()));
        let beginning = Beginning { description: words.0, cause: words.1, place, progress: 50 };
        let activity_id = self.begin_activity(context, beginning);
        if let Some(member) = self.member_mut(id) {
            member.activity_id = activity_id.clone();
            member.outgoing = None;
        }
        activity_id
    }

    /// A member has been drained and is in standby.
    pub(super) fn end_entering_standby(&mut self, context: &mut Context, id: &str) {
        let Some(activity_id) = self.member(id).map(|member| member.activity_id.clone()) else { return };
        self.move_member(context, id, Lifecycle::Standby);
        self.end_activity(context, &activity_id);
    }

    fn begin_leaving_standby(&mut self, context: &mut Context, id: &str) -> String {
        let (now, actual) = (context.now.to_iso8601(), self.actual());
        let cause = format!(
            "At {now} instance {id} was moved out of standby in response to a user request, increasing the capacity from {actual} to {}.",
            actual + 1
        );
        self.keep_in_step(context, 1, &cause);
        let description = format!("Moving EC2 instance out of Standby: {id}");
        let activity_id = self.begin_move(context, id, (description, cause));
        self.update_activity(&activity_id, "PreInService");
        self.move_member(context, id, Lifecycle::Pending(Phase::Begun));
        self.schedule_launch_end(context, id, &BACK);
        activity_id
    }
}
