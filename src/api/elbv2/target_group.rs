//! Target groups.
use super::Tag;

shapes! {
    /// Asks for a target group; times are in seconds.
    CreateTargetGroupInput {
        name: String, protocol: Option<String>, protocol_version: Option<String>, port: Option<i64>, vpc_id: Option<String>,
        health_check_protocol: Option<String>, health_check_port: Option<String>, health_check_enabled: Option<bool>,
        health_check_path: Option<String>, health_check_interval_seconds: Option<i64>, health_check_timeout_seconds: Option<i64>,
        healthy_threshold_count: Option<i64>, unhealthy_threshold_count: Option<i64>, matcher: Option<Matcher>,
        target_type: Option<String>, tags: Vec<Tag>, ip_address_type: Option<String>,
    }

    /// The status codes that count as healthy, such as `200` or `200-299`.
    Matcher { http_code: Option<String> }

    /// The target group that was made.
    CreateTargetGroupOutput { target_groups: Vec<TargetGroup> }

    /// Asks for target groups.
    DescribeTargetGroupsInput {
        load_balancer_arn: Option<String>, target_group_arns: Vec<String>, names: Vec<String>, marker: Option<String>,
        page_size: Option<i64>,
    }

    /// The target groups.
    DescribeTargetGroupsOutput { target_groups: Vec<TargetGroup>, next_marker: Option<String> }

    /// A target group as AWS shows it.
    TargetGroup {
        target_group_arn: String, target_group_name: String, protocol: String, port: i64, vpc_id: String, health_check_protocol: String,
        health_check_port: String, health_check_enabled: bool, health_check_interval_seconds: i64, health_check_timeout_seconds: i64,
        healthy_threshold_count: i64, unhealthy_threshold_count: i64, health_check_path: String, matcher: Matcher,
        load_balancer_arns: Vec<String>, target_type: String, protocol_version: String, ip_address_type: String,
    }

    /// Asks to change the health checks.
    ModifyTargetGroupInput {
        target_group_arn: String, health_check_protocol: Option<String>, health_check_port: Option<String>,
        health_check_enabled: Option<bool>, health_check_path: Option<String>, health_check_interval_seconds: Option<i64>,
        health_check_timeout_seconds: Option<i64>, healthy_threshold_count: Option<i64>, unhealthy_threshold_count: Option<i64>,
        matcher: Option<Matcher>,
    }

    /// The target group after the change.
    ModifyTargetGroupOutput { target_groups: Vec<TargetGroup> }

    /// Asks to delete a target group.
    DeleteTargetGroupInput { target_group_arn: String }

    /// Nothing.
    DeleteTargetGroupOutput {}

    /// An attribute, such as `deregistration_delay.timeout_seconds`.
    TargetGroupAttribute { key: Option<String>, value: Option<String> }

    /// Asks to change attributes.
    ModifyTargetGroupAttributesInput { target_group_arn: String, attributes: Vec<TargetGroupAttribute> }

    /// The attributes after the change.
    ModifyTargetGroupAttributesOutput { attributes: Vec<TargetGroupAttribute> }

    /// Asks for attributes.
    DescribeTargetGroupAttributesInput { target_group_arn: String }

    /// The attributes.
    DescribeTargetGroupAttributesOutput { attributes: Vec<TargetGroupAttribute> }
}
