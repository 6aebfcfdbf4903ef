//! Groups and members in AWS's shapes.
use super::group::{Group, whole_seconds};
use super::member::Member;
use super::{AutoScaling, process};
use crate::api::ApiError;
use crate::api::autoscaling::{
    AutoScalingGroup, AutoScalingGroupNamesType, AutoScalingGroupsType, AutoScalingInstanceDetails,
    AutoScalingInstancesType, DescribeAutoScalingInstancesType, Instance, TrafficSourceIdentifier,
};
use crate::cloud::ec2::Ec2;
use crate::cloud::{ACCOUNT_ID, PageRequest};

impl AutoScaling {
    pub(super) fn describe_groups(
        &self,
        ec2: &Ec2,
        input: &AutoScalingGroupNamesType,
    ) -> Result<AutoScalingGroupsType, ApiError> {
        super::tag::check_filters(&input.filters, &["tag:", "tag-key", "tag-value"])?;
        let names = &input.auto_scaling_group_names;
        let is_wanted = |group: &&Group| {
            (names.is_empty() || names.contains(&group.name) || names.contains(&group.arn))
                && group.passes(&input.filters)
        };
        let with_instances = input.include_instances != Some(false);
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (groups, next_token) = page.cut(self.groups.values().filter(is_wanted).collect(), super::bad_token)?;
        let shape = |group: &Group| {
            let mut shape = group_shape(ec2, group);
            if !with_instances {
                shape.instances.clear();
            }
            shape
        };
        Ok(AutoScalingGroupsType { auto_scaling_groups: groups.into_iter().map(shape).collect(), next_token })
    }

    pub(super) fn describe_instances(
        &self,
        ec2: &Ec2,
        input: &DescribeAutoScalingInstancesType,
    ) -> Result<AutoScalingInstancesType, ApiError> {
        let ids = &input.instance_ids;
        let members = self.groups.values().flat_map(|group| group.members.iter().map(move |member| (group, member)));
        let wanted = members.filter(|(_, member)| ids.is_empty() || ids.contains(&member.instance_id));
        let all = wanted.map(|(group, member)| details_shape(ec2, group, member)).collect();
        let page = PageRequest { most: input.max_records, limit: Some(50), token: input.next_token.as_deref() };
        let (auto_scaling_instances, next_token) = page.cut(all, super::bad_token)?;
        Ok(AutoScalingInstancesType { auto_scaling_instances, next_token })
    }
}

fn group_shape(ec2: &Ec2, group: &Group) -> AutoScalingGroup {
    let is_pooled = |member: &&Member| matches!(member.lifecycle, super::Lifecycle::Warmed(_));
    let source = |arn: &str| TrafficSourceIdentifier { identifier: arn.to_owned(), kind: Some("elbv2".into()) };
    AutoScalingGroup {
        auto_scaling_group_name: group.name.clone(),
        auto_scaling_group_arn: group.arn.clone(),
        launch_template: Some(group.launch_template.clone()),
        min_size: group.min,
        max_size: group.max,
        desired_capacity: group.desired,
        default_cooldown: whole_seconds(group.cooldown),
        availability_zones: group.zones.clone(),
        load_balancer_names: Vec::new(),
        target_group_arns: group.target_group_arns().map(str::to_owned).collect(),
        health_check_type: group.health.kinds.clone(),
        health_check_grace_period: whole_seconds(group.health.grace),
        // The warm pool has a list of its own.
        instances: group.members.iter().filter(|one| !is_pooled(one)).map(|one| member_shape(ec2, one)).collect(),
        created_time: group.created.to_iso8601(),
        suspended_processes: process::suspended_shapes(group),
        vpc_zone_identifier: group.subnets.join(","),
        enabled_metrics: group.metric_shapes(),
        status: group.is_deleting.then(|| "Delete in progress".into()),
        tags: group.tag_shapes(),
        termination_policies: group.termination_policies.iter().map(|policy| policy.name().into()).collect(),
        new_instances_protected_from_scale_in: group.protects_new_instances,
        service_linked_role_arn: format!(
            "arn:aws:iam::{ACCOUNT_ID}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
        ),
        max_instance_lifetime: group.max_lifetime.map(whole_seconds),
        warm_pool_configuration: group.warm_pool_shape(),
        warm_pool_size: group.warm_pool.as_ref().map(|_| group.members.iter().filter(is_pooled).count() as i64),
        context: group.context.clone(),
        default_instance_warmup: group.warmup.map(whole_seconds),
        traffic_sources: group.target_group_arns().map(source).collect(),
        instance_maintenance_policy: group.maintenance.map(|policy| policy.shape()),
        deletion_protection: Some(group.deletion_protection.name().into()),
        availability_zone_distribution: Some(group.distribution.shape()),
    }
}

/// A member as a list of groups shows it: its health in words such as `Healthy`.
pub(super) fn member_shape(ec2: &Ec2, member: &Member) -> Instance {
    Instance {
        instance_id: member.instance_id.clone(),
        instance_type: type_name(ec2, member),
        availability_zone: member.zone.clone(),
        lifecycle_state: member.lifecycle.name().into(),
        health_status: if is_healthy(member) { "Healthy" } else { "Unhealthy" }.into(),
        launch_template: member.template.as_ref().map(|template| template.shape()),
        protected_from_scale_in: member.is_protected,
    }
}

/// A member as a list of members shows it: its health in capitals, as AWS has it.
fn details_shape(ec2: &Ec2, group: &Group, member: &Member) -> AutoScalingInstanceDetails {
    AutoScalingInstanceDetails {
        instance_id: member.instance_id.clone(),
        instance_type: type_name(ec2, member),
        auto_scaling_group_name: group.name.clone(),
        availability_zone: member.zone.clone(),
        lifecycle_state: member.lifecycle.name().into(),
        health_status: if is_healthy(member) { "HEALTHY" } else { "UNHEALTHY" }.into(),
        launch_template: member.template.as_ref().map(|template| template.shape()),
        protected_from_scale_in: member.is_protected,
    }
}

fn type_name(ec2: &Ec2, member: &Member) -> Option<String> {
    ec2.instances.get(&member.instance_id).map(|instance| instance.instance_type.name.to_owned())
}

fn is_healthy(member: &Member) -> bool {
    member.unhealthy.is_none()
}
