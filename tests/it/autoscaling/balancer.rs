//! Groups behind a load balancer. EC2 Auto Scaling User Guide, "Use Elastic Load Balancing to distribute incoming application traffic".
use serde_json::{Value, json};

use super::timelines::balance;
use super::{Scene, text};
use crate::support::REGION;

/// A group of two behind a target group, both healthy there, with these settings.
fn behind(settings: Value) -> (Scene, String) {
    let mut scene = Scene::new();
    let arn = balance(&mut scene, "/");
    let mut request = json!({"TargetGroupARNs": [arn]});
    super::merge(&mut request, settings);
    scene.create([2, 2, 6], request).expect("a group");
    scene.settle();
    scene.until("both are healthy", |scene| targets(scene, &arn, "healthy").len() == 2);
    (scene, arn)
}

/// The targets in this state.
fn targets(scene: &mut Scene, arn: &str, state: &str) -> Vec<String> {
    let found = scene.ask(REGION, "elbv2", "DescribeTargetHealth", json!({"TargetGroupArn": arn})).expect("health");
    let all = found["TargetHealthDescriptions"].as_array().cloned().unwrap_or_default();
    let those = all.iter().filter(|target| target["TargetHealth"]["State"] == state);
    those.map(|target| text(&target["Target"]["Id"])).collect()
}

fn crash(scene: &mut Scene, id: &str) {
    scene.ask(REGION, "lab", "InjectFault", json!({"Fault": "CrashApp", "InstanceId": id})).expect("a fault");
}

/// "Health checks for instances": with the type EC2 the group never notices that a target is unhealthy.
#[test]
fn the_health_of_targets_is_nothing_to_a_group_of_the_type_ec2() {
    let (mut scene, arn) = behind(json!({"HealthCheckType": "EC2"}));
    let id = scene.ids_in("InService").remove(0);
    crash(&mut scene, &id);
    scene.pass(1_800.0);
    assert_eq!(targets(&mut scene, &arn, "unhealthy"), std::slice::from_ref(&id));
    assert_eq!((scene.state(&id), scene.activities().len()), ("InService".into(), 2));
}

/// "Health checks for instances": with the type ELB an unhealthy target is replaced on the next check.
#[test]
fn an_unhealthy_target_is_replaced_in_a_group_of_the_type_elb() {
    let (mut scene, arn) = behind(json!({"HealthCheckType": "ELB"}));
    scene.pass(120.0);
    let id = scene.ids_in("InService").remove(0);
    crash(&mut scene, &id);
    scene.until("the target is unhealthy", |scene| targets(scene, &arn, "unhealthy") == [id.clone()]);
    let seconds = scene.until("the group acts", |scene| scene.state(&id) != "InService");
    assert!(seconds <= 60, "acted after {seconds} s");
    scene.pass(900.0);
    assert!(scene.state(&id).is_empty() && scene.ids_in("InService").len() == 2);
    assert!(scene.has_cause("was taken out of service in response to an ELB system health check failure."));
}

/// "Set the health check grace period": it counts from `InService`; until it is over an unhealthy target stays.
#[test]
fn an_unhealthy_target_stays_for_the_grace_period() {
    let (mut scene, arn) = behind(json!({"HealthCheckType": "ELB", "HealthCheckGracePeriod": 1_800}));
    let id = scene.ids_in("InService").remove(0);
    crash(&mut scene, &id);
    scene.pass(1_200.0);
    assert_eq!((targets(&mut scene, &arn, "unhealthy"), scene.state(&id)), (vec![id.clone()], "InService".into()));
    let seconds = scene.until("the grace period is over", |scene| scene.state(&id) != "InService");
    assert!((300..=660).contains(&seconds), "{seconds} s later");
}

/// "Health checks for instances": if all targets are unhealthy, a tenth of the group is replaced at a time, one at least.
#[test]
fn unhealthy_targets_are_replaced_one_by_one() {
    let (mut scene, arn) = behind(json!({"HealthCheckType": "ELB", "DefaultInstanceWarmup": 60}));
    scene.pass(120.0);
    let old = scene.ids_in("InService");
    old.iter().for_each(|id| crash(&mut scene, id));
    scene.until("both are unhealthy", |scene| targets(scene, &arn, "unhealthy").len() == 2);
    scene.until("the first goes", |scene| old.iter().any(|id| scene.state(id) != "InService"));
    assert_eq!(old.iter().filter(|id| scene.state(id) == "InService").count(), 1, "one of two at a time");
    scene.until("both are replaced", |scene| {
        old.iter().all(|id| scene.state(id).is_empty()) && targets(scene, &arn, "healthy").len() == 2
    });
}

/// "Suspend processes", AddToLoadBalancer: instances launched meanwhile are not registered, and not added later either.
#[test]
fn instances_launched_while_nothing_is_added_are_never_added() {
    let (mut scene, arn) = behind(json!({}));
    let old = scene.ids_in("InService");
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["AddToLoadBalancer"]})).expect("a suspension");
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 3})).expect("a change");
    scene.settle();
    assert_eq!(scene.ids_in("InService").len(), 3);
    scene.asg("ResumeProcesses", json!({})).expect("no suspension");
    scene.pass(1_200.0);
    let registered = targets(&mut scene, &arn, "healthy");
    assert!(registered.len() == 2 && registered.iter().all(|id| old.contains(id)), "{registered:?}");
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 4})).expect("a change");
    scene.until("the next one is added", |scene| targets(scene, &arn, "healthy").len() == 3);
}

/// PredefinedMetricSpecification, ALBRequestCountPerTarget: the group keeps the requests a target gets in a minute near the value.
#[test]
fn a_group_scales_with_the_requests_of_each_target() {
    let (mut scene, arn) = behind(json!({"DefaultInstanceWarmup": 60}));
    let found = scene.ask(REGION, "elbv2", "DescribeLoadBalancers", json!({})).expect("balancers");
    let balancer = found["LoadBalancers"][0].clone();
    let tail = |arn: &str, mark: &str| arn.split_once(mark).map(|(_, tail)| tail.to_owned()).expect("an ARN");
    let label = format!(
        "{}/targetgroup/{}",
        tail(&text(&balancer["LoadBalancerArn"]), ":loadbalancer/"),
        tail(&arn, ":targetgroup/")
    );
    let metric = json!({"PredefinedMetricType": "ALBRequestCountPerTarget", "ResourceLabel": label});
    let configuration = json!({"TargetValue": 600.0, "PredefinedMetricSpecification": metric});
    let policy = json!({"PolicyName": "requests", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": configuration});
    scene.asg("PutScalingPolicy", policy).expect("a policy");
    // 2,400 requests a minute are 1,200 for each of two targets, and 600 for each of four.
    crate::main_job::send(&mut scene, &text(&balancer["DNSName"]), 38.0);
    let seconds = scene.until("the group grows", |scene| scene.desired() > 2);
    assert!((120..=300).contains(&seconds), "after {seconds} s");
    scene.pass(900.0);
    assert_eq!((scene.desired(), scene.ids_in("InService").len()), (4, 4));
    assert!(scene.has_cause("triggered policy requests changing the desired capacity from 2 to 4."));
}
