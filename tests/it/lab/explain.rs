//! Why something happened: the recorded causes.
use scaling_lab::projection::marks::{MarkKind, Subject, marks};
use scaling_lab::projection::why::why;
use scaling_lab::sim::SimDuration;
use serde_json::{Value, json};

use crate::support::{Lab, REGION};

fn ask(lab: &mut Lab, service: &str, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, service, operation, parameters).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

fn explain(lab: &mut Lab, parameters: Value) -> Value {
    ask(lab, "lab", "Explain", parameters)
}

/// The names of the events from the answer back to what came from outside.
fn events(explanation: &Value) -> Vec<String> {
    let steps = explanation["Steps"].as_array().into_iter().flatten();
    steps.map(|step| step["Event"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A group that keeps the CPUs of its instances at 50 %, with one instance in service and its visitors.
fn group_under_load(lab: &mut Lab, most: i64) {
    let images = ask(lab, "ec2", "DescribeImages", json!({}));
    let images = images["Images"].as_array().cloned().unwrap_or_default();
    let image = images
        .iter()
        .find(|image| image["Name"].as_str().is_some_and(|name| name.contains("web-server")))
        .expect("an image");
    let groups = ask(lab, "ec2", "DescribeSecurityGroups", json!({}));
    let rule = json!({"GroupId": groups["SecurityGroups"][0]["GroupId"], "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    let data = json!({"ImageId": image["ImageId"], "InstanceType": "m5.large", "Monitoring": {"Enabled": true}});
    ask(lab, "ec2", "CreateLaunchTemplate", json!({"LaunchTemplateName": "web", "LaunchTemplateData": data}));
    let subnet = ask(lab, "ec2", "DescribeSubnets", json!({}))["Subnets"][0]["SubnetId"].clone();
    let group = json!({"AutoScalingGroupName": "web", "MinSize": 1, "MaxSize": most, "LaunchTemplate": {"LaunchTemplateName": "web"},
        "VPCZoneIdentifier": subnet, "DefaultInstanceWarmup": 60});
    ask(lab, "autoscaling", "CreateAutoScalingGroup", group);
    let target = json!({"TargetValue": 50.0, "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}});
    let policy = json!({"AutoScalingGroupName": "web", "PolicyName": "cpu-50", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": target});
    ask(lab, "autoscaling", "PutScalingPolicy", policy);
    lab.settle();
    let found = ask(lab, "ec2", "DescribeInstances", json!({}));
    let address = found["Reservations"][0]["Instances"][0]["PublicIpAddress"].clone();
    let profile = json!({"Type": "Steady", "RequestsPerSecond": 36.0});
    ask(lab, "lab", "SetTraffic", json!({"Target": address, "Profile": profile}));
    lab.pass(600.0);
}

/// A scaling activity names the change of capacity, that the policy's arithmetic, that the alarm, and the alarm its
/// datapoints.
#[test]
fn an_activity_is_explained_down_to_the_datapoints_of_the_alarm() {
    let mut lab = Lab::default();
    group_under_load(&mut lab, 4);
    let activities = ask(&mut lab, "autoscaling", "DescribeScalingActivities", json!({"AutoScalingGroupName": "web"}));
    let activity = activities["Activities"][0].clone();
    assert!(activity["Cause"].as_str().is_some_and(|cause| cause.contains("triggered policy cpu-50")), "{activity}");
    let explanation = explain(&mut lab, json!({"ActivityId": activity["ActivityId"]}));
    let names = events(&explanation);
    let place =
        |name: &str| names.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
    assert!(
        place("DesiredCapacityChanged") < place("PolicyActed") && place("PolicyActed") < place("AlarmStateChanged"),
        "{names:?}"
    );
    let details = |name: &str| explanation["Steps"][place(name)]["Details"].clone();
    let judgement = details("AlarmStateChanged")["Judgement"].clone();
    assert_eq!((&judgement["Needed"], &judgement["Of"], &judgement["Threshold"]), (&json!(3), &json!(3), &json!(50.0)));
    assert_eq!(judgement["Datapoints"].as_array().map(Vec::len), Some(3));
    let acted = details("PolicyActed");
    let (metric, measured_on) =
        (acted["Metric"].as_f64().expect("the metric"), acted["MeasuredOn"].as_f64().expect("instances"));
    assert_eq!(acted["Wanted"].as_f64(), Some((measured_on * metric / 50.0).ceil().min(4.0)));
    let others = explanation["WouldHaveChangedIt"].as_array().cloned().unwrap_or_default();
    assert!(
        others.iter().any(|text| text.as_str().is_some_and(|text| text.contains("had stayed out of ALARM"))),
        "{others:?}"
    );
}

/// A group that does nothing has a reason too: here its maximum.
#[test]
fn a_group_that_does_nothing_says_what_held_it_back() {
    let mut lab = Lab::default();
    group_under_load(&mut lab, 1);
    let explanation = explain(&mut lab, json!({"AutoScalingGroupName": "web"}));
    assert_eq!(events(&explanation)[0], "PolicyHeldBack", "{explanation}");
    assert_eq!(explanation["Steps"][0]["Details"]["Clamp"], "maximum");
    assert_eq!(explanation["WouldHaveChangedIt"][0], "With a maximum above 1 the group had grown.");
    // Before the visitors came there was another answer.
    let earlier = explain(&mut lab, json!({"AutoScalingGroupName": "web", "Time": "2026-01-05T08:00:01Z"}));
    assert_eq!(events(&earlier)[0], "DesiredCapacityChanged");
    assert_eq!(events(&earlier).last().map(String::as_str), Some("RequestReceived"));
}

/// An alarm on the metric `Lab Load` over 50 in two of two minutes.
fn load_alarm() -> Value {
    json!({"AlarmName": "load", "Namespace": "Lab", "MetricName": "Load", "Statistic": "Average", "Period": 60,
        "EvaluationPeriods": 2, "Threshold": 50.0, "ComparisonOperator": "GreaterThanThreshold"})
}

fn put_load(lab: &mut Lab, value: f64) {
    let data = json!({"Namespace": "Lab", "MetricData": [{"MetricName": "Load", "Value": value}]});
    ask(lab, "cloudwatch", "PutMetricData", data);
}

/// An alarm is explained by its last change of state.
#[test]
fn an_alarm_is_explained_by_what_it_was_judged_by() {
    let mut lab = Lab::default();
    ask(&mut lab, "cloudwatch", "PutMetricAlarm", load_alarm());
    for value in [60.0, 70.0] {
        put_load(&mut lab, value);
        lab.pass(60.0);
    }
    let explanation = explain(&mut lab, json!({"AlarmName": "load"}));
    assert_eq!(explanation["Answer"], "Alarm load is ALARM.");
    assert_eq!(explanation["WouldHaveChangedIt"][0], "With a threshold above 60, load had stayed out of ALARM.");
}

/// An instance is explained by what happened to it last.
#[test]
fn an_instance_of_a_group_is_explained_by_the_request_that_led_to_it() {
    let mut lab = Lab::default();
    group_under_load(&mut lab, 1);
    let found = ask(&mut lab, "ec2", "DescribeInstances", json!({}));
    let id = found["Reservations"][0]["Instances"][0]["InstanceId"].clone();
    let explanation = explain(&mut lab, json!({"InstanceId": id}));
    assert_eq!(events(&explanation).last().map(String::as_str), Some("RequestReceived"), "{explanation}");
}

/// What is asked must be one thing, and recorded.
#[test]
fn a_question_without_an_answer_is_refused() {
    let mut lab = Lab::default();
    let refused =
        |lab: &mut Lab, parameters: Value| lab.ask(REGION, "lab", "Explain", parameters).expect_err("a refusal").code;
    assert_eq!(refused(&mut lab, json!({})), "ValidationError");
    assert_eq!(refused(&mut lab, json!({"AlarmName": "a", "InstanceId": "i"})), "ValidationError");
    assert_eq!(refused(&mut lab, json!({"AutoScalingGroupName": "a", "Time": "soon"})), "ValidationError");
    assert_eq!(refused(&mut lab, json!({"AlarmName": "a"})), "NotRecorded");
}

/// The record of events is bounded, and what led to what is still shown stays in it.
#[test]
fn the_cause_of_an_alarm_outlives_the_events_that_nobody_asks_for() {
    let mut lab = Lab::default();
    ask(&mut lab, "cloudwatch", "PutMetricAlarm", load_alarm());
    for value in [60.0, 70.0] {
        put_load(&mut lab, value);
        lab.pass(60.0);
    }
    let before = explain(&mut lab, json!({"AlarmName": "load"}));
    for _ in 0..13_000 {
        ask(&mut lab, "cloudwatch", "EnableAlarmActions", json!({"AlarmNames": ["no such alarm"]}));
    }
    let events = lab.cloud().events();
    assert!(events.recorded() > 13_000 && events.kept() < 12_100, "{} of {}", events.kept(), events.recorded());
    let after = explain(&mut lab, json!({"AlarmName": "load"}));
    assert_eq!(after, before);
}

/// What the page answers to a why: the same causes, as sentences with their numbers, and what followed down to the first request.
#[test]
fn the_page_says_why_in_sentences_with_numbers_and_what_followed() {
    let mut lab = Lab::default();
    group_under_load(&mut lab, 4);
    let mark =
        marks(&lab, REGION).into_iter().find(|mark| mark.kind == MarkKind::Scaling).expect("the group has grown");
    let answer = why(&lab, &Subject::Event(mark.event.expect("an event"))).expect("an answer");
    let numbers: Vec<&String> = answer.steps.iter().flat_map(|step| &step.numbers).collect();
    for part in
        ["The metric was ", "Wanted capacity: 2 instead of 1.", "3 of 3 periods of 60 s must be > 50: they are."]
    {
        assert!(numbers.iter().any(|number| number.contains(part)), "`{part}` in {numbers:?}");
    }
    let followed: Vec<&str> = answer.followed.iter().map(|step| step.text.as_str()).collect();
    let has = |end: &str| followed.iter().any(|text| text.ends_with(end));
    assert!(has(" is pending.") && has(" is running.") && has(" has booted."), "{followed:?}");
    assert!(!answer.otherwise.is_empty());
    // A minute in which nothing happened has its reason too.
    let quiet = why(&lab, &Subject::Group("web".into(), mark.at + SimDuration::MINUTE)).expect("an answer");
    assert!(!quiet.steps.is_empty());
    assert_eq!(why(&lab, &Subject::Activity("nothing".into())).expect_err("unknown").code, "NotRecorded");
}
