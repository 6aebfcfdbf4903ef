//! Scaling policies at work. EC2 Auto Scaling User Guide, "Dynamic scaling".
use scaling_lab::cloud::Fact;
use serde_json::{Value, json};

use super::{GROUP, Scene, refusal, text};
use crate::support::REGION;

fn tracking(metric: &str, target: f64) -> Value {
    json!({"PolicyName": metric, "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"TargetValue": target,
        "CustomizedMetricSpecification": {"Namespace": "Shop", "MetricName": metric, "Statistic": "Average",
            "Dimensions": [{"Name": "Group", "Value": GROUP}]}}})
}

/// So many minutes in which the metric has this value.
fn measure(scene: &mut Scene, minutes: u32, values: &[(&str, f64)]) {
    for _ in 0..minutes {
        for (metric, value) in values {
            let data =
                json!([{"MetricName": metric, "Value": value, "Dimensions": [{"Name": "Group", "Value": GROUP}]}]);
            let request = json!({"Namespace": "Shop", "MetricData": data});
            scene.ask(REGION, "cloudwatch", "PutMetricData", request).expect("a value");
        }
        scene.pass(60.0);
    }
}

fn held_back(scene: &Scene) -> Vec<&'static str> {
    let facts = scene.cloud().events().iter().map(|event| &event.fact);
    facts.filter_map(|fact| if let Fact::PolicyHeldBack { clamp, .. } = fact { Some(*clamp) } else { None }).collect()
}

/// "Target tracking scaling policies": two alarms, 3 of 3 minutes above the target and 15 of 15 below the threshold.
#[test]
fn target_tracking_makes_its_two_alarms() {
    let mut scene = Scene::with_group([1, 2, 8], json!({}));
    let answer = scene.asg("PutScalingPolicy", tracking("Load", 50.0)).expect("a policy");
    let alarms = scene.ask(REGION, "cloudwatch", "DescribeAlarms", json!({})).expect("alarms")["MetricAlarms"].clone();
    let shown = |index: usize, name: &str| alarms[index][name].clone();
    assert!(text(&shown(0, "AlarmName")).starts_with("TargetTracking-web-AlarmHigh-"));
    assert!(text(&shown(1, "AlarmName")).starts_with("TargetTracking-web-AlarmLow-"));
    let description =
        format!("DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {}.", text(&answer["PolicyARN"]));
    assert_eq!(shown(0, "AlarmDescription"), description.as_str());
    let numbers = |index| ["EvaluationPeriods", "Period"].map(|name| shown(index, name).as_i64().unwrap_or(0));
    assert_eq!((numbers(0), numbers(1)), ([3, 60], [15, 60]));
    assert_eq!((shown(0, "Threshold"), shown(1, "Threshold")), (json!(50.0), json!(35.0)));
    scene.asg("DeletePolicy", json!({"PolicyName": "Load"})).expect("an end");
    let left = scene.ask(REGION, "cloudwatch", "DescribeAlarms", json!({})).expect("alarms");
    assert_eq!(left["MetricAlarms"], json!([]));
}

/// PredefinedMetricSpecification: the average of the network traffic of the members, in either direction.
#[test]
fn a_group_scales_with_the_traffic_of_its_network() {
    for (predefined, metric) in [("ASGAverageNetworkIn", "NetworkIn"), ("ASGAverageNetworkOut", "NetworkOut")] {
        let mut scene = Scene::with_group([1, 1, 4], json!({}));
        let configuration =
            json!({"TargetValue": 60.0, "PredefinedMetricSpecification": {"PredefinedMetricType": predefined}});
        let policy = json!({"PolicyName": "net", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": configuration});
        scene.asg("PutScalingPolicy", policy).expect("a policy");
        let alarms =
            scene.ask(REGION, "cloudwatch", "DescribeAlarms", json!({})).expect("alarms")["MetricAlarms"].clone();
        let dimensions = json!([{"Name": "AutoScalingGroupName", "Value": GROUP}]);
        for alarm in alarms.as_array().expect("alarms") {
            let found = [&alarm["Namespace"], &alarm["MetricName"], &alarm["Statistic"], &alarm["Dimensions"]];
            assert_eq!(found, [&json!("AWS/EC2"), &json!(metric), &json!("Average"), &dimensions]);
        }
        let ids = scene.ids_in("InService");
        scene.ask(REGION, "ec2", "MonitorInstances", json!({"InstanceIds": ids})).expect("detailed monitoring");
        let found = scene.ask(REGION, "ec2", "DescribeInstances", json!({"InstanceIds": ids})).expect("the member");
        let address = text(&found["Reservations"][0]["Instances"][0]["PublicIpAddress"]);
        let http =
            json!({"GroupName": "default", "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
        scene.ask(REGION, "ec2", "AuthorizeSecurityGroupIngress", http).expect("an open port");
        let profile = json!({"Type": "Steady", "RequestsPerSecond": 10});
        scene.ask(REGION, "lab", "SetTraffic", json!({"Target": address, "Profile": profile})).expect("visitors");
        scene.pass(600.0);
        assert_eq!(scene.desired(), 4, "{predefined}");
    }
}

/// "How target tracking works": 2 instances at 90 with a target of 50 become 4; what warms up does not stack.
#[test]
fn scale_out_is_proportional_and_waits_for_what_warms_up() {
    let mut scene = Scene::with_group([1, 2, 10], json!({"DefaultInstanceWarmup": 300}));
    scene.pass(300.0);
    scene.asg("PutScalingPolicy", tracking("Load", 50.0)).expect("a policy");
    measure(&mut scene, 7, &[("Load", 90.0)]);
    assert_eq!(scene.desired(), 4);
    assert_eq!(held_back(&scene), ["warm-up"], "one reason is recorded once");
}

/// "How target tracking works": 4 instances at 22 with a target of 50 become 2, after 15 minutes; then the low alarm is red for good.
#[test]
fn scale_in_takes_fifteen_minutes_and_stops_where_it_would_overshoot() {
    let mut scene = Scene::with_group([1, 4, 10], json!({"DefaultInstanceWarmup": 0}));
    scene.asg("PutScalingPolicy", tracking("Load", 50.0)).expect("a policy");
    measure(&mut scene, 14, &[("Load", 22.0)]);
    assert_eq!(scene.desired(), 4);
    measure(&mut scene, 1, &[("Load", 22.0)]);
    assert_eq!(scene.desired(), 2);
    measure(&mut scene, 5, &[("Load", 30.0)]);
    assert_eq!((scene.desired(), held_back(&scene).last().copied()), (2, Some("overshoot")));
}

/// "Multiple target tracking scaling policies": out if any wants out, in only if all agree.
#[test]
fn several_policies_scale_in_only_if_all_agree() {
    let mut scene = Scene::with_group([1, 4, 10], json!({"DefaultInstanceWarmup": 0}));
    scene.asg("PutScalingPolicy", tracking("Load", 50.0)).expect("a policy");
    scene.asg("PutScalingPolicy", tracking("Queue", 10.0)).expect("a policy");
    measure(&mut scene, 17, &[("Load", 10.0), ("Queue", 9.8)]);
    assert_eq!((scene.desired(), held_back(&scene)), (4, vec!["another policy"]));
    measure(&mut scene, 3, &[("Load", 10.0), ("Queue", 18.0)]);
    assert_eq!(scene.desired(), 8, "4 × 18 / 10, rounded up");
}

/// PutScalingPolicy: with `DisableScaleIn` there is no low alarm; a disabled policy does not act.
#[test]
fn scale_in_can_be_disabled_and_so_can_a_policy() {
    let mut scene = Scene::with_group([1, 2, 10], json!({"DefaultInstanceWarmup": 0}));
    let mut policy = tracking("Load", 50.0);
    policy["TargetTrackingConfiguration"]["DisableScaleIn"] = json!(true);
    policy["Enabled"] = json!(false);
    let answer = scene.asg("PutScalingPolicy", policy).expect("a policy");
    assert_eq!(answer["Alarms"].as_array().map(Vec::len), Some(1));
    measure(&mut scene, 5, &[("Load", 90.0)]);
    assert_eq!((scene.desired(), held_back(&scene)), (2, vec!["disabled policy"]));
}

/// GetPredictiveScalingForecast: only a predictive policy of the group has a forecast.
#[test]
fn no_other_policy_has_a_forecast() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    scene.asg("PutScalingPolicy", tracking("Load", 50.0)).expect("a policy");
    let span = json!({"StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-06T08:00:00Z"});
    for (group, policy, words) in [
        ("nobody", "Load", "AutoScalingGroup name not found"),
        (GROUP, "nothing", "No scaling policy found with name nothing"),
        (GROUP, "Load", "is not a predictive scaling policy"),
    ] {
        let mut request = span.clone();
        super::merge(&mut request, json!({"AutoScalingGroupName": group, "PolicyName": policy}));
        let error = scene.asg("GetPredictiveScalingForecast", request).expect_err("no forecast");
        assert_eq!(error.code, "ValidationError");
        assert!(error.message.contains(words), "{}", error.message);
    }
    let error = scene
        .asg("PutScalingPolicy", json!({"PolicyName": "ahead", "PolicyType": "PredictiveScaling"}))
        .expect_err("no such policies here");
    assert!(error.message.contains("PredictiveScaling is not part of this lab"), "{}", error.message);
}

/// "Suspend processes": with `AlarmNotification` suspended policies do not act.
#[test]
fn policies_do_not_act_while_alarms_are_not_heard() {
    let mut scene = Scene::with_group([1, 2, 10], json!({"DefaultInstanceWarmup": 0}));
    scene.asg("PutScalingPolicy", tracking("Load", 50.0)).expect("a policy");
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["AlarmNotification"]})).expect("a suspension");
    measure(&mut scene, 5, &[("Load", 90.0)]);
    assert_eq!((scene.desired(), held_back(&scene)), (2, vec!["suspended process"]));
}

fn steps(scene: &mut Scene, steps: Value) -> String {
    let request = json!({"PolicyName": "steps", "PolicyType": "StepScaling", "AdjustmentType": "PercentChangeInCapacity",
        "StepAdjustments": steps});
    text(&scene.asg("PutScalingPolicy", request).expect("a policy")["PolicyARN"])
}

/// "Step adjustments for step scaling": the guide's example by ExecutePolicy: 10 instances; 60 makes 11, 70 makes 14, and back.
#[test]
fn the_guides_steps_come_out_as_in_the_guide() {
    let mut scene = Scene::with_group([0, 10, 20], json!({}));
    let go = |scene: &mut Scene, value: f64| {
        let request = json!({"PolicyName": "steps", "MetricValue": value, "BreachThreshold": 50.0});
        scene.asg("ExecutePolicy", request).expect("a step");
        scene.desired()
    };
    steps(
        &mut scene,
        json!([
        {"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 10.0, "ScalingAdjustment": 0},
        {"MetricIntervalLowerBound": 10.0, "MetricIntervalUpperBound": 20.0, "ScalingAdjustment": 10},
        {"MetricIntervalLowerBound": 20.0, "ScalingAdjustment": 30}]),
    );
    assert_eq!((go(&mut scene, 60.0), go(&mut scene, 70.0)), (11, 14));
    steps(
        &mut scene,
        json!([
        {"MetricIntervalUpperBound": -20.0, "ScalingAdjustment": -30},
        {"MetricIntervalLowerBound": -20.0, "MetricIntervalUpperBound": -10.0, "ScalingAdjustment": -10},
        {"MetricIntervalLowerBound": -10.0, "MetricIntervalUpperBound": 0.0, "ScalingAdjustment": 0}]),
    );
    assert_eq!((go(&mut scene, 40.0), go(&mut scene, 30.0)), (13, 10));
}

/// "Step scaling policies": an alarm that lasts adds no more while instances of the same step warm up.
#[test]
fn a_lasting_alarm_does_not_stack_steps() {
    let mut scene = Scene::with_group([1, 10, 20], json!({"DefaultInstanceWarmup": 300}));
    scene.pass(300.0);
    let arn = steps(
        &mut scene,
        json!([
        {"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 20.0, "ScalingAdjustment": 10},
        {"MetricIntervalLowerBound": 20.0, "ScalingAdjustment": 30}]),
    );
    let alarm = json!({"AlarmName": "load", "Namespace": "Shop", "MetricName": "Load", "Statistic": "Average", "Period": 60,
        "Dimensions": [{"Name": "Group", "Value": GROUP}], "EvaluationPeriods": 1, "Threshold": 50.0,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold", "AlarmActions": [arn]});
    scene.ask(REGION, "cloudwatch", "PutMetricAlarm", alarm).expect("an alarm");
    measure(&mut scene, 3, &[("Load", 60.0)]);
    assert_eq!(scene.desired(), 11);
    measure(&mut scene, 1, &[("Load", 75.0)]);
    assert_eq!(scene.desired(), 13, "30 per cent of the 10 that are warm, and one of them is on its way");
}

/// "Simple scaling policies": one change, then the cooldown; target tracking and step policies know none.
#[test]
fn a_simple_policy_waits_for_its_cooldown() {
    let mut scene = Scene::with_group([1, 1, 10], json!({"DefaultCooldown": 600}));
    scene.pass(700.0);
    let request =
        json!({"PolicyName": "simple", "AdjustmentType": "ChangeInCapacity", "ScalingAdjustment": 1, "Cooldown": 240});
    let answer = scene.asg("PutScalingPolicy", request).expect("a policy");
    let policies = scene.asg("DescribePolicies", json!({})).expect("policies")["ScalingPolicies"].clone();
    assert_eq!(policies[0]["PolicyType"], "SimpleScaling", "the API's default");
    let alarm = json!({"AlarmName": "load", "Namespace": "Shop", "MetricName": "Load", "Statistic": "Average", "Period": 60,
        "Dimensions": [{"Name": "Group", "Value": GROUP}], "EvaluationPeriods": 1, "Threshold": 50.0,
        "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [answer["PolicyARN"]]});
    scene.ask(REGION, "cloudwatch", "PutMetricAlarm", alarm).expect("an alarm");
    measure(&mut scene, 4, &[("Load", 60.0)]);
    assert_eq!((scene.desired(), held_back(&scene)), (2, vec!["cooldown"]));
    measure(&mut scene, 3, &[("Load", 60.0)]);
    assert_eq!(scene.desired(), 3);
}

/// ExecutePolicy: by name with its group; the cause says that a request did it.
#[test]
fn an_executed_policy_has_a_request_as_its_cause() {
    let mut scene = Scene::with_group([1, 1, 4], json!({}));
    assert!(refusal(scene.asg("ExecutePolicy", json!({"PolicyName": "none"}))).contains("none"));
    let request =
        json!({"PolicyName": "double", "AdjustmentType": "PercentChangeInCapacity", "ScalingAdjustment": 100});
    scene.asg("PutScalingPolicy", request).expect("a policy");
    scene.asg("ExecutePolicy", json!({"PolicyName": "double"})).expect("an execution");
    scene.settle();
    assert!(scene.has_cause("a user request executed policy double changing the desired capacity from 1 to 2."));
}

/// Every desired change that an alarm brings about follows from the alarm, and the activity from the change.
#[test]
fn an_activity_leads_back_to_its_alarm() {
    let mut scene = Scene::with_group([1, 1, 4], json!({"DefaultInstanceWarmup": 0}));
    scene.asg("PutScalingPolicy", tracking("Load", 50.0)).expect("a policy");
    measure(&mut scene, 5, &[("Load", 90.0)]);
    let region = scene.cloud().region(REGION).expect("the region");
    let event = region.autoscaling.groups[GROUP].activities[0].event.expect("an event");
    let chain = scene.cloud().events().chain(event);
    let names: Vec<&str> = chain
        .iter()
        .filter_map(|event| match &event.fact {
            Fact::DesiredCapacityChanged { .. } => Some("change"),
            Fact::AlarmStateChanged { .. } => Some("alarm"),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["change", "alarm"]);
}
