//! Shapes of Amazon CloudWatch (API version 2010-08-01).
use std::collections::BTreeMap;

operations! { "cloudwatch", CloudWatch;
    /// Statistics of a metric, period by period.
    GetMetricStatistics(GetMetricStatisticsInput) -> GetMetricStatisticsOutput;
    /// Statistics of several metrics, and arithmetic on them.
    GetMetricData(GetMetricDataInput) -> GetMetricDataOutput;
    /// Lists metrics.
    ListMetrics(ListMetricsInput) -> ListMetricsOutput;
    /// Adds data to a metric of one's own.
    PutMetricData(PutMetricDataInput) -> Nothing;
    /// Makes an alarm, or changes one.
    PutMetricAlarm(PutMetricAlarmInput) -> Nothing;
    /// Lists alarms.
    DescribeAlarms(DescribeAlarmsInput) -> DescribeAlarmsOutput;
    /// Lists the alarms on a metric.
    DescribeAlarmsForMetric(DescribeAlarmsForMetricInput) -> DescribeAlarmsForMetricOutput;
    /// Lists what happened to alarms.
    DescribeAlarmHistory(DescribeAlarmHistoryInput) -> DescribeAlarmHistoryOutput;
    /// Sets the state of an alarm until it is evaluated again.
    SetAlarmState(SetAlarmStateInput) -> Nothing;
    /// Lets alarms set off their actions.
    EnableAlarmActions(EnableAlarmActionsInput) -> Nothing;
    /// Keeps alarms from setting off their actions.
    DisableAlarmActions(DisableAlarmActionsInput) -> Nothing;
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
        unit: Option<String>, extended_statistics: Option<BTreeMap<String, f64>>,
    }

    /// Asks for the data of several metrics.
    GetMetricDataInput {
        metric_data_queries: Vec<MetricDataQuery>, start_time: String, end_time: String, scan_by: Option<String>,
        max_datapoints: Option<i64>, next_token: Option<String>,
    }

    /// A metric or a formula, under an id.
    MetricDataQuery {
        id: String, metric_stat: Option<MetricStat>, expression: Option<String>, label: Option<String>, return_data: Option<bool>,
    }

    /// A statistic of a metric.
    MetricStat { metric: MetricName, period: i64, stat: String, unit: Option<String> }

    /// A metric by name.
    MetricName { namespace: Option<String>, metric_name: Option<String>, dimensions: Vec<Dimension> }

    /// The data.
    GetMetricDataOutput { metric_data_results: Vec<MetricDataResult>, next_token: Option<String> }

    /// The values of one query with the beginnings of their periods.
    MetricDataResult { id: String, label: String, timestamps: Vec<String>, values: Vec<f64>, status_code: String }

    /// Asks to add data to metrics.
    PutMetricDataInput { namespace: String, metric_data: Vec<MetricDatum> }

    /// A value, several values with their counts, or the statistics of values.
    MetricDatum {
        metric_name: String, dimensions: Vec<Dimension>, timestamp: Option<String>, value: Option<f64>,
        statistic_values: Option<StatisticSet>, values: Vec<f64>, counts: Vec<f64>, unit: Option<String>, storage_resolution: Option<i64>,
    }

    /// The statistics of values that are not known one by one.
    StatisticSet { sample_count: f64, sum: f64, minimum: f64, maximum: f64 }

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
        statistic: Option<String>, extended_statistic: Option<String>, period: Option<i64>, unit: Option<String>,
        evaluation_periods: Option<i64>, datapoints_to_alarm: Option<i64>, threshold: Option<f64>, comparison_operator: Option<String>,
        treat_missing_data: Option<String>,
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
        alarm_name: String, alarm_arn: String, alarm_description: Option<String>, alarm_configuration_updated_timestamp: String,
        actions_enabled: bool, alarm_actions: Vec<String>,
        #[serde(rename = "OKActions")]
        ok_actions: Vec<String>,
        insufficient_data_actions: Vec<String>, state_value: String, state_reason: String, state_reason_data: Option<String>,
        state_updated_timestamp: String, state_transitioned_timestamp: String, metric_name: String, namespace: String,
        statistic: Option<String>, extended_statistic: Option<String>, dimensions: Vec<Dimension>, period: i64, unit: Option<String>,
        evaluation_periods: i64, datapoints_to_alarm: Option<i64>, threshold: f64, comparison_operator: String,
        treat_missing_data: Option<String>,
    }

    /// Asks for the alarms on a metric.
    DescribeAlarmsForMetricInput {
        metric_name: String, namespace: String, statistic: Option<String>, extended_statistic: Option<String>,
        dimensions: Vec<Dimension>, period: Option<i64>, unit: Option<String>,
    }

    /// The alarms on the metric.
    DescribeAlarmsForMetricOutput { metric_alarms: Vec<MetricAlarm> }

    /// Asks what happened to alarms.
    DescribeAlarmHistoryInput {
        alarm_name: Option<String>, alarm_types: Vec<String>, history_item_type: Option<String>, start_date: Option<String>,
        end_date: Option<String>, max_records: Option<i64>, next_token: Option<String>, scan_by: Option<String>,
    }

    /// What happened.
    DescribeAlarmHistoryOutput { alarm_history_items: Vec<AlarmHistoryItem>, next_token: Option<String> }

    /// Something that happened to an alarm; the data is JSON.
    AlarmHistoryItem {
        alarm_name: String, alarm_type: String, timestamp: String, history_item_type: String, history_summary: String,
        history_data: String,
    }

    /// Asks to set the state of an alarm.
    SetAlarmStateInput { alarm_name: String, state_value: String, state_reason: String, state_reason_data: Option<String> }

    /// Asks to let alarms set off their actions.
    EnableAlarmActionsInput { alarm_names: Vec<String> }

    /// Asks to keep alarms from setting off their actions.
    DisableAlarmActionsInput { alarm_names: Vec<String> }

    /// Asks to delete alarms.
    DeleteAlarmsInput { alarm_names: Vec<String> }
}
