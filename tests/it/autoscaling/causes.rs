//! Each change of the desired capacity is recorded, and follows from what asked for it.
use scaling_lab::cloud::{Event, Fact};
use serde_json::{Value, json};

use super::{GROUP, Scene, text};
use crate::support::REGION;

/// The changes of the desired capacity since the `from`th event, each with the facts that it follows from.
fn changes(scene: &Scene, from: u64) -> Vec<(i64, i64, Vec<String>)> {
    let events = scene.cloud().events();
    let change = |event: &Event| match &event.fact {
        Fact::DesiredCapacityChanged { from, to, .. } => {
            let causes = events.chain(event.id).iter().skip(1).map(|cause| word(&cause.fact)).collect();
            Some((*from, *to, causes))
        }
        _ => None,
    };
    events.since(from).filter_map(change).collect()
}

/// The operation of a request; the name of another fact.
fn word(fact: &Fact) -> String {
    match fact {
        Fact::RequestReceived { operation, .. } => (*operation).to_owned(),
        other => format!("{other:?}").split(' ').next().unwrap_or_default().to_owned(),
    }
}

/// Asks, and returns the changes that the request itself made.
fn changes_by(scene: &mut Scene, operation: &str, parameters: Value) -> Vec<(i64, i64, Vec<String>)> {
    let before = scene.cloud().events().recorded();
    scene.asg(operation, parameters).unwrap_or_else(|error| panic!("{operation}: {error}"));
    changes(scene, before)
}

fn one(from: i64, to: i64, operation: &str) -> Vec<(i64, i64, Vec<String>)> {
    vec![(from, to, vec![operation.to_owned()])]
}

/// EnterStandby, ExitStandby, DetachInstances, AttachInstances, LaunchInstances, TerminateInstanceInAutoScalingGroup and
/// DeleteAutoScalingGroup: what they do to the desired capacity follows from them.
#[test]
fn a_request_that_moves_a_member_is_the_cause_of_the_desired_capacity() {
    let mut scene = Scene::with_group([0, 2, 4], json!({}));
    let id = scene.ids_in("InService").remove(0);
    let moved = json!({"InstanceIds": [id], "ShouldDecrementDesiredCapacity": true});
    assert_eq!(changes_by(&mut scene, "EnterStandby", moved.clone()), one(2, 1, "EnterStandby"));
    scene.settle();
    assert_eq!(changes_by(&mut scene, "ExitStandby", json!({"InstanceIds": [id]})), one(1, 2, "ExitStandby"));
    scene.settle();
    assert_eq!(changes_by(&mut scene, "DetachInstances", moved), one(2, 1, "DetachInstances"));
    scene.settle();
    assert_eq!(changes_by(&mut scene, "AttachInstances", json!({"InstanceIds": [id]})), one(1, 2, "AttachInstances"));
    scene.settle();
    let launch = json!({"RequestedCapacity": 1, "ClientToken": "once", "AvailabilityZones": ["us-east-1b"]});
    assert_eq!(changes_by(&mut scene, "LaunchInstances", launch), one(2, 3, "LaunchInstances"));
    scene.settle();
    let before = scene.cloud().events().recorded();
    let end = json!({"InstanceId": id, "ShouldDecrementDesiredCapacity": true});
    scene.ask(REGION, "autoscaling", "TerminateInstanceInAutoScalingGroup", end).expect("an end");
    assert_eq!(changes(&scene, before), one(3, 2, "TerminateInstanceInAutoScalingGroup"));
    let deleted = changes_by(&mut scene, "DeleteAutoScalingGroup", json!({"ForceDelete": true}));
    assert_eq!(deleted, one(2, 0, "DeleteAutoScalingGroup"));
}

/// EnterStandby, DetachInstances: "If the desired capacity is not decremented, the group launches an instance": because of that request.
#[test]
fn a_launch_in_place_of_a_moved_member_follows_from_the_move() {
    for operation in ["EnterStandby", "DetachInstances"] {
        let mut scene = Scene::with_group([1, 1, 2], json!({}));
        let id = scene.ids_in("InService").remove(0);
        let request = json!({"InstanceIds": [id], "ShouldDecrementDesiredCapacity": false});
        scene.asg(operation, request).expect("a move");
        scene.settle();
        let group = &scene.cloud().region(REGION).expect("the region").autoscaling.groups[GROUP];
        let is_launch = |activity: &&_| {
            let activity: &scaling_lab::cloud::autoscaling::Activity = activity;
            activity.description.starts_with("Launching")
        };
        let launch = group.activities.iter().find(is_launch).and_then(|activity| activity.event).expect("a cause");
        let chain: Vec<String> = scene.cloud().events().chain(launch).iter().map(|event| word(&event.fact)).collect();
        assert_eq!(chain, [operation]);
    }
}

/// EnterStandby, ExitStandby, DetachInstances, TerminateInstanceInAutoScalingGroup: an instance that is named twice moves once, and one
/// that has no part in the desired capacity does not lower it.
#[test]
fn an_instance_counts_once() {
    let mut scene = Scene::with_group([0, 2, 4], json!({}));
    let id = scene.ids_in("InService").remove(0);
    let twice = json!({"InstanceIds": [id, id], "ShouldDecrementDesiredCapacity": true});
    assert_eq!(changes_by(&mut scene, "EnterStandby", twice.clone()), one(2, 1, "EnterStandby"));
    scene.settle();
    let end = json!({"InstanceId": id, "ShouldDecrementDesiredCapacity": true});
    for _ in 0..2 {
        let answer = scene.ask(REGION, "autoscaling", "TerminateInstanceInAutoScalingGroup", end.clone());
        let cause = text(&answer.expect("an end")["Activity"]["Cause"]);
        assert!(cause.ends_with("was taken out of service in response to a user request."), "{cause}");
        assert_eq!(scene.desired(), 1);
    }
    scene.settle();
    let last = scene.ids_in("InService").remove(0);
    let twice = json!({"InstanceIds": [last, last], "ShouldDecrementDesiredCapacity": true});
    assert_eq!(changes_by(&mut scene, "DetachInstances", twice), one(1, 0, "DetachInstances"));
    scene.settle();
    let attach = json!({"InstanceIds": [last, last]});
    assert_eq!(changes_by(&mut scene, "AttachInstances", attach), one(0, 1, "AttachInstances"));
    assert_eq!(scene.members().len(), 1);
}

/// "Scheduled scaling": each run follows from the request for the action, not from the run before.
#[test]
fn each_run_of_a_scheduled_action_follows_from_the_request_for_it() {
    let mut scene = Scene::with_group([0, 0, 4], json!({}));
    for (name, minute, desired) in [("up", 0, 2), ("down", 30, 0)] {
        let recurrence = format!("{minute} * * * *");
        let request = json!({"ScheduledActionName": name, "Recurrence": recurrence, "DesiredCapacity": desired});
        scene.asg("PutScheduledUpdateGroupAction", request).expect("an action");
    }
    let before = scene.cloud().events().recorded();
    scene.pass(3.0 * 3_600.0 + 60.0);
    let causes: Vec<Vec<String>> = changes(&scene, before).into_iter().map(|(_, _, causes)| causes).collect();
    assert_eq!(causes, vec![vec!["ScheduledActionRan".to_owned(), "PutScheduledUpdateGroupAction".to_owned()]; 5]);
}

/// "Health checks for instances": what takes the place of an unhealthy instance, and the end of that one, follow from the finding; and
/// later findings do not follow from earlier ones.
#[test]
fn a_replacement_follows_from_what_was_found() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    for _ in 0..3 {
        let id = scene.ids_in("InService").remove(0);
        scene.terminate(&id);
        scene.until("it is noticed", |scene| scene.state(&id).is_empty());
        scene.settle();
        let launched = scene.cloud().region(REGION).expect("the region").autoscaling.groups[GROUP].activities[0].event;
        let chain = scene.cloud().events().chain(launched.expect("a cause"));
        let words: Vec<String> = chain.iter().map(|event| word(&event.fact)).collect();
        assert_eq!(words, ["MemberUnhealthy", "InstanceStateChanged", "TerminateInstances"]);
        assert!(chain[..2].iter().all(|event| event.fact.concerns(&id)), "{chain:?}");
    }
}

/// The facts that the newest finding of a group's health check follows from, itself first.
fn newest_finding(scene: &Scene) -> Vec<&Event> {
    let events = scene.cloud().events();
    let found = events.iter().rev().find(|event| matches!(event.fact, Fact::MemberUnhealthy { .. }));
    events.chain(found.expect("a finding").id)
}

/// "Health checks for instances", "Elastic Load Balancing health checks": what is found behind a balancer follows from the target's change
/// of health.
#[test]
fn a_finding_behind_a_balancer_follows_from_the_health_of_the_target() {
    let mut scene = Scene::new();
    let arn = super::timelines::balance(&mut scene, "/");
    let settings = json!({"TargetGroupARNs": [arn], "HealthCheckType": "ELB", "HealthCheckGracePeriod": 60});
    scene.create([2, 2, 3], settings).expect("a group");
    scene.pass(900.0);
    let id = scene.ids_in("InService").remove(0);
    let fault = json!({"Fault": "BreakHealthPath", "InstanceId": id});
    scene.ask(REGION, "lab", "InjectFault", fault).expect("a fault");
    scene.until("it is noticed", |scene| scene.state(&id) != "InService");
    let chain = newest_finding(&scene);
    assert!(chain[0].fact.concerns(&id), "{chain:?}");
    let Fact::TargetHealthChanged { instance_id, state, reason, .. } = &chain[1].fact else { panic!("{chain:?}") };
    assert_eq!((instance_id, *state, reason.as_str()), (&id, "unhealthy", "Target.ResponseCodeMismatch"));
}

/// "Health checks for instances", "Amazon EC2 health checks": a finding of impaired status checks follows from the loss of the zone.
#[test]
fn a_finding_of_impaired_status_checks_follows_from_the_loss_of_the_zone() {
    let mut scene = Scene::with_group([2, 2, 4], json!({}));
    scene.pass(600.0);
    let fault = json!({"Fault": "LoseZone", "AvailabilityZone": "us-east-1b"});
    scene.ask(REGION, "lab", "InjectFault", fault).expect("a fault");
    scene.until("it is noticed", |scene| scene.ids_in("InService").len() < 2);
    let chain = newest_finding(&scene);
    let Fact::ZoneChanged { zone, is_reachable } = &chain[1].fact else { panic!("{chain:?}") };
    assert_eq!((zone.as_str(), *is_reachable), ("us-east-1b", false));
}
