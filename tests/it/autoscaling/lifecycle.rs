//! Lifecycle hooks. EC2 Auto Scaling User Guide, "Amazon EC2 Auto Scaling lifecycle hooks".
use serde_json::json;

use super::{Scene, refusal};

const LAUNCHING: &str = "autoscaling:EC2_INSTANCE_LAUNCHING";
const TERMINATING: &str = "autoscaling:EC2_INSTANCE_TERMINATING";

fn hook(scene: &mut Scene, transition: &str, heartbeat: i64, result: &str) {
    let request = json!({"LifecycleHookName": "hook", "LifecycleTransition": transition, "HeartbeatTimeout": heartbeat,
        "DefaultResult": result});
    scene.asg("PutLifecycleHook", request).expect("a hook");
}

fn complete(scene: &mut Scene, id: &str, result: &str) {
    let request = json!({"LifecycleHookName": "hook", "InstanceId": id, "LifecycleActionResult": result});
    scene.asg("CompleteLifecycleAction", request).expect("an end");
}

fn grow(scene: &mut Scene) {
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 1})).expect("a change");
}

/// "How lifecycle hooks work": a launch waits, proceeds when it is told to, and is in service.
#[test]
fn a_launch_waits_for_its_hook() {
    let mut scene = Scene::with_group([0, 0, 2], json!({}));
    hook(&mut scene, LAUNCHING, 300, "ABANDON");
    grow(&mut scene);
    scene.until("it waits", |scene| !scene.ids_in("Pending:Wait").is_empty());
    let id = scene.ids_in("Pending:Wait").remove(0);
    assert_eq!(scene.activities()[0]["StatusCode"], "MidLifecycleAction");
    scene.pass(120.0);
    assert_eq!(scene.state(&id), "Pending:Wait");
    complete(&mut scene, &id, "CONTINUE");
    assert_eq!(scene.state(&id), "Pending:Proceed");
    scene.pass(5.0);
    assert_eq!(scene.state(&id), "InService");
}

/// "How lifecycle hooks work": an abandoned launch is terminated and replaced; the activity says so.
#[test]
fn an_abandoned_launch_is_replaced() {
    let mut scene = Scene::with_group([0, 0, 2], json!({}));
    hook(&mut scene, LAUNCHING, 300, "ABANDON");
    grow(&mut scene);
    scene.until("it waits", |scene| !scene.ids_in("Pending:Wait").is_empty());
    let id = scene.ids_in("Pending:Wait").remove(0);
    complete(&mut scene, &id, "ABANDON");
    scene.until("another one waits", |scene| scene.ids_in("Pending:Wait").first().is_some_and(|other| *other != id));
    let abandoned = scene.activities().into_iter().find(|activity| activity["StatusCode"] == "Cancelled").expect("one");
    let message = super::text(&abandoned["StatusMessage"]);
    assert!(
        message.starts_with("Instance failed to complete user's Lifecycle Action: Lifecycle Action with token "),
        "{message}"
    );
    assert!(message.ends_with(" was abandoned: Lifecycle Action Completed with ABANDON Result"), "{message}");
}

/// PutLifecycleHook: silence counts as the default result after the heartbeat timeout; a heartbeat prolongs the wait.
#[test]
fn silence_is_the_default_result_and_a_heartbeat_prolongs_the_wait() {
    let mut scene = Scene::with_group([0, 0, 2], json!({}));
    hook(&mut scene, LAUNCHING, 60, "CONTINUE");
    grow(&mut scene);
    scene.until("it waits", |scene| !scene.ids_in("Pending:Wait").is_empty());
    let id = scene.ids_in("Pending:Wait").remove(0);
    scene.pass(50.0);
    scene
        .asg("RecordLifecycleActionHeartbeat", json!({"LifecycleHookName": "hook", "InstanceId": id}))
        .expect("a beat");
    scene.pass(50.0);
    assert_eq!(scene.state(&id), "Pending:Wait");
    scene.pass(15.0);
    assert_eq!(scene.state(&id), "InService");
}

/// "How lifecycle hooks work": a termination waits too, and both results let it go on.
#[test]
fn a_termination_waits_for_its_hook_and_goes_on_whatever_the_result() {
    for result in ["CONTINUE", "ABANDON"] {
        let mut scene = Scene::with_group([0, 1, 2], json!({}));
        hook(&mut scene, TERMINATING, 300, "CONTINUE");
        let id = scene.ids_in("InService").remove(0);
        scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 0})).expect("a change");
        scene.until("it waits", |scene| scene.state(&id) == "Terminating:Wait");
        complete(&mut scene, &id, result);
        assert_eq!(scene.state(&id), "Terminating:Proceed");
        scene.pass(90.0);
        assert_eq!(scene.members().len(), 0, "{result}");
    }
}

/// DescribeLifecycleHooks: the global timeout is 48 hours or a hundred heartbeats, whichever is shorter.
#[test]
fn the_global_timeout_is_a_hundred_heartbeats_or_two_days() {
    let mut scene = Scene::with_group([0, 0, 2], json!({}));
    for (heartbeat, global) in [(60, 6_000), (3_600, 172_800)] {
        hook(&mut scene, LAUNCHING, heartbeat, "ABANDON");
        let hooks = scene.asg("DescribeLifecycleHooks", json!({})).expect("hooks")["LifecycleHooks"].clone();
        assert_eq!(hooks[0]["GlobalTimeout"], global);
    }
    let wrong = json!({"LifecycleHookName": "hook", "HeartbeatTimeout": 10});
    assert!(refusal(scene.asg("PutLifecycleHook", wrong)).contains("greater than or equal to 30"));
    scene.asg("DeleteLifecycleHook", json!({"LifecycleHookName": "hook"})).expect("an end");
    let none = json!({"LifecycleHookName": "hook", "InstanceId": "i-1", "LifecycleActionResult": "CONTINUE"});
    assert!(refusal(scene.asg("CompleteLifecycleAction", none)).contains("is not part of Auto Scaling group"));
}
