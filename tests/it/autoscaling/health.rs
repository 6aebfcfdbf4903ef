//! Health checks and replacement. EC2 Auto Scaling User Guide, "Health checks for instances in an Auto Scaling group".
use serde_json::{Value, json};

use super::{GROUP, Scene, refusal};
use crate::support::REGION;

fn say(scene: &mut Scene, id: &str, status: &str) -> Result<Value, scaling_lab::api::ApiError> {
    let request = json!({"InstanceId": id, "HealthStatus": status, "ShouldRespectGracePeriod": false});
    scene.ask(REGION, "autoscaling", "SetInstanceHealth", request)
}

/// "Health check grace period": an instance that does not run is replaced even within the grace period.
#[test]
fn a_stopped_instance_is_replaced_within_the_grace_period() {
    let mut scene = Scene::with_group([1, 1, 2], json!({"HealthCheckGracePeriod": 7_200}));
    let id = scene.ids_in("InService").remove(0);
    scene.ask(REGION, "ec2", "StopInstances", json!({"InstanceIds": [id]})).expect("a stop");
    let seconds = scene.until("the group notices", |scene| scene.state(&id) == "Terminating");
    assert!(seconds <= 95, "noticed after {seconds} s");
    scene.pass(300.0);
    assert_eq!(scene.ids_in("InService").len(), 1);
    assert!(scene.has_cause("in response to an EC2 health check indicating it has been terminated or stopped."));
    assert!(scene.has_cause("an instance was launched in response to an unhealthy instance needing to be replaced."));
}

/// SetInstanceHealth: `ShouldRespectGracePeriod` keeps an instance within the grace period.
#[test]
fn a_custom_health_check_respects_the_grace_period_if_asked_to() {
    let mut scene = Scene::with_group([1, 1, 2], json!({"HealthCheckGracePeriod": 7_200}));
    let id = scene.ids_in("InService").remove(0);
    let request = json!({"InstanceId": id, "HealthStatus": "Unhealthy"});
    scene.ask(REGION, "autoscaling", "SetInstanceHealth", request).expect("a word");
    scene.pass(120.0);
    assert_eq!(scene.state(&id), "InService");
    say(&mut scene, &id, "Unhealthy").expect("a word");
    scene.pass(120.0);
    assert!(scene.state(&id).is_empty());
}

/// SetInstanceHealth: an instance that is being terminated is not healthy again.
#[test]
fn a_terminating_instance_cannot_be_called_healthy() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let id = scene.ids_in("InService").remove(0);
    say(&mut scene, &id, "Unhealthy").expect("a word");
    scene.until("it is taken out", |scene| scene.state(&id) == "Terminating");
    assert!(refusal(say(&mut scene, &id, "Healthy")).contains("is being terminated"));
}

/// "Suspend processes": with `ReplaceUnhealthy` suspended an unhealthy instance is marked and stays; resumed, it is replaced.
#[test]
fn an_unhealthy_instance_stays_while_replacement_is_suspended() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let id = scene.ids_in("InService").remove(0);
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["ReplaceUnhealthy"]})).expect("a suspension");
    say(&mut scene, &id, "Unhealthy").expect("a word");
    scene.pass(300.0);
    assert_eq!(scene.members()[0]["HealthStatus"], "Unhealthy");
    assert_eq!(scene.group()["SuspendedProcesses"][0]["ProcessName"], "ReplaceUnhealthy");
    scene.asg("ResumeProcesses", json!({})).expect("no suspension");
    scene.pass(300.0);
    assert!(scene.state(&id).is_empty());
}

/// "Suspend processes": with `HealthCheck` suspended a stopped instance is not noticed, and a word by hand still counts.
#[test]
fn a_suspended_health_check_still_honours_a_word_by_hand() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let id = scene.ids_in("InService").remove(0);
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["HealthCheck"]})).expect("a suspension");
    scene.ask(REGION, "ec2", "StopInstances", json!({"InstanceIds": [id]})).expect("a stop");
    scene.pass(600.0);
    assert_eq!(scene.state(&id), "InService");
    say(&mut scene, &id, "Unhealthy").expect("a word");
    scene.pass(120.0);
    assert_ne!(scene.state(&id), "InService");
}

/// "Suspend processes": with `Launch` suspended an unhealthy instance is terminated and not replaced.
#[test]
fn an_unhealthy_instance_is_terminated_while_launches_are_suspended() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let id = scene.ids_in("InService").remove(0);
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["Launch"]})).expect("a suspension");
    say(&mut scene, &id, "Unhealthy").expect("a word");
    scene.pass(600.0);
    assert_eq!(scene.members(), Vec::<Value>::new());
    scene.asg("ResumeProcesses", json!({"ScalingProcesses": ["Launch"]})).expect("no suspension");
    scene.pass(120.0);
    assert_eq!(scene.ids_in("InService").len(), 1);
}

/// "Instance maintenance policies": with a minimum of 100 per cent the replacement is launched before the old one is terminated.
#[test]
fn a_maintenance_policy_launches_before_it_terminates() {
    let policy = json!({"MinHealthyPercentage": 100, "MaxHealthyPercentage": 200});
    let mut scene = Scene::with_group([1, 1, 2], json!({"InstanceMaintenancePolicy": policy}));
    let id = scene.ids_in("InService").remove(0);
    say(&mut scene, &id, "Unhealthy").expect("a word");
    scene.until("there are two", |scene| scene.members().len() == 2);
    assert_eq!(scene.state(&id), "InService");
    scene.settle();
    assert!(scene.state(&id).is_empty() && scene.ids_in("InService").len() == 1);
}

/// "Health checks": the health of the load balancer counts only if the group is told so, and not before some target has passed once.
#[test]
fn targets_that_never_passed_do_not_count_against_anybody() {
    let mut scene = Scene::new();
    let arn = super::timelines::balance(&mut scene, "/nothing-here");
    scene.create([2, 2, 3], json!({"TargetGroupARNs": [arn], "HealthCheckType": "ELB"})).expect("a group");
    scene.pass(1_800.0);
    let states = scene.asg("DescribeLoadBalancerTargetGroups", json!({})).expect("states");
    assert_eq!(states["LoadBalancerTargetGroups"][0]["State"], "Added");
    assert_eq!(scene.activities().len(), 2, "two launches and no more: {:#?}", scene.activities());
    assert!(scene.group()["AutoScalingGroupName"] == GROUP);
}

/// "Suspend processes": with `Terminate` suspended nothing is replaced and nothing scales in; resumed, both are made up for.
#[test]
fn nothing_ends_while_terminations_are_suspended() {
    let mut scene = Scene::with_group([1, 3, 4], json!({}));
    let id = scene.ids_in("InService").remove(0);
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["Terminate"]})).expect("a suspension");
    say(&mut scene, &id, "Unhealthy").expect("a word");
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 2})).expect("a change");
    scene.pass(900.0);
    assert_eq!((scene.ids_in("InService").len(), scene.activities().len()), (3, 3));
    scene.asg("ResumeProcesses", json!({})).expect("no suspension");
    scene.pass(300.0);
    assert!(scene.state(&id).is_empty());
    assert_eq!(scene.ids_in("InService").len(), 2);
}
