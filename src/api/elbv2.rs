//! Shapes of Elastic Load Balancing (API version 2015-12-01).
operations! { "elbv2", Elbv2;
    /// Lists load balancers.
    DescribeLoadBalancers(DescribeLoadBalancersInput) -> DescribeLoadBalancersOutput;
}

shapes! {
    /// Asks for load balancers.
    DescribeLoadBalancersInput {
        load_balancer_arns: Vec<String>, names: Vec<String>, marker: Option<String>, page_size: Option<i64>,
    }

    /// The load balancers.
    DescribeLoadBalancersOutput { load_balancers: Vec<LoadBalancer>, next_marker: Option<String> }

    /// A load balancer.
    LoadBalancer { load_balancer_name: String }
}
