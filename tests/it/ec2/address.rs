use serde_json::json;

use super::{ask, instance, launch, refusal, text};
use crate::support::{Lab, REGION};

fn allocate(lab: &mut Lab) -> (String, String) {
    let answer = ask(lab, REGION, "AllocateAddress", json!({}));
    (text(&answer["AllocationId"]), text(&answer["PublicIp"]))
}

/// EC2 User Guide, "Elastic IP addresses": it replaces the automatic address for good, stays over a stop, and leaves a fresh automatic one
/// behind when it goes.
#[test]
fn an_elastic_address_stays_over_stop_and_start() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let automatic = text(&instance(&mut lab, &id)["PublicIpAddress"]);
    let (allocation, elastic) = allocate(&mut lab);
    let bond = text(
        &ask(&mut lab, REGION, "AssociateAddress", json!({"AllocationId": allocation, "InstanceId": id}))["AssociationId"],
    );
    assert_eq!(instance(&mut lab, &id)["PublicIpAddress"], elastic.as_str());
    ask(&mut lab, REGION, "StopInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    assert_eq!(instance(&mut lab, &id)["PublicIpAddress"], elastic.as_str());
    ask(&mut lab, REGION, "StartInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    ask(&mut lab, REGION, "DisassociateAddress", json!({"AssociationId": bond}));
    let fresh = text(&instance(&mut lab, &id)["PublicIpAddress"]);
    assert!(fresh != automatic && fresh != elastic, "{automatic} {elastic} {fresh}");
}

/// EC2 API, `AssociateAddress`: it moves without a word unless reassociation is forbidden, is idempotent, and frees the address that the
/// instance had.
#[test]
fn an_address_moves_without_a_word_unless_that_is_forbidden() {
    let mut lab = Lab::default();
    let [first, second] = [0, 1].map(|_| launch(&mut lab, json!({})));
    lab.settle();
    let ((one, one_ip), (two, _)) = (allocate(&mut lab), allocate(&mut lab));
    let give = |allocation: &str, id: &str| json!({"AllocationId": allocation, "InstanceId": id});
    let bond = ask(&mut lab, REGION, "AssociateAddress", give(&one, &first));
    assert_eq!(bond, ask(&mut lab, REGION, "AssociateAddress", give(&one, &first)), "idempotent");
    let mut forbidden = give(&one, &second);
    forbidden["AllowReassociation"] = json!(false);
    assert_eq!(refusal(&mut lab, "AssociateAddress", forbidden), "Resource.AlreadyAssociated");
    let moved = ask(&mut lab, REGION, "AssociateAddress", give(&one, &second));
    assert_ne!(bond, moved, "a new id for each association");
    assert_ne!(instance(&mut lab, &first)["PublicIpAddress"], one_ip.as_str());
    ask(&mut lab, REGION, "AssociateAddress", give(&two, &second));
    let left = ask(&mut lab, REGION, "DescribeAddresses", json!({"AllocationIds": [one]}))["Addresses"][0].clone();
    assert!(left.get("AssociationId").is_none(), "it stays allocated: {left}");
}

/// EC2 User Guide, "Terminate instances": an Elastic IP address is disassociated and stays the account's.
#[test]
fn a_terminated_instance_leaves_its_address_allocated() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let (allocation, _) = allocate(&mut lab);
    ask(&mut lab, REGION, "AssociateAddress", json!({"AllocationId": allocation, "InstanceId": id}));
    ask(&mut lab, REGION, "TerminateInstances", json!({"InstanceIds": [id]}));
    lab.settle();
    let address = ask(&mut lab, REGION, "DescribeAddresses", json!({}))["Addresses"][0].clone();
    assert!(address.get("InstanceId").is_none() && address["AllocationId"] == allocation.as_str(), "{address}");
}

/// EC2 API, `ReleaseAddress`: in the default VPC the address is disassociated first, in another one that is the caller's work; a released
/// address may be had again.
#[test]
fn a_release_depends_on_the_network() {
    let mut lab = Lab::default();
    let network = super::network::second(&mut lab, true);
    let (here, there) = (launch(&mut lab, json!({})), launch(&mut lab, json!({"SubnetId": network.subnet_id})));
    lab.settle();
    let ((one, ip), (two, _)) = (allocate(&mut lab), allocate(&mut lab));
    ask(&mut lab, REGION, "AssociateAddress", json!({"AllocationId": one, "InstanceId": here}));
    ask(&mut lab, REGION, "AssociateAddress", json!({"AllocationId": two, "InstanceId": there}));
    ask(&mut lab, REGION, "ReleaseAddress", json!({"AllocationId": one}));
    assert_ne!(instance(&mut lab, &here)["PublicIpAddress"], ip.as_str());
    assert_eq!(refusal(&mut lab, "ReleaseAddress", json!({"AllocationId": two})), "InvalidIPAddress.InUse");
    assert_eq!(ask(&mut lab, REGION, "AllocateAddress", json!({"Address": ip}))["PublicIp"], ip.as_str());
}

/// EC2 User Guide, "Elastic IP addresses", quota: five a region; each region counts on its own.
#[test]
fn the_sixth_address_is_refused_and_the_next_region_has_five_of_its_own() {
    let mut lab = Lab::default();
    for _ in 0..5 {
        allocate(&mut lab);
    }
    assert_eq!(refusal(&mut lab, "AllocateAddress", json!({})), "AddressLimitExceeded");
    ask(&mut lab, "eu-west-1", "AllocateAddress", json!({}));
}

/// Elastic Load Balancing User Guide, "Application Load Balancers", IP address management: the balancer's addresses are listed, managed by the
/// service, and count for nothing.
#[test]
fn a_balancers_addresses_are_listed_as_managed() {
    let mut lab = Lab::default();
    let subnets = ask(&mut lab, REGION, "DescribeSubnets", json!({}))["Subnets"].clone();
    let ids = [&subnets[0]["SubnetId"], &subnets[1]["SubnetId"]];
    lab.ask(REGION, "elbv2", "CreateLoadBalancer", json!({"Name": "front", "Subnets": ids})).expect("a balancer");
    let listed = ask(&mut lab, REGION, "DescribeAddresses", json!({}))["Addresses"].clone();
    let managed = listed.as_array().expect("a list").iter().filter(|address| address["ServiceManaged"] == "alb");
    assert_eq!(managed.count(), 2);
    for _ in 0..5 {
        allocate(&mut lab);
    }
}
