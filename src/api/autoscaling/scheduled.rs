//! Scheduled actions.
shapes! {
    /// Asks for sizes at a time.
    PutScheduledUpdateGroupActionType {
        auto_scaling_group_name: String, scheduled_action_name: String, time: Option<String>,
        start_time: Option<String>, end_time: Option<String>, recurrence: Option<String>, min_size: Option<i64>,
        max_size: Option<i64>, desired_capacity: Option<i64>, time_zone: Option<String>,
    }

    /// One of several scheduled actions.
    ScheduledUpdateGroupActionRequest {
        scheduled_action_name: String, start_time: Option<String>, end_time: Option<String>,
        recurrence: Option<String>, min_size: Option<i64>, max_size: Option<i64>, desired_capacity: Option<i64>,
        time_zone: Option<String>,
    }

    /// Asks for several scheduled actions.
    BatchPutScheduledUpdateGroupActionType {
        auto_scaling_group_name: String, scheduled_update_group_actions: Vec<ScheduledUpdateGroupActionRequest>,
    }

    /// Those that were refused.
    BatchPutScheduledUpdateGroupActionAnswer {
        failed_scheduled_update_group_actions: Vec<FailedScheduledUpdateGroupActionRequest>,
    }

    /// A scheduled action that was refused.
    FailedScheduledUpdateGroupActionRequest {
        scheduled_action_name: String, error_code: Option<String>, error_message: Option<String>,
    }

    /// Asks to delete several scheduled actions.
    BatchDeleteScheduledActionType {
        auto_scaling_group_name: String, scheduled_action_names: Vec<String>,
    }

    /// Those that there were not.
    BatchDeleteScheduledActionAnswer {
        failed_scheduled_actions: Vec<FailedScheduledUpdateGroupActionRequest>,
    }

    /// Asks for scheduled actions.
    DescribeScheduledActionsType {
        auto_scaling_group_name: Option<String>, scheduled_action_names: Vec<String>, start_time: Option<String>,
        end_time: Option<String>, next_token: Option<String>, max_records: Option<i64>,
    }

    /// The scheduled actions.
    ScheduledActionsType {
        scheduled_update_group_actions: Vec<ScheduledUpdateGroupAction>, next_token: Option<String>,
    }

    /// A scheduled action as AWS shows it.
    ScheduledUpdateGroupAction {
        auto_scaling_group_name: String, scheduled_action_name: String,
        #[serde(rename = "ScheduledActionARN")]
        scheduled_action_arn: String,
        time: Option<String>, start_time: Option<String>, end_time: Option<String>, recurrence: Option<String>,
        min_size: Option<i64>, max_size: Option<i64>, desired_capacity: Option<i64>, time_zone: Option<String>,
    }

    /// Asks to delete a scheduled action.
    DeleteScheduledActionType {
        auto_scaling_group_name: String, scheduled_action_name: String,
    }
}
