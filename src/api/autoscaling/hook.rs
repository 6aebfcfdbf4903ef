//! Lifecycle hooks.
shapes! {
    /// A lifecycle hook of a new group.
    LifecycleHookSpecification {
        lifecycle_hook_name: String, lifecycle_transition: String, notification_metadata: Option<String>,
        heartbeat_timeout: Option<i64>, default_result: Option<String>,
    }

    /// Asks for a lifecycle hook, or for a change of one.
    PutLifecycleHookType {
        lifecycle_hook_name: String, auto_scaling_group_name: String, lifecycle_transition: Option<String>,
        notification_metadata: Option<String>, heartbeat_timeout: Option<i64>, default_result: Option<String>,
    }

    /// Nothing to say.
    PutLifecycleHookAnswer {}

    /// Asks for lifecycle hooks.
    DescribeLifecycleHooksType {
        auto_scaling_group_name: String, lifecycle_hook_names: Vec<String>,
    }

    /// The lifecycle hooks.
    DescribeLifecycleHooksAnswer {
        lifecycle_hooks: Vec<LifecycleHook>,
    }

    /// A lifecycle hook as AWS shows it; times are in seconds.
    LifecycleHook {
        lifecycle_hook_name: String, auto_scaling_group_name: String, lifecycle_transition: String,
        notification_metadata: Option<String>, heartbeat_timeout: i64, global_timeout: i64, default_result: String,
    }

    /// Asks to delete a lifecycle hook.
    DeleteLifecycleHookType {
        lifecycle_hook_name: String, auto_scaling_group_name: String,
    }

    /// Nothing to say.
    DeleteLifecycleHookAnswer {}

    /// Says how a lifecycle action ended.
    CompleteLifecycleActionType {
        lifecycle_hook_name: String, auto_scaling_group_name: String, lifecycle_action_token: Option<String>,
        lifecycle_action_result: String, instance_id: Option<String>,
    }

    /// Nothing to say.
    CompleteLifecycleActionAnswer {}

    /// Asks for more time.
    RecordLifecycleActionHeartbeatType {
        lifecycle_hook_name: String, auto_scaling_group_name: String, lifecycle_action_token: Option<String>,
        instance_id: Option<String>,
    }

    /// Nothing to say.
    RecordLifecycleActionHeartbeatAnswer {}
}
