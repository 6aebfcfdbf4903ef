//! Statistics: what can be asked of metrics.
use serde_json::{Value, json};

use super::{put, refused, watch};
use crate::support::Lab;

fn statistics(lab: &mut Lab, more: Value) -> Value {
    watch(lab, "GetMetricStatistics", query(more))
}

fn query(more: Value) -> Value {
    let mut parameters = json!({
        "Namespace": "Lab", "MetricName": "Load", "StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T08:10:00Z", "Period": 300,
        "Statistics": ["Average"],
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        parameters[name] = value.clone();
    }
    if let Some(members) = parameters.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    parameters
}

/// CloudWatch User Guide, "CloudWatch statistics definitions".
#[test]
fn a_period_has_all_statistics_of_its_values() {
    let mut lab = Lab::default();
    for value in [1.0, 2.0, 3.0, 10.0] {
        put(&mut lab, value);
        lab.pass(60.0);
    }
    let names = json!({"Statistics": ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]});
    assert_eq!(
        statistics(&mut lab, names)["Datapoints"],
        json!([{"Timestamp": "2026-01-05T08:00:00Z", "SampleCount": 4.0, "Average": 4.0, "Sum": 16.0, "Minimum": 1.0, "Maximum": 10.0, "Unit": "None"}])
    );
    let extended = statistics(&mut lab, json!({"Statistics": null, "ExtendedStatistics": ["p50", "p99.9"]}));
    assert_eq!(extended["Datapoints"][0]["ExtendedStatistics"], json!({"p50": 2.0, "p99.9": 10.0}));
}

/// CloudWatch API Reference, PutMetricData: values with their counts, and statistic sets; percentiles need the values one by one.
#[test]
fn data_may_come_as_values_with_counts_or_as_statistics() {
    let mut lab = Lab::default();
    let data = json!({"Namespace": "Lab", "MetricData": [
        {"MetricName": "Counts", "Values": [1.0, 9.0], "Counts": [3.0, 1.0], "Unit": "Seconds"},
        {"MetricName": "Set", "StatisticValues": {"SampleCount": 4.0, "Sum": 12.0, "Minimum": 1.0, "Maximum": 9.0}},
    ]});
    watch(&mut lab, "PutMetricData", data);
    lab.pass(60.0);
    for (name, median, unit) in [("Counts", json!({"p50": 1.0}), "Seconds"), ("Set", Value::Null, "None")] {
        let found = statistics(&mut lab, json!({"MetricName": name, "ExtendedStatistics": ["p50"]}));
        let point = &found["Datapoints"][0];
        assert_eq!(
            (&point["Average"], &point["ExtendedStatistics"], &point["Unit"]),
            (&json!(3.0), &median, &json!(unit)),
            "{name}"
        );
    }
}

/// CloudWatch API Reference, GetMetricStatistics: "If you omit Unit, all data that was collected with any unit is returned"; datapoints
/// of different units stay apart.
#[test]
fn units_are_kept_apart() {
    let mut lab = Lab::default();
    for unit in ["Bytes", "Bits"] {
        let datum = json!({"MetricName": "Size", "Value": 8.0, "Unit": unit});
        watch(&mut lab, "PutMetricData", json!({"Namespace": "Lab", "MetricData": [datum]}));
    }
    let all = statistics(&mut lab, json!({"MetricName": "Size"}));
    assert_eq!(all["Datapoints"].as_array().map(Vec::len), Some(2));
    let bits = statistics(&mut lab, json!({"MetricName": "Size", "Unit": "Bits"}));
    assert_eq!(bits["Datapoints"].as_array().map(Vec::len), Some(1));
}

/// CloudWatch API Reference, GetMetricData: results are "sorted by newest first" if not asked otherwise, and expressions use the ids of
/// other queries.
#[test]
fn data_of_several_metrics_can_be_calculated_with() {
    let mut lab = Lab::default();
    for value in [1.0, 2.0] {
        put(&mut lab, value);
        lab.pass(60.0);
    }
    let metric = json!({"Metric": {"Namespace": "Lab", "MetricName": "Load"}, "Period": 60, "Stat": "Sum"});
    let queries = json!([{"Id": "m1", "MetricStat": metric, "ReturnData": false}, {"Id": "e1", "Expression": "(m1 + 1) * 10", "Label": "Ten"}]);
    let asked =
        json!({"MetricDataQueries": queries, "StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T08:10:00Z"});
    let answer = watch(&mut lab, "GetMetricData", asked);
    assert_eq!(
        answer["MetricDataResults"],
        json!([{"Id": "e1", "Label": "Ten", "StatusCode": "Complete", "Timestamps": ["2026-01-05T08:01:00Z", "2026-01-05T08:00:00Z"], "Values": [30.0, 20.0]}])
    );
    let sum = json!([{"Id": "e1", "Expression": "SUM(METRICS())"}]);
    let asked =
        json!({"MetricDataQueries": sum, "StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T08:10:00Z"});
    assert_eq!(refused(&mut lab, "GetMetricData", asked).0, "UnknownOperation");
}

/// CloudWatch API Reference, GetMetricData, "MaxDatapoints" and "NextToken"; MetricDataResult, "StatusCode": `PartialData` where more
/// datapoints are to come, which the token brings; no token comes with a math expression.
#[test]
fn data_that_is_too_much_for_an_answer_comes_in_pages() {
    let mut lab = Lab::default();
    for value in [1.0, 2.0, 3.0] {
        put(&mut lab, value);
        lab.pass(60.0);
    }
    let query = |id: &str, statistic: &str| {
        let metric = json!({"Namespace": "Lab", "MetricName": "Load"});
        json!({"Id": id, "MetricStat": {"Metric": metric, "Period": 60, "Stat": statistic}})
    };
    let mut asked = json!({"MetricDataQueries": [query("sum", "Sum"), query("count", "SampleCount")], "MaxDatapoints": 2,
        "StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T08:10:00Z", "ScanBy": "TimestampAscending"});
    let mut pages = Vec::new();
    loop {
        let answer = watch(&mut lab, "GetMetricData", asked.clone());
        let results = answer["MetricDataResults"].as_array().cloned().unwrap_or_default();
        pages
            .push(results.iter().map(|result| json!([result["StatusCode"], result["Values"]])).collect::<Vec<Value>>());
        match answer.get("NextToken") {
            Some(token) => asked["NextToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!(
        json!(pages),
        json!([
            [["PartialData", [1.0, 2.0]], ["PartialData", []]],
            [["Complete", [3.0]], ["PartialData", [1.0]]],
            [["Complete", []], ["Complete", [1.0, 1.0]]],
        ])
    );
    asked["NextToken"] = json!("no such page");
    assert_eq!(refused(&mut lab, "GetMetricData", asked.clone()).0, "InvalidNextToken");
    asked["MetricDataQueries"] = json!([query("sum", "Sum"), {"Id": "double", "Expression": "sum * 2"}]);
    asked.as_object_mut().expect("a map").remove("NextToken");
    let answer = watch(&mut lab, "GetMetricData", asked);
    assert_eq!((&answer["MetricDataResults"][1]["StatusCode"], answer.get("NextToken")), (&json!("PartialData"), None));
}

/// CloudWatch User Guide, "Metrics retention": one-minute datapoints for 15 days, five-minute ones for 63 days, one-hour ones for 455.
#[test]
fn old_data_is_there_at_a_lower_resolution() {
    let mut lab = Lab::default();
    put(&mut lab, 6.0);
    lab.pass(16.0 * 86_400.0);
    let count =
        |lab: &mut Lab, period: u64| statistics(lab, json!({"Period": period}))["Datapoints"].as_array().map(Vec::len);
    assert_eq!((count(&mut lab, 60), count(&mut lab, 300)), (Some(0), Some(1)));
    lab.pass(48.0 * 86_400.0);
    assert_eq!((count(&mut lab, 300), count(&mut lab, 3_600)), (Some(0), Some(1)));
}

/// CloudWatch API Reference, ListMetrics: metrics without data for two weeks are not listed; `RecentlyActive` asks for the last three
/// hours.
#[test]
fn metrics_without_new_data_leave_the_list() {
    let mut lab = Lab::default();
    put(&mut lab, 1.0);
    let mut count = |seconds: f64, parameters: Value| {
        lab.pass(seconds);
        watch(&mut lab, "ListMetrics", parameters)["Metrics"].as_array().map(Vec::len)
    };
    assert_eq!(count(0.0, json!({"Namespace": "Lab", "RecentlyActive": "PT3H"})), Some(1));
    assert_eq!(count(4.0 * 3_600.0, json!({"Namespace": "Lab", "RecentlyActive": "PT3H"})), Some(0));
    assert_eq!(count(0.0, json!({"Namespace": "Lab"})), Some(1));
    assert_eq!(count(15.0 * 86_400.0, json!({"Namespace": "Lab"})), Some(0));
}

/// CloudWatch API Reference, GetMetricStatistics and PutMetricData: what they refuse.
#[test]
fn questions_without_an_answer_are_refused() {
    let mut lab = Lab::default();
    for (more, code, words) in [
        (
            json!({"EndTime": "2026-01-05T08:00:00Z"}),
            "InvalidParameterValue",
            "The parameter StartTime must be less than the parameter EndTime.",
        ),
        (
            json!({"EndTime": "2026-03-06T08:00:00Z", "Period": 60}),
            "InvalidParameterCombination",
            "You have requested up to 86400 datapoints, which exceeds the limit of 1440.",
        ),
        (
            json!({"Statistics": null}),
            "InvalidParameterCombination",
            "At least one of the parameters Statistics and ExtendedStatistics must be specified.",
        ),
        (json!({"Period": 61}), "InvalidParameterValue", "multiple of 60"),
        (json!({"StartTime": "yesterday"}), "InvalidParameterValue", "yesterday"),
        (json!({"ExtendedStatistics": ["TM(10%:90%)"]}), "UnknownOperation", "TM(10%:90%)"),
    ] {
        let (found, message) = refused(&mut lab, "GetMetricStatistics", query(more.clone()));
        assert!(found == code && message.contains(words), "{more}: {found} {message}");
    }
    let datum = json!({"Namespace": "AWS/EC2", "MetricData": [{"MetricName": "Load", "Value": 1.0}]});
    assert_eq!(refused(&mut lab, "PutMetricData", datum).0, "InvalidParameterValue");
    let old = json!({"Namespace": "Lab", "MetricData": [{"MetricName": "Load", "Value": 1.0, "Timestamp": "2026-01-05T20:00:00Z"}]});
    assert_eq!(refused(&mut lab, "PutMetricData", old).0, "InvalidParameterValue");
}

/// GetMetricStatistics of a metric that does not exist answers no datapoints and no error.
#[test]
fn an_unknown_metric_has_no_datapoints() {
    assert_eq!(statistics(&mut Lab::default(), json!({"MetricName": "None"}))["Datapoints"], json!([]));
}
