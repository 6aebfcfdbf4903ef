//! From what was seen of an instance to the metrics of `AWS/EC2` (EC2 User Guide, "List the available CloudWatch metrics for your
//! instances").
use std::collections::BTreeMap;

use super::Region;
use super::cloudwatch::{CloudWatch, MetricRef};
use super::observation::{CreditObservation, InstanceObservation};
use crate::sim::{SimDuration, SimTime};

/// Basic monitoring, and the metrics of credits, give a datapoint for each five minutes.
const FIVE_MINUTES: SimDuration = SimDuration::from_secs(300);

/// What a packet holds on the way to the internet: "network maximum transmission unit" 1500, less 40 of headers.
const PACKET_BYTES: f64 = 1_460.0;

/// What was seen of the instances since the last five minutes began.
#[derive(Clone, Debug, Default)]
pub struct InstanceMetrics {
    five_minutes: BTreeMap<String, FiveMinutes>,
}

/// What was seen of an instance in up to five minutes.
#[derive(Clone, Copy, Debug, Default)]
struct FiveMinutes {
    minutes: f64,
    cpu_percent: f64,
    network_bytes: Option<[f64; 2]>,
    credits: Option<CreditObservation>,
}

/// Where an instance's values are put.
#[derive(Debug)]
struct Place<'a> {
    instance_id: &'a str,
    /// The group whose metrics it counts in, if it does.
    group: Option<&'a str>,
    /// Its image and its type: with detailed monitoring there are metrics over all instances of each, and over all instances.
    kind: Option<(&'a str, &'a str)>,
}

impl InstanceMetrics {
    /// Adds a minute. The five minutes of an instance hold the sum of its minutes.
    fn add(&mut self, seen: &InstanceObservation) {
        let sums = match self.five_minutes.get_mut(&seen.instance_id) {
            Some(sums) => sums,
            None => self.five_minutes.entry(seen.instance_id.clone()).or_default(),
        };
        sums.minutes += 1.0;
        sums.cpu_percent += seen.cpu_percent;
        if let Some([inward, outward]) = seen.network_bytes {
            let [all_in, all_out] = sums.network_bytes.unwrap_or_default();
            sums.network_bytes = Some([all_in + inward, all_out + outward]);
        }
        if let Some(credits) = seen.credits {
            let before = sums.credits.unwrap_or_default();
            sums.credits = Some(CreditObservation {
                usage: before.usage + credits.usage,
                surplus_charged: before.surplus_charged + credits.surplus_charged,
                ..credits
            });
        }
    }
}

impl Region {
    /// Takes what was seen of the instances in the minute that begins at `minute`.
    pub(super) fn observe_instances(&mut self, minute: SimTime, seen: &[InstanceObservation]) {
        for seen in seen {
            self.instance_metrics.add(seen);
            self.put_minute(minute, seen);
        }
        let end = minute + SimDuration::MINUTE;
        if end.floor_to(FIVE_MINUTES) == end {
            for (instance_id, sums) in std::mem::take(&mut self.instance_metrics.five_minutes) {
                self.put_five_minutes(end - FIVE_MINUTES, &instance_id, &sums);
            }
        }
    }

    fn put_minute(&mut self, minute: SimTime, seen: &InstanceObservation) {
        let Some(instance) = self.ec2.instances.get(&seen.instance_id) else { return };
        let group = self.autoscaling.group_of(&seen.instance_id);
        let end = minute + SimDuration::MINUTE;
        let group =
            group.filter(|group| group.member(&seen.instance_id).is_some_and(|member| group.is_warm(member, end)));
        let place = Place {
            instance_id: &seen.instance_id,
            group: group.map(|group| group.name.as_str()),
            kind: Some((&instance.image_id, instance.instance_type.name)),
        };
        if instance.detailed_monitoring {
            put_use(&mut self.cloudwatch, minute, &place, (seen.cpu_percent, seen.network_bytes));
        }
        // Status checks are free and come every minute.
        let checks = self.ec2.status_checks(instance, end);
        let of_ebs =
            instance.instance_type.is_nitro().then_some(("StatusCheckFailed_AttachedEBS", checks.attached_ebs));
        let each = [("StatusCheckFailed_Instance", checks.instance), ("StatusCheckFailed_System", checks.system)];
        let each = each.into_iter().chain(of_ebs);
        let worst = each.clone().map(|(_, word)| word).find(|word| *word == "impaired").unwrap_or_default();
        for (name, word) in each.chain([("StatusCheckFailed", worst)]) {
            let value = if word == "impaired" { 1.0 } else { 0.0 };
            put(&mut self.cloudwatch, minute, name, ("InstanceId", place.instance_id), value);
        }
    }

    /// Basic monitoring: the mean of the CPUs, and all bytes.
    fn put_five_minutes(&mut self, start: SimTime, instance_id: &str, sums: &FiveMinutes) {
        let Some(instance) = self.ec2.instances.get(instance_id) else { return };
        let group = self.autoscaling.group_of(instance_id);
        let end = start + FIVE_MINUTES;
        let group = group.filter(|group| group.member(instance_id).is_some_and(|member| group.is_warm(member, end)));
        let place = Place { instance_id, group: group.map(|group| group.name.as_str()), kind: None };
        if !instance.detailed_monitoring {
            put_use(&mut self.cloudwatch, start, &place, (sums.cpu_percent / sums.minutes, sums.network_bytes));
        }
        if let Some(bytes) = sums.network_bytes.filter(|_| !instance.detailed_monitoring) {
            put_packets(&mut self.cloudwatch, start, &place, bytes);
        }
        let Some(credits) = sums.credits else { return };
        for (name, value) in [
            ("CPUCreditUsage", credits.usage),
            ("CPUCreditBalance", credits.balance),
            ("CPUSurplusCreditBalance", credits.surplus_balance),
            ("CPUSurplusCreditsCharged", credits.surplus_charged),
        ] {
            put(&mut self.cloudwatch, start, name, ("InstanceId", instance_id), value);
        }
    }
}

/// CPU and network of an instance, for itself and for all that it counts in; and how often its metadata was asked for without a token:
/// no program in the lab does.
fn put_use(cloudwatch: &mut CloudWatch, at: SimTime, place: &Place, (cpu, network): (f64, Option<[f64; 2]>)) {
    let network = network.map(|[inward, outward]| [("NetworkIn", inward), ("NetworkOut", outward)]);
    let values = [("CPUUtilization", cpu), ("MetadataNoToken", 0.0)].into_iter().chain(network.into_iter().flatten());
    for (name, value) in values {
        put(cloudwatch, at, name, ("InstanceId", place.instance_id), value);
        if let Some(group) = place.group {
            put(cloudwatch, at, name, ("AutoScalingGroupName", group), value);
        }
        if let Some((image, kind)) = place.kind {
            put(cloudwatch, at, name, ("ImageId", image), value);
            put(cloudwatch, at, name, ("InstanceType", kind), value);
            cloudwatch.record(MetricRef { namespace: "AWS/EC2", name, dimensions: &[] }, at, &[(value, 1.0)]);
        }
    }
}

/// "Available for basic monitoring only".
///
/// Simplified: an instance sends and gets the fewest packets that hold its bytes.
fn put_packets(cloudwatch: &mut CloudWatch, at: SimTime, place: &Place, bytes: [f64; 2]) {
    for (name, bytes) in ["NetworkPacketsIn", "NetworkPacketsOut"].into_iter().zip(bytes) {
        let packets = libm::ceil(bytes / PACKET_BYTES);
        put(cloudwatch, at, name, ("InstanceId", place.instance_id), packets);
        if let Some(group) = place.group {
            put(cloudwatch, at, name, ("AutoScalingGroupName", group), packets);
        }
    }
}

fn put(cloudwatch: &mut CloudWatch, at: SimTime, name: &str, dimension: (&str, &str), value: f64) {
    cloudwatch.record(MetricRef { namespace: "AWS/EC2", name, dimensions: &[dimension] }, at, &[(value, 1.0)]);
}
