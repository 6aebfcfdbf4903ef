//! Targets: registration, draining, and what is not used (User Guide, "Target groups", "Edit target group attributes").
use serde_json::json;

use super::{Scene, ask, forward_to};

/// "Deregistration delay": a target is `draining` until the delay has passed, 300 s by default, even if nothing is under way; it gets no new
/// requests.
#[test]
fn a_deregistered_target_drains_for_the_whole_delay() {
    let mut scene = Scene::with_servers("ab");
    let request = json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": scene.servers[0]}]});
    scene.elb("DeregisterTargets", request);
    let draining = ["draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"];
    assert_eq!(scene.health()[0], draining);
    for _ in 0..29 {
        scene.lab.pass(10.0);
        assert_eq!(scene.visit("/")["Server"], scene.servers[1].as_str());
    }
    scene.lab.pass(9.0);
    assert_eq!(scene.health()[0], draining);
    scene.lab.pass(1.0);
    assert_eq!(scene.health().len(), 1);
    let request = json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": scene.servers[0]}]});
    let answer = scene.elb("DescribeTargetHealth", request);
    assert_eq!(answer["TargetHealthDescriptions"][0]["TargetHealth"]["Reason"], "Target.NotRegistered");
}

/// `RegisterTargets`: a target that drains can be registered anew, and starts as a new one.
#[test]
fn a_draining_target_can_be_registered_anew() {
    let mut scene = Scene::with_servers("a");
    let request = json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": scene.servers[0]}]});
    scene.elb("DeregisterTargets", request.clone());
    scene.elb("RegisterTargets", request);
    assert_eq!(scene.first(), ["initial", "Elb.RegistrationInProgress"]);
    scene.lab.pass(400.0);
    assert_eq!(scene.health().len(), 1, "the end of the former delay takes nothing away");
    assert_eq!(scene.first(), ["healthy", ""]);
}

/// `DeregisterTargets`: "If the specified target does not exist, the action returns successfully."
#[test]
fn to_deregister_what_is_not_registered_does_nothing() {
    let mut scene = Scene::with_servers("a");
    let request = json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": "i-0123456789abcdef0"}]});
    assert_eq!(scene.elb("DeregisterTargets", request), json!({}));
    assert_eq!(scene.first(), ["healthy", ""]);
}

/// "Availability Zones": targets in a zone that is not enabled are registered and get no traffic; if all are such, visitors get 503.
#[test]
fn targets_in_a_zone_that_is_not_enabled_are_unused_until_it_is() {
    let mut scene = Scene::with_servers("c");
    let description = "Target is in an Availability Zone that is not enabled for the load balancer";
    assert_eq!(scene.health(), [["unused", "Target.NotInUse", description]]);
    assert_eq!(scene.visit("/")["StatusCode"], 503);
    let request = json!({"LoadBalancerArn": scene.load_balancer, "Subnets": scene.subnets[..3]});
    scene.elb("SetSubnets", request);
    scene.lab.pass(40.0);
    assert_eq!(scene.first(), ["healthy", ""]);
    assert_eq!(scene.visit("/")["StatusCode"], 200);
}

/// `Target.InvalidState`: "The target is in the stopped state" until it runs again, and then begins anew.
#[test]
fn a_stopped_instance_is_unused_and_is_checked_anew_when_it_runs() {
    let mut scene = Scene::with_servers("ab");
    ask(&mut scene.lab, "ec2", "StopInstances", json!({"InstanceIds": [scene.servers[0]]}));
    scene.lab.pass(90.0);
    assert_eq!(scene.health()[0], ["unused", "Target.InvalidState", "Target is in the stopped state"]);
    ask(&mut scene.lab, "ec2", "StartInstances", json!({"InstanceIds": [scene.servers[0]]}));
    scene.lab.pass(5.0);
    assert_eq!(scene.first()[0], "initial");
    scene.lab.pass(240.0);
    assert_eq!(scene.first(), ["healthy", ""]);
    ask(&mut scene.lab, "ec2", "TerminateInstances", json!({"InstanceIds": [scene.servers[0]]}));
    scene.lab.pass(60.0);
    assert_eq!(scene.health()[0], ["unused", "Target.InvalidState", "Target is in the terminated state"]);
    scene.lab.pass(3_700.0);
    assert_eq!(scene.health().len(), 1, "the instance has disappeared, and its registration with it");
}

/// `TargetDescription`: "You can register a target multiple times with a target group by using different ports."
#[test]
fn an_instance_can_be_registered_on_several_ports() {
    let mut scene = Scene::with_servers("a");
    let targets = json!([{"Id": scene.servers[0], "Port": 8080}]);
    let request = json!({"TargetGroupArn": scene.target_group, "Targets": targets});
    scene.elb("RegisterTargets", request.clone());
    scene.elb("RegisterTargets", request.clone());
    assert_eq!(scene.health().len(), 2, "once for each port");
    scene.elb("DeregisterTargets", request);
    let states: Vec<String> = scene.health().into_iter().map(|[state, ..]| state).collect();
    assert_eq!(states, ["healthy", "draining"]);
}

/// `DeleteListener`: the target group stays, and nothing is sent to it any more.
#[test]
fn a_group_that_no_listener_uses_any_more_is_unused_at_once() {
    let mut scene = Scene::with_servers("a");
    scene.elb("DeleteListener", json!({"ListenerArn": scene.listener}));
    assert_eq!(scene.first(), ["unused", "Target.NotInUse"]);
    assert_eq!(scene.visit("/")["Outcome"], "ConnectionRefused");
    scene.listener = scene.listen(80, forward_to(&scene.target_group));
    assert_eq!(scene.first(), ["initial", "Elb.RegistrationInProgress"]);
}
