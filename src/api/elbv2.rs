//! Shapes of Elastic Load Balancing (API version 2015-12-01).
operations! { "elbv2", Elbv2;
    /// Makes a load balancer.
    CreateLoadBalancer(CreateLoadBalancerInput) -> CreateLoadBalancerOutput;
    /// Lists load balancers.
    DescribeLoadBalancers(DescribeLoadBalancersInput) -> DescribeLoadBalancersOutput;
    /// Deletes a load balancer with its listeners.
    DeleteLoadBalancer(DeleteLoadBalancerInput) -> DeleteLoadBalancerOutput;
    /// Makes a target group.
    CreateTargetGroup(CreateTargetGroupInput) -> CreateTargetGroupOutput;
    /// Lists target groups.
    DescribeTargetGroups(DescribeTargetGroupsInput) -> DescribeTargetGroupsOutput;
    /// Deletes a target group.
    DeleteTargetGroup(DeleteTargetGroupInput) -> DeleteTargetGroupOutput;
    /// Changes attributes of a target group.
    ModifyTargetGroupAttributes(ModifyTargetGroupAttributesInput) -> ModifyTargetGroupAttributesOutput;
    /// Lists attributes of a target group.
    DescribeTargetGroupAttributes(DescribeTargetGroupAttributesInput) -> DescribeTargetGroupAttributesOutput;
    /// Registers instances with a target group.
    RegisterTargets(RegisterTargetsInput) -> RegisterTargetsOutput;
    /// Takes instances out of a target group.
    DeregisterTargets(DeregisterTargetsInput) -> DeregisterTargetsOutput;
    /// Says how the targets are.
    DescribeTargetHealth(DescribeTargetHealthInput) -> DescribeTargetHealthOutput;
    /// Makes a listener.
    CreateListener(CreateListenerInput) -> CreateListenerOutput;
    /// Lists listeners.
    DescribeListeners(DescribeListenersInput) -> DescribeListenersOutput;
    /// Deletes a listener.
    DeleteListener(DeleteListenerInput) -> DeleteListenerOutput;
}

shapes! {
    /// A label: key and value.
    Tag { key: String, value: Option<String> }

    /// Asks for a load balancer in subnets of at least two zones.
    CreateLoadBalancerInput {
        name: String, subnets: Vec<String>, subnet_mappings: Vec<SubnetMapping>, security_groups: Vec<String>, scheme: Option<String>,
        tags: Vec<Tag>,
        #[serde(rename = "Type")]
        kind: Option<String>,
        ip_address_type: Option<String>,
    }

    /// A subnet of a load balancer.
    SubnetMapping { subnet_id: Option<String> }

    /// The load balancer that was made; it is `provisioning` at first.
    CreateLoadBalancerOutput { load_balancers: Vec<LoadBalancer> }

    /// Asks for load balancers.
    DescribeLoadBalancersInput { load_balancer_arns: Vec<String>, names: Vec<String>, marker: Option<String>, page_size: Option<i64> }

    /// The load balancers.
    DescribeLoadBalancersOutput { load_balancers: Vec<LoadBalancer>, next_marker: Option<String> }

    /// A load balancer as AWS shows it.
    LoadBalancer {
        load_balancer_arn: String,
        #[serde(rename = "DNSName")]
        dns_name: String,
        canonical_hosted_zone_id: String, created_time: String, load_balancer_name: String, scheme: String, vpc_id: String,
        state: LoadBalancerState,
        #[serde(rename = "Type")]
        kind: String,
        availability_zones: Vec<AvailabilityZone>, security_groups: Vec<String>, ip_address_type: String,
    }

    /// `provisioning` or `active`.
    LoadBalancerState { code: String }

    /// A zone of a load balancer.
    AvailabilityZone { zone_name: String, subnet_id: String }

    /// Asks to delete a load balancer.
    DeleteLoadBalancerInput { load_balancer_arn: String }

    /// Nothing.
    DeleteLoadBalancerOutput {}

    /// Asks for a target group; times are in seconds.
    CreateTargetGroupInput {
        name: String, protocol: Option<String>, protocol_version: Option<String>, port: Option<i64>, vpc_id: Option<String>,
        health_check_protocol: Option<String>, health_check_port: Option<String>, health_check_path: Option<String>,
        health_check_interval_seconds: Option<i64>, health_check_timeout_seconds: Option<i64>, healthy_threshold_count: Option<i64>,
        unhealthy_threshold_count: Option<i64>, matcher: Option<Matcher>, target_type: Option<String>, tags: Vec<Tag>,
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

    /// Asks to delete a target group.
    DeleteTargetGroupInput { target_group_arn: String }

    /// Nothing.
    DeleteTargetGroupOutput {}

    /// An attribute: `deregistration_delay.timeout_seconds` or `load_balancing.algorithm.type`.
    TargetGroupAttribute { key: Option<String>, value: Option<String> }

    /// Asks to change attributes.
    ModifyTargetGroupAttributesInput { target_group_arn: String, attributes: Vec<TargetGroupAttribute> }

    /// The attributes after the change.
    ModifyTargetGroupAttributesOutput { attributes: Vec<TargetGroupAttribute> }

    /// Asks for attributes.
    DescribeTargetGroupAttributesInput { target_group_arn: String }

    /// The attributes.
    DescribeTargetGroupAttributesOutput { attributes: Vec<TargetGroupAttribute> }

    /// A target: an instance and the port it is asked on.
    TargetDescription { id: String, port: Option<i64>, availability_zone: Option<String> }

    /// Asks to register targets.
    RegisterTargetsInput { target_group_arn: String, targets: Vec<TargetDescription> }

    /// Nothing.
    RegisterTargetsOutput {}

    /// Asks to take targets out.
    DeregisterTargetsInput { target_group_arn: String, targets: Vec<TargetDescription> }

    /// Nothing.
    DeregisterTargetsOutput {}

    /// Asks how the targets are.
    DescribeTargetHealthInput { target_group_arn: String, targets: Vec<TargetDescription> }

    /// How the targets are.
    DescribeTargetHealthOutput { target_health_descriptions: Vec<TargetHealthDescription> }

    /// How one target is.
    TargetHealthDescription { target: TargetDescription, health_check_port: String, target_health: TargetHealth }

    /// A target's state, and why it is not healthy.
    TargetHealth { state: String, reason: Option<String>, description: Option<String> }

    /// What a listener does with a request: forward it to a target group.
    Action {
        #[serde(rename = "Type")]
        kind: String,
        target_group_arn: Option<String>, order: Option<i64>,
    }

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

    /// Asks to delete a listener.
    DeleteListenerInput { listener_arn: String }

    /// Nothing.
    DeleteListenerOutput {}
}
