//! Faults: what visitors, health checks and groups see of them.
use scaling_lab::api::ApiError;
use scaling_lab::cloud::Fact;
use scaling_lab::projection::faults::faults;
use scaling_lab::projection::topology::topology;
use scaling_lab::session::Session;
use scaling_lab::traffic::{Engine, Outcome};
use serde_json::{Value, json};

use crate::main_job::{Scene, group, scene, send};
use crate::support::{Lab, REGION};

fn inject(lab: &mut Lab, fault: Value) -> Value {
    lab.ask(REGION, "lab", "InjectFault", fault).expect("a fault")["Fault"].clone()
}

fn clear(lab: &mut Lab, fault: &Value) {
    let cleared = lab.ask(REGION, "lab", "ClearFault", json!({"FaultId": fault["FaultId"]})).expect("a fault");
    assert_eq!(cleared["Fault"]["State"], "over");
}

fn members(lab: &mut Lab) -> Vec<String> {
    group(lab).instances.into_iter().map(|member| member.instance_id).collect()
}

/// The state and the reason of each target.
fn health(scene: &mut Scene) -> Vec<(String, String, String)> {
    let request = json!({"TargetGroupArn": scene.target_group});
    let answer = scene.lab.ask(REGION, "elbv2", "DescribeTargetHealth", request).expect("health");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let targets = answer["TargetHealthDescriptions"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<_> = targets
        .iter()
        .map(|target| {
            let health = &target["TargetHealth"];
            (text(&target["Target"]["Id"]), text(&health["State"]), text(&health["Reason"]))
        })
        .collect();
    found.sort();
    found
}

fn health_of(scene: &mut Scene, instance_id: &str) -> (String, String) {
    let found = health(scene).into_iter().find(|(id, _, _)| id == instance_id);
    found.map(|(_, state, reason)| (state, reason)).expect("the target")
}

/// How the requests of the next so many seconds end.
fn outcomes(lab: &mut Lab, seconds: f64) -> impl Fn(Outcome) -> u64 + use<> {
    let before = lab.history().points().len();
    lab.pass(seconds);
    let mut sums = [0; Outcome::ALL.len()];
    for point in lab.history().points().iter().skip(before) {
        sums.iter_mut().zip(point.outcomes).for_each(|(sum, count)| *sum += count);
    }
    move |outcome| sums[outcome as usize]
}

/// What the map and the list say of faults: where it is broken, and until when.
#[test]
fn what_is_broken_is_told_where_it_is_broken() {
    let mut lab = Lab::default();
    let zone = "us-east-1a";
    for fault in [
        json!({"Fault": "LoseZone", "AvailabilityZone": zone}),
        json!({"Fault": "NoCapacity", "AvailabilityZone": zone}),
    ] {
        lab.ask(REGION, "lab", "InjectFault", fault).expect("a fault");
    }
    let map = topology(&lab, REGION);
    let lost = map.zones.iter().find(|found| found.name == zone).expect("a broken zone is shown, empty as it is");
    assert_eq!(lost.broken, ["zone lost", "no capacity"]);
    lab.ask(REGION, "lab", "ClearFault", json!({"FaultId": "fault-1"})).expect("cleared");
    let rows = faults(&lab);
    let told: Vec<_> = rows.iter().map(|row| (row.name, row.thing.as_str(), row.stage.name())).collect();
    assert_eq!(told, [("NoCapacity", zone, "active"), ("LoseZone", zone, "over")]);
    assert_eq!(rows[0].period, "Day 1 · 08:00:00 until it is cleared");
}

/// Elastic Load Balancing, "Troubleshoot your Application Load Balancers", HTTP 502: the load balancer received a TCP RST from the target
/// when attempting to establish a connection. Health checks fail with Target.FailedHealthChecks.
#[test]
fn a_crashed_program_gives_502_until_its_target_is_unhealthy() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    scene.lab.pass(60.0);
    let victim = members(&mut scene.lab).remove(0);
    let fault = inject(&mut scene.lab, json!({"Fault": "CrashApp", "InstanceId": victim}));
    let seen = outcomes(&mut scene.lab, 20.0);
    assert!(seen(Outcome::Balancer502) > 100 && seen(Outcome::Success) > 100, "every second request meets it");
    scene.lab.pass(70.0);
    assert_eq!(health_of(&mut scene, &victim), ("unhealthy".into(), "Target.FailedHealthChecks".into()));
    let seen = outcomes(&mut scene.lab, 60.0);
    assert_eq!(seen(Outcome::Balancer502), 0, "an unhealthy target gets no requests");
    clear(&mut scene.lab, &fault);
    scene.lab.pass(200.0);
    assert_eq!(health_of(&mut scene, &victim).0, "healthy", "after five good checks");
}

/// The same page, HTTP 504: the load balancer established a connection to the target but the target did not respond before the idle timeout
/// period (60 seconds) elapsed.
#[test]
fn a_hung_program_gives_504_after_a_minute_and_brings_the_event_loop_to_work() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    scene.lab.pass(60.0);
    let victim = members(&mut scene.lab).remove(0);
    assert_eq!(scene.lab.traffic().engine(), Engine::Recursion);
    let fault = inject(&mut scene.lab, json!({"Fault": "HangApp", "InstanceId": victim}));
    assert_eq!(scene.lab.traffic().engine(), Engine::Events);
    let seen = outcomes(&mut scene.lab, 50.0);
    assert_eq!(seen(Outcome::Balancer504), 0);
    let seen = outcomes(&mut scene.lab, 60.0);
    assert!(seen(Outcome::Balancer504) > 300, "{} timed out", seen(Outcome::Balancer504));
    assert_eq!(health_of(&mut scene, &victim), ("unhealthy".into(), "Target.Timeout".into()));
    clear(&mut scene.lab, &fault);
    assert_eq!(scene.lab.traffic().engine(), Engine::Recursion);
}

/// Health checks wait in the queue of a busy server: too many visitors alone make targets fail them.
#[test]
fn a_saturated_server_fails_its_health_checks() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 160.0);
    scene.lab.pass(240.0);
    let states = health(&mut scene);
    assert!(states.iter().any(|(_, _, reason)| reason == "Target.Timeout"), "{states:?}");
    let seen = outcomes(&mut scene.lab, 60.0);
    assert!(seen(Outcome::Success) > 1_000, "with all targets unhealthy the balancer sends to all of them");
    assert!(seen(Outcome::Balancer504) > 100, "their queues are full, and connections are dropped");
}

/// Three servers for 40 requests a second each, and one of them becomes half as fast. It fails its health checks, and what it got goes to the others.
/// If they have no room for that, they fail theirs in turn.
#[test]
fn one_server_that_fails_takes_the_others_with_it_if_they_have_no_room() {
    for (rate, falls) in [(72.0, 1), (102.0, 3)] {
        let mut scene = scene();
        let three = json!({"AutoScalingGroupName": "web-asg", "MinSize": 3, "MaxSize": 3});
        scene.lab.ask(REGION, "autoscaling", "UpdateAutoScalingGroup", three).expect("three");
        scene.lab.settle();
        let slow = members(&mut scene.lab).remove(0);
        send(&mut scene.lab, &scene.balancer, rate);
        scene.lab.pass(120.0);
        assert!(health(&mut scene).iter().all(|(_, state, _)| state == "healthy"), "all three together have room");
        inject(&mut scene.lab, json!({"Fault": "SlowApp", "InstanceId": slow, "Factor": 2.0}));
        let begun = scene.lab.now();
        scene.lab.pass(300.0);
        let events = scene.lab.cloud().events().iter().filter(|event| event.at > begun);
        let mut fallen: Vec<String> = events
            .filter_map(|event| match &event.fact {
                Fact::TargetHealthChanged { instance_id, state: "unhealthy", reason, .. } => {
                    assert_eq!(reason, "Target.Timeout");
                    Some(instance_id.clone())
                }
                _ => None,
            })
            .collect();
        assert_eq!(fallen.first(), Some(&slow), "the slow one falls first");
        fallen.sort();
        fallen.dedup();
        assert_eq!(fallen.len(), falls, "at {rate} requests a second: {fallen:?}");
    }
}

#[test]
fn a_broken_health_path_makes_a_target_unhealthy_that_answers_its_visitors() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    inject(&mut scene.lab, json!({"Fault": "BreakHealthPath", "AutoScalingGroupName": "web-asg"}));
    let seen = outcomes(&mut scene.lab, 120.0);
    let states = health(&mut scene);
    assert!(states.iter().all(|(_, state, reason)| state == "unhealthy" && reason == "Target.ResponseCodeMismatch"));
    assert!(seen(Outcome::Success) > 2_000, "its visitors notice nothing");
    assert_eq!(seen(Outcome::Balancer502) + seen(Outcome::Balancer503) + seen(Outcome::Balancer504), 0);
}

/// EC2 Auto Scaling User Guide, "Troubleshoot: EC2 instance launch failures": there is not enough capacity in the zone.
#[test]
fn a_zone_without_capacity_launches_nothing() {
    let mut lab = Lab::default();
    let images = lab.ask(REGION, "ec2", "DescribeImages", json!({})).expect("images");
    let launch = json!({
        "ImageId": images["Images"][0]["ImageId"], "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1,
        "Placement": {"AvailabilityZone": "us-east-1a"},
    });
    let full = json!({"Fault": "NoCapacity", "AvailabilityZone": "us-east-1a", "InstanceType": "t3.micro"});
    let fault = inject(&mut lab, full);
    let error = lab.ask(REGION, "ec2", "RunInstances", launch.clone()).expect_err("no capacity");
    assert_eq!(error.code, "InsufficientInstanceCapacity");
    let words =
        "We currently do not have sufficient t3.micro capacity in the Availability Zone you requested (us-east-1a).";
    assert!(error.message.starts_with(words), "{}", error.message);
    assert!(error.message.ends_with("choosing us-east-1b, us-east-1c, us-east-1d, us-east-1f."));
    clear(&mut lab, &fault);
    lab.ask(REGION, "ec2", "RunInstances", launch).expect("capacity again");
}

#[test]
fn a_lost_zone_answers_nobody_and_comes_back() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    scene.lab.pass(60.0);
    let fault =
        inject(&mut scene.lab, json!({"Fault": "LoseZone", "AvailabilityZone": "us-east-1a", "DurationSeconds": 300}));
    assert_eq!(fault["State"], "active");
    let seen = outcomes(&mut scene.lab, 40.0);
    assert!(seen(Outcome::Balancer504) > 100, "connections to the lost zone are given up after ten seconds");
    scene.lab.pass(100.0);
    let states = health(&mut scene);
    assert_eq!(states.iter().filter(|(_, _, reason)| reason == "Target.Timeout").count(), 1, "{states:?}");
    scene.lab.pass(400.0);
    assert!(health(&mut scene).iter().all(|(_, state, _)| state == "healthy"));
}

#[test]
fn a_killed_instance_is_gone_and_is_replaced() {
    let mut scene = scene();
    let victim = members(&mut scene.lab).remove(0);
    let fault = inject(&mut scene.lab, json!({"Fault": "KillInstance", "InstanceId": victim}));
    assert_eq!(fault["State"], "over");
    scene.lab.pass(600.0);
    let after = members(&mut scene.lab);
    assert_eq!(after.len(), 2);
    assert!(!after.contains(&victim));
}

#[test]
fn a_closed_security_group_shuts_visitors_out_and_lets_them_in_again() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    scene.lab.pass(30.0);
    let groups = scene.lab.ask(REGION, "ec2", "DescribeSecurityGroups", json!({})).expect("groups");
    let groups = groups["SecurityGroups"].as_array().cloned().unwrap_or_default();
    let web = groups.iter().find(|group| group["GroupName"] == "web").expect("the group").clone();
    let fault = inject(&mut scene.lab, json!({"Fault": "CloseSecurityGroup", "GroupId": web["GroupId"]}));
    scene.lab.pass(20.0);
    let seen = outcomes(&mut scene.lab, 20.0);
    assert_eq!(
        (seen(Outcome::Success), seen(Outcome::TimedOut) > 300),
        (0, true),
        "packets are dropped at the balancer"
    );
    clear(&mut scene.lab, &fault);
    scene.lab.pass(20.0);
    let seen = outcomes(&mut scene.lab, 20.0);
    assert!(seen(Outcome::Success) > 300);
}

#[test]
fn slow_programs_full_cpus_and_slow_networks_show_in_the_response_times() {
    let median = |fault: Option<Value>| {
        let mut scene = scene();
        send(&mut scene.lab, &scene.balancer, 4.0);
        if let Some(fault) = fault {
            inject(&mut scene.lab, fault);
        }
        scene.lab.pass(300.0);
        let points = scene.lab.history().points();
        let medians: Vec<f64> = points.iter().rev().take(20).filter_map(|point| Some(point.latency?[0])).collect();
        let cpu = points.last().and_then(|point| point.cpu_percent).expect("servers");
        (medians.iter().sum::<f64>() / medians.len() as f64, cpu)
    };
    let whole = |fault: &str| json!({"Fault": fault, "AutoScalingGroupName": "web-asg"});
    let (usual, cpu) = median(None);
    let (slow, _) = median(Some(json!({"Fault": "SlowApp", "AutoScalingGroupName": "web-asg", "Factor": 3.0})));
    assert!((slow / usual - 3.0).abs() < 0.6, "{slow} instead of {usual}");
    let (filled, filled_cpu) = median(Some(whole("FillCpu")));
    assert!(
        filled / usual > 8.0 && filled_cpu > 89.0 && cpu < 20.0,
        "{filled} instead of {usual}, {filled_cpu} %, {cpu} %"
    );
    let (far, _) = median(Some(whole("SlowNetwork")));
    assert!((far - usual - 0.2).abs() < 0.02, "{far} instead of {usual}");
}

#[test]
fn a_planned_fault_begins_and_ends_by_itself_and_a_replay_meets_it_again() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    let planned =
        json!({"Fault": "CrashApp", "AutoScalingGroupName": "web-asg", "StartSeconds": 60, "DurationSeconds": 30});
    assert_eq!(inject(&mut scene.lab, planned)["State"], "planned");
    let state = |lab: &mut Lab| {
        let faults = lab.ask(REGION, "lab", "DescribeFaults", json!({})).expect("faults");
        faults["Faults"][0]["State"].as_str().expect("a state").to_owned()
    };
    for (seconds, expected) in [(59.0, "planned"), (2.0, "active"), (28.0, "active"), (2.0, "over")] {
        scene.lab.pass(seconds);
        assert_eq!(state(&mut scene.lab), expected);
    }
    let error = scene.lab.ask(REGION, "lab", "ClearFault", json!({"FaultId": "fault-9"})).expect_err("no such fault");
    assert_eq!(error.code, "FaultNotFound");
    scene.lab.pass(60.0);
    assert_eq!(Session::replay(scene.lab.journal()).digest(), scene.lab.digest());
}

#[test]
fn a_fault_without_sense_is_refused_with_what_is_wrong() {
    let mut lab = Lab::default();
    for (fault, words) in [
        (json!({"Fault": "Earthquake"}), "There is no fault Earthquake. There are KillInstance, "),
        (json!({"Fault": "CrashApp"}), "InstanceId, AutoScalingGroupName or AvailabilityZone must say"),
        (json!({"Fault": "CrashApp", "AutoScalingGroupName": "no"}), "There is no Auto Scaling group no"),
        (json!({"Fault": "KillInstance"}), "InstanceId is required"),
        (json!({"Fault": "LoseZone", "AvailabilityZone": "us-east-1z"}), "There is no zone us-east-1z."),
        (
            json!({"Fault": "FillCpu", "AvailabilityZone": "us-east-1a", "Percent": 100}),
            "Percent must be between 1 and 99",
        ),
        (json!({"Fault": "CloseSecurityGroup", "GroupId": "sg-1"}), "The security group 'sg-1' does not exist"),
        (
            json!({"Fault": "LoseZone", "AvailabilityZone": "us-east-1a", "StartSeconds": 1e9}),
            "StartSeconds must be between",
        ),
    ] {
        let ApiError { message, .. } = lab.ask(REGION, "lab", "InjectFault", fault.clone()).expect_err("a refusal");
        assert!(message.starts_with(words), "{fault}: {message}");
    }
}
