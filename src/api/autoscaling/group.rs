//! Groups.
use super::{
    Instance, LifecycleHookSpecification, Tag, TagDescription, TrafficSourceIdentifier, WarmPoolConfiguration,
};
use crate::api::ec2::Filter;

shapes! {
    /// A launch template by id or name, and a version: a number, `$Latest` or `$Default`.
    LaunchTemplateSpecification {
        launch_template_id: Option<String>, launch_template_name: Option<String>, version: Option<String>,
    }

    /// How many instances there may be while one takes the place of another, in per cent of the desired capacity.
    InstanceMaintenancePolicy {
        min_healthy_percentage: Option<i64>, max_healthy_percentage: Option<i64>,
    }

    /// What happens when a zone does not take a launch: another zone does, or the same is tried again.
    AvailabilityZoneDistribution {
        capacity_distribution_strategy: Option<String>,
    }

    /// Asks for a group.
    CreateAutoScalingGroupType {
        auto_scaling_group_name: String, launch_configuration_name: Option<String>,
        launch_template: Option<LaunchTemplateSpecification>, min_size: i64, max_size: i64,
        desired_capacity: Option<i64>, default_cooldown: Option<i64>, availability_zones: Vec<String>,
        #[serde(rename = "TargetGroupARNs")]
        target_group_arns: Vec<String>,
        health_check_type: Option<String>, health_check_grace_period: Option<i64>,
        #[serde(rename = "VPCZoneIdentifier")]
        vpc_zone_identifier: Option<String>,
        termination_policies: Vec<String>, new_instances_protected_from_scale_in: Option<bool>,
        lifecycle_hook_specification_list: Vec<LifecycleHookSpecification>, deletion_protection: Option<String>,
        tags: Vec<Tag>, max_instance_lifetime: Option<i64>, context: Option<String>,
        default_instance_warmup: Option<i64>, traffic_sources: Vec<TrafficSourceIdentifier>,
        instance_maintenance_policy: Option<InstanceMaintenancePolicy>,
        availability_zone_distribution: Option<AvailabilityZoneDistribution>,
    }

    /// Asks for a change; what is left out stays.
    UpdateAutoScalingGroupType {
        auto_scaling_group_name: String, launch_configuration_name: Option<String>,
        launch_template: Option<LaunchTemplateSpecification>, min_size: Option<i64>, max_size: Option<i64>,
        desired_capacity: Option<i64>, default_cooldown: Option<i64>, availability_zones: Vec<String>,
        health_check_type: Option<String>, health_check_grace_period: Option<i64>,
        #[serde(rename = "VPCZoneIdentifier")]
        vpc_zone_identifier: Option<String>,
        termination_policies: Vec<String>, new_instances_protected_from_scale_in: Option<bool>,
        max_instance_lifetime: Option<i64>, context: Option<String>, default_instance_warmup: Option<i64>,
        instance_maintenance_policy: Option<InstanceMaintenancePolicy>,
        availability_zone_distribution: Option<AvailabilityZoneDistribution>, deletion_protection: Option<String>,
    }

    /// Asks for groups.
    AutoScalingGroupNamesType {
        auto_scaling_group_names: Vec<String>, include_instances: Option<bool>, next_token: Option<String>,
        max_records: Option<i64>, filters: Vec<Filter>,
    }

    /// The groups.
    AutoScalingGroupsType {
        auto_scaling_groups: Vec<AutoScalingGroup>, next_token: Option<String>,
    }

    /// A group as AWS shows it; times are in seconds.
    AutoScalingGroup {
        auto_scaling_group_name: String,
        #[serde(rename = "AutoScalingGroupARN")]
        auto_scaling_group_arn: String,
        launch_template: Option<LaunchTemplateSpecification>, min_size: i64, max_size: i64, desired_capacity: i64,
        default_cooldown: i64, availability_zones: Vec<String>, load_balancer_names: Vec<String>,
        #[serde(rename = "TargetGroupARNs")]
        target_group_arns: Vec<String>,
        health_check_type: String, health_check_grace_period: i64, instances: Vec<Instance>, created_time: String,
        suspended_processes: Vec<SuspendedProcess>,
        #[serde(rename = "VPCZoneIdentifier")]
        vpc_zone_identifier: String,
        enabled_metrics: Vec<EnabledMetric>, status: Option<String>, tags: Vec<TagDescription>,
        termination_policies: Vec<String>, new_instances_protected_from_scale_in: bool,
        #[serde(rename = "ServiceLinkedRoleARN")]
        service_linked_role_arn: String,
        max_instance_lifetime: Option<i64>, warm_pool_configuration: Option<WarmPoolConfiguration>,
        warm_pool_size: Option<i64>, context: Option<String>, default_instance_warmup: Option<i64>,
        traffic_sources: Vec<TrafficSourceIdentifier>, instance_maintenance_policy: Option<InstanceMaintenancePolicy>,
        deletion_protection: Option<String>, availability_zone_distribution: Option<AvailabilityZoneDistribution>,
    }

    /// A process that is suspended, and why.
    SuspendedProcess {
        process_name: String, suspension_reason: String,
    }

    /// A metric that the group publishes, and how often.
    EnabledMetric {
        metric: String, granularity: String,
    }

    /// Asks to delete a group, with its instances if `force_delete` is set.
    DeleteAutoScalingGroupType {
        auto_scaling_group_name: String, force_delete: Option<bool>,
    }

    /// Asks for a number of instances.
    SetDesiredCapacityType {
        auto_scaling_group_name: String, desired_capacity: i64, honor_cooldown: Option<bool>,
    }

    /// How many groups there may be, and how many there are.
    DescribeAccountLimitsAnswer {
        max_number_of_auto_scaling_groups: i64, max_number_of_launch_configurations: i64,
        number_of_auto_scaling_groups: i64, number_of_launch_configurations: i64,
    }

    /// The termination policies.
    DescribeTerminationPolicyTypesAnswer {
        termination_policy_types: Vec<String>,
    }
}
