//! Scaling policies.
shapes! {
    /// Asks for a policy.
    PutScalingPolicyType {
        auto_scaling_group_name: String, policy_name: String, policy_type: Option<String>,
        adjustment_type: Option<String>, min_adjustment_step: Option<i64>, min_adjustment_magnitude: Option<i64>,
        scaling_adjustment: Option<i64>, cooldown: Option<i64>, metric_aggregation_type: Option<String>,
        step_adjustments: Vec<StepAdjustment>, estimated_instance_warmup: Option<i64>,
        target_tracking_configuration: Option<TargetTrackingConfiguration>, enabled: Option<bool>,
    }

    /// What a distance from the threshold brings about.
    StepAdjustment {
        metric_interval_lower_bound: Option<f64>, metric_interval_upper_bound: Option<f64>, scaling_adjustment: i64,
    }

    /// Keeps a metric near a value.
    TargetTrackingConfiguration {
        predefined_metric_specification: Option<PredefinedMetricSpecification>,
        customized_metric_specification: Option<CustomizedMetricSpecification>, target_value: f64,
        disable_scale_in: Option<bool>,
    }

    /// A metric that AWS knows by name.
    PredefinedMetricSpecification {
        predefined_metric_type: String, resource_label: Option<String>,
    }

    /// A metric of your own.
    CustomizedMetricSpecification {
        metric_name: Option<String>, namespace: Option<String>, dimensions: Vec<MetricDimension>,
        statistic: Option<String>, unit: Option<String>, period: Option<i64>,
    }

    /// A dimension of a metric.
    MetricDimension {
        name: String, value: String,
    }

    /// The policy that was made, and its alarms.
    PolicyARNType {
        #[serde(rename = "PolicyARN")]
        policy_arn: String,
        alarms: Vec<Alarm>,
    }

    /// An alarm of a policy.
    Alarm {
        alarm_name: String,
        #[serde(rename = "AlarmARN")]
        alarm_arn: String,
    }

    /// Asks for policies.
    DescribePoliciesType {
        auto_scaling_group_name: Option<String>, policy_names: Vec<String>, policy_types: Vec<String>,
        next_token: Option<String>, max_records: Option<i64>,
    }

    /// The policies.
    PoliciesType {
        scaling_policies: Vec<ScalingPolicy>, next_token: Option<String>,
    }

    /// A policy as AWS shows it.
    ScalingPolicy {
        auto_scaling_group_name: String, policy_name: String,
        #[serde(rename = "PolicyARN")]
        policy_arn: String,
        policy_type: String, adjustment_type: Option<String>, min_adjustment_step: Option<i64>,
        min_adjustment_magnitude: Option<i64>, scaling_adjustment: Option<i64>, cooldown: Option<i64>,
        step_adjustments: Vec<StepAdjustment>, metric_aggregation_type: Option<String>,
        estimated_instance_warmup: Option<i64>, alarms: Vec<Alarm>,
        target_tracking_configuration: Option<TargetTrackingConfiguration>, enabled: bool,
    }

    /// Asks to delete a policy and the alarms it made.
    DeletePolicyType {
        auto_scaling_group_name: Option<String>, policy_name: String,
    }

    /// Asks a policy to act, whatever its alarm says.
    ExecutePolicyType {
        auto_scaling_group_name: Option<String>, policy_name: String, honor_cooldown: Option<bool>,
        metric_value: Option<f64>, breach_threshold: Option<f64>,
    }

    /// Asks what a predictive policy foresees.
    GetPredictiveScalingForecastType {
        auto_scaling_group_name: String, policy_name: String, start_time: String, end_time: String,
    }

    /// The ways to change a capacity.
    DescribeAdjustmentTypesAnswer {
        adjustment_types: Vec<AdjustmentType>,
    }

    /// A way to change a capacity.
    AdjustmentType {
        adjustment_type: String,
    }
}
