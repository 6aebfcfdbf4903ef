//! Zones: where instances are launched, and rebalancing. EC2 Auto Scaling User Guide, "Availability Zone distribution".
use serde_json::json;

use super::Scene;

/// "Availability Zone distribution": each launch goes into the zone with the fewest.
#[test]
fn launches_go_into_the_emptiest_zone() {
    let mut scene = Scene::new();
    let zones = scene.subnets[..3].join(",");
    scene.create([0, 5, 6], json!({"VPCZoneIdentifier": zones})).expect("a group");
    scene.settle();
    let mut counts = scene.zones("abc");
    counts.sort_unstable();
    assert_eq!(counts, [1, 2, 2]);
}

/// "Rebalancing activities": a new zone gets its share; the group launches before it terminates, at most one over its maximum.
#[test]
fn a_new_zone_gets_its_share_and_the_group_is_never_short() {
    let mut scene = Scene::new();
    scene.create([4, 4, 4], json!({"VPCZoneIdentifier": scene.subnets[0].clone()})).expect("a group");
    scene.settle();
    let zones = scene.subnets[..2].join(",");
    scene.update(json!({"VPCZoneIdentifier": zones}));
    let mut most = 0;
    for _ in 0..1_200 {
        scene.pass(1.0);
        most = most.max(scene.members().iter().filter(|one| one["LifecycleState"] != "Terminating").count());
        assert!(scene.ids_in("InService").len() >= 4);
    }
    assert_eq!((scene.zones("ab"), most), (vec![2, 2], 5));
    assert!(scene.has_cause("availability zones us-east-1a us-east-1b had 4 0 instances respectively. An instance was launched to aid in balancing the group's zones."));
}

/// "Rebalancing activities": instances of a zone that was removed move to the others.
#[test]
fn instances_of_a_removed_zone_move() {
    let mut scene = Scene::with_group([2, 2, 4], json!({}));
    scene.update(json!({"VPCZoneIdentifier": scene.subnets[1].clone()}));
    scene.pass(900.0);
    assert_eq!(scene.zones("ab"), [0, 2]);
    assert!(scene.has_cause("invalid availability zones us-east-1a had 1 instances respectively."));
}

/// "Suspend processes": with `AZRebalance` suspended the zones stay as they are.
#[test]
fn nothing_moves_while_rebalancing_is_suspended() {
    let mut scene = Scene::new();
    scene.create([2, 2, 4], json!({"VPCZoneIdentifier": scene.subnets[0].clone()})).expect("a group");
    scene.settle();
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["AZRebalance"]})).expect("a suspension");
    let zones = scene.subnets[..2].join(",");
    scene.update(json!({"VPCZoneIdentifier": zones}));
    scene.pass(900.0);
    assert_eq!(scene.zones("ab"), [2, 0]);
}

/// "Suspend processes": with `Terminate` suspended, rebalancing can still launch, and the group grows to at most 10 per cent over its maximum.
#[test]
fn a_group_that_may_not_terminate_grows_a_tenth_over_its_maximum_to_balance() {
    let mut scene = Scene::new();
    scene.create([20, 20, 20], json!({"VPCZoneIdentifier": scene.subnets[0].clone()})).expect("a group");
    scene.settle();
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["Terminate"]})).expect("a suspension");
    let zones = scene.subnets[..2].join(",");
    scene.update(json!({"VPCZoneIdentifier": zones}));
    scene.pass(1_800.0);
    assert_eq!(scene.zones("ab"), [20, 2]);
}
/// "Suspend processes": with `Launch` suspended a group does not grow.
#[test]
fn a_group_does_not_grow_while_launches_are_suspended() {
    let mut scene = Scene::with_group([0, 0, 4], json!({}));
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["Launch"]})).expect("a suspension");
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 2})).expect("a change");
    scene.pass(300.0);
    assert_eq!((scene.members().len(), scene.activities().len()), (0, 0));
}

/// "Availability Zone distribution": if a zone does not take a launch, best effort takes another one, and the history says why.
#[test]
fn a_zone_that_refuses_is_passed_over() {
    let mut scene = Scene::new();
    let zones = format!("{},{}", scene.subnets[4], scene.subnets[1]);
    scene.create([0, 2, 4], json!({"VPCZoneIdentifier": zones})).expect("a group");
    scene.pass(120.0);
    assert_eq!(scene.zones("be"), [2, 0]);
    let failed = scene.activities().into_iter().find(|activity| activity["StatusCode"] == "Failed").expect("a failure");
    let said = super::text(&failed["Description"]);
    let begins = "Launching a new EC2 instance.  Status Reason: Your requested instance type (t3.micro) is not supported in your requested Availability Zone (us-east-1e).";
    assert!(said.starts_with(begins) && said.ends_with(" Launching EC2 instance failed."), "{said}");
}

/// "Availability Zone distribution": balanced only keeps trying the same zone, with longer and longer waits.
#[test]
fn balanced_only_keeps_trying_the_same_zone() {
    let mut scene = Scene::new();
    let zones = format!("{},{}", scene.subnets[4], scene.subnets[1]);
    let strategy = json!({"CapacityDistributionStrategy": "balanced-only"});
    let settings = json!({"AvailabilityZoneDistribution": strategy, "VPCZoneIdentifier": zones});
    scene.create([0, 2, 4], settings).expect("a group");
    scene.pass(3_600.0);
    assert_eq!(scene.members().len(), 0);
    let count = scene.activities().len();
    assert!((3..10).contains(&count), "{count} attempts in an hour");
}

/// A launch that the account's quota refuses is an activity with EC2's words, and is tried again.
#[test]
fn a_launch_beyond_the_quota_fails_with_the_words_of_ec2() {
    let mut scene = Scene::with_group([0, 0, 500], json!({}));
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 130})).expect("a change");
    scene.pass(300.0);
    assert_eq!(scene.ids_in("InService").len(), 128, "256 virtual CPUs");
    let found = scene.asg("DescribeScalingActivities", json!({"Filters": [{"Name": "Status", "Values": ["Failed"]}]}));
    let said = super::text(&found.expect("failures")["Activities"][0]["StatusMessage"]);
    assert!(
        said.starts_with("You have requested more vCPU capacity than your current vCPU limit of 256 allows"),
        "{said}"
    );
}
