use serde_json::{Value, json};

use super::{ask, image, instance, launch, refusal, text};
use crate::support::{Lab, REGION};

fn with_page(lab: &mut Lab, content: &str) -> String {
    let id = launch(lab, json!({}));
    lab.settle();
    write(lab, &id, content);
    id
}

fn write(lab: &mut Lab, id: &str, content: &str) {
    let file = json!({"InstanceId": id, "Path": "/srv/note", "Content": content});
    lab.ask(REGION, "lab", "WriteFile", file).expect("a file");
}

fn read(lab: &mut Lab, id: &str) -> Value {
    let file = lab.ask(REGION, "lab", "ReadFile", json!({"InstanceId": id, "Path": "/srv/note"}));
    file.expect("a file")["Content"].clone()
}

fn state(lab: &mut Lab, region: &str, id: &str) -> String {
    text(&ask(lab, region, "DescribeImages", json!({"ImageIds": [id]}))["Images"][0]["State"])
}

/// EC2 User Guide, "Create an Amazon EBS-backed AMI": the image holds the files of the moment of the snapshot.
#[test]
fn an_image_holds_the_files_of_its_moment() {
    let mut lab = Lab::default();
    let id = with_page(&mut lab, "then");
    let image_id = text(
        &ask(&mut lab, REGION, "CreateImage", json!({"InstanceId": id, "Name": "web-v1", "NoReboot": true}))["ImageId"],
    );
    write(&mut lab, &id, "later");
    lab.settle();
    let copy = launch(&mut lab, json!({"ImageId": image_id}));
    lab.settle();
    assert_eq!((read(&mut lab, &copy), read(&mut lab, &id)), (json!("then"), json!("later")));
    ask(&mut lab, REGION, "TerminateInstances", json!({"InstanceIds": [copy]}));
    lab.settle();
    let gone = lab.ask(REGION, "lab", "ReadFile", json!({"InstanceId": copy, "Path": "/srv/note"}));
    assert!(gone.is_err(), "a terminated disk is gone");
}

/// EC2 API, `CreateImage`, `NoReboot`: by default the instance restarts; without that, the snapshot is crash-consistent.
#[test]
fn making_an_image_restarts_the_instance_unless_told_not_to() {
    let mut lab = Lab::default();
    for (no_reboot, boots) in [(true, false), (false, true)] {
        let id = with_page(&mut lab, "x");
        let name = format!("web-{no_reboot}");
        let request = json!({"InstanceId": id, "Name": name, "NoReboot": no_reboot});
        let image_id = text(&ask(&mut lab, REGION, "CreateImage", request)["ImageId"]);
        let ec2 = &lab.cloud().region(REGION).expect("a region").ec2;
        assert_eq!(ec2.instances[&id].is_booted(), !boots);
        assert_eq!(ec2.images[&image_id].is_crash_consistent, no_reboot);
        lab.settle();
    }
}

/// EC2 API, `DescribeSnapshots`: progress in per cent; User Guide, "Create an AMI": pending, and no launch till it is available.
#[test]
fn a_snapshot_shows_its_progress_and_a_pending_image_cannot_be_launched() {
    let mut lab = Lab::default();
    let id = with_page(&mut lab, "x");
    let image_id = text(&ask(&mut lab, REGION, "CreateImage", json!({"InstanceId": id, "Name": "web-v1"}))["ImageId"]);
    lab.pass(60.0);
    let snapshot = ask(&mut lab, REGION, "DescribeSnapshots", json!({}))["Snapshots"][0].clone();
    assert_eq!(snapshot["State"], "pending");
    let percent: u32 = text(&snapshot["Progress"]).trim_end_matches('%').parse().expect("a number");
    assert!((1..100).contains(&percent), "{percent}");
    assert_eq!(snapshot["Description"], format!("Created by CreateImage({id}) for {image_id}"));
    let run = json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    assert_eq!(refusal(&mut lab, "RunInstances", run.clone()), "InvalidAMIID.Unavailable");
    lab.settle();
    assert_eq!(ask(&mut lab, REGION, "DescribeSnapshots", json!({}))["Snapshots"][0]["Progress"], "100%");
    ask(&mut lab, REGION, "RunInstances", run);
}

/// EC2 User Guide, "Copy an Amazon EC2 AMI": an image belongs to one region; a copy has an id of its own, takes time, and does not follow
/// its source.
#[test]
fn a_copy_in_another_region_is_an_image_of_its_own() {
    let mut lab = Lab::default();
    let id = with_page(&mut lab, "copied");
    let request = json!({"InstanceId": id, "Name": "web-v1", "TagSpecifications": [{"ResourceType": "image", "Tags": [{"Key": "a", "Value": "b"}]}]});
    let source = text(&ask(&mut lab, REGION, "CreateImage", request)["ImageId"]);
    lab.settle();
    let there = "eu-west-1";
    let run = |image_id: &str| json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    let error = lab.ask(there, "ec2", "RunInstances", run(&source)).expect_err("an image of another region");
    assert_eq!(
        (error.code.as_str(), error.message),
        ("InvalidAMIID.NotFound", format!("The image id '[{source}]' does not exist"))
    );
    let copy = json!({"SourceRegion": REGION, "SourceImageId": source, "Name": "web-v1"});
    let copy = text(&ask(&mut lab, there, "CopyImage", copy)["ImageId"]);
    assert_ne!(copy, source);
    ask(&mut lab, REGION, "DeregisterImage", json!({"ImageId": source}));
    lab.pass(299.0);
    assert_eq!(state(&mut lab, there, &copy), "pending");
    lab.pass(601.0);
    assert_eq!(state(&mut lab, there, &copy), "available");
    let shape = ask(&mut lab, there, "DescribeImages", json!({"ImageIds": [copy]}))["Images"][0].clone();
    assert_eq!(
        (&shape["SourceImageId"], &shape["SourceImageRegion"], &shape["Tags"]),
        (&json!(source), &json!(REGION), &json!([]))
    );
    let server = text(&ask(&mut lab, there, "RunInstances", run(&copy))["Instances"][0]["InstanceId"]);
    lab.settle();
    assert_eq!(read(&mut lab, &server), "copied");
}

/// EC2 User Guide, "Deregister your AMI": instances keep running, snapshots stay unless they are to go too.
#[test]
fn giving_an_image_up_leaves_its_snapshot_unless_told_otherwise() {
    let mut lab = Lab::default();
    let id = with_page(&mut lab, "x");
    for (delete, left) in [(false, 1), (true, 1)] {
        let name = format!("web-{delete}");
        let image_id = text(&ask(&mut lab, REGION, "CreateImage", json!({"InstanceId": id, "Name": name}))["ImageId"]);
        lab.settle();
        let answer =
            ask(&mut lab, REGION, "DeregisterImage", json!({"ImageId": image_id, "DeleteAssociatedSnapshots": delete}));
        assert_eq!(answer["DeleteSnapshotResults"].as_array().map(Vec::len), Some(usize::from(delete)));
        let snapshots = ask(&mut lab, REGION, "DescribeSnapshots", json!({}))["Snapshots"].clone();
        assert_eq!(snapshots.as_array().map(Vec::len), Some(left), "after deleting: {delete}");
    }
    assert_eq!(instance(&mut lab, &id)["State"]["Name"], "running");
}

/// EC2 User Guide, "Disable an AMI": it cannot be launched and is not listed unless asked for.
#[test]
fn a_disabled_image_is_hidden_and_cannot_be_launched() {
    let mut lab = Lab::default();
    let id = with_page(&mut lab, "x");
    let image_id = text(&ask(&mut lab, REGION, "CreateImage", json!({"InstanceId": id, "Name": "web-v1"}))["ImageId"]);
    lab.settle();
    ask(&mut lab, REGION, "DisableImage", json!({"ImageId": image_id}));
    let own = |lab: &mut Lab, all: bool| {
        ask(lab, REGION, "DescribeImages", json!({"Owners": ["self"], "IncludeDisabled": all}))["Images"]
            .as_array()
            .map(Vec::len)
    };
    assert_eq!((own(&mut lab, false), own(&mut lab, true)), (Some(0), Some(1)));
    let run = json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    let error = lab.ask(REGION, "ec2", "RunInstances", run).expect_err("a disabled image");
    assert_eq!(error.message, format!("AMI '{image_id}' is disabled, and cannot be run."));
    lab.settle();
}

/// EC2 User Guide, "Deprecate an AMI": a deprecated image can still be launched, and its owner still finds it.
#[test]
fn a_deprecated_image_is_launched_and_found_by_its_owner() {
    let mut lab = Lab::default();
    let id = with_page(&mut lab, "x");
    let image_id = text(&ask(&mut lab, REGION, "CreateImage", json!({"InstanceId": id, "Name": "web-v1"}))["ImageId"]);
    lab.settle();
    let deprecate = |moment: &str| json!({"ImageId": image_id, "DeprecateAt": moment});
    assert_eq!(refusal(&mut lab, "EnableImageDeprecation", deprecate("2026-01-05T08:00:00Z")), "InvalidParameterValue");
    ask(&mut lab, REGION, "EnableImageDeprecation", deprecate("2026-01-05T10:00:00Z"));
    lab.pass(3.0 * 3_600.0);
    let found = ask(&mut lab, REGION, "DescribeImages", json!({"Owners": ["self"]}))["Images"].clone();
    assert_eq!((&found[0]["ImageId"], &found[0]["State"]), (&json!(image_id), &json!("available")));
    assert!(text(&found[0]["DeprecationTime"]).starts_with("2026-01-05T10:00:00"), "{found}");
    ask(
        &mut lab,
        REGION,
        "RunInstances",
        json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}),
    );
}

/// EC2 User Guide, "Find an AMI": each region has ids of its own for the same image.
#[test]
fn the_same_image_has_another_id_in_each_region() {
    let mut lab = Lab::default();
    let ids =
        ["us-east-1", "eu-west-1", "ap-southeast-2"].map(|region| image(&mut lab, region, "scaling-lab-web-server-*"));
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
}
