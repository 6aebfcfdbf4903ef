//! Members of groups.
use super::{Activity, LaunchTemplateSpecification};

shapes! {
    /// A member of a group.
    Instance {
        instance_id: String, instance_type: Option<String>, availability_zone: String, lifecycle_state: String,
        health_status: String, launch_template: Option<LaunchTemplateSpecification>, protected_from_scale_in: bool,
    }

    /// Asks for members of any group.
    DescribeAutoScalingInstancesType {
        instance_ids: Vec<String>, max_records: Option<i64>, next_token: Option<String>,
    }

    /// The members.
    AutoScalingInstancesType {
        auto_scaling_instances: Vec<AutoScalingInstanceDetails>, next_token: Option<String>,
    }

    /// A member with its group.
    AutoScalingInstanceDetails {
        instance_id: String, instance_type: Option<String>, auto_scaling_group_name: String,
        availability_zone: String, lifecycle_state: String, health_status: String,
        launch_template: Option<LaunchTemplateSpecification>, protected_from_scale_in: bool,
    }

    /// Asks to end instances of a group.
    TerminateInstanceInAutoScalingGroupType {
        instance_id: Option<String>, instance_ids: Vec<String>, auto_scaling_group_name: Option<String>,
        should_decrement_desired_capacity: bool,
    }

    /// Asks to make running instances members.
    AttachInstancesQuery {
        instance_ids: Vec<String>, auto_scaling_group_name: String,
    }

    /// Asks to let members go; they keep running.
    DetachInstancesQuery {
        instance_ids: Vec<String>, auto_scaling_group_name: String, should_decrement_desired_capacity: bool,
    }

    /// What is under way.
    DetachInstancesAnswer {
        activities: Vec<Activity>,
    }

    /// Asks to take members out of service for a while.
    EnterStandbyQuery {
        instance_ids: Vec<String>, auto_scaling_group_name: String, should_decrement_desired_capacity: bool,
    }

    /// What is under way.
    EnterStandbyAnswer {
        activities: Vec<Activity>,
    }

    /// Asks to put members back into service.
    ExitStandbyQuery {
        instance_ids: Vec<String>, auto_scaling_group_name: String,
    }

    /// What is under way.
    ExitStandbyAnswer {
        activities: Vec<Activity>,
    }

    /// Says of a member whether it is healthy.
    SetInstanceHealthQuery {
        instance_id: String, health_status: String, should_respect_grace_period: Option<bool>,
    }

    /// Asks to protect members from scale-in, or no longer.
    SetInstanceProtectionQuery {
        instance_ids: Vec<String>, auto_scaling_group_name: String, protected_from_scale_in: bool,
    }

    /// Nothing to say.
    SetInstanceProtectionAnswer {}

    /// Asks to launch at once, and to be told at once.
    LaunchInstancesRequest {
        auto_scaling_group_name: String, requested_capacity: i64, client_token: String,
        availability_zones: Vec<String>, subnet_ids: Vec<String>, retry_strategy: Option<String>,
    }

    /// What was launched, and what could not be.
    LaunchInstancesResult {
        auto_scaling_group_name: String, client_token: String, instances: Vec<InstanceCollection>,
        errors: Vec<LaunchInstancesError>,
    }

    /// Instances that were launched alike.
    InstanceCollection {
        instance_type: String, market_type: String, subnet_id: String, availability_zone: String,
        instance_ids: Vec<String>,
    }

    /// Why a launch was refused.
    LaunchInstancesError {
        instance_type: String, market_type: String, subnet_id: String, availability_zone: String, error_code: String,
        error_message: String,
    }
}
