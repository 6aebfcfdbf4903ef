//! Instances that become members, and members that leave and keep running.
use super::activity::Beginning;
use super::member::{Lifecycle, Member, Phase, Reason, TemplateVersion};
use super::terminate::not_part_of;
use super::{AutoScaling, Due, Group, limits};
use crate::api::ApiError;
use crate::api::autoscaling::{AttachInstancesQuery, DetachInstancesAnswer, DetachInstancesQuery};
use crate::cloud::ec2::{Ec2, Instance};
use crate::cloud::{Context, Region};
use crate::sim::{Distribution, SimDuration};

/// From the request until an attached instance is in service (one log: 3 s).
const ATTACH: Distribution = Distribution::uniform_secs(2, 5);

impl Region {
    pub(super) fn attach_instances(
        &mut self,
        context: &mut Context,
        input: &AttachInstancesQuery,
    ) -> Result<(), ApiError> {
        let (name, ids) = (&input.auto_scaling_group_name, &each_once(&input.instance_ids));
        limits::check_at_once("instanceIds", ids.len(), limits::MOVED_AT_ONCE)?;
        let group = self.autoscaling.group(name)?;
        ids.iter().try_for_each(|id| self.autoscaling.check_attachable(&self.ec2, group, id))?;
        if group.desired + ids.len() as i64 > group.max {
            return Err(too_few_left(group, "attach", ids.len()));
        }
        for id in ids {
            let Some(instance) = self.ec2.instances.get(id) else { continue };
            let template = template_of(&self.ec2, instance);
            self.autoscaling.group_mut(name)?.begin_attaching(context, instance, template);
        }
        Ok(())
    }

    pub(super) fn detach_instances(
        &mut self,
        context: &mut Context,
        input: &DetachInstancesQuery,
    ) -> Result<DetachInstancesAnswer, ApiError> {
        let (name, ids) = (&input.auto_scaling_group_name, &each_once(&input.instance_ids));
        limits::check_at_once("instanceIds", ids.len(), limits::MOVED_AT_ONCE)?;
        let group = self.autoscaling.group(name)?;
        check_members(group, ids, |lifecycle| lifecycle.is_in_service() || lifecycle == Lifecycle::Standby)?;
        let in_service = ids.iter().filter(|id| group.member(id).is_some_and(|one| one.lifecycle.is_in_service()));
        let decrements = input.should_decrement_desired_capacity;
        if decrements && group.desired - (in_service.count() as i64) < group.min {
            return Err(too_few_left(group, "detach", ids.len()));
        }
        let mut activities = Vec::new();
        for id in ids {
            let activity_id = self.autoscaling.group_mut(name)?.begin_detaching(context, id, decrements);
            let drain = self.deregister_everywhere(context, name, id);
            let due = Due::DrainEnds { group: name.clone(), instance_id: id.clone() };
            context.schedule_in(drain.max(SimDuration::from_secs(1)), due);
            activities.extend(self.autoscaling.group(name)?.activity_shape(&activity_id));
        }
        self.autoscaling.group(name)?.reconcile_soon(context);
        Ok(DetachInstancesAnswer { activities })
    }
}

impl AutoScaling {
    /// Running, in no group, in a zone of the group. Wordings without a source in the tests are guesses.
    fn check_attachable(&self, ec2: &Ec2, group: &Group, id: &str) -> Result<(), ApiError> {
        let instance = ec2
            .instances
            .get(id)
            .ok_or_else(|| ApiError::validation(format!("Invalid Instance ID(s): [{id}] specified")))?;
        if let Some(other) = self.group_of(id) {
            let message = format!("The Instance: {id} is already part of AutoScalingGroup:{}", other.name);
            return Err(ApiError::validation(message));
        }
        if !instance.is_running() {
            let message = format!("Instance {id} is not in correct state. Instance(s) must be in 'running' state.");
            return Err(ApiError::validation(message));
        }
        if !group.zones.contains(&instance.zone) {
            let message = format!(
                "The availability zone {} of instance {id} is not one of the Auto Scaling group {}.",
                instance.zone, group.name
            );
            return Err(ApiError::validation(message));
        }
        if !ec2.images.contains_key(&instance.image_id) {
            let message = format!("The image id '[{}]' of instance {id} does not exist", instance.image_id);
            return Err(ApiError::validation(message));
        }
        Ok(())
    }
}

impl Group {
    fn begin_attaching(&mut self, context: &mut Context, instance: &Instance, template: Option<TemplateVersion>) {
        let cause = format!(
            "At {} an instance was added in response to user request. Keeping the capacity at the new {}.",
            context.now.to_iso8601(),
            self.desired + 1
        );
        self.keep_in_step(context, 1, &cause);
        let id = &instance.instance_id;
        let description = format!("Attaching an existing EC2 instance: {id}");
        let place = Some((instance.subnet_id.as_str(), instance.zone.as_str()));
        let activity_id = self.begin_activity(context, Beginning { description, cause, place, progress: 50 });
        self.members.push(Member {
            instance_id: id.clone(),
            number: instance.number,
            zone: instance.zone.clone(),
            subnet_id: instance.subnet_id.clone(),
            lifecycle: Lifecycle::Pending(Phase::Begun),
            template,
            is_protected: false,
            unhealthy: None,
            found_unhealthy: None,
            impaired_since: None,
            outgoing: None,
            launched: instance.launched,
            launched_for: Reason::Difference,
            returns_to_pool: false,
            waits: Vec::new(),
            activity_id,
        });
        self.schedule_launch_end(context, id, &ATTACH);
    }

    fn begin_detaching(&mut self, context: &mut Context, id: &str, decrements: bool) -> String {
        let (now, actual) = (context.now.to_iso8601(), self.actual());
        let shrinks = decrements && self.member(id).is_some_and(|member| member.lifecycle.is_active());
        let mut cause = format!("At {now} instance {id} was detached in response to a user request");
        if shrinks {
            cause = format!("{cause}, shrinking the capacity from {actual} to {}", actual - 1);
        }
        cause.push('.');
        self.keep_in_step(context, -i64::from(shrinks), &cause);
        let description = format!("Detaching EC2 instance: {id}");
        let activity_id = self.begin_move(context, id, (description, cause));
        self.move_member(context, id, Lifecycle::Detaching);
        activity_id
    }

    /// A member has been drained and leaves the group. It keeps running.
    pub(super) fn end_detaching(&mut self, context: &mut Context, id: &str) {
        let Some(activity_id) = self.member(id).map(|member| member.activity_id.clone()) else { return };
        self.end_activity(context, &activity_id);
        self.members.retain(|member| member.instance_id != id);
    }
}

/// What the instance was launched from, as its tags say.
fn template_of(ec2: &Ec2, instance: &Instance) -> Option<TemplateVersion> {
    let tag = |key: &str| instance.tags.iter().find(|tag| tag.key == key).map(|tag| tag.value.clone());
    let id = tag("aws:ec2launchtemplate:id")?;
    let number = tag("aws:ec2launchtemplate:version")?.parse().ok()?;
    let name = ec2.launch_templates.get(&id).map(|template| template.name.clone()).unwrap_or_default();
    Some(TemplateVersion { id, name, number })
}

/// The instances of a request. That one which is named twice counts once is a guess.
pub(super) fn each_once(ids: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for id in ids {
        if !found.contains(id) {
            found.push(id.clone());
        }
    }
    found
}

/// Refuses instances that are no members, or not in a state that fits.
pub(super) fn check_members(group: &Group, ids: &[String], fits: impl Fn(Lifecycle) -> bool) -> Result<(), ApiError> {
    for id in ids {
        let member = group.member(id).ok_or_else(|| not_part_of(id, &group.name))?;
        if !fits(member.lifecycle) {
            return Err(ApiError::validation(format!("The instance {id} is not in InService or Standby.")));
        }
    }
    Ok(())
}

/// Refuses a move that the sizes of the group do not allow.
pub(super) fn too_few_left(group: &Group, what: &str, count: usize) -> ApiError {
    ApiError::validation(format!(
        "AutoScalingGroup {} has min-size={}, max-size={}, and desired-size={}. To {what} {count} {}, please update the AutoScalingGroup \
         sizes appropriately.",
        group.name,
        group.min,
        group.max,
        group.desired,
        if count == 1 { "instance" } else { "instances" }
    ))
}
