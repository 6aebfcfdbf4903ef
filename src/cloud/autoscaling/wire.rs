//! Groups in AWS's shapes.
use super::group::{Group, Member};
use super::{AutoScaling, Lifecycle};
use crate::api::autoscaling::{
    AutoScalingGroup, AutoScalingGroupNamesType, AutoScalingGroupsType, Instance, LaunchTemplateSpecification,
};
use crate::cloud::ec2::Ec2;
use crate::sim::SimDuration;

impl AutoScaling {
    pub(super) fn describe_groups(&self, ec2: &Ec2, input: &AutoScalingGroupNamesType) -> AutoScalingGroupsType {
        let names = &input.auto_scaling_group_names;
        let wanted = self.groups.values().filter(|group| names.is_empty() || names.contains(&group.name));
        AutoScalingGroupsType {
            auto_scaling_groups: wanted.map(|group| group_shape(ec2, group)).collect(),
            next_token: None,
        }
    }
}

fn group_shape(ec2: &Ec2, group: &Group) -> AutoScalingGroup {
    let zones = group.subnets.iter().filter_map(|id| ec2.network.subnet(id).ok()).map(|subnet| subnet.zone.clone());
    AutoScalingGroup {
        auto_scaling_group_name: group.name.clone(),
        auto_scaling_group_arn: group.arn.clone(),
        launch_template: Some(group.launch_template.clone()),
        min_size: group.min,
        max_size: group.max,
        desired_capacity: group.desired,
        default_cooldown: whole_seconds(group.cooldown),
        availability_zones: zones.collect(),
        target_group_arns: group.target_groups.clone(),
        health_check_type: if group.trusts_balancer { "ELB" } else { "EC2" }.into(),
        health_check_grace_period: whole_seconds(group.grace),
        instances: group.members.iter().map(|member| member_shape(ec2, group, member)).collect(),
        created_time: group.created.to_iso8601(),
        vpc_zone_identifier: group.subnets.join(","),
        status: group.is_deleting.then(|| "Delete in progress".into()),
        termination_policies: vec!["Default".into()],
        new_instances_protected_from_scale_in: false,
        default_instance_warmup: group.warmup.map(whole_seconds),
        tags: group.tags.clone(),
    }
}

fn member_shape(ec2: &Ec2, group: &Group, member: &Member) -> Instance {
    let instance = ec2.instances.get(&member.instance_id);
    let is_healthy = member.lifecycle != Lifecycle::Terminating && instance.is_none_or(|instance| !instance.is_gone());
    Instance {
        instance_id: member.instance_id.clone(),
        instance_type: instance.map(|instance| instance.instance_type.name.to_owned()),
        availability_zone: member.zone.clone(),
        lifecycle_state: member.lifecycle.name().into(),
        health_status: if is_healthy { "Healthy" } else { "Unhealthy" }.into(),
        launch_template: Some(LaunchTemplateSpecification {
            version: Some(member.template_version.to_string()),
            ..group.launch_template.clone()
        }),
        protected_from_scale_in: false,
    }
}

fn whole_seconds(length: SimDuration) -> i64 {
    (length.as_micros() / 1_000_000) as i64
}
