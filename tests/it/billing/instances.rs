//! Instances, their volumes and their addresses.
use scaling_lab::session::Session;
use serde_json::{Value, json};

use super::{ask, bill, is_near, launch, lines, number, used, wait_for};
use crate::support::{Lab, REGION};

/// Amazon EC2 On-Demand Pricing: per second while the instance runs; nothing while it is pending or stopped.
#[test]
fn an_instance_costs_money_per_second_while_it_runs() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({}));
    assert_eq!(used(&mut lab, "BoxUsage:t3.micro"), (0.0, 0.0), "pending");
    wait_for(&mut lab, &id, "running");
    let before = used(&mut lab, "BoxUsage:t3.micro").0;
    lab.pass(3_600.0);
    let (hours, amount) = used(&mut lab, "BoxUsage:t3.micro");
    assert!(hours > 1.0 && hours <= before + 1.0 + 1.0 / 3_600.0, "{hours}");
    assert!(is_near(amount, hours * 0.0104), "{amount}");
    ask(&mut lab, "ec2", "StopInstances", json!({"InstanceIds": [id]}));
    let stopping = used(&mut lab, "BoxUsage:t3.micro");
    lab.pass(7_200.0);
    assert_eq!(used(&mut lab, "BoxUsage:t3.micro"), stopping, "stopping and stopped");
}

/// EC2 User Guide, "Instance lifecycle": "a one-minute minimum" each time an instance is started.
#[test]
fn each_start_costs_a_minute_at_least() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({}));
    wait_for(&mut lab, &id, "running");
    assert!(is_near(used(&mut lab, "BoxUsage:t3.micro").0, 60.0 / 3_600.0));
    for minutes in 1..=3 {
        let hours = used(&mut lab, "BoxUsage:t3.micro").0;
        assert!(is_near(hours, f64::from(minutes) * 60.0 / 3_600.0), "{minutes}: {hours}");
        ask(&mut lab, "ec2", "StopInstances", json!({"InstanceIds": [id]}));
        wait_for(&mut lab, &id, "stopped");
        ask(&mut lab, "ec2", "StartInstances", json!({"InstanceIds": [id]}));
        wait_for(&mut lab, &id, "running");
    }
}

/// EC2 User Guide, "Instance lifecycle": as soon as an instance is shutting down, it costs nothing. An instance that dies of a fault does so
/// at once, whether or not anybody looks at that moment.
#[test]
fn an_instance_that_dies_costs_nothing_from_that_moment_on() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({}));
    wait_for(&mut lab, &id, "running");
    lab.pass(600.0);
    ask(&mut lab, "lab", "InjectFault", json!({"Fault": "KillInstance", "InstanceId": id}));
    let at_its_death = used(&mut lab, "BoxUsage:t3.micro");
    let mut watched = lab.clone();
    ask(&mut watched, "autoscaling", "DescribePolicies", json!({}));
    for lab in [&mut lab, &mut watched] {
        lab.pass(3_600.0);
        assert_eq!(used(lab, "BoxUsage:t3.micro"), at_its_death);
    }
    assert_eq!(watched.digest(), lab.digest(), "a look changes nothing");
    assert_eq!(watched.digest(), Session::replay(watched.journal()).digest());
}

/// Amazon EC2 On-Demand Pricing: with Windows the licence is part of the price.
#[test]
fn windows_costs_more_than_linux() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "windows", json!({}));
    wait_for(&mut lab, &id, "running");
    let line = lines(&mut lab, "BoxUsage:t3.micro").remove(0);
    assert_eq!((&line["Reason"], &line["Rate"], &line["Unit"]), (&json!("Windows"), &json!("0.0196"), &json!("Hrs")));
}

/// AWS's usage types carry the region in front but for us-east-1.
#[test]
fn usage_types_name_the_region() {
    let mut lab = Lab::default();
    let address = lab.ask("eu-west-1", "ec2", "AllocateAddress", json!({})).expect("an address");
    assert!(address["PublicIp"].is_string());
    lab.pass(3_600.0);
    let line = lines(&mut lab, "EU-PublicIPv4:IdleAddress").remove(0);
    assert_eq!(line["Region"], "eu-west-1");
    assert_eq!(
        bill(&mut lab)["Regions"],
        json!([{"Region": "eu-west-1", "Amount": "0.005", "AmountPerHour": "0.005"}])
    );
}

/// EC2 User Guide, "Elastic IP addresses", "Pricing": every public IPv4 address costs money, in use or idle.
#[test]
fn each_public_address_costs_money_and_the_bill_says_why() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({}));
    wait_for(&mut lab, &id, "running");
    let reasons = |lab: &mut Lab, kind: &str| {
        let lines = lines(lab, &format!("PublicIPv4:{kind}Address"));
        let now = lines.iter().filter(|line| line["AmountPerHour"] != "0");
        now.map(|line| line["Reason"].as_str().unwrap_or_default().to_owned()).collect::<Vec<String>>()
    };
    assert_eq!(reasons(&mut lab, "InUse"), ["automatic address of a running instance"]);
    let address = ask(&mut lab, "ec2", "AllocateAddress", json!({}));
    assert_eq!(reasons(&mut lab, "Idle"), ["Elastic IP address without an instance"]);
    ask(&mut lab, "ec2", "AssociateAddress", json!({"AllocationId": address["AllocationId"], "InstanceId": id}));
    assert_eq!(
        (reasons(&mut lab, "InUse"), reasons(&mut lab, "Idle")),
        (vec!["Elastic IP address of a running instance".to_owned()], vec![])
    );
    ask(&mut lab, "ec2", "StopInstances", json!({"InstanceIds": [id]}));
    wait_for(&mut lab, &id, "stopped");
    assert_eq!(
        (reasons(&mut lab, "InUse"), reasons(&mut lab, "Idle")),
        (vec![], vec!["Elastic IP address of an instance that does not run".to_owned()])
    );
}

/// Amazon EBS Pricing: a volume costs money until it is deleted, also while its instance is stopped.
#[test]
fn a_stopped_instance_still_costs_its_volume() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({}));
    wait_for(&mut lab, &id, "running");
    ask(&mut lab, "ec2", "StopInstances", json!({"InstanceIds": [id]}));
    wait_for(&mut lab, &id, "stopped");
    let before = used(&mut lab, "EBS:VolumeUsage.gp3").0;
    lab.pass(73.0 * 3_600.0);
    let after = used(&mut lab, "EBS:VolumeUsage.gp3").0;
    assert!((after - before - 0.8).abs() < 1e-4, "a tenth of a month of 8 GiB, not {}", after - before);
    ask(&mut lab, "ec2", "TerminateInstances", json!({"InstanceIds": [id]}));
    wait_for(&mut lab, &id, "terminated");
    let gone = used(&mut lab, "EBS:VolumeUsage.gp3");
    lab.pass(3_600.0);
    assert_eq!(used(&mut lab, "EBS:VolumeUsage.gp3"), gone);
}

/// EC2 User Guide, "Deregister your AMI": its snapshots stay, and go on costing money.
#[test]
fn an_image_costs_its_snapshot() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({}));
    wait_for(&mut lab, &id, "running");
    lab.settle();
    let image = ask(&mut lab, "ec2", "CreateImage", json!({"InstanceId": id, "Name": "web-v1"}));
    lab.settle();
    ask(&mut lab, "ec2", "DeregisterImage", json!({"ImageId": image["ImageId"]}));
    let before = used(&mut lab, "EBS:SnapshotUsage").0;
    lab.pass(3_600.0);
    assert!(used(&mut lab, "EBS:SnapshotUsage").0 > before);
}

/// The sum is the sum of the lines, the rate that of its lines; and no line falls while time passes.
#[test]
fn the_bill_adds_up_and_never_falls() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({"Monitoring": {"Enabled": true}}));
    let mut last = 0.0;
    for step in 0..40 {
        if step == 20 {
            ask(&mut lab, "ec2", "TerminateInstances", json!({"InstanceIds": [id]}));
        }
        lab.pass(61.0);
        let bill = bill(&mut lab);
        let sum =
            |name: &str| bill["Lines"].as_array().into_iter().flatten().map(|line| number(&line[name])).sum::<f64>();
        assert!(
            is_near(sum("Amount"), number(&bill["TotalAmount"]))
                && is_near(sum("AmountPerHour"), number(&bill["AmountPerHour"])),
            "{bill}"
        );
        assert!(number(&bill["TotalAmount"]) >= last, "{bill}");
        last = number(&bill["TotalAmount"]);
    }
    let rate = bill(&mut lab)["AmountPerHour"].clone();
    assert_eq!(rate, "0", "nothing is left");
}

/// A read changes nothing: the bill of a session does not depend on who looks at it.
#[test]
fn looking_at_the_bill_costs_nothing() {
    let play = |looks: u32| {
        let mut lab = Lab::default();
        launch(&mut lab, "web-server", json!({}));
        for _ in 0..50 {
            (0..looks).for_each(|_| drop(bill(&mut lab)));
            lab.pass(7.3);
        }
        bill(&mut lab)
    };
    assert_eq!(play(0), play(3));
}

/// An unused region costs nothing.
#[test]
fn an_empty_account_owes_nothing() {
    let mut lab = Lab::default();
    lab.pass(86_400.0);
    let bill: Value = lab.ask(REGION, "lab", "DescribeBill", json!({})).expect("a bill");
    assert_eq!((&bill["TotalAmount"], &bill["Lines"]), (&json!("0"), &json!([])));
}

/// "Amazon Elastic Inference pricing", before it was retired in April 2024: an accelerator costs money while its instance runs.
#[test]
fn an_accelerator_costs_money_while_its_instance_runs() {
    let mut lab = Lab::default();
    ask(&mut lab, "lab", "SetQuota", json!({"QuotaName": "elastic_inference_history", "Value": 1}));
    let id = launch(&mut lab, "web-server", json!({"ElasticInferenceAccelerators": [{"Type": "eia2.medium"}]}));
    wait_for(&mut lab, &id, "running");
    lab.pass(3_600.0);
    let line = lines(&mut lab, "ElasticInference:eia2.medium").remove(0);
    assert_eq!((&line["Rate"], &line["AmountPerHour"]), (&json!("0.12"), &json!("0.12")));
    assert!((number(&line["Quantity"]) - 1.0).abs() < 0.01, "{line}");
}
