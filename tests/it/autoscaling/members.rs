//! Standby, attaching, detaching, and members by hand.
use serde_json::json;

use super::{GROUP, Scene, refusal, text};
use crate::support::REGION;

/// EnterStandby and ExitStandby: out of service and back, with the desired capacity down and up again.
#[test]
fn a_member_goes_into_standby_and_comes_back() {
    let mut scene = Scene::with_group([1, 2, 3], json!({}));
    let id = scene.ids_in("InService").remove(0);
    let request = json!({"InstanceIds": [id], "ShouldDecrementDesiredCapacity": true});
    let answer = scene.asg("EnterStandby", request).expect("standby");
    assert_eq!(answer["Activities"][0]["Description"], format!("Moving EC2 instance to Standby: {id}").as_str());
    assert!(
        text(&answer["Activities"][0]["Cause"])
            .ends_with("was moved to standby in response to a user request, shrinking the capacity from 2 to 1.")
    );
    scene.pass(10.0);
    assert_eq!((scene.state(&id).as_str(), scene.desired()), ("Standby", 1));
    scene.ask(REGION, "ec2", "StopInstances", json!({"InstanceIds": [id]})).expect("a stop");
    scene.pass(300.0);
    assert_eq!(scene.state(&id), "Standby", "instances in standby are not checked");
    scene.ask(REGION, "ec2", "StartInstances", json!({"InstanceIds": [id]})).expect("a start");
    scene.pass(120.0);
    scene.asg("ExitStandby", json!({"InstanceIds": [id]})).expect("service");
    assert_eq!((scene.state(&id).as_str(), scene.desired()), ("Pending", 2));
    scene.settle();
    assert_eq!(scene.state(&id), "InService");
}

/// EnterStandby: without a decrement the group launches another one.
#[test]
fn standby_without_a_decrement_launches_another_one() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let id = scene.ids_in("InService").remove(0);
    let request = json!({"InstanceIds": [id], "ShouldDecrementDesiredCapacity": false});
    scene.asg("EnterStandby", request).expect("standby");
    scene.settle();
    assert_eq!((scene.members().len(), scene.ids_in("InService").len(), scene.desired()), (2, 1, 1));
}

/// DetachInstances: a detached instance keeps running and is no member; without a decrement it is replaced.
#[test]
fn a_detached_instance_runs_on() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let id = scene.ids_in("InService").remove(0);
    let too_few = scene.asg("DetachInstances", json!({"InstanceIds": [id], "ShouldDecrementDesiredCapacity": true}));
    assert!(
        refusal(too_few)
            .starts_with("AutoScalingGroup web has min-size=1, max-size=2, and desired-size=1. To detach 1 instance")
    );
    let answer = scene.asg("DetachInstances", json!({"InstanceIds": [id], "ShouldDecrementDesiredCapacity": false}));
    let cause = text(&answer.expect("a detachment")["Activities"][0]["Cause"]);
    assert!(cause.ends_with(&format!("instance {id} was detached in response to a user request.")), "{cause}");
    scene.settle();
    assert!(scene.state(&id).is_empty() && scene.ids_in("InService").len() == 1);
    let found = scene.ask(REGION, "ec2", "DescribeInstances", json!({"InstanceIds": [id]})).expect("it");
    assert_eq!(found["Reservations"][0]["Instances"][0]["State"]["Name"], "running");
}

/// AttachInstances: a running instance becomes a member and raises the desired capacity; an instance has one group only.
#[test]
fn a_running_instance_can_be_attached() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let request = json!({"LaunchTemplate": {"LaunchTemplateName": "web"}, "MinCount": 1, "MaxCount": 1, "SubnetId": scene.subnets[1].clone()});
    let launched = scene.ask(REGION, "ec2", "RunInstances", request).expect("an instance");
    let id = text(&launched["Instances"][0]["InstanceId"]);
    assert!(refusal(scene.asg("AttachInstances", json!({"InstanceIds": [id]}))).contains("must be in 'running' state"));
    scene.settle();
    scene.asg("AttachInstances", json!({"InstanceIds": [id]})).expect("an attachment");
    assert_eq!(scene.desired(), 2);
    assert!(scene.has_cause("an instance was added in response to user request. Keeping the capacity at the new 2."));
    scene.settle();
    assert_eq!(scene.state(&id), "InService");
    assert_eq!(
        refusal(scene.asg("AttachInstances", json!({"InstanceIds": [id]}))),
        format!("The Instance: {id} is already part of AutoScalingGroup:{GROUP}")
    );
}

/// TerminateInstanceInAutoScalingGroup: with a decrement the group shrinks, without one the instance is replaced.
#[test]
fn a_member_is_ended_by_hand_with_or_without_a_replacement() {
    let mut scene = Scene::with_group([1, 2, 3], json!({}));
    let ids = scene.ids_in("InService");
    let end = |scene: &mut Scene, id: &str, decrements: bool| {
        let request = json!({"InstanceId": id, "ShouldDecrementDesiredCapacity": decrements});
        scene.ask(REGION, "autoscaling", "TerminateInstanceInAutoScalingGroup", request)
    };
    let activity = end(&mut scene, &ids[0], true).expect("an end")["Activity"].clone();
    let words = format!(
        "instance {} was taken out of service in response to a user request, shrinking the capacity from 2 to 1.",
        ids[0]
    );
    assert!(text(&activity["Cause"]).ends_with(&words), "{activity}");
    scene.settle();
    assert!(refusal(end(&mut scene, &ids[1], true)).starts_with("Currently, desiredSize equals minSize (1)."));
    end(&mut scene, &ids[1], false).expect("an end");
    scene.settle();
    assert_eq!((scene.desired(), scene.ids_in("InService").len()), (1, 1));
}

/// DescribeAutoScalingInstances writes health in capitals, DescribeAutoScalingGroups does not.
#[test]
fn health_is_written_in_two_ways() {
    let mut scene = Scene::with_group([1, 1, 1], json!({}));
    let found = scene.ask(REGION, "autoscaling", "DescribeAutoScalingInstances", json!({})).expect("members");
    assert_eq!(found["AutoScalingInstances"][0]["HealthStatus"], "HEALTHY");
    assert_eq!(scene.members()[0]["HealthStatus"], "Healthy");
}

/// LaunchInstances launches at once, says what it launched, and raises the desired capacity.
#[test]
fn instances_can_be_launched_at_once() {
    let mut scene = Scene::with_group([0, 0, 3], json!({}));
    let request = json!({"RequestedCapacity": 2, "ClientToken": "once", "AvailabilityZones": ["us-east-1b"]});
    let answer = scene.asg("LaunchInstances", request).expect("launches");
    assert_eq!(answer["Instances"][0]["InstanceIds"].as_array().map(Vec::len), Some(2));
    scene.settle();
    assert_eq!((scene.desired(), scene.zones("ab")), (2, vec![0, 2]));
}

/// MaxInstanceLifetime: an instance that is a day old is replaced.
#[test]
fn an_instance_beyond_its_lifetime_is_replaced() {
    let mut scene = Scene::with_group([1, 1, 2], json!({"MaxInstanceLifetime": 86_400}));
    let id = scene.ids_in("InService").remove(0);
    scene.pass(86_000.0);
    assert_eq!(scene.state(&id), "InService");
    scene.pass(700.0);
    assert!(scene.state(&id).is_empty() && scene.ids_in("InService").len() == 1);
}

/// "Use instance scale-in protection": it is lost when an instance is detached; one that is attached has what the group says at that time.
#[test]
fn a_detached_instance_loses_its_protection() {
    for inherits in [false, true] {
        let mut scene = Scene::with_group([0, 1, 2], json!({}));
        let id = scene.ids_in("InService").remove(0);
        scene
            .asg("SetInstanceProtection", json!({"InstanceIds": [id], "ProtectedFromScaleIn": true}))
            .expect("protection");
        assert_eq!(scene.members()[0]["ProtectedFromScaleIn"], true);
        scene
            .asg("DetachInstances", json!({"InstanceIds": [id], "ShouldDecrementDesiredCapacity": true}))
            .expect("an end");
        scene.settle();
        scene.update(json!({"NewInstancesProtectedFromScaleIn": inherits}));
        scene.asg("AttachInstances", json!({"InstanceIds": [id]})).expect("a member");
        scene.settle();
        let members = scene.members();
        assert_eq!((&members[0]["InstanceId"], &members[0]["ProtectedFromScaleIn"]), (&json!(id), &json!(inherits)));
    }
}
