//! Target groups and other traffic sources.
shapes! {
    /// Where traffic comes from: a target group.
    TrafficSourceIdentifier {
        identifier: String,
        #[serde(rename = "Type")]
        kind: Option<String>,
    }

    /// Asks to register members with target groups.
    AttachLoadBalancerTargetGroupsType {
        auto_scaling_group_name: String,
        #[serde(rename = "TargetGroupARNs")]
        target_group_arns: Vec<String>,
    }

    /// Nothing to say.
    AttachLoadBalancerTargetGroupsResultType {}

    /// Asks to deregister members from target groups.
    DetachLoadBalancerTargetGroupsType {
        auto_scaling_group_name: String,
        #[serde(rename = "TargetGroupARNs")]
        target_group_arns: Vec<String>,
    }

    /// Nothing to say.
    DetachLoadBalancerTargetGroupsResultType {}

    /// Asks for the target groups of a group.
    DescribeLoadBalancerTargetGroupsRequest {
        auto_scaling_group_name: String, next_token: Option<String>, max_records: Option<i64>,
    }

    /// The target groups.
    DescribeLoadBalancerTargetGroupsResponse {
        load_balancer_target_groups: Vec<LoadBalancerTargetGroupState>, next_token: Option<String>,
    }

    /// A target group, and how far its attachment is.
    LoadBalancerTargetGroupState {
        #[serde(rename = "LoadBalancerTargetGroupARN")]
        load_balancer_target_group_arn: String,
        state: String,
    }

    /// Asks to register members with traffic sources.
    AttachTrafficSourcesType {
        auto_scaling_group_name: String, traffic_sources: Vec<TrafficSourceIdentifier>,
    }

    /// Nothing to say.
    AttachTrafficSourcesResultType {}

    /// Asks to deregister members from traffic sources.
    DetachTrafficSourcesType {
        auto_scaling_group_name: String, traffic_sources: Vec<TrafficSourceIdentifier>,
    }

    /// Nothing to say.
    DetachTrafficSourcesResultType {}

    /// Asks for the traffic sources of a group.
    DescribeTrafficSourcesRequest {
        auto_scaling_group_name: String, traffic_source_type: Option<String>, next_token: Option<String>,
        max_records: Option<i64>,
    }

    /// The traffic sources.
    DescribeTrafficSourcesResponse {
        traffic_sources: Vec<TrafficSourceState>, next_token: Option<String>,
    }

    /// A traffic source, and how far its attachment is.
    TrafficSourceState {
        traffic_source: String, state: String, identifier: String,
        #[serde(rename = "Type")]
        kind: String,
    }
}
