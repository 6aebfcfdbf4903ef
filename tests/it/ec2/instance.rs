use scaling_lab::sim::SimTime;
use serde_json::{Value, json};

use super::{ask, instance, launch, refusal, text};
use crate::support::{Lab, REGION};

fn moment(text: &Value) -> SimTime {
    SimTime::parse_iso8601(text.as_str().expect("a moment")).expect("a moment")
}

/// EC2 User Guide, "Instance lifecycle": what changes and what stays over stop and start.
#[test]
fn a_stop_and_a_start_keep_the_private_address_and_change_the_public_one() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    let pending = instance(&mut lab, &id);
    assert_eq!((&pending["State"]["Name"], &pending["PublicDnsName"]), (&json!("pending"), &json!("")));
    assert!(pending["PrivateIpAddress"].is_string() && pending.get("PublicIpAddress").is_none());
    lab.settle();
    let before = instance(&mut lab, &id);
    ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    assert!(instance(&mut lab, &id).get("PublicIpAddress").is_none(), "the address goes with the stop");
    lab.settle();
    ask(&mut lab, REGION, "StartInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    let after = instance(&mut lab, &id);
    for kept in ["InstanceId", "PrivateIpAddress", "PrivateDnsName", "BlockDeviceMappings"] {
        assert_eq!(before[kept], after[kept], "{kept}");
    }
    assert_ne!(before["PublicIpAddress"], after["PublicIpAddress"]);
    assert_ne!(before["PublicDnsName"], after["PublicDnsName"]);
}

/// EC2 User Guide, "Instance lifecycle": a restart changes no address and the state stays running.
#[test]
fn a_reboot_keeps_every_address_and_the_state() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let before = instance(&mut lab, &id);
    ask(&mut lab, REGION, "RebootInstances", json!({"InstanceIds": [id]}));
    lab.pass(5.0);
    assert_eq!(before, instance(&mut lab, &id));
    let server = lab.cloud().region(REGION).and_then(|region| region.ec2.instances.get(&id)).expect("an instance");
    assert!(server.is_running() && !server.is_booted(), "the system is down meanwhile");
}

/// EC2 API, `TerminateInstances`: a terminated instance stays visible for about an hour; its root volume is gone by default.
#[test]
fn a_terminated_instance_lingers_for_an_hour_without_its_disk() {
    let mut lab = Lab::default();
    let keep = json!([{"DeviceName": "/dev/xvda", "Ebs": {"DeleteOnTermination": false}}]);
    let (id, other) = (launch(&mut lab, json!({})), launch(&mut lab, json!({"BlockDeviceMappings": keep})));
    lab.settle();
    ask(&mut lab, REGION, "TerminateInstances", json!({"InstanceIds": [id, other]}));
    lab.settle();
    let gone = instance(&mut lab, &id);
    assert_eq!(gone["State"], json!({"Code": 48, "Name": "terminated"}));
    assert_eq!(gone["StateReason"]["Message"], "Client.UserInitiatedShutdown: User initiated shutdown");
    assert!(text(&gone["StateTransitionReason"]).starts_with("User initiated (2026-01-05 "), "{gone}");
    let volumes = ask(&mut lab, REGION, "DescribeVolumes", json!({}))["Volumes"].clone();
    assert_eq!(volumes.as_array().map(Vec::len), Some(1), "the one that was to stay");
    assert_eq!(volumes[0]["State"], "available");
    lab.pass(3_600.0);
    assert_eq!(refusal(&mut lab, "DescribeInstances", json!({"InstanceIds": [id]})), "InvalidInstanceID.NotFound");
}

/// EC2 API, `StartInstances`, `StopInstances`: a start of a running and a stop of a stopped instance succeed and change nothing.
#[test]
fn starting_what_runs_and_stopping_what_is_stopped_changes_nothing() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let started = ask(&mut lab, REGION, "StartInstances", json!({"InstanceIds": [id]}));
    let change = &started["StartingInstances"][0];
    assert_eq!(change["PreviousState"], change["CurrentState"]);
    ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    let stopped = ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    let change = &stopped["StoppingInstances"][0];
    assert_eq!(
        (&change["PreviousState"], &change["CurrentState"]["Name"]),
        (&change["CurrentState"], &json!("stopped"))
    );
}

/// EC2 API, `TerminateInstances`: one unknown id, and none is terminated; terminating twice succeeds.
#[test]
fn one_unknown_id_saves_all_and_terminating_twice_succeeds() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let both = json!({"InstanceIds": [id, "i-00000000000000000"]});
    assert_eq!(refusal(&mut lab, "TerminateInstances", both), "InvalidInstanceID.NotFound");
    assert_eq!(instance(&mut lab, &id)["State"]["Name"], "running");
    for _ in 0..2 {
        ask(&mut lab, REGION, "TerminateInstances", json!({"InstanceIds": [id]}));
    }
}

/// EC2 User Guide, "Status checks for your instances": they begin as `initializing` and take some minutes; stopped instances are listed on
/// request only.
#[test]
fn status_checks_initialise_for_two_to_five_minutes() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let status = |lab: &mut Lab| {
        let all = ask(lab, REGION, "DescribeInstanceStatus", json!({"InstanceIds": [id]}));
        all["InstanceStatuses"][0]["SystemStatus"]["Status"].as_str().map(str::to_owned)
    };
    assert_eq!(status(&mut lab).as_deref(), Some("initializing"));
    lab.pass(60.0);
    assert_eq!(status(&mut lab).as_deref(), Some("initializing"));
    lab.pass(240.0);
    assert_eq!(status(&mut lab).as_deref(), Some("ok"));
    ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    assert_eq!(status(&mut lab), None);
    let all = ask(&mut lab, REGION, "DescribeInstanceStatus", json!({"IncludeAllInstances": true}));
    assert_eq!(all["InstanceStatuses"][0]["InstanceStatus"]["Status"], "not-applicable");
}

/// EC2 User Guide, "Run commands when you launch an EC2 instance": scripts run at the first boot only.
#[test]
fn user_data_runs_at_the_first_boot_only() {
    let mut lab = Lab::default();
    let script = "#!/bin/bash\necho boot >> /var/log/boots\n";
    let id = launch(&mut lab, json!({"UserData": script}));
    lab.settle();
    ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    let change = json!({"InstanceId": id, "UserData": {"Value": "#!/bin/bash\necho late >> /var/log/boots\n"}});
    ask(&mut lab, REGION, "ModifyInstanceAttribute", change);
    ask(&mut lab, REGION, "StartInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    let file = lab.ask(REGION, "lab", "ReadFile", json!({"InstanceId": id, "Path": "/var/log/boots"}));
    assert_eq!(file.expect("the file")["Content"], "boot\n");
}

/// EC2 User Guide, "Change the instance type": only while the instance is stopped.
#[test]
fn the_type_changes_only_while_the_instance_is_stopped() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let change = json!({"InstanceId": id, "InstanceType": {"Value": "t3.large"}});
    assert_eq!(refusal(&mut lab, "ModifyInstanceAttribute", change.clone()), "IncorrectInstanceState");
    ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    ask(&mut lab, REGION, "ModifyInstanceAttribute", change);
    assert_eq!(instance(&mut lab, &id)["InstanceType"], "t3.large");
}

/// EC2 API, `ModifyInstanceAttribute`: "You can specify only one attribute at a time".
#[test]
fn only_one_attribute_changes_at_a_time() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    let on = json!({"Value": true});
    let two = json!({"InstanceId": id, "DisableApiStop": on, "DisableApiTermination": on});
    assert_eq!(refusal(&mut lab, "ModifyInstanceAttribute", two), "InvalidParameterCombination");
}

/// EC2 User Guide, "Unlimited mode": T2 is `standard` unless told otherwise, T3 `unlimited`; M5 knows no credits.
#[test]
fn t2_spends_what_it_earned_and_t3_more() {
    let mut lab = Lab::default();
    let ids: Vec<String> = ["t2.micro", "t3.micro"].map(|kind| launch(&mut lab, json!({"InstanceType": kind}))).into();
    let specification = |lab: &mut Lab, id: &String| {
        let answer = ask(lab, REGION, "DescribeInstanceCreditSpecifications", json!({"InstanceIds": [id]}));
        text(&answer["InstanceCreditSpecifications"][0]["CpuCredits"])
    };
    assert_eq!(specification(&mut lab, &ids[0]), "standard");
    assert_eq!(specification(&mut lab, &ids[1]), "unlimited");
}

/// EC2 User Guide, "Amazon EC2 instance hostnames and domains".
#[test]
fn names_follow_the_addresses_and_the_region() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    let image_id = super::image(&mut lab, "eu-west-1", "scaling-lab-web-server-*");
    let there = json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    ask(&mut lab, "eu-west-1", "RunInstances", there);
    lab.settle();
    let here = instance(&mut lab, &id);
    let dashed = |address: &Value| text(address).replace('.', "-");
    assert_eq!(here["PrivateDnsName"], format!("ip-{}.ec2.internal", dashed(&here["PrivateIpAddress"])));
    assert_eq!(here["PublicDnsName"], format!("ec2-{}.compute-1.amazonaws.com", dashed(&here["PublicIpAddress"])));
    let there = ask(&mut lab, "eu-west-1", "DescribeInstances", json!({}))["Reservations"][0]["Instances"][0].clone();
    assert!(text(&there["PrivateDnsName"]).ends_with(".eu-west-1.compute.internal"));
    assert!(text(&there["PublicDnsName"]).ends_with(".eu-west-1.compute.amazonaws.com"));
}

/// EC2 User Guide, "Windows instances": they take some minutes to boot, longer than Linux.
#[test]
fn windows_boots_slower_than_linux() {
    let mut lab = Lab::default();
    let windows = super::image(&mut lab, REGION, "Windows_Server-2022-*");
    let ids = [launch(&mut lab, json!({})), launch(&mut lab, json!({"ImageId": windows}))];
    lab.pass(80.0);
    let booted = ids.map(|id| {
        lab.cloud().region(REGION).and_then(|region| region.ec2.instances.get(&id)).is_some_and(|it| it.is_booted())
    });
    assert_eq!(booted, [true, false]);
    lab.settle();
}

/// EC2 API, `RunInstances`: with the same client token it launches once.
#[test]
fn a_client_token_launches_once() {
    let mut lab = Lab::default();
    let [first, second] = [0, 1].map(|_| launch(&mut lab, json!({"ClientToken": "once"})));
    assert_eq!(first, second);
    let other = json!({"ClientToken": "once", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1});
    assert_eq!(refusal(&mut lab, "RunInstances", other), "IdempotentParameterMismatch");
}

/// EC2 API, "Common query parameters": `DryRun` checks all and changes nothing.
#[test]
fn a_dry_run_changes_nothing() {
    let mut lab = Lab::default();
    let before = lab.cloud().clone();
    assert_eq!(refusal(&mut lab, "AllocateAddress", json!({"DryRun": true})), "DryRunOperation");
    assert_eq!(
        refusal(&mut lab, "RunInstances", json!({"DryRun": true, "MinCount": 1, "MaxCount": 1})),
        "MissingParameter"
    );
    assert_eq!(format!("{:?}", lab.cloud()), format!("{before:?}"));
}

/// EC2 API, `DescribeInstances`: pages hold every instance once.
#[test]
fn pages_of_instances_hold_each_of_them_once() {
    let mut lab = Lab::default();
    let mut ids = Vec::new();
    for _ in 0..3 {
        launch(&mut lab, json!({"MinCount": 4, "MaxCount": 4}));
    }
    let mut page = json!({"MaxResults": 5});
    loop {
        let answer = ask(&mut lab, REGION, "DescribeInstances", page.clone());
        let reservations = answer["Reservations"].as_array().cloned().unwrap_or_default();
        let instances = reservations.iter().flat_map(|it| it["Instances"].as_array().cloned().unwrap_or_default());
        ids.extend(instances.map(|it| text(&it["InstanceId"])));
        let Some(token) = answer.get("NextToken") else { break };
        page["NextToken"] = token.clone();
    }
    let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!((ids.len(), unique.len()), (12, 12));
}

/// EC2 User Guide, "Instance metadata and user data": launch time moves with each start.
#[test]
fn the_launch_time_is_that_of_the_last_start() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let first = moment(&instance(&mut lab, &id)["LaunchTime"]);
    ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    ask(&mut lab, REGION, "StartInstances", json!({"InstanceIds": [id]}));
    assert!(moment(&instance(&mut lab, &id)["LaunchTime"]) > first);
}
