//! Shapes of Amazon CloudWatch (API version 2010-08-01).
operations! { "cloudwatch", CloudWatch;
    /// Lists alarms.
    DescribeAlarms(DescribeAlarmsInput) -> DescribeAlarmsOutput;
}

shapes! {
    /// Asks for alarms.
    DescribeAlarmsInput { alarm_names: Vec<String>, alarm_name_prefix: Option<String>, max_records: Option<i64>, next_token: Option<String> }

    /// The alarms.
    DescribeAlarmsOutput { metric_alarms: Vec<MetricAlarm>, next_token: Option<String> }

    /// An alarm on a metric.
    MetricAlarm { alarm_name: String }
}
