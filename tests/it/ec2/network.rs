use std::collections::BTreeSet;

use serde_json::json;

use super::{ask, instance, launch, refusal, text};
use crate::support::{Lab, REGION};

/// A second network with one subnet in us-east-1b.
pub struct Second {
    pub vpc_id: String,
    pub subnet_id: String,
}

/// Makes a second network, with an internet gateway if asked for.
pub fn second(lab: &mut Lab, is_open: bool) -> Second {
    let vpc_id = text(&ask(lab, REGION, "CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}))["Vpc"]["VpcId"]);
    let subnet = json!({"VpcId": vpc_id, "CidrBlock": "10.0.1.0/28", "AvailabilityZone": "us-east-1b"});
    let subnet_id = text(&ask(lab, REGION, "CreateSubnet", subnet)["Subnet"]["SubnetId"]);
    if is_open {
        let gateway = ask(lab, REGION, "CreateInternetGateway", json!({}));
        let id = gateway["InternetGateway"]["InternetGatewayId"].clone();
        ask(lab, REGION, "AttachInternetGateway", json!({"InternetGatewayId": id, "VpcId": vpc_id}));
    }
    Second { vpc_id, subnet_id }
}

/// VPC User Guide, "Default VPCs": 172.31.0.0/16 with a /20 in each zone, 4,091 addresses to use, and an internet gateway.
#[test]
fn each_region_has_a_default_network_with_a_subnet_in_each_zone() {
    let mut lab = Lab::default();
    for (region, zones) in [("us-east-1", 6), ("eu-west-1", 3), ("ap-southeast-2", 3)] {
        let vpc = ask(
            &mut lab,
            region,
            "DescribeVpcs",
            json!({"Filters": [{"Name": "is-default", "Values": ["true"]}]}),
        )["Vpcs"][0]
            .clone();
        assert_eq!(vpc["CidrBlock"], "172.31.0.0/16");
        let subnets = ask(&mut lab, region, "DescribeSubnets", json!({}))["Subnets"].clone();
        let subnets = subnets.as_array().expect("a list");
        let places: BTreeSet<String> = subnets.iter().map(|subnet| text(&subnet["AvailabilityZone"])).collect();
        assert_eq!((subnets.len(), places.len()), (zones, zones), "{region}");
        assert!(
            subnets.iter().all(|subnet| subnet["AvailableIpAddressCount"] == 4091 && subnet["DefaultForAz"] == true)
        );
        let gateway = ask(&mut lab, region, "DescribeInternetGateways", json!({}))["InternetGateways"][0].clone();
        assert_eq!(gateway["Attachments"][0]["VpcId"], vpc["VpcId"]);
    }
}

/// VPC User Guide, "IP addressing": instances of a default subnet get a public address; those of another only if the subnet or the launch
/// says so, and the network has a gateway.
#[test]
fn only_default_subnets_give_public_addresses_unasked() {
    let mut lab = Lab::default();
    let network = second(&mut lab, true);
    let quiet = launch(&mut lab, json!({"SubnetId": network.subnet_id}));
    let asking = json!({"NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": network.subnet_id, "AssociatePublicIpAddress": true}]});
    let asking = launch(&mut lab, asking);
    ask(
        &mut lab,
        REGION,
        "ModifySubnetAttribute",
        json!({"SubnetId": network.subnet_id, "MapPublicIpOnLaunch": {"Value": true}}),
    );
    let mapped = launch(&mut lab, json!({"SubnetId": network.subnet_id}));
    lab.settle();
    let has_one = |lab: &mut Lab, id: &str| instance(lab, id).get("PublicIpAddress").is_some();
    assert_eq!([&quiet, &asking, &mapped].map(|id| has_one(&mut lab, id)), [false, true, true]);
    assert!(text(&instance(&mut lab, &quiet)["PrivateIpAddress"]).starts_with("10.0.1."));
}

/// VPC User Guide, "Subnet CIDR blocks": five addresses of each subnet are AWS's; the next launch finds none.
#[test]
fn a_full_subnet_takes_no_more_instances() {
    let mut lab = Lab::default();
    let network = second(&mut lab, false);
    let eleven = json!({"SubnetId": network.subnet_id, "MinCount": 11, "MaxCount": 11});
    launch(&mut lab, eleven);
    let reservations = ask(&mut lab, REGION, "DescribeInstances", json!({}))["Reservations"].clone();
    let instances = reservations[0]["Instances"].as_array().expect("instances");
    let addresses: BTreeSet<String> = instances.iter().map(|it| text(&it["PrivateIpAddress"])).collect();
    assert_eq!(addresses.len(), 11);
    let image_id = super::image(&mut lab, REGION, "scaling-lab-web-server-*");
    let one = json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "SubnetId": network.subnet_id});
    assert_eq!(refusal(&mut lab, "RunInstances", one), "InsufficientFreeAddressesInSubnet");
}

/// VPC User Guide, "Internet gateways": without one, no Elastic IP address.
#[test]
fn an_address_needs_an_internet_gateway() {
    let mut lab = Lab::default();
    let network = second(&mut lab, false);
    let id = launch(&mut lab, json!({"SubnetId": network.subnet_id}));
    lab.settle();
    let allocation = ask(&mut lab, REGION, "AllocateAddress", json!({}))["AllocationId"].clone();
    let error = lab.ask(REGION, "ec2", "AssociateAddress", json!({"AllocationId": allocation, "InstanceId": id}));
    let error = error.expect_err("no gateway");
    assert_eq!(error.message, format!("Network {} is not attached to any internet gateway", network.vpc_id));
}

/// EC2 User Guide, "Regions and Zones": newer types are not offered in us-east-1e; a launch that names no zone goes elsewhere.
#[test]
fn new_types_are_not_offered_in_the_old_zone() {
    let mut lab = Lab::default();
    let image_id = super::image(&mut lab, REGION, "scaling-lab-web-server-*");
    let run = |kind: &str| json!({"ImageId": image_id, "InstanceType": kind, "MinCount": 1, "MaxCount": 1, "Placement": {"AvailabilityZone": "us-east-1e"}});
    for kind in ["t3.micro", "m5.large"] {
        assert_eq!(refusal(&mut lab, "RunInstances", run(kind)), "Unsupported", "{kind}");
    }
    ask(&mut lab, REGION, "RunInstances", run("t2.micro"));
}
