//! From the number a group wants to instances: launching, draining, terminating.
use std::collections::BTreeMap;

use super::group::to_ec2;
use super::{Due, Group, Lifecycle, Member};
use crate::api::ApiError;
use crate::api::autoscaling::{ActivityType, TerminateInstanceInAutoScalingGroupType};
use crate::api::ec2::Tag;
use crate::cloud::ec2::launch::LaunchSpec;
use crate::cloud::ec2::{InstanceState, Subnet};
use crate::cloud::{Context, Region};
use crate::sim::{Distribution, SimDuration};

/// From the start of a launch activity to its end (logs: 31 to 33 s).
const LAUNCH_ACTIVITY: Distribution = Distribution::uniform_secs(30, 34);
/// How long a group waits before it looks again at something that is not ready.
const LOOK_AGAIN: SimDuration = SimDuration::from_secs(5);
/// How long a group waits after a launch that failed. A guess: AWS does not document it.
const AFTER_FAILURE: SimDuration = SimDuration::from_secs(60);

impl Region {
    /// Compares what the group has with what it wants, and begins what is missing or too much.
    pub(super) fn reconcile(&mut self, context: &mut Context, name: &str) {
        let Ok(group) = self.autoscaling.group(name) else { return };
        let surplus = group.actual() - group.desired;
        for _ in 0..-surplus {
            if !self.launch_member(context, name) {
                break;
            }
        }
        for _ in 0..surplus {
            self.scale_in_one(context, name);
        }
        let is_done = self.autoscaling.group(name).is_ok_and(|group| group.is_deleting && group.members.is_empty());
        if is_done {
            self.autoscaling.groups.remove(name);
        }
    }

    /// Begins one launch; says whether EC2 accepted it.
    fn launch_member(&mut self, context: &mut Context, name: &str) -> bool {
        let Some(group) = self.autoscaling.groups.get(name) else { return false };
        let prepared = self.launch_spec(group).and_then(|spec| Ok((spec, self.launch_place(group)?)));
        let cause = launch_cause(context, group);
        let launched = prepared.and_then(|(spec, subnet)| {
            let ids = self.ec2.launch(context, &spec, &subnet, 1)?;
            Ok((ids.into_iter().next().unwrap_or_default(), subnet, template_version(&spec)))
        });
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return false };
        match launched {
            Ok((instance_id, subnet, version)) => {
                group.add_member(context, cause, &instance_id, &subnet, version);
                true
            }
            Err(error) => {
                let description = "Launching a new EC2 instance.".to_owned();
                let activity_id = group.begin_activity(context, description, cause, ("", ""));
                group.end_activity(context, &activity_id, Some(&error.message));
                context.schedule_in(AFTER_FAILURE, Due::Reconcile { group: name.to_owned() });
                false
            }
        }
    }

    fn launch_spec(&self, group: &Group) -> Result<LaunchSpec, ApiError> {
        let mut spec = self.ec2.spec_of_template(&to_ec2(&group.launch_template))?;
        let propagated = group.tags.iter().filter(|tag| tag.propagate_at_launch == Some(true));
        spec.tags
            .extend(propagated.map(|tag| Tag { key: tag.key.clone(), value: tag.value.clone().unwrap_or_default() }));
        spec.tags.push(Tag { key: "aws:autoscaling:groupName".into(), value: group.name.clone() });
        Ok(spec)
    }

    /// The subnet in the zone with the fewest members; the first of the group's list among equals.
    fn launch_place(&self, group: &Group) -> Result<Subnet, ApiError> {
        let subnets = group.subnets.iter().map(|id| self.ec2.network.subnet(id)).collect::<Result<Vec<_>, _>>()?;
        let members_in = |zone: &str| {
            group
                .members
                .iter()
                .filter(|member| member.zone == zone && member.lifecycle != Lifecycle::Terminating)
                .count()
        };
        let place = subnets.into_iter().min_by_key(|subnet| members_in(&subnet.zone));
        place.cloned().ok_or_else(|| ApiError::validation("At least one Availability Zone or VPC Subnet is required."))
    }

    pub(super) fn end_launch(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let target_groups = group.target_groups.clone();
        let Some(member) = group.member_mut(instance_id).filter(|member| member.lifecycle == Lifecycle::Pending) else {
            return;
        };
        let is_running = self.ec2.instances.get(instance_id).is_some_and(|instance| instance.is_running());
        if !is_running {
            let due = Due::LaunchEnds { group: name.to_owned(), instance_id: instance_id.to_owned() };
            context.schedule_in(LOOK_AGAIN, due);
            return;
        }
        member.lifecycle = Lifecycle::InService(context.now);
        let activity_id = member.activity_id.clone();
        group.end_activity(context, &activity_id, None);
        for arn in target_groups {
            self.elb.register(context, &arn, instance_id);
        }
    }

    /// Takes the member out that the default termination policy chooses.
    ///
    /// Simplified: the policy's last two steps, the next billing hour and chance, are one here: the longest running goes.
    fn scale_in_one(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let Some(instance_id) = group.choose_for_termination() else { return };
        let (now, actual) = (context.now.to_iso8601(), group.actual());
        let cause = format!(
            "{}  At {now} an instance was taken out of service in response to a difference between desired and actual capacity, \
             shrinking the capacity from {actual} to {}.  At {now} instance {instance_id} was selected for termination.",
            group.change_reason,
            actual - 1
        );
        self.take_out(context, name, &instance_id, cause);
    }

    /// Begins to take a member out of service: deregisters it, drains it, terminates it.
    pub(super) fn take_out(&mut self, context: &mut Context, name: &str, instance_id: &str, cause: String) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let target_groups = group.target_groups.clone();
        let subnet_id =
            self.ec2.instances.get(instance_id).map(|instance| instance.subnet_id.clone()).unwrap_or_default();
        let Some(zone) = group.member(instance_id).map(|member| member.zone.clone()) else { return };
        let description = format!("Terminating EC2 instance: {instance_id}");
        let activity_id = group.begin_activity(context, description.clone(), cause, (&subnet_id, &zone));
        if let Some(member) = group.member_mut(instance_id) {
            (member.lifecycle, member.activity_id) = (Lifecycle::Terminating, activity_id.clone());
        }
        let delays = target_groups.iter().map(|arn| self.elb.deregister(context, arn, instance_id));
        let drain = delays.max().unwrap_or_default();
        if drain > SimDuration::ZERO {
            let description = format!("{description} - Waiting For ELB Connection Draining.");
            group.update_activity(&activity_id, "WaitingForELBConnectionDraining", description);
        }
        context.schedule_in(drain, Due::DrainEnds { group: name.to_owned(), instance_id: instance_id.to_owned() });
    }

    pub(super) fn end_drain(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        self.ec2.terminate(context, instance_id);
        self.end_termination(context, name, instance_id);
    }

    pub(super) fn end_termination(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let instance = self.ec2.instances.get(instance_id);
        if instance.is_some_and(|instance| instance.state != InstanceState::Terminated) {
            let due = Due::TerminationEnds { group: name.to_owned(), instance_id: instance_id.to_owned() };
            context.schedule_in(LOOK_AGAIN, due);
            return;
        }
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(activity_id) = group.member(instance_id).map(|member| member.activity_id.clone()) else { return };
        group.update_activity(&activity_id, "InProgress", format!("Terminating EC2 instance: {instance_id}"));
        group.end_activity(context, &activity_id, None);
        group.members.retain(|member| member.instance_id != instance_id);
        self.reconcile(context, name);
    }

    pub(super) fn terminate_in_group(
        &mut self,
        context: &mut Context,
        input: &TerminateInstanceInAutoScalingGroupType,
    ) -> Result<ActivityType, ApiError> {
        let instance_id = input.instance_id.clone().unwrap_or_default();
        let group = self.autoscaling.group_of(&instance_id);
        let group = group.ok_or_else(|| {
            ApiError::validation(format!(
                "Instance Id not found - No managed instance found for instance ID: {instance_id}"
            ))
        })?;
        let (name, desired, min, actual) = (group.name.clone(), group.desired, group.min, group.actual());
        let now = context.now.to_iso8601();
        let mut cause =
            format!("At {now} instance {instance_id} was taken out of service in response to a user request");
        if input.should_decrement_desired_capacity {
            if desired <= min {
                return Err(would_go_below_min(min));
            }
            self.autoscaling.group_mut(&name)?.desired -= 1;
            cause = format!("{cause}, shrinking the capacity from {actual} to {}", actual - 1);
        }
        self.take_out(context, &name, &instance_id, format!("{cause}."));
        let group = self.autoscaling.group(&name)?;
        group.reconcile_soon(context);
        Ok(ActivityType { activity: group.activities.front().map(|activity| activity.shape(&name)) })
    }
}

impl Group {
    fn add_member(&mut self, context: &mut Context, cause: String, instance_id: &str, subnet: &Subnet, version: i64) {
        self.replacements = self.replacements.saturating_sub(1);
        let description = format!("Launching a new EC2 instance: {instance_id}");
        let activity_id = self.begin_activity(context, description, cause, (&subnet.subnet_id, &subnet.zone));
        self.members.push(Member {
            instance_id: instance_id.to_owned(),
            zone: subnet.zone.clone(),
            lifecycle: Lifecycle::Pending,
            template_version: version,
            activity_id,
        });
        let delay = LAUNCH_ACTIVITY.draw(&mut context.next_random("autoscaling.launch"));
        context.schedule_in(delay, Due::LaunchEnds { group: self.name.clone(), instance_id: instance_id.to_owned() });
    }

    /// The default termination policy: the zone with the most members, there the oldest version, there the longest running.
    fn choose_for_termination(&self) -> Option<String> {
        let staying = || self.members.iter().filter(|member| member.lifecycle != Lifecycle::Terminating);
        let mut zones: BTreeMap<&str, usize> = BTreeMap::new();
        staying().for_each(|member| *zones.entry(&member.zone).or_default() += 1);
        let most = zones.values().copied().max()?;
        let candidates = staying().filter(|member| zones.get(member.zone.as_str()) == Some(&most));
        candidates.min_by_key(|member| member.template_version).map(|member| member.instance_id.clone())
    }
}

fn launch_cause(context: &Context, group: &Group) -> String {
    let now = context.now.to_iso8601();
    if group.replacements > 0 {
        return format!(
            "At {now} an instance was launched in response to an unhealthy instance needing to be replaced."
        );
    }
    let actual = group.actual();
    format!(
        "{}  At {now} an instance was started in response to a difference between desired and actual capacity, increasing the capacity \
         from {actual} to {}.",
        group.change_reason,
        actual + 1
    )
}

fn template_version(spec: &LaunchSpec) -> i64 {
    let version = spec.tags.iter().find(|tag| tag.key == "aws:ec2launchtemplate:version");
    version.and_then(|tag| tag.value.parse().ok()).unwrap_or(0)
}

fn would_go_below_min(min: i64) -> ApiError {
    ApiError::validation(format!(
        "Currently, desiredSize equals minSize ({min}). Terminating instance without replacement will violate group's min size \
         constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size."
    ))
}
