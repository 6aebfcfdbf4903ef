//! What is there now and costs money while it is.
use super::price::METRICS_OF_AN_INSTANCE;
use super::product::{AddressUse, Product};
use crate::cloud::ec2::{Ec2, Instance};
use crate::cloud::{Dns, Region};

/// A thing with its price.
#[derive(Debug)]
pub(super) struct Item {
    /// What kind of charge, and for what: the same as long as the thing is the same.
    pub(super) id: (&'static str, String),
    pub(super) product: Product,
    /// How many units of the product it is: GiB of a volume, metrics of an instance.
    pub(super) size: u64,
}

fn item(kind: &'static str, id: &str, product: Product, size: u64) -> Item {
    Item { id: (kind, id.to_owned()), product, size }
}

/// What costs money in a region.
pub(super) fn of_region(region: &Region) -> Vec<Item> {
    let mut items = Vec::new();
    for instance in region.ec2.instances.values() {
        add_instance(&region.ec2, instance, &mut items);
    }
    add_storage(&region.ec2, &mut items);
    for address in region.ec2.addresses.values() {
        let owner = address.association.as_ref().map(|bond| region.ec2.instances.get(&bond.instance_id));
        let usage = match owner {
            None => AddressUse::NotAssociated,
            Some(Some(instance)) if instance.is_running() => AddressUse::Elastic,
            Some(_) => AddressUse::InstanceNotRunning,
        };
        items.push(item("address", &address.public_ip, Product::Address(usage), 1));
    }
    for balancer in region.elb.load_balancers.values() {
        items.push(item("balancer", &balancer.arn, Product::LoadBalancer, 1));
        for node in balancer.zones.iter().filter(|_| !balancer.is_internal) {
            items.push(item("address", &node.address, Product::Address(AddressUse::Balancer), 1));
        }
    }
    items.extend(region.cloudwatch.alarms.keys().map(|name| item("alarm", name, Product::Alarm, 1)));
    items
}

/// What costs money and belongs to no region.
pub(super) fn of_dns(dns: &Dns) -> Vec<Item> {
    dns.zones.keys().map(|id| item("zone", id, Product::HostedZone, 1)).collect()
}

fn add_instance(ec2: &Ec2, instance: &Instance, items: &mut Vec<Item>) {
    if !instance.is_running() {
        return;
    }
    let id = instance.instance_id.as_str();
    items.push(item("instance", id, Product::Instance(instance.instance_type, instance.platform), 1));
    if instance.detailed_monitoring {
        items.push(item("monitoring", id, Product::DetailedMonitoring, METRICS_OF_AN_INSTANCE));
    }
    if let Some(accelerator) = instance.accelerator {
        items.push(item("accelerator", id, Product::Accelerator(accelerator.kind), u64::from(accelerator.count)));
    }
    if let Some(address) = instance.auto_public_ip.as_ref().filter(|_| ec2.elastic_ip(id).is_none()) {
        items.push(item("address", address, Product::Address(AddressUse::Automatic), 1));
    }
}

/// Volumes cost money until they are deleted, whether their instance runs or not; snapshots too, by what they keep.
///
/// Simplified: every volume costs what one of type `gp3` costs.
fn add_storage(ec2: &Ec2, items: &mut Vec<Item>) {
    let whole = |number: i64| u64::try_from(number).unwrap_or(0);
    for volume in ec2.volumes.values() {
        items.push(item("volume", &volume.volume_id, Product::Volume, whole(volume.size_gib)));
    }
    for snapshot in ec2.snapshots.values() {
        items.push(item("snapshot", &snapshot.snapshot_id, Product::Snapshot, whole(snapshot.stored_mib)));
    }
}
