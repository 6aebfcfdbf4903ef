//! Requests about members: protection, launching at once.
use super::attach::check_members;
use super::member::{Lifecycle, Phase, Reason};
use super::{AutoScaling, Group, limits};
use crate::api::ApiError;
use crate::api::autoscaling::{
    InstanceCollection, LaunchInstancesError, LaunchInstancesRequest, LaunchInstancesResult, SetInstanceProtectionQuery,
};
use crate::cloud::ec2::Subnet;
use crate::cloud::{Context, Region};

impl AutoScaling {
    pub(super) fn set_protection(
        &mut self,
        context: &mut Context,
        input: &SetInstanceProtectionQuery,
    ) -> Result<(), ApiError> {
        limits::check_at_once("instanceIds", input.instance_ids.len(), limits::PROTECTED_AT_ONCE)?;
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        let fits = |state: Lifecycle| state.is_in_service() || state == Lifecycle::Standby;
        check_members(group, &input.instance_ids, fits)?;
        for id in &input.instance_ids {
            if let Some(member) = group.member_mut(id) {
                member.is_protected = input.protected_from_scale_in;
            }
        }
        group.reconcile_soon(context);
        Ok(())
    }
}

impl Region {
    /// Launches so many instances in one place, and raises the desired capacity by what was launched.
    ///
    /// Simplified: `retry-with-group-configuration` is left to the group, which launches what it wants anyway.
    pub(super) fn launch_instances(
        &mut self,
        context: &mut Context,
        input: &LaunchInstancesRequest,
    ) -> Result<LaunchInstancesResult, ApiError> {
        let name = &input.auto_scaling_group_name;
        let group = self.autoscaling.group(name)?;
        if group.desired.saturating_add(input.requested_capacity) > group.max {
            // The wording is a guess.
            let message = format!(
                "The requested capacity {} would raise the desired capacity {} above the max value {} of the AutoScalingGroup.",
                input.requested_capacity, group.desired, group.max
            );
            return Err(ApiError::validation(message));
        }
        let subnet = self.place_of(group, input)?;
        let mut answer = LaunchInstancesResult {
            auto_scaling_group_name: name.clone(),
            client_token: input.client_token.clone(),
            ..Default::default()
        };
        let mut ids = Vec::new();
        for _ in 0..input.requested_capacity {
            match self.launch_now(context, name, &subnet) {
                Ok(id) => ids.push(id),
                Err(error) => {
                    answer.errors.push(LaunchInstancesError {
                        instance_type: String::new(),
                        market_type: "on-demand".into(),
                        subnet_id: subnet.subnet_id.clone(),
                        availability_zone: subnet.zone.clone(),
                        error_code: error.code,
                        error_message: error.message,
                    });
                    break;
                }
            }
        }
        let first = ids.first().and_then(|id| self.ec2.instances.get(id));
        if let Some(instance) = first {
            answer.instances.push(InstanceCollection {
                instance_type: instance.instance_type.name.into(),
                market_type: "on-demand".into(),
                subnet_id: subnet.subnet_id.clone(),
                availability_zone: subnet.zone.clone(),
                instance_ids: ids,
            });
        }
        Ok(answer)
    }

    /// The subnet that the request names, or one in the zone with the fewest members.
    fn place_of(&self, group: &Group, input: &LaunchInstancesRequest) -> Result<Subnet, ApiError> {
        let (zone, subnet_id) = (input.availability_zones.first(), input.subnet_ids.first());
        let fits = |subnet: &Subnet| {
            zone.is_none_or(|zone| *zone == subnet.zone) && subnet_id.is_none_or(|id| *id == subnet.subnet_id)
        };
        let named = group.subnets.iter().filter_map(|id| self.ec2.network.subnet(id).ok());
        let found = match subnet_id {
            Some(_) => named.into_iter().find(|subnet| fits(subnet)).cloned(),
            None => self.launch_places(group).into_iter().find(fits),
        };
        // The wording is a guess.
        found.ok_or_else(|| {
            ApiError::validation("The specified zone or subnet is not one of the Auto Scaling group.".to_owned())
        })
    }

    fn launch_now(&mut self, context: &mut Context, name: &str, subnet: &Subnet) -> Result<String, ApiError> {
        let group = self.autoscaling.group(name)?;
        let (template, tags) = (group.template_of_launches().clone(), group.launch_tags());
        let launched = self.launch_in(context, &template, &tags, subnet)?;
        let group = self.autoscaling.group_mut(name)?;
        // The wording is a guess.
        let cause = format!(
            "At {} a user request launched an instance, increasing the capacity from {} to {}.",
            context.now.to_iso8601(),
            group.desired,
            group.desired + 1
        );
        group.keep_in_step(context, 1, &cause);
        let description = format!("Launching a new EC2 instance: {}", launched.instance_id);
        group.add_member(
            context,
            &launched,
            (description, cause),
            (Lifecycle::Pending(Phase::Begun), Reason::Difference),
        );
        Ok(launched.instance_id)
    }
}
