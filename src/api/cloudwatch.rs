//! Shapes of Amazon CloudWatch (API version 2010-08-01).
operations! { "cloudwatch", CloudWatch;
    /// Statistics of a metric, period by period.
    GetMetricStatistics(GetMetricStatisticsInput) -> GetMetricStatisticsOutput;
    /// Lists metrics.
    ListMetrics(ListMetricsInput) -> ListMetricsOutput;
    /// Makes an alarm, or changes one.
    PutMetricAlarm(PutMetricAlarmInput) -> Nothing;
    /// Lists alarms.
    DescribeAlarms(DescribeAlarmsInput) -> DescribeAlarmsOutput;
    /// Deletes alarms.
    DeleteAlarms(DeleteAlarmsInput) -> Nothing;
}

shapes! {
    /// The answer of an operation that answers nothing.
    Nothing {}

    /// A property that tells series of the same metric apart.
    Dimension { name: String, value: String }

    /// Asks for statistics from a start to an end, in periods of so many seconds.
    GetMetricStatisticsInput {
        namespace: String, metric_name: String, dimensions: Vec<Dimension>, start_time: String, end_time: String, period: i64,
        statistics: Vec<String>, extended_statistics: Vec<String>, unit: Option<String>,
    }

    /// The statistics.
    GetMetricStatisticsOutput { label: String, datapoints: Vec<Datapoint> }

    /// The statistics of one period, marked by its beginning.
    Datapoint {
        timestamp: String, sample_count: Option<f64>, average: Option<f64>, sum: Option<f64>, minimum: Option<f64>, maximum: Option<f64>,
        unit: Option<String>,
    }

    /// Asks for metrics.
    ListMetricsInput {
        namespace: Option<String>, metric_name: Option<String>, dimensions: Vec<DimensionFilter>, next_token: Option<String>,
        recently_active: Option<String>,
    }

    /// A dimension, and its value if that matters.
    DimensionFilter { name: String, value: Option<String> }

    /// The metrics.
    ListMetricsOutput { metrics: Vec<Metric>, next_token: Option<String> }

    /// A metric of one thing.
    Metric { namespace: String, metric_name: String, dimensions: Vec<Dimension> }

    /// Asks for an alarm on a metric.
    PutMetricAlarmInput {
        alarm_name: String, alarm_description: Option<String>, actions_enabled: Option<bool>, alarm_actions: Vec<String>,
        #[serde(rename = "OKActions")]
        ok_actions: Vec<String>,
        insufficient_data_actions: Vec<String>, namespace: Option<String>, metric_name: Option<String>, dimensions: Vec<Dimension>,
        statistic: Option<String>, period: Option<i64>, unit: Option<String>, evaluation_periods: Option<i64>,
        datapoints_to_alarm: Option<i64>, threshold: Option<f64>, comparison_operator: Option<String>, treat_missing_data: Option<String>,
    }

    /// Asks for alarms.
    DescribeAlarmsInput {
        alarm_names: Vec<String>, alarm_name_prefix: Option<String>, alarm_types: Vec<String>, state_value: Option<String>,
        action_prefix: Option<String>, max_records: Option<i64>, next_token: Option<String>,
    }

    /// The alarms.
    DescribeAlarmsOutput { metric_alarms: Vec<MetricAlarm>, next_token: Option<String> }

    /// An alarm on a metric.
    MetricAlarm {
        alarm_name: String, alarm_arn: String, alarm_description: Option<String>, actions_enabled: bool, alarm_actions: Vec<String>,
        #[serde(rename = "OKActions")]
        ok_actions: Vec<String>,
        insufficient_data_actions: Vec<String>, state_value: String, state_reason: String, state_updated_timestamp: String,
        metric_name: String, namespace: String, statistic: String, dimensions: Vec<Dimension>, period: i64, evaluation_periods: i64,
        datapoints_to_alarm: Option<i64>, threshold: f64, comparison_operator: String, treat_missing_data: Option<String>,
    }

    /// Asks to delete alarms.
    DeleteAlarmsInput { alarm_names: Vec<String> }
}
