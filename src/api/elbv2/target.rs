//! Targets and their health.
shapes! {
    /// A target: an instance and the port it is asked on.
    TargetDescription { id: String, port: Option<i64> }

    /// Asks to register targets.
    RegisterTargetsInput { target_group_arn: String, targets: Vec<TargetDescription> }

    /// Nothing.
    RegisterTargetsOutput {}

    /// Asks to take targets out.
    DeregisterTargetsInput { target_group_arn: String, targets: Vec<TargetDescription> }

    /// Nothing.
    DeregisterTargetsOutput {}

    /// Asks how the targets are.
    DescribeTargetHealthInput { target_group_arn: String, targets: Vec<TargetDescription>, include: Vec<String> }

    /// How the targets are.
    DescribeTargetHealthOutput { target_health_descriptions: Vec<TargetHealthDescription> }

    /// How one target is.
    TargetHealthDescription {
        target: TargetDescription, health_check_port: Option<String>, target_health: TargetHealth,
        anomaly_detection: Option<AnomalyDetection>,
    }

    /// Whether a target fails more than the others, and whether it gets less for that.
    AnomalyDetection { result: String, mitigation_in_effect: String }

    /// A target's state, and why it is not healthy.
    TargetHealth { state: String, reason: Option<String>, description: Option<String> }
}
