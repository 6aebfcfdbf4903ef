//! Listeners and their actions.
use super::Tag;

shapes! {
    /// What becomes of a request: it is forwarded, redirected, or answered with a fixed text.
    Action {
        #[serde(rename = "Type")]
        kind: String,
        target_group_arn: Option<String>, order: Option<i64>, redirect_config: Option<RedirectActionConfig>,
        fixed_response_config: Option<FixedResponseActionConfig>, forward_config: Option<ForwardActionConfig>,
    }

    /// Where to: target groups with weights.
    ForwardActionConfig {
        target_groups: Vec<TargetGroupTuple>, target_group_stickiness_config: Option<TargetGroupStickinessConfig>,
    }

    /// A target group and its weight, 0 to 999.
    TargetGroupTuple { target_group_arn: Option<String>, weight: Option<i64> }

    /// Whether a visitor comes back to the same target group.
    TargetGroupStickinessConfig { enabled: Option<bool>, duration_seconds: Option<i64> }

    /// Where to: another URL; what is not given stays as it is.
    RedirectActionConfig {
        protocol: Option<String>, port: Option<String>, host: Option<String>, path: Option<String>, query: Option<String>,
        status_code: String,
    }

    /// An answer that the load balancer gives itself.
    FixedResponseActionConfig { message_body: Option<String>, status_code: String, content_type: Option<String> }

    /// Asks for a listener.
    CreateListenerInput {
        load_balancer_arn: String, protocol: Option<String>, port: Option<i64>, default_actions: Vec<Action>, tags: Vec<Tag>,
    }

    /// The listener that was made.
    CreateListenerOutput { listeners: Vec<Listener> }

    /// Asks for listeners.
    DescribeListenersInput {
        load_balancer_arn: Option<String>, listener_arns: Vec<String>, marker: Option<String>, page_size: Option<i64>,
    }

    /// The listeners.
    DescribeListenersOutput { listeners: Vec<Listener>, next_marker: Option<String> }

    /// A listener.
    Listener { listener_arn: String, load_balancer_arn: String, port: i64, protocol: String, default_actions: Vec<Action> }

    /// Asks to change a listener.
    ModifyListenerInput { listener_arn: String, port: Option<i64>, protocol: Option<String>, default_actions: Vec<Action> }

    /// The listener after the change.
    ModifyListenerOutput { listeners: Vec<Listener> }

    /// Asks to delete a listener.
    DeleteListenerInput { listener_arn: String }

    /// Nothing.
    DeleteListenerOutput {}
}
