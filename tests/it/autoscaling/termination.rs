//! Who goes first at scale-in. EC2 Auto Scaling User Guide, "Configure termination policies".
use serde_json::json;

use super::Scene;
use crate::support::REGION;

fn new_version(scene: &mut Scene) {
    let data = json!({"Monitoring": {"Enabled": true}, "InstanceType": "t3.small"});
    let request = json!({"LaunchTemplateName": "web", "SourceVersion": "1", "LaunchTemplateData": data});
    scene.ask(REGION, "ec2", "CreateLaunchTemplateVersion", request).expect("a version");
}

fn scale_to(scene: &mut Scene, desired: i64) {
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": desired})).expect("a change");
    scene.settle();
}

/// "Default termination policy": the zone with the most, whatever the template versions are.
#[test]
fn the_zone_with_the_most_gives_first() {
    let mut scene = Scene::with_group([1, 3, 4], json!({}));
    assert_eq!(scene.zones("ab"), [2, 1]);
    scale_to(&mut scene, 2);
    assert_eq!(scene.zones("ab"), [1, 1]);
}

/// "Default termination policy": in balanced zones, the oldest version of the current template.
#[test]
fn the_oldest_version_of_the_template_goes_first() {
    let mut scene = Scene::with_group([1, 2, 4], json!({}));
    let old = scene.ids_in("InService");
    new_version(&mut scene);
    scale_to(&mut scene, 4);
    scale_to(&mut scene, 2);
    let left = scene.ids_in("InService");
    assert!(left.iter().all(|id| !old.contains(id)), "{old:?} {left:?}");
}

/// "Default termination policy": what came from a different template goes before the oldest version.
#[test]
fn a_different_template_goes_before_the_oldest_version() {
    let mut scene = Scene::with_group([1, 2, 4], json!({}));
    let old = scene.ids_in("InService");
    let images =
        scene.ask(REGION, "ec2", "DescribeLaunchTemplateVersions", json!({"LaunchTemplateName": "web"})).expect("one");
    let data = images["LaunchTemplateVersions"][0]["LaunchTemplateData"].clone();
    let request = json!({"LaunchTemplateName": "other", "LaunchTemplateData": data});
    scene.ask(REGION, "ec2", "CreateLaunchTemplate", request).expect("a template");
    scene.update(json!({"LaunchTemplate": {"LaunchTemplateName": "other", "Version": "1"}, "DesiredCapacity": 4}));
    scene.settle();
    scale_to(&mut scene, 2);
    assert!(scene.ids_in("InService").iter().all(|id| !old.contains(id)));
}

/// "OldestInstance" and "NewestInstance".
#[test]
fn the_oldest_or_the_newest_goes_as_the_policy_says() {
    for (policy, keeps_first) in [("OldestInstance", false), ("NewestInstance", true)] {
        let mut scene = Scene::with_group([1, 1, 4], json!({"TerminationPolicies": [policy]}));
        let first = scene.ids_in("InService").remove(0);
        scene.pass(120.0);
        scale_to(&mut scene, 2);
        scale_to(&mut scene, 1);
        assert_eq!(scene.ids_in("InService").contains(&first), keeps_first, "{policy}");
    }
}

/// "ClosestToNextInstanceHour": the one with the fewest minutes left of its hour.
#[test]
fn the_one_closest_to_its_next_hour_goes_first() {
    let mut scene = Scene::with_group([1, 1, 4], json!({"TerminationPolicies": ["ClosestToNextInstanceHour"]}));
    let first = scene.ids_in("InService").remove(0);
    scene.pass(3_600.0);
    scale_to(&mut scene, 2);
    scene.pass(1_800.0);
    scale_to(&mut scene, 1);
    // The second one has run half an hour, the first an hour and a half and some minutes more.
    assert!(!scene.ids_in("InService").contains(&first));
}

/// "Use instance scale-in protection": a protected instance stays; if all are protected, the desired capacity falls and nobody goes.
#[test]
fn protected_instances_stay_and_the_history_says_so() {
    let mut scene = Scene::with_group([0, 2, 4], json!({"NewInstancesProtectedFromScaleIn": true}));
    scale_to_without_settling(&mut scene, 1);
    assert_eq!((scene.desired(), scene.ids_in("InService").len()), (1, 2));
    let words = "Could not scale to desired capacity because all remaining instances are protected from scale-in.";
    assert_eq!(scene.activities().iter().filter(|one| one["Description"] == words).count(), 1);
    let ids = scene.ids_in("InService");
    let request = json!({"InstanceIds": [ids[1]], "ProtectedFromScaleIn": false});
    scene.asg("SetInstanceProtection", request).expect("no protection");
    scene.pass(120.0);
    assert_eq!(scene.ids_in("InService"), [ids[0].clone()]);
}

fn scale_to_without_settling(scene: &mut Scene, desired: i64) {
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": desired})).expect("a change");
    scene.pass(300.0);
}

/// "Use instance scale-in protection": it does not stop the replacement of an unhealthy instance.
#[test]
fn protection_does_not_save_an_unhealthy_instance() {
    let mut scene = Scene::with_group([1, 1, 1], json!({"NewInstancesProtectedFromScaleIn": true}));
    let id = scene.ids_in("InService").remove(0);
    let request = json!({"InstanceId": id, "HealthStatus": "Unhealthy"});
    scene.ask(REGION, "autoscaling", "SetInstanceHealth", request).expect("a word");
    scene.pass(180.0);
    assert!(scene.state(&id).is_empty() && scene.ids_in("InService").len() == 1);
    assert!(scene.has_cause("was taken out of service in response to a user health-check."));
}

/// DescribeTerminationPolicyTypes lists the policies; `Default` comes last in a list.
#[test]
fn the_default_policy_is_the_last_of_a_list() {
    let mut scene = Scene::new();
    let found = scene.ask(REGION, "autoscaling", "DescribeTerminationPolicyTypes", json!({})).expect("policies");
    assert_eq!(found["TerminationPolicyTypes"].as_array().map(Vec::len), Some(7));
    let wrong = scene.create([0, 0, 1], json!({"TerminationPolicies": ["Default", "OldestInstance"]}));
    assert!(super::refusal(wrong).contains("must be the last one"));
    scene.create([0, 0, 1], json!({"TerminationPolicies": ["OldestInstance", "Default"]})).expect("a group");
}

/// "AllocationStrategy" aligns a group with its allocation strategy. A group without mixed instances has none: the policy decides nothing,
/// the next one does, or the default.
#[test]
fn the_allocation_strategy_decides_nothing_without_mixed_instances() {
    for (policies, keeps_old) in
        [(json!(["AllocationStrategy", "NewestInstance"]), true), (json!(["AllocationStrategy"]), false)]
    {
        let mut scene = Scene::with_group([1, 2, 4], json!({"TerminationPolicies": policies}));
        let old = scene.ids_in("InService");
        new_version(&mut scene);
        scene.pass(120.0);
        scale_to(&mut scene, 4);
        scale_to(&mut scene, 2);
        let left = scene.ids_in("InService");
        assert_eq!(left.iter().all(|id| old.contains(id)), keeps_old, "{policies}: {old:?} {left:?}");
        assert_eq!(left.iter().any(|id| old.contains(id)), keeps_old, "{policies}: {old:?} {left:?}");
    }
}

/// "Create a custom termination policy with Lambda" and "Auto Scaling groups with multiple instance types" are refused by name.
#[test]
fn a_lambda_function_and_mixed_instances_are_refused_by_name() {
    let mut scene = Scene::new();
    let function = "arn:aws:lambda:us-east-1:123456789012:function:choose:1";
    let by_function = super::refusal(scene.create([0, 0, 1], json!({"TerminationPolicies": [function]})));
    assert_eq!(by_function, "A custom termination policy (a Lambda function) is not part of this lab.");
    let mixed = super::refusal(scene.create([0, 0, 1], json!({"MixedInstancesPolicy": {}})));
    assert!(mixed.contains("`MixedInstancesPolicy`) is not part of this lab"), "{mixed}");
}
