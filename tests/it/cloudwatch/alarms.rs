//! Alarms: their states, reasons, actions and history.
use serde_json::{Value, json};

use super::{launch, put, refused, watch};
use crate::support::{Lab, REGION};

const POLICY: &str = "arn:aws:sns:us-east-1:123456789012:people";

fn alarm_parameters(more: Value) -> Value {
    let mut parameters = json!({
        "AlarmName": "load", "Namespace": "Lab", "MetricName": "Load", "Statistic": "Average", "Period": 60,
        "EvaluationPeriods": 3, "Threshold": 50.0, "ComparisonOperator": "GreaterThanThreshold",
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        parameters[name] = value.clone();
    }
    parameters
}

fn make_alarm(lab: &mut Lab, more: Value) {
    watch(lab, "PutMetricAlarm", alarm_parameters(more));
}

fn alarm(lab: &mut Lab) -> Value {
    watch(lab, "DescribeAlarms", json!({"AlarmNames": ["load"]}))["MetricAlarms"][0].clone()
}

fn state(lab: &mut Lab) -> String {
    alarm(lab)["StateValue"].as_str().unwrap_or_default().to_owned()
}

/// One value a minute, each put within its minute.
fn feed(lab: &mut Lab, values: &[f64]) {
    for value in values {
        put(lab, *value);
        lab.pass(60.0);
    }
}

fn summaries(lab: &mut Lab) -> Vec<String> {
    let items = watch(lab, "DescribeAlarmHistory", json!({"AlarmName": "load", "ScanBy": "TimestampAscending"}));
    let items = items["AlarmHistoryItems"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["HistorySummary"].as_str().unwrap_or_default().to_owned()).collect()
}

/// CloudWatch API Reference, PutMetricAlarm: "When this operation creates an alarm, the alarm state is immediately set to
/// INSUFFICIENT_DATA."
#[test]
fn a_new_alarm_has_insufficient_data() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({}));
    let alarm = alarm(&mut lab);
    assert_eq!(
        (&alarm["StateValue"], &alarm["StateReason"]),
        (&json!("INSUFFICIENT_DATA"), &json!("Unchecked: Initial alarm creation"))
    );
    assert_eq!(alarm["StateReasonData"], Value::Null);
}

/// CloudWatch API Reference, PutMetricAlarm: "When you update an existing alarm, its state is left unchanged, but the update completely
/// overwrites the previous configuration of the alarm."
#[test]
fn a_changed_alarm_keeps_its_state_and_nothing_of_its_settings() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({"AlarmDescription": "first", "AlarmActions": [POLICY]}));
    feed(&mut lab, &[60.0, 60.0, 60.0]);
    make_alarm(&mut lab, json!({"Threshold": 70.0}));
    let alarm = alarm(&mut lab);
    assert_eq!(alarm["StateValue"], "ALARM");
    assert_eq!(
        (&alarm["Threshold"], &alarm["AlarmDescription"], &alarm["AlarmActions"]),
        (&json!(70.0), &Value::Null, &json!([]))
    );
}

/// CloudWatch User Guide, "Alarm evaluation": all of the evaluation periods must breach if nothing is said of datapoints to alarm. The
/// form of the reason is that of public logs.
#[test]
fn three_breaching_minutes_set_the_alarm_off_and_one_good_one_ends_it() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({}));
    feed(&mut lab, &[60.0, 70.0]);
    assert_eq!(state(&mut lab), "OK", "too few datapoints to say more");
    feed(&mut lab, &[80.5]);
    let alarm = alarm(&mut lab);
    assert_eq!(alarm["StateValue"], "ALARM");
    assert_eq!(
        alarm["StateReason"],
        "Threshold Crossed: 3 datapoints [80.5 (05/01/26 08:02:00), 70.0 (05/01/26 08:01:00), 60.0 (05/01/26 08:00:00)] were greater \
         than the threshold (50.0)."
    );
    feed(&mut lab, &[50.0]);
    let alarm = self::alarm(&mut lab);
    assert_eq!(alarm["StateValue"], "OK");
    assert_eq!(
        alarm["StateReason"],
        "Threshold Crossed: 1 datapoint [50.0 (05/01/26 08:03:00)] was not greater than the threshold (50.0)."
    );
}

/// CloudWatch User Guide, "Alarm evaluation": M out of N.
#[test]
fn two_out_of_three_do_not_have_to_be_consecutive() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({"DatapointsToAlarm": 2}));
    feed(&mut lab, &[60.0, 10.0, 60.0]);
    let alarm = alarm(&mut lab);
    assert_eq!(alarm["StateValue"], "ALARM");
    assert_eq!(
        alarm["StateReason"],
        "Threshold Crossed: 2 out of the last 3 datapoints [60.0 (05/01/26 08:02:00), 60.0 (05/01/26 08:00:00)] were greater than the \
         threshold (50.0) (minimum 2 datapoints for OK -> ALARM transition)."
    );
    feed(&mut lab, &[10.0]);
    let reason = self::alarm(&mut lab)["StateReason"].clone();
    assert!(
        reason.as_str().is_some_and(|text| text.ends_with("(minimum 2 datapoints for ALARM -> OK transition).")),
        "{reason}"
    );
}

/// Reasons of alarms with five datapoints and more in public logs: the number first, then the newest five.
#[test]
fn a_long_alarm_names_its_newest_five_datapoints() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({"EvaluationPeriods": 6}));
    feed(&mut lab, &[61.0, 62.0, 63.0, 64.0, 65.0, 66.0]);
    let reason = alarm(&mut lab)["StateReason"].as_str().unwrap_or_default().to_owned();
    let start = "Threshold Crossed: 6 datapoints were greater than the threshold (50.0). The most recent datapoints which crossed the \
                 threshold: [66.0 (05/01/26 08:05:00), 65.0 (05/01/26 08:04:00), ";
    assert!(reason.starts_with(start) && reason.ends_with("62.0 (05/01/26 08:01:00)]."), "{reason}");
}

/// DescribeAlarms, the member StateReasonData as recorded alarms have it.
#[test]
fn the_reason_is_there_as_data_too() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({}));
    feed(&mut lab, &[60.0, 70.0, 80.0]);
    let alarm = alarm(&mut lab);
    let data: Value = serde_json::from_str(alarm["StateReasonData"].as_str().unwrap_or_default()).expect("JSON");
    assert_eq!(
        data,
        json!({
            "version": "1.0", "queryDate": "2026-01-05T08:03:00.000+0000", "startDate": "2026-01-05T08:00:00.000+0000",
            "statistic": "Average", "period": 60, "recentDatapoints": [60.0, 70.0, 80.0], "threshold": 50.0,
            "evaluatedDatapoints": [
                {"timestamp": "2026-01-05T08:02:00.000+0000", "sampleCount": 1.0, "value": 80.0},
                {"timestamp": "2026-01-05T08:01:00.000+0000", "sampleCount": 1.0, "value": 70.0},
                {"timestamp": "2026-01-05T08:00:00.000+0000", "sampleCount": 1.0, "value": 60.0},
            ],
        })
    );
}

/// CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data": what becomes of a metric that falls silent.
#[test]
fn silence_is_judged_as_the_alarm_was_told() {
    let filled = |word: &str| {
        format!(
            "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [{word}]."
        )
    };
    let good = &[10.0; 3][..];
    for (treatment, before, expected, reason) in [
        ("missing", good, "INSUFFICIENT_DATA", "Insufficient Data: 3 datapoints were unknown.".to_owned()),
        ("notBreaching", &[], "OK", filled("NonBreaching")),
        ("breaching", good, "ALARM", filled("Breaching")),
    ] {
        let mut lab = Lab::default();
        make_alarm(&mut lab, json!({"TreatMissingData": treatment}));
        feed(&mut lab, before);
        // Old datapoints take part for as long as they are in the evaluation range.
        lab.pass(540.0);
        let alarm = alarm(&mut lab);
        assert_eq!((&alarm["StateValue"], &alarm["StateReason"]), (&json!(expected), &json!(reason)), "{treatment}");
    }
}

/// The same page: "ignore – The current alarm state is maintained".
#[test]
fn an_alarm_that_ignores_silence_keeps_its_state() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({"TreatMissingData": "ignore"}));
    feed(&mut lab, &[60.0, 60.0, 60.0]);
    lab.pass(3_600.0);
    assert_eq!(state(&mut lab), "ALARM");
}

/// CloudWatch API Reference, SetAlarmState: "the change is temporary [...] the alarm returns to its actual state (often within seconds)".
#[test]
fn a_state_that_was_set_lasts_until_the_next_evaluation() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({"AlarmActions": [POLICY]}));
    feed(&mut lab, &[10.0, 10.0, 10.0]);
    watch(&mut lab, "SetAlarmState", json!({"AlarmName": "load", "StateValue": "ALARM", "StateReason": "a test"}));
    assert_eq!((alarm(&mut lab)["StateReason"].as_str(), state(&mut lab).as_str()), (Some("a test"), "ALARM"));
    feed(&mut lab, &[10.0]);
    assert_eq!(state(&mut lab), "OK");
    assert_eq!(
        summaries(&mut lab),
        [
            "Alarm \"load\" created",
            "Alarm updated from INSUFFICIENT_DATA to OK",
            "Alarm updated from OK to ALARM",
            "Successfully executed action arn:aws:sns:us-east-1:123456789012:people",
            "Alarm updated from ALARM to OK",
        ]
    );
}

/// CloudWatch API Reference, DisableAlarmActions: "When an alarm's actions are disabled, the alarm actions do not execute when the alarm
/// state changes."
#[test]
fn disabled_actions_are_not_carried_out() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({"AlarmActions": [POLICY]}));
    watch(&mut lab, "DisableAlarmActions", json!({"AlarmNames": ["load", "no such alarm"]}));
    watch(&mut lab, "SetAlarmState", json!({"AlarmName": "load", "StateValue": "ALARM", "StateReason": "a test"}));
    assert!(!summaries(&mut lab).iter().any(|summary| summary.contains("action")));
    watch(&mut lab, "EnableAlarmActions", json!({"AlarmNames": ["load"]}));
    watch(&mut lab, "SetAlarmState", json!({"AlarmName": "load", "StateValue": "OK", "StateReason": "a test"}));
    watch(&mut lab, "SetAlarmState", json!({"AlarmName": "load", "StateValue": "ALARM", "StateReason": "a test"}));
    assert_eq!(
        summaries(&mut lab).last().map(String::as_str),
        Some("Successfully executed action arn:aws:sns:us-east-1:123456789012:people")
    );
}

/// CloudWatch User Guide, "Create alarms to stop, terminate, reboot, or recover an EC2 instance".
#[test]
fn an_alarm_can_stop_an_instance() {
    let mut lab = Lab::default();
    let instance_id = launch(&mut lab, "t3.micro", true);
    make_alarm(
        &mut lab,
        json!({"Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Dimensions": [{"Name": "InstanceId", "Value": instance_id}],
            "ComparisonOperator": "LessThanThreshold", "AlarmActions": ["arn:aws:automate:us-east-1:ec2:stop"]}),
    );
    lab.pass(600.0);
    let found =
        lab.ask(REGION, "ec2", "DescribeInstances", json!({"InstanceIds": [instance_id]})).expect("the instance");
    assert_eq!(found["Reservations"][0]["Instances"][0]["State"]["Name"], "stopped");
    assert!(
        summaries(&mut lab).contains(&"Successfully executed action arn:aws:automate:us-east-1:ec2:stop".to_owned())
    );
}

/// CloudWatch API Reference, DescribeAlarmsForMetric and DeleteAlarms.
#[test]
fn alarms_are_found_by_their_metric_and_deleted_by_name() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({}));
    let mut found = |name: &str| {
        let answer = watch(&mut lab, "DescribeAlarmsForMetric", json!({"Namespace": "Lab", "MetricName": name}));
        answer["MetricAlarms"].as_array().map_or(0, Vec::len)
    };
    assert_eq!((found("Load"), found("Other")), (1, 0));
    watch(&mut lab, "DeleteAlarms", json!({"AlarmNames": ["load", "no such alarm"]}));
    assert_eq!(watch(&mut lab, "DescribeAlarms", json!({}))["MetricAlarms"], json!([]));
    assert_eq!(summaries(&mut lab).last().map(String::as_str), Some("Alarm \"load\" deleted"));
}

/// CloudWatch API Reference, PutMetricAlarm, the parameters EvaluationPeriods, Period, Statistic and AlarmActions.
#[test]
fn an_alarm_that_makes_no_sense_is_refused() {
    let mut lab = Lab::default();
    for (more, code, words) in [
        (
            json!({"EvaluationPeriods": 1_441}),
            "ValidationError",
            "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
        ),
        (json!({"EvaluationPeriods": 169, "Period": 3_600}), "ValidationError", "604800"),
        (json!({"DatapointsToAlarm": 4}), "ValidationError", "DatapointsToAlarm"),
        (json!({"Period": 90}), "ValidationError", "multiple of 60"),
        (json!({"Period": 10}), "UnknownOperation", "high-resolution"),
        (json!({"ExtendedStatistic": "p90"}), "ValidationError", "Exactly one"),
        (json!({"AlarmActions": ["policy"]}), "ValidationError", "Invalid arn syntax: policy"),
        (json!({"AlarmActions": ["arn:aws:lambda:us-east-1:123456789012:function:x"]}), "UnknownOperation", "lambda"),
        (json!({"TreatMissingData": "no"}), "ValidationError", "[missing, ignore, breaching, notBreaching]"),
        (json!({"ComparisonOperator": "GreaterThanUpperThreshold"}), "UnknownOperation", "GreaterThanUpperThreshold"),
    ] {
        let (found, message) = refused(&mut lab, "PutMetricAlarm", alarm_parameters(more.clone()));
        assert!(found == code && message.contains(words), "{more}: {found} {message}");
    }
}

/// CloudWatch User Guide, "Alarms and actions": an alarm acts when its state changes, and not again while it stays.
#[test]
fn an_alarm_acts_once_for_each_change_of_state() {
    let mut lab = Lab::default();
    make_alarm(&mut lab, json!({"AlarmActions": [POLICY], "OKActions": [POLICY]}));
    feed(&mut lab, &[60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 10.0]);
    let actions = summaries(&mut lab).iter().filter(|summary| summary.starts_with("Successfully")).count();
    assert_eq!(actions, 3, "OK at first, ALARM, OK");
}
