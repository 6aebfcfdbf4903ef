//! The activity history.
use crate::api::ec2::Filter;

shapes! {
    /// Asks for activities.
    DescribeScalingActivitiesType {
        activity_ids: Vec<String>, auto_scaling_group_name: Option<String>, include_deleted_groups: Option<bool>,
        max_records: Option<i64>, next_token: Option<String>, filters: Vec<Filter>,
    }

    /// The activities.
    ActivitiesType {
        activities: Vec<Activity>, next_token: Option<String>,
    }

    /// The activity, or the activities, that a request began.
    ActivityType {
        activity: Option<Activity>, activities: Option<Vec<Activity>>,
    }

    /// A launch, a termination or a move, with its cause in AWS's words.
    Activity {
        activity_id: String, auto_scaling_group_name: String, description: String, cause: String, start_time: String,
        end_time: Option<String>, status_code: String, status_message: Option<String>, progress: i64, details: String,
        auto_scaling_group_state: Option<String>,
        #[serde(rename = "AutoScalingGroupARN")]
        auto_scaling_group_arn: String,
    }
}
