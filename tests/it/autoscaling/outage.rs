//! Zones without capacity and zones that are lost, and where launches go. EC2 Auto Scaling User Guide, "Auto Scaling benefits".
use serde_json::{Value, json};

use super::{Scene, text};
use crate::support::REGION;

fn lose_zone(scene: &mut Scene) {
    let fault = json!({"Fault": "LoseZone", "AvailabilityZone": "us-east-1a"});
    scene.ask(REGION, "lab", "InjectFault", fault).expect("a fault");
}

/// "Troubleshoot: EC2 instance launch failures": a zone without capacity is passed over, and the history has EC2's words.
#[test]
fn a_zone_without_capacity_is_passed_over() {
    let mut scene = Scene::new();
    let fault = json!({"Fault": "NoCapacity", "AvailabilityZone": "us-east-1a", "InstanceType": "t3.micro"});
    scene.ask(REGION, "lab", "InjectFault", fault).expect("a fault");
    scene.create([0, 1, 4], json!({})).expect("a group");
    scene.pass(120.0);
    assert_eq!(scene.zones("ab"), [0, 1]);
    let failed = scene.activities().into_iter().find(|activity| activity["StatusCode"] == "Failed").expect("a failure");
    let said = text(&failed["Description"]);
    let begins = "Launching a new EC2 instance.  Status Reason: We currently do not have sufficient t3.micro capacity in \
                  the Availability Zone you requested (us-east-1a).";
    assert!(said.starts_with(begins) && said.ends_with(" Launching EC2 instance failed."), "{said}");
    assert!(text(&failed["Details"]).contains("us-east-1a"), "{failed}");
}

/// "Health checks for instances": impaired status checks are given a few minutes; then a tenth of the group is replaced at a time, one at
/// least.
#[test]
fn impaired_instances_are_replaced_after_minutes_and_one_by_one() {
    let mut scene = Scene::with_group([4, 4, 6], json!({"DefaultInstanceWarmup": 60}));
    scene.pass(600.0);
    let lost: Vec<String> = in_zone(&mut scene, "us-east-1a");
    assert_eq!(lost.len(), 2);
    lose_zone(&mut scene);
    let seconds = scene.until("the first goes", |scene| lost.iter().any(|id| scene.state(id) != "InService"));
    assert!((180..=300).contains(&seconds), "the first went after {seconds} s");
    let still = lost.iter().filter(|id| scene.state(id) == "InService").count();
    assert_eq!(still, 1, "one of four at a time");
    assert!(scene.has_cause("in response to an EC2 instance status check failure."));
}

/// "Health checks for instances": of twenty impaired instances two are replaced at a time, a tenth of the group; the next two follow when
/// those are in service and warm.
#[test]
fn a_tenth_of_a_large_group_is_replaced_at_a_time() {
    let mut scene = Scene::new();
    let zone = scene.subnets[0].clone();
    scene.create([20, 20, 24], json!({"VPCZoneIdentifier": zone, "DefaultInstanceWarmup": 60})).expect("a group");
    scene.pass(900.0);
    let (old, zones) = (scene.ids_in("InService"), scene.subnets[..2].join(","));
    assert_eq!(old.len(), 20);
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["AZRebalance"]})).expect("a suspension");
    scene.update(json!({"VPCZoneIdentifier": zones}));
    lose_zone(&mut scene);
    let left = |scene: &mut Scene| scene.ids_in("InService").iter().filter(|id| old.contains(id)).count();
    let mut seen = Vec::new();
    for _ in 0..400 {
        scene.pass(1.0);
        seen.push(left(&mut scene));
    }
    let steps: Vec<usize> = seen.windows(2).map(|pair| pair[0] - pair[1]).filter(|step| *step > 0).collect();
    assert!(!steps.is_empty() && steps.iter().all(|step| *step == 2), "so many went at once: {steps:?}");
    scene.until("all are replaced", |scene| left(scene) == 0 && scene.ids_in("InService").len() == 20);
}

/// "Auto Scaling benefits": when a zone is impaired its instances are launched anew in the others, and when it is back the zones are
/// balanced again.
#[test]
fn a_lost_zone_is_left_and_balanced_again_when_it_is_back() {
    let mut scene = Scene::with_group([4, 4, 6], json!({}));
    scene.pass(600.0);
    lose_zone(&mut scene);
    scene.until("all are in the other zone", |scene| scene.zones("ab") == [0, 4]);
    let faults = scene.ask(REGION, "lab", "DescribeFaults", json!({})).expect("faults");
    let id = faults["Faults"][0]["FaultId"].clone();
    scene.ask(REGION, "lab", "ClearFault", json!({"FaultId": id})).expect("an end");
    scene.until("the zones are balanced", |scene| scene.zones("ab") == [2, 2] && scene.ids_in("InService").len() == 4);
    assert!(scene.has_cause("to aid in balancing the group's zones."));
}

fn in_zone(scene: &mut Scene, zone: &str) -> Vec<String> {
    let members = scene.members();
    let there = members.iter().filter(|member| member["AvailabilityZone"] == zone);
    there.map(|member| text(&member["InstanceId"])).collect()
}

/// "Auto Scaling benefits": of several subnets in a zone a launch takes the one with the most free addresses.
#[test]
fn a_launch_takes_the_subnet_with_the_most_free_addresses() {
    let mut scene = Scene::new();
    let first = scene.subnets[0].clone();
    let vpc = scene.ask(REGION, "ec2", "DescribeVpcs", json!({})).expect("networks")["Vpcs"][0]["VpcId"].clone();
    let request = json!({"VpcId": vpc, "CidrBlock": "172.31.128.0/28", "AvailabilityZone": "us-east-1a"});
    let small = scene.ask(REGION, "ec2", "CreateSubnet", request).expect("a subnet")["Subnet"]["SubnetId"].clone();
    let small = text(&small);
    scene.create([0, 2, 4], json!({"VPCZoneIdentifier": format!("{small},{first}")})).expect("a group");
    scene.pass(120.0);
    let places: Vec<Value> = scene.activities().iter().map(|activity| activity["Details"].clone()).collect();
    assert_eq!(places.len(), 2);
    assert!(places.iter().all(|place| text(place).contains(&first) && !text(place).contains(&small)), "{places:?}");
}

/// AvailabilityZoneImpairmentPolicy says what a group does in a zonal shift. The lab has none, and refuses the policy by its name.
#[test]
fn a_policy_for_zonal_shifts_is_refused_by_name() {
    let mut scene = Scene::new();
    let policy = json!({"ZonalShiftEnabled": true, "ImpairedZoneHealthCheckBehavior": "IgnoreUnhealthy"});
    let error = scene.create([0, 0, 1], json!({"AvailabilityZoneImpairmentPolicy": policy})).expect_err("a refusal");
    assert!(error.message.contains("AvailabilityZoneImpairmentPolicy") && error.message.contains("lab"), "{error}");
}

/// "Suspend processes", administrative suspension: when launches have failed for over 24 hours and none has been accepted, Amazon EC2 Auto Scaling may suspend
/// the group's launches.
#[test]
fn launches_are_suspended_after_a_day_in_vain() {
    let mut scene = Scene::new();
    for zone in ["us-east-1a", "us-east-1b"] {
        let fault = json!({"Fault": "NoCapacity", "AvailabilityZone": zone});
        scene.ask(REGION, "lab", "InjectFault", fault).expect("a fault");
    }
    scene.create([1, 1, 2], json!({})).expect("a group");
    scene.pass(23.0 * 3_600.0);
    assert_eq!(scene.group()["SuspendedProcesses"], json!([]));
    scene.pass(2.0 * 3_600.0);
    let suspended = scene.group()["SuspendedProcesses"][0].clone();
    assert_eq!(suspended["ProcessName"], "Launch");
    assert!(text(&suspended["SuspensionReason"]).starts_with("Administratively suspended"), "{suspended}");
}
