//! The documented sequences as timelines: activities, targets, alarms and decisions, each with its moment and its cause.
//!
//! `timelines/*.txt` hold what is expected. To renew them: `LAB_RENEW=1 cargo test --no-default-features --test it autoscaling::timelines`.
use std::fmt::Write;

use scaling_lab::cloud::{Event, EventLog, Fact};
use scaling_lab::sim::SimTime;
use serde_json::{Value, json};

use super::{Scene, text};
use crate::renewal;
use crate::support::REGION;

/// A load balancer in the first two zones with a target group behind it; returns the target group's ARN.
pub fn balance(scene: &mut Scene, health_check_path: &str) -> String {
    let vpc = scene.ask(REGION, "ec2", "DescribeVpcs", json!({})).expect("networks")["Vpcs"][0]["VpcId"].clone();
    let ports = json!([{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]);
    let groups =
        scene.ask(REGION, "ec2", "DescribeSecurityGroups", json!({})).expect("groups")["SecurityGroups"][0]["GroupId"]
            .clone();
    let rule = json!({"GroupId": groups, "IpPermissions": ports});
    scene.ask(REGION, "ec2", "AuthorizeSecurityGroupIngress", rule).expect("a rule");
    let request =
        json!({"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": vpc, "HealthCheckPath": health_check_path});
    let made = scene.ask(REGION, "elbv2", "CreateTargetGroup", request).expect("a target group");
    let arn = text(&made["TargetGroups"][0]["TargetGroupArn"]);
    let request = json!({"Name": "web-lb", "Subnets": scene.subnets[..2].to_vec(), "SecurityGroups": [groups]});
    let made = scene.ask(REGION, "elbv2", "CreateLoadBalancer", request).expect("a balancer");
    let balancer = made["LoadBalancers"][0]["LoadBalancerArn"].clone();
    let actions = json!([{"Type": "forward", "TargetGroupArn": arn}]);
    let request = json!({"LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": actions});
    scene.ask(REGION, "elbv2", "CreateListener", request).expect("a listener");
    scene.settle();
    arn
}

/// Compares the activities since `from`, the oldest first, with the golden timeline of this name, or renews it.
fn assert_timeline(scene: &mut Scene, name: &str, from: SimTime) {
    let found = timeline(scene, from);
    let file = format!("tests/it/autoscaling/timelines/{name}.txt");
    if renewal::is_asked_for() {
        renewal::write(&file, &found);
    }
    assert_eq!(found, renewal::read(&file), "{file}");
}

/// What happened since `from`, each with what led to it: the activities in AWS's words, and the alarms, decisions and targets between them.
fn timeline(scene: &mut Scene, from: SimTime) -> String {
    let mut story: Vec<(SimTime, String)> = scene.activities().iter().rev().map(of_activity).collect();
    let events = scene.cloud().events();
    story.extend(events.iter().filter(|event| is_told(&event.fact)).map(|event| (event.at, of_event(events, event))));
    story.retain(|(at, _)| *at >= from);
    story.sort_by_key(|(at, _)| *at);
    let lines: Vec<String> = story.into_iter().map(|(_, lines)| lines).collect();
    named(&lines.concat())
}

fn of_activity(activity: &Value) -> (SimTime, String) {
    let started = moment(&activity["StartTime"]);
    let lasted = match activity["EndTime"].as_str().and_then(SimTime::parse_iso8601) {
        Some(ended) => format!("{:.0} s", ended.since(started).as_secs_f64()),
        None => "goes on".to_owned(),
    };
    let (status, description) = (text(&activity["StatusCode"]), text(&activity["Description"]));
    let mut shown = format!("{} {lasted} {status}: {description}\n", clock(started));
    for sentence in text(&activity["Cause"]).split("  ") {
        let _always_fits = writeln!(shown, "    {sentence}");
    }
    (started, shown)
}

fn of_event(events: &EventLog, event: &Event) -> String {
    let cause = event.cause.and_then(|cause| events.get(cause));
    let because = cause.map(|cause| format!("    because of {}: {}\n", clock(cause.at), cause.fact.sentence()));
    format!("{} {}\n{}", clock(event.at), event.fact.sentence(), because.unwrap_or_default())
}

fn is_told(fact: &Fact) -> bool {
    matches!(fact, Fact::TargetHealthChanged { .. } | Fact::AlarmStateChanged { .. } | Fact::PolicyActed { .. })
}

fn clock(at: SimTime) -> String {
    at.to_iso8601()[11..19].to_owned()
}

/// Instances by their order of appearance instead of their ids.
fn named(shown: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    for word in shown.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-') {
        if word.starts_with("i-0") && !names.iter().any(|name| name == word) {
            names.push(word.to_owned());
        }
    }
    names
        .iter()
        .enumerate()
        .fold(shown.to_owned(), |shown, (index, id)| shown.replace(id, &format!("instance {}", index + 1)))
}

fn moment(value: &Value) -> SimTime {
    SimTime::parse_iso8601(&text(value)).expect("a moment")
}

fn now(scene: &Scene) -> SimTime {
    scene.lab.now()
}

/// A group of two behind a target group.
fn behind_a_balancer() -> Scene {
    let mut scene = Scene::new();
    let arn = balance(&mut scene, "/");
    let settings = json!({"TargetGroupARNs": [arn], "HealthCheckType": "ELB", "HealthCheckGracePeriod": 120, "DefaultInstanceWarmup": 60});
    scene.create([2, 2, 4], settings).expect("a group");
    scene.settle();
    scene
}

/// EC2 Auto Scaling User Guide, "Verify a scaling activity": launches under a target group, up to `InService` there.
#[test]
fn launch_under_a_target_group() {
    let mut scene = behind_a_balancer();
    assert_timeline(&mut scene, "launch_under_a_target_group", SimTime::ZERO);
    scene.pass(120.0);
    let states = scene.asg("DescribeTrafficSources", json!({})).expect("states");
    assert_eq!(states["TrafficSources"][0]["State"], "InService");
}

/// EC2 Auto Scaling User Guide, "Health checks": an instance ended by hand is noticed and replaced.
#[test]
fn replacement() {
    let mut scene = behind_a_balancer();
    let from = now(&scene);
    let id = scene.ids_in("InService").remove(0);
    scene.terminate(&id);
    scene.pass(600.0);
    assert_timeline(&mut scene, "replacement", from);
}

/// EC2 Auto Scaling User Guide, "Manually change the size": out by two.
#[test]
fn scale_out() {
    let mut scene = behind_a_balancer();
    let from = now(&scene);
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 4})).expect("a change");
    scene.settle();
    assert_timeline(&mut scene, "scale_out", from);
}

/// Application Load Balancers, "Deregistration delay": in by one; the instance ends when its requests have had their time.
#[test]
fn draining() {
    let mut scene = behind_a_balancer();
    scene.update(json!({"MinSize": 1}));
    let from = now(&scene);
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 1})).expect("a change");
    scene.pass(60.0);
    let draining = scene.activities().remove(0);
    assert_eq!(draining["StatusCode"], "WaitingForELBConnectionDraining");
    assert!(text(&draining["Description"]).ends_with(" - Waiting For ELB Connection Draining."));
    scene.settle();
    assert_timeline(&mut scene, "draining", from);
}

/// EC2 Auto Scaling User Guide, "Target tracking scaling policies": out after 3 datapoints, in after 15.
#[test]
fn out_after_three_datapoints_and_in_after_fifteen() {
    let mut scene = Scene::with_group([1, 1, 4], json!({"DefaultInstanceWarmup": 60}));
    let specification = json!({"Namespace": "Shop", "MetricName": "Load", "Statistic": "Average"});
    let configuration = json!({"TargetValue": 50.0, "CustomizedMetricSpecification": specification});
    let policy = json!({"PolicyName": "load-50", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": configuration});
    scene.asg("PutScalingPolicy", policy).expect("a policy");
    scene.pass(60.0);
    let from = now(&scene);
    for minute in 0..30 {
        let load = if minute < 5 { 90.0 } else { 20.0 };
        let request = json!({"Namespace": "Shop", "MetricData": [{"MetricName": "Load", "Value": load}]});
        scene.ask(REGION, "cloudwatch", "PutMetricData", request).expect("a value");
        scene.pass(60.0);
    }
    assert_timeline(&mut scene, "out_after_three_datapoints_and_in_after_fifteen", from);
}

/// EC2 Auto Scaling User Guide, "Rebalancing activities": over the maximum by one while zones are balanced.
#[test]
fn rebalancing_over_the_maximum() {
    let mut scene = Scene::new();
    scene.create([4, 4, 4], json!({"VPCZoneIdentifier": scene.subnets[0].clone()})).expect("a group");
    scene.settle();
    let from = now(&scene);
    let zones = scene.subnets[..2].join(",");
    scene.update(json!({"VPCZoneIdentifier": zones}));
    scene.pass(900.0);
    assert_timeline(&mut scene, "rebalancing_over_the_maximum", from);
}

/// EC2 Auto Scaling User Guide, "Use an instance refresh": two instances, one after the other.
#[test]
fn refresh() {
    let mut scene = behind_a_balancer();
    let from = now(&scene);
    scene.asg("StartInstanceRefresh", json!({})).expect("a refresh");
    scene.pass(1_500.0);
    assert_timeline(&mut scene, "refresh", from);
}
