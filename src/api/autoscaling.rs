//! Shapes of Amazon EC2 Auto Scaling (API version 2011-01-01).
use super::ec2::Filter;

operations! { "autoscaling", AutoScaling;
    /// Makes a group.
    CreateAutoScalingGroup(CreateAutoScalingGroupType) -> Nothing;
    /// Changes a group.
    UpdateAutoScalingGroup(UpdateAutoScalingGroupType) -> Nothing;
    /// Lists groups.
    DescribeAutoScalingGroups(AutoScalingGroupNamesType) -> AutoScalingGroupsType;
    /// Deletes a group.
    DeleteAutoScalingGroup(DeleteAutoScalingGroupType) -> Nothing;
    /// Lists the activity history, the newest first.
    DescribeScalingActivities(DescribeScalingActivitiesType) -> ActivitiesType;
    /// Sets how many instances a group wants.
    SetDesiredCapacity(SetDesiredCapacityType) -> Nothing;
    /// Ends an instance of a group.
    TerminateInstanceInAutoScalingGroup(TerminateInstanceInAutoScalingGroupType) -> ActivityType;
    /// Gives a group a policy.
    PutScalingPolicy(PutScalingPolicyType) -> PolicyARNType;
    /// Lists policies.
    DescribePolicies(DescribePoliciesType) -> PoliciesType;
    /// Deletes a policy and the alarms it made.
    DeletePolicy(DeletePolicyType) -> Nothing;
}

shapes! {
    /// The answer of an operation that answers nothing.
    Nothing {}

    /// A launch template by id or name, and a version: a number, `$Latest` or `$Default`.
    LaunchTemplateSpecification { launch_template_id: Option<String>, launch_template_name: Option<String>, version: Option<String> }

    /// A tag, and whether new instances get it too.
    Tag {
        key: String, value: Option<String>, resource_id: Option<String>, resource_type: Option<String>, propagate_at_launch: Option<bool>,
    }

    /// Asks for a group.
    CreateAutoScalingGroupType {
        auto_scaling_group_name: String, min_size: i64, max_size: i64, desired_capacity: Option<i64>,
        launch_template: Option<LaunchTemplateSpecification>, availability_zones: Vec<String>,
        #[serde(rename = "VPCZoneIdentifier")]
        vpc_zone_identifier: Option<String>,
        #[serde(rename = "TargetGroupARNs")]
        target_group_arns: Vec<String>,
        health_check_type: Option<String>, health_check_grace_period: Option<i64>, default_cooldown: Option<i64>,
        default_instance_warmup: Option<i64>, termination_policies: Vec<String>, new_instances_protected_from_scale_in: Option<bool>,
        tags: Vec<Tag>,
    }

    /// Asks for a change; what is left out stays.
    UpdateAutoScalingGroupType {
        auto_scaling_group_name: String, min_size: Option<i64>, max_size: Option<i64>, desired_capacity: Option<i64>,
        launch_template: Option<LaunchTemplateSpecification>,
        #[serde(rename = "VPCZoneIdentifier")]
        vpc_zone_identifier: Option<String>,
        health_check_type: Option<String>, health_check_grace_period: Option<i64>, default_cooldown: Option<i64>,
        default_instance_warmup: Option<i64>,
    }

    /// Asks for groups.
    AutoScalingGroupNamesType {
        auto_scaling_group_names: Vec<String>, include_instances: Option<bool>, filters: Vec<Filter>, max_records: Option<i64>,
        next_token: Option<String>,
    }

    /// The groups.
    AutoScalingGroupsType { auto_scaling_groups: Vec<AutoScalingGroup>, next_token: Option<String> }

    /// A group as AWS shows it; times are in seconds.
    AutoScalingGroup {
        auto_scaling_group_name: String,
        #[serde(rename = "AutoScalingGroupARN")]
        auto_scaling_group_arn: String,
        launch_template: Option<LaunchTemplateSpecification>, min_size: i64, max_size: i64, desired_capacity: i64, default_cooldown: i64,
        availability_zones: Vec<String>,
        #[serde(rename = "TargetGroupARNs")]
        target_group_arns: Vec<String>,
        health_check_type: String, health_check_grace_period: i64, instances: Vec<Instance>, created_time: String,
        #[serde(rename = "VPCZoneIdentifier")]
        vpc_zone_identifier: String,
        status: Option<String>, termination_policies: Vec<String>, new_instances_protected_from_scale_in: bool,
        default_instance_warmup: Option<i64>, tags: Vec<Tag>,
    }

    /// A member of a group.
    Instance {
        instance_id: String, instance_type: Option<String>, availability_zone: String, lifecycle_state: String, health_status: String,
        launch_template: Option<LaunchTemplateSpecification>, protected_from_scale_in: bool,
    }

    /// Asks to delete a group, with its instances if `force_delete` is set.
    DeleteAutoScalingGroupType { auto_scaling_group_name: String, force_delete: Option<bool> }

    /// Asks for activities.
    DescribeScalingActivitiesType {
        activity_ids: Vec<String>, auto_scaling_group_name: Option<String>, include_deleted_groups: Option<bool>,
        max_records: Option<i64>, next_token: Option<String>,
    }

    /// The activities.
    ActivitiesType { activities: Vec<Activity>, next_token: Option<String> }

    /// One activity.
    ActivityType { activity: Option<Activity> }

    /// A launch or a termination, with its cause in AWS's words.
    Activity {
        activity_id: String, auto_scaling_group_name: String, description: String, cause: String, start_time: String,
        end_time: Option<String>, status_code: String, status_message: Option<String>, progress: i64, details: String,
    }

    /// Asks for a number of instances.
    SetDesiredCapacityType { auto_scaling_group_name: String, desired_capacity: i64, honor_cooldown: Option<bool> }

    /// Asks to end an instance of a group.
    TerminateInstanceInAutoScalingGroupType { instance_id: Option<String>, should_decrement_desired_capacity: bool }

    /// Asks for a policy.
    PutScalingPolicyType {
        auto_scaling_group_name: String, policy_name: String, policy_type: Option<String>,
        target_tracking_configuration: Option<TargetTrackingConfiguration>, estimated_instance_warmup: Option<i64>, enabled: Option<bool>,
    }

    /// Keeps a metric near a value.
    TargetTrackingConfiguration {
        predefined_metric_specification: Option<PredefinedMetricSpecification>, target_value: f64, disable_scale_in: Option<bool>,
    }

    /// A metric that AWS knows by name.
    PredefinedMetricSpecification { predefined_metric_type: String, resource_label: Option<String> }

    /// The policy that was made, and its alarms.
    PolicyARNType {
        #[serde(rename = "PolicyARN")]
        policy_arn: String,
        alarms: Vec<Alarm>,
    }

    /// An alarm of a policy.
    Alarm {
        alarm_name: String,
        #[serde(rename = "AlarmARN")]
        alarm_arn: String,
    }

    /// Asks for policies.
    DescribePoliciesType {
        auto_scaling_group_name: Option<String>, policy_names: Vec<String>, policy_types: Vec<String>, max_records: Option<i64>,
        next_token: Option<String>,
    }

    /// The policies.
    PoliciesType { scaling_policies: Vec<ScalingPolicy>, next_token: Option<String> }

    /// A policy as AWS shows it.
    ScalingPolicy {
        auto_scaling_group_name: String, policy_name: String,
        #[serde(rename = "PolicyARN")]
        policy_arn: String,
        policy_type: String, estimated_instance_warmup: Option<i64>, alarms: Vec<Alarm>,
        target_tracking_configuration: Option<TargetTrackingConfiguration>, enabled: bool,
    }

    /// Asks to delete a policy.
    DeletePolicyType { auto_scaling_group_name: Option<String>, policy_name: String }
}
