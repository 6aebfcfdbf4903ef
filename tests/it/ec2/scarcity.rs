//! What AWS may lack or forbid: machines, zones, quotas, services that are no more.
use scaling_lab::cloud::quota::{Quota, Quotas};
use serde_json::{Value, json};

use super::account::Account;
use super::text;
use crate::support::REGION;

/// EC2 User Guide, "On-Demand Instance quotas": five virtual CPUs for a new account; only running instances count.
#[test]
fn the_quota_counts_virtual_cpus_and_not_instances() {
    let mut account = Account::new(Quotas::AWS_DEFAULT);
    account.launch("t3.micro", 2, json!({})).expect("four of five");
    let error = account.launch("t3.micro", 1, json!({})).expect_err("six of five");
    assert_eq!(error.code, "VcpuLimitExceeded");
    assert!(error.message.contains("your current vCPU limit of 5 allows"), "{error}");
    account.launch("t2.micro", 1, json!({})).expect("one virtual CPU");
    let other = account.launch("inf1.xlarge", 1, json!({})).expect_err("another bucket");
    assert!(other.message.contains("vCPU limit of 0 "), "{other}");
    account
        .cloud
        .quotas_mut(REGION)
        .expect("a region")
        .set("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 64)
        .expect("a quota");
    account.launch("t3.micro", 1, json!({})).expect("room");
    assert_eq!(
        account.cloud.quotas("eu-west-1").map(|quotas| quotas.of(Quota::StandardVcpus)),
        Some(5),
        "each region has its own"
    );
}

/// EC2 User Guide, "On-Demand Instance quotas": a stopped instance frees its virtual CPUs, and needs them to start again.
#[test]
fn a_start_needs_virtual_cpus_too() {
    let mut account = Account::new(Quotas::AWS_DEFAULT);
    let launched = account.launch("t3.micro", 2, json!({})).expect("four of five");
    account.pass(60);
    let id = text(&launched["Instances"][0]["InstanceId"]);
    account.ask("StopInstances", json!({"InstanceIds": [id]})).expect("a stop");
    account.pass(60);
    account.launch("t3.micro", 1, json!({})).expect("four of five");
    assert_eq!(
        account.ask("StartInstances", json!({"InstanceIds": [id]})).expect_err("six of five").code,
        "VcpuLimitExceeded"
    );
}

/// EC2 API, `RunInstances`, `MaxCount`: as many as there is room for, but at least `MinCount`.
#[test]
fn a_launch_makes_as_many_as_there_is_room_for() {
    let mut account = Account::new(Quotas::AWS_DEFAULT);
    let launched = account.launch("t3.micro", 1, json!({"MaxCount": 9})).expect("two of nine");
    assert_eq!(launched["Instances"].as_array().map(Vec::len), Some(2));
}

/// EC2 User Guide, "Troubleshoot instance launch issues", insufficient capacity: another zone, or none, helps.
#[test]
fn where_a_zone_has_no_machines_another_zone_helps() {
    let mut account = Account::new(Quotas::SANDBOX);
    let (region, _) = account.cloud.enter(account.now, REGION, None).expect("a region");
    region.ec2.exhaust_capacity("us-east-1a", Some("m5.large"));
    let there = json!({"Placement": {"AvailabilityZone": "us-east-1a"}});
    let error = account.launch("m5.large", 1, there.clone()).expect_err("no machines");
    assert_eq!(error.code, "InsufficientInstanceCapacity");
    assert_eq!(
        error.message,
        "We currently do not have sufficient m5.large capacity in the Availability Zone you requested (us-east-1a). Our system will be \
         working on provisioning additional capacity. You can currently get m5.large capacity by not specifying an Availability Zone in \
         your request or choosing us-east-1b, us-east-1c, us-east-1d, us-east-1f."
    );
    let elsewhere = account.launch("m5.large", 1, json!({})).expect("another zone");
    assert_eq!(elsewhere["Instances"][0]["Placement"]["AvailabilityZone"], "us-east-1b");
    account.launch("t3.micro", 1, there.clone()).expect("another type");
    let (region, _) = account.cloud.enter(account.now, REGION, None).expect("a region");
    region.ec2.restore_capacity("us-east-1a", None);
    account.launch("m5.large", 1, there).expect("machines again");
}

/// EC2 User Guide, "Status checks for your instances" and "Regions and Zones": what a lost zone looks like.
#[test]
fn a_lost_zone_fails_all_status_checks_and_takes_no_launches() {
    let mut account = Account::new(Quotas::SANDBOX);
    let there = json!({"Placement": {"AvailabilityZone": "us-east-1c"}});
    account.launch("t3.micro", 1, there.clone()).expect("an instance");
    account.pass(400);
    let (region, mut context) = account.cloud.enter(account.now, REGION, None).expect("a region");
    region.ec2.lose_zone(&mut context, "us-east-1c");
    assert!(region.ec2.instances.values().all(|instance| !region.ec2.is_reachable(instance)));
    let checks = |account: &mut Account| {
        let status = account.ask("DescribeInstanceStatus", json!({})).expect("a list")["InstanceStatuses"][0].clone();
        ["SystemStatus", "InstanceStatus", "AttachedEbsStatus"].map(|check| text(&status[check]["Status"]))
    };
    assert_eq!(checks(&mut account), ["impaired"; 3]);
    let failed = json!({"Filters": [{"Name": "attached-ebs-status.reachability", "Values": ["failed"]}]});
    let found = account.ask("DescribeInstanceStatus", failed).expect("a list");
    assert_eq!(found["InstanceStatuses"].as_array().map(Vec::len), Some(1));
    let zone = account.ask("DescribeAvailabilityZones", json!({"ZoneNames": ["us-east-1c"]})).expect("a zone");
    assert_eq!(zone["AvailabilityZones"][0]["State"], "impaired");
    assert_eq!(account.launch("t3.micro", 1, there).expect_err("a lost zone").code, "InsufficientInstanceCapacity");
    let (region, mut context) = account.cloud.enter(account.now, REGION, None).expect("a region");
    region.ec2.restore_zone(&mut context, "us-east-1c");
    assert_eq!(checks(&mut account), ["ok"; 3]);
}

/// EC2 User Guide, "InstanceInitiatedShutdownBehavior" and "Termination protection": a shutdown from inside stops or terminates, and heeds
/// no protection.
#[test]
fn a_shutdown_from_inside_stops_or_terminates() {
    for (behaviour, state) in [("stop", "stopping"), ("terminate", "shutting-down")] {
        let mut account = Account::new(Quotas::SANDBOX);
        let more = json!({"InstanceInitiatedShutdownBehavior": behaviour, "DisableApiTermination": true, "DisableApiStop": true});
        let id = text(&account.launch("t3.micro", 1, more).expect("an instance")["Instances"][0]["InstanceId"]);
        account.pass(60);
        let (region, mut context) = account.cloud.enter(account.now, REGION, None).expect("a region");
        region.ec2.shut_down_from_inside(&mut context, &id);
        let shape =
            account.ask("DescribeInstances", json!({})).expect("a list")["Reservations"][0]["Instances"][0].clone();
        assert_eq!(shape["State"]["Name"], state);
        assert_eq!(shape["StateReason"]["Code"], "Client.InstanceInitiatedShutdown");
    }
}

/// EC2 API, `RunInstances`, `ElasticInferenceAccelerators`: "Amazon Elastic Inference is no longer available."
#[test]
fn elastic_inference_is_history_unless_the_lesson_switches_it_on() {
    let mut account = Account::new(Quotas::SANDBOX);
    let wanted = json!({"ElasticInferenceAccelerators": [{"Type": "eia2.large", "Count": 2}]});
    let error = account.launch("m5.large", 1, wanted.clone()).expect_err("it is retired");
    assert!(error.message.starts_with("Amazon Elastic Inference is no longer available."), "{error}");
    assert!(error.message.contains("April 2024") && error.message.contains("Inf2"), "{error}");
    account.cloud.quotas_mut(REGION).expect("a region").set("elastic_inference_history", 1).expect("a switch");
    let launched = account.launch("m5.large", 1, wanted).expect("as before 2024");
    let associations = launched["Instances"][0]["ElasticInferenceAcceleratorAssociations"].as_array().map(Vec::len);
    assert_eq!(associations, Some(2));
    let ec2 = &account.cloud.region(REGION).expect("a region").ec2;
    let instance = ec2.instances.values().next().expect("an instance");
    let accelerator = instance.accelerator.expect("an accelerator");
    assert_eq!((accelerator.kind.memory_gib, accelerator.kind.fp16_tflops, accelerator.count), (4, 16, 2));
    assert_eq!(instance.micro_usd_per_hour(), 96_000 + 2 * 240_000);
}

/// VPC User Guide, "Amazon VPC quotas": each of the limits that a request can meet.
#[test]
fn limits_are_met_where_they_are_set() {
    let limits: [(&str, &str, Value, &str); 6] = [
        ("VPCs per Region", "CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}), "VpcLimitExceeded"),
        ("Internet gateways per Region", "CreateInternetGateway", json!({}), "InternetGatewayLimitExceeded"),
        (
            "VPC security groups per Region",
            "CreateSecurityGroup",
            json!({"GroupName": "a", "Description": "a"}),
            "SecurityGroupLimitExceeded",
        ),
        ("Key pairs per Region", "CreateKeyPair", json!({"KeyName": "a"}), "KeyPairLimitExceeded"),
        ("EC2-VPC Elastic IPs", "AllocateAddress", json!({}), "AddressLimitExceeded"),
        (
            "Launch templates per Region",
            "CreateLaunchTemplate",
            json!({"LaunchTemplateName": "web", "LaunchTemplateData": {"InstanceType": "t3.micro"}}),
            "LaunchTemplateLimitExceeded",
        ),
    ];
    for (quota, operation, parameters, code) in limits {
        let mut account = Account::new(Quotas::SANDBOX);
        account.cloud.quotas_mut(REGION).expect("a region").set(quota, 0).expect("a quota");
        assert_eq!(account.ask(operation, parameters).expect_err("the limit").code, code, "{quota}");
    }
}
