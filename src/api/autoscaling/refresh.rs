//! Instance refreshes.
use super::LaunchTemplateSpecification;

shapes! {
    /// Asks to replace the instances of a group little by little.
    StartInstanceRefreshType {
        auto_scaling_group_name: String, strategy: Option<String>,
        desired_configuration: Option<DesiredConfiguration>, preferences: Option<RefreshPreferences>,
    }

    /// What the new instances are launched from.
    DesiredConfiguration {
        launch_template: Option<LaunchTemplateSpecification>,
    }

    /// How careful a refresh is; times are in seconds.
    RefreshPreferences {
        min_healthy_percentage: Option<i64>, instance_warmup: Option<i64>, checkpoint_percentages: Vec<i64>,
        checkpoint_delay: Option<i64>, skip_matching: Option<bool>, auto_rollback: Option<bool>,
        scale_in_protected_instances: Option<String>, standby_instances: Option<String>,
        alarm_specification: Option<AlarmSpecification>, max_healthy_percentage: Option<i64>, bake_time: Option<i64>,
    }

    /// Alarms that end a refresh.
    AlarmSpecification {
        alarms: Vec<String>,
    }

    /// The id of the refresh.
    StartInstanceRefreshAnswer {
        instance_refresh_id: String,
    }

    /// Asks for refreshes.
    DescribeInstanceRefreshesType {
        auto_scaling_group_name: String, instance_refresh_ids: Vec<String>, next_token: Option<String>,
        max_records: Option<i64>,
    }

    /// The refreshes, the newest first.
    DescribeInstanceRefreshesAnswer {
        instance_refreshes: Vec<InstanceRefresh>, next_token: Option<String>,
    }

    /// A refresh as AWS shows it.
    InstanceRefresh {
        instance_refresh_id: String, auto_scaling_group_name: String, status: String, status_reason: Option<String>,
        start_time: Option<String>, end_time: Option<String>, percentage_complete: Option<i64>,
        instances_to_update: Option<i64>, progress_details: Option<InstanceRefreshProgressDetails>,
        preferences: Option<RefreshPreferences>, desired_configuration: Option<DesiredConfiguration>,
        rollback_details: Option<RollbackDetails>, strategy: Option<String>,
    }

    /// How far a refresh is.
    InstanceRefreshProgressDetails {
        live_pool_progress: Option<InstanceRefreshLivePoolProgress>,
        warm_pool_progress: Option<InstanceRefreshWarmPoolProgress>,
    }

    /// How far it is with the instances in service.
    InstanceRefreshLivePoolProgress {
        percentage_complete: Option<i64>, instances_to_update: Option<i64>,
    }

    /// How far it is with the warm pool.
    InstanceRefreshWarmPoolProgress {
        percentage_complete: Option<i64>, instances_to_update: Option<i64>,
    }

    /// A way back.
    RollbackDetails {
        rollback_reason: Option<String>, rollback_start_time: Option<String>,
        percentage_complete_on_rollback: Option<i64>, instances_to_update_on_rollback: Option<i64>,
        progress_details_on_rollback: Option<InstanceRefreshProgressDetails>,
    }

    /// Asks to end a refresh where it is.
    CancelInstanceRefreshType {
        auto_scaling_group_name: String, wait_for_transitioning_instances: Option<bool>,
    }

    /// The id of the refresh.
    CancelInstanceRefreshAnswer {
        instance_refresh_id: String,
    }

    /// Asks a refresh to go back.
    RollbackInstanceRefreshType {
        auto_scaling_group_name: String,
    }

    /// The id of the refresh.
    RollbackInstanceRefreshAnswer {
        instance_refresh_id: String,
    }
}
