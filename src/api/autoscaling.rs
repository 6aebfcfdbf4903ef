//! Shapes of Amazon EC2 Auto Scaling (API version 2011-01-01).
operations! { "autoscaling", AutoScaling;
    /// Lists groups.
    DescribeAutoScalingGroups(DescribeAutoScalingGroupsType) -> AutoScalingGroupsType;
}

shapes! {
    /// Asks for groups.
    DescribeAutoScalingGroupsType { auto_scaling_group_names: Vec<String>, max_records: Option<i64>, next_token: Option<String> }

    /// The groups.
    AutoScalingGroupsType { auto_scaling_groups: Vec<AutoScalingGroup>, next_token: Option<String> }

    /// A group.
    AutoScalingGroup { auto_scaling_group_name: String }
}
