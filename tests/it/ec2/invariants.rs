//! Laws of EC2 over random requests.
use std::collections::BTreeSet;

use scaling_lab::cloud::quota::Quotas;
use scaling_lab::sim::random::Randomness;
use serde_json::{Value, json};

use super::account::Account;
use crate::support::REGION;

/// A request that may make sense or not, about things that there may be.
fn random_request(account: &Account, stream: &mut scaling_lab::sim::Stream) -> (&'static str, Value) {
    let ec2 = &account.cloud.region(REGION).expect("a region").ec2;
    let mut pick = |ids: Vec<&String>| -> Value {
        if ids.is_empty() { json!("i-00000000000000000") } else { json!(ids[stream.below(ids.len() as u64) as usize]) }
    };
    let instance = pick(ec2.instances.keys().collect());
    let address = pick(ec2.addresses.keys().collect());
    let bonds = ec2.addresses.values().filter_map(|address| address.association.as_ref());
    let bond = pick(bonds.map(|bond| &bond.association_id).collect());
    match stream.below(9) {
        0 => ("StopInstances", json!({"InstanceIds": [instance]})),
        1 | 2 => ("StartInstances", json!({"InstanceIds": [instance]})),
        3 => ("TerminateInstances", json!({"InstanceIds": [instance]})),
        4 => ("AllocateAddress", json!({})),
        5 | 6 => ("AssociateAddress", json!({"AllocationId": address, "InstanceId": instance})),
        7 => ("DisassociateAddress", json!({"AssociationId": bond})),
        _ => ("ReleaseAddress", json!({"AllocationId": address})),
    }
}

fn assert_laws(account: &Account, step: usize) {
    let ec2 = &account.cloud.region(REGION).expect("a region").ec2;
    let public = ec2.instances.keys().filter_map(|id| ec2.public_ip(id));
    let private = ec2.instances.values().filter_map(|instance| instance.private_ip.as_deref());
    for addresses in [public.collect::<Vec<_>>(), private.collect()] {
        let unique: BTreeSet<&&str> = addresses.iter().collect();
        assert_eq!(addresses.len(), unique.len(), "step {step}: {addresses:?}");
    }
    let owners: Vec<_> = ec2.addresses.values().filter_map(|address| address.association.as_ref()).collect();
    let unique: BTreeSet<&String> = owners.iter().map(|bond| &bond.instance_id).collect();
    assert_eq!(owners.len(), unique.len(), "step {step}: an instance has two Elastic IP addresses");
    for instance in ec2.instances.values() {
        let has_both = instance.auto_public_ip.is_some() && ec2.elastic_ip(&instance.instance_id).is_some();
        assert!(!has_both, "step {step}: {instance:?}");
        assert!(instance.auto_public_ip.is_none() || instance.is_running(), "step {step}: {instance:?}");
    }
    let used: u32 = ec2.instances.values().filter(|it| it.is_running()).map(|it| it.instance_type.vcpus).sum();
    assert!(used <= 12, "step {step}: {used} virtual CPUs");
    let attached = ec2.volumes.values().filter_map(|volume| volume.attachment.as_ref());
    let lost: Vec<_> = attached.filter(|bond| !ec2.instances.contains_key(&bond.instance_id)).collect();
    assert!(lost.is_empty(), "step {step}: {lost:?}");
}

#[test]
fn addresses_volumes_and_virtual_cpus_never_belong_to_two() {
    let mut account = Account::new(Quotas::SANDBOX);
    let quotas = account.cloud.quotas_mut(REGION).expect("a region");
    quotas.set("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 12).expect("a quota");
    let mut stream = Randomness { seed: 7 }.stream("ec2.laws", 0);
    for step in 0..2_000 {
        if stream.below(6) == 0 {
            // Refused when there is no room: that is part of the play.
            let _ = account.launch("t3.micro", 1, json!({}));
        } else {
            let (operation, parameters) = random_request(&account, &mut stream);
            let _ = account.ask(operation, parameters);
        }
        account.pass(stream.below(40));
        assert_laws(&account, step);
    }
}
