//! Ending members: deregister, drain, hooks, terminate.
use super::activity::{Beginning, DELETED_KEPT, DeletedGroup};
use super::attach::each_once;
use super::launch::LOOK_AGAIN;
use super::member::{Lifecycle, Phase, Reason, Trouble, Warmed};
use super::{AutoScaling, Due, Group};
use crate::api::ApiError;
use crate::api::autoscaling::{ActivityType, TerminateInstanceInAutoScalingGroupType};
use crate::cloud::ec2::InstanceState;
use crate::cloud::{Context, Region};
use crate::sim::SimDuration;

impl Region {
    /// Takes the member out that the termination policies choose; says whether there was one.
    pub(super) fn scale_in_one(&mut self, context: &mut Context, name: &str) -> bool {
        let Some(group) = self.autoscaling.groups.get(name) else { return false };
        if let Some(event) = group.change.event {
            context.because_of(event);
        }
        let template = self.current_template(group);
        let Some(instance_id) = group.choose_for_termination(context, template.as_ref()) else {
            if let Some(group) = self.autoscaling.groups.get_mut(name) {
                group.record_all_protected(context);
            }
            return false;
        };
        let cause = format!("{}{}", group.sentence_before(), group.difference_cause(context, &instance_id));
        if let Some(group) = self.autoscaling.groups.get_mut(name) {
            let reuses = group.warm_pool.as_ref().is_some_and(|pool| pool.reuses);
            if let Some(member) = group.member_mut(&instance_id) {
                member.returns_to_pool = reuses;
            }
        }
        self.take_out(context, name, &instance_id, cause);
        true
    }

    /// Takes out a member whose place another one takes.
    pub(super) fn take_out_for_replacement(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let Some(member) = group.member(instance_id) else { return };
        let Some(outgoing) = member.outgoing else { return };
        if let Some(event) = outgoing.event {
            context.because_of(event);
        }
        let cause = group.replacement_cause(context, instance_id, (outgoing.reason, member.unhealthy));
        self.take_out(context, name, instance_id, cause);
    }

    /// Begins to take a member out of service: deregisters it and drains it.
    pub(super) fn take_out(&mut self, context: &mut Context, name: &str, instance_id: &str, cause: String) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(member) = group.member(instance_id).filter(|member| !member.lifecycle.is_ending()) else { return };
        let is_warmed = matches!(member.lifecycle, Lifecycle::Warmed(_));
        let (subnet_id, zone, former) = (member.subnet_id.clone(), member.zone.clone(), member.activity_id.clone());
        // What was under way for it, such as its launch, ends here.
        group.fail_activity(context, &former, ("Cancelled", "The instance was taken out of service.".into()));
        let description = format!("Terminating EC2 instance: {instance_id}");
        let beginning =
            Beginning { description: description.clone(), cause, place: Some((&subnet_id, &zone)), progress: 0 };
        let activity_id = group.begin_activity(context, beginning);
        if let Some(member) = group.member_mut(instance_id) {
            member.activity_id = activity_id.clone();
            member.waits.clear();
        }
        let state = match is_warmed {
            true => Lifecycle::Warmed(Warmed::Terminating(Phase::Begun)),
            false => Lifecycle::Terminating(Phase::Begun),
        };
        group.move_member(context, instance_id, state);
        let drain = self.deregister_everywhere(context, name, instance_id);
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        if drain > LOOK_AGAIN {
            group.update_activity(&activity_id, "WaitingForELBConnectionDraining");
            group.describe_activity(&activity_id, format!("{description} - Waiting For ELB Connection Draining."));
            // With a load balancer the cooldown begins when draining begins.
            group.begin_cooldown(context.now);
        }
        context.schedule_in(drain, Due::DrainEnds { group: name.to_owned(), instance_id: instance_id.to_owned() });
    }

    /// Deregisters an instance from the group's target groups, and says how long its requests may take to end.
    pub(super) fn deregister_everywhere(
        &mut self,
        context: &mut Context,
        name: &str,
        instance_id: &str,
    ) -> SimDuration {
        let Some(group) = self.autoscaling.groups.get(name) else { return SimDuration::ZERO };
        let arns: Vec<String> = group.target_group_arns().map(str::to_owned).collect();
        let delays = arns.iter().map(|arn| self.elb.deregister(context, arn, instance_id));
        let longest = delays.max().unwrap_or_default();
        let is_gone = self.ec2.instances.get(instance_id).is_none_or(|instance| instance.is_gone());
        // Nothing is left to drain; the group sees to it a moment later.
        if is_gone { LOOK_AGAIN } else { longest }
    }

    /// A member has been drained: the hooks have their turn, or it is terminated.
    pub(super) fn end_drain(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        match group.member(instance_id).map(|member| member.lifecycle) {
            Some(Lifecycle::Terminating(Phase::Begun) | Lifecycle::Warmed(Warmed::Terminating(Phase::Begun))) => {
                if !group.begin_waits(context, instance_id) {
                    self.terminate_member(context, name, instance_id);
                }
            }
            Some(Lifecycle::EnteringStandby) => group.end_entering_standby(context, instance_id),
            Some(Lifecycle::Detaching) => {
                group.end_detaching(context, instance_id);
                self.reconcile(context, name);
            }
            Some(_) | None => {}
        }
    }

    /// Terminates a member, or gives it back to the warm pool.
    pub(super) fn terminate_member(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(member) = group.member(instance_id) else { return };
        let (activity_id, returns) = (member.activity_id.clone(), member.returns_to_pool);
        group.describe_activity(&activity_id, format!("Terminating EC2 instance: {instance_id}"));
        group.update_activity(&activity_id, "InProgress");
        let is_running = self.ec2.instances.get(instance_id).is_some_and(|instance| instance.is_running());
        if returns && is_running && self.return_to_warm_pool(context, name, instance_id) {
            return;
        }
        self.ec2.terminate(context, instance_id);
        self.end_termination(context, name, instance_id);
    }

    /// A termination may be complete.
    pub(super) fn end_termination(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let instance = self.ec2.instances.get(instance_id);
        if instance.is_some_and(|instance| instance.state != InstanceState::Terminated) {
            let due = Due::TerminationEnds { group: name.to_owned(), instance_id: instance_id.to_owned() };
            context.schedule_in(LOOK_AGAIN, due);
            return;
        }
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(activity_id) = group.member(instance_id).map(|member| member.activity_id.clone()) else { return };
        group.end_activity(context, &activity_id);
        group.members.retain(|member| member.instance_id != instance_id);
        group.begin_cooldown(context.now);
        self.reconcile(context, name);
    }

    pub(super) fn terminate_in_group(
        &mut self,
        context: &mut Context,
        input: &TerminateInstanceInAutoScalingGroupType,
    ) -> Result<ActivityType, ApiError> {
        let named: Vec<String> = input.instance_id.iter().chain(&input.instance_ids).cloned().collect();
        let ids = each_once(&named);
        let name = self.autoscaling.group_of_all(&ids, input.auto_scaling_group_name.as_deref())?;
        let group = self.autoscaling.group_mut(&name)?;
        let decrements = input.should_decrement_desired_capacity;
        // What is in standby, in the warm pool or ending already has no part in the desired capacity: a guess after `DetachInstances`.
        let counts = |group: &Group, id: &str| group.member(id).is_some_and(|member| member.lifecycle.is_active());
        let count = ids.iter().filter(|id| counts(group, id)).count() as i64;
        if decrements && count > 0 && group.desired - count < group.min {
            return Err(would_go_below_min(group.min));
        }
        let mut activities = Vec::new();
        for id in &ids {
            let group = self.autoscaling.group_mut(&name)?;
            let (now, actual) = (context.now.to_iso8601(), group.actual());
            let mut cause = format!("At {now} instance {id} was taken out of service in response to a user request");
            let shrinks = decrements && counts(group, id);
            if shrinks {
                cause = format!("{cause}, shrinking the capacity from {actual} to {}", actual - 1);
            }
            cause.push('.');
            group.keep_in_step(context, -i64::from(shrinks), &cause);
            self.take_out(context, &name, id, cause);
            let group = self.autoscaling.group(&name)?;
            activities.extend(group.member(id).and_then(|member| group.activity_shape(&member.activity_id)));
        }
        self.autoscaling.group(&name)?.reconcile_soon(context);
        match input.instance_ids.is_empty() {
            true => Ok(ActivityType { activity: activities.pop(), activities: None }),
            false => Ok(ActivityType { activity: None, activities: Some(activities) }),
        }
    }

    /// Ends all members of a group that is being deleted, without draining and without hooks.
    pub(super) fn end_members_of_deleted(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        group.hooks.clear();
        let ids: Vec<String> = group.members.iter().map(|member| member.instance_id.clone()).collect();
        let now = context.now.to_iso8601();
        for id in ids {
            // The wording is a guess.
            let cause = format!(
                "At {now} a user request force deleted AutoScalingGroup changing the desired capacity to 0.  At {now} instance {id} was \
                 taken out of service."
            );
            self.take_out(context, name, &id, cause);
            self.terminate_member(context, name, &id);
        }
    }
}

impl Group {
    fn difference_cause(&self, context: &Context, instance_id: &str) -> String {
        let (now, actual) = (context.now.to_iso8601(), self.actual());
        format!(
            "At {now} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking \
             the capacity from {actual} to {}.  At {now} instance {instance_id} was selected for termination.",
            actual - 1
        )
    }

    /// Why a member is ended whose place another one takes, in AWS's words.
    fn replacement_cause(
        &self,
        context: &Context,
        instance_id: &str,
        (reason, trouble): (Reason, Option<Trouble>),
    ) -> String {
        let now = context.now.to_iso8601();
        let taken_out = format!("At {now} an instance was taken out of service in response to");
        let selected = format!("At {now} instance {instance_id} was selected for termination.");
        match reason {
            Reason::Unhealthy(_) => {
                let words = trouble.unwrap_or(Trouble::Custom).words();
                format!("{taken_out} {words}.")
            }
            Reason::Refresh => format!("{taken_out} an instance refresh.  {selected}"),
            // The wording is a guess.
            Reason::Lifetime => format!("{taken_out} reaching its maximum lifetime.  {selected}"),
            Reason::Balance | Reason::InvalidZone => {
                let mut zones: Vec<&str> = Vec::new();
                for member in self.members.iter().filter(|member| member.outgoing.is_some()) {
                    if !zones.contains(&member.zone.as_str()) {
                        zones.push(&member.zone);
                    }
                }
                format!(
                    "At {now} instances were launched to balance instances in zones {} with other zones resulting in more than desired \
                     number of instances in the group.  {}",
                    zones.join(" "),
                    self.difference_cause(context, instance_id)
                )
            }
            Reason::Difference | Reason::WarmPool => self.difference_cause(context, instance_id),
        }
    }

    /// Records that scale-in found nobody it may end, once for each change of the capacity.
    ///
    /// EC2 Auto Scaling User Guide, "Use instance scale-in protection". The status of such an activity is a guess.
    fn record_all_protected(&mut self, context: &mut Context) {
        if self.change.sentence.is_empty() {
            return;
        }
        let cause = std::mem::take(&mut self.change.sentence);
        let description =
            "Could not scale to desired capacity because all remaining instances are protected from scale-in."
                .to_owned();
        let activity_id = self.begin_activity(context, Beginning { description, cause, place: None, progress: 100 });
        self.cancel_activity(context, &activity_id);
    }
}

impl AutoScaling {
    /// The group that all these instances belong to.
    fn group_of_all(&self, ids: &[String], name: Option<&str>) -> Result<String, ApiError> {
        if let Some(name) = name {
            let group = self.group(name)?;
            return match ids.iter().find(|id| group.member(id).is_none()) {
                Some(id) => Err(not_part_of(id, name)),
                None => Ok(name.to_owned()),
            };
        }
        let id = ids.first().map_or("", String::as_str);
        let group = self.group_of(id).ok_or_else(|| {
            ApiError::validation(format!("Instance Id not found - No managed instance found for instance ID: {id}"))
        })?;
        Ok(group.name.clone())
    }

    /// Forgets a deleted group once its last instance is gone; what it did is remembered.
    pub(super) fn forget_if_deleted(&mut self, name: &str) {
        let is_done = self.groups.get(name).is_some_and(|group| group.is_deleting && group.members.is_empty());
        if !is_done {
            return;
        }
        if let Some(group) = self.groups.remove(name) {
            let gone = DeletedGroup { name: group.name, arn: group.arn, activities: group.activities.into() };
            self.deleted.push_front(gone);
            self.deleted.truncate(DELETED_KEPT);
        }
    }
}

/// Refuses an instance that is no member of the group.
pub(super) fn not_part_of(instance_id: &str, group: &str) -> ApiError {
    ApiError::validation(format!("The instance {instance_id} is not part of Auto Scaling group {group}."))
}

fn would_go_below_min(min: i64) -> ApiError {
    ApiError::validation(format!(
        "Currently, desiredSize equals minSize ({min}). Terminating instance without replacement will violate group's min size \
         constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size."
    ))
}
