//! From what was seen of an instance to the metrics of `AWS/EC2` (EC2 User Guide, "List the available CloudWatch metrics for your
//! instances").
use std::collections::BTreeMap;
use std::fmt;

use super::Region;
use super::autoscaling::AutoScaling;
use super::cloudwatch::{CloudWatch, MetricRef, Reading, SeriesId};
use super::ec2::disk::DiskWork;
use super::ec2::{Instance, StatusChecks};
use super::observation::{CreditObservation, InstanceObservation};
use crate::sim::{SimDuration, SimTime};

/// Basic monitoring, and the metrics of credits, give a datapoint for each five minutes.
const FIVE_MINUTES: SimDuration = SimDuration::from_secs(300);

/// What a packet holds on the way to the internet: "network maximum transmission unit" 1500, less 40 of headers.
const PACKET_BYTES: f64 = 1_460.0;

const NAMESPACE: &str = "AWS/EC2";
/// The metrics of an instance's use, which groups and other aggregates have too. `MetadataNoToken` is how often its metadata was asked for
/// without a token: no program in the lab does. Packets and balances are "available for basic monitoring only", those of EBS only for
/// instances that are based on Nitro.
const USE: [&str; 12] = [
    "CPUUtilization",
    "NetworkIn",
    "NetworkOut",
    "MetadataNoToken",
    "EBSReadOps",
    "EBSWriteOps",
    "EBSReadBytes",
    "EBSWriteBytes",
    "NetworkPacketsIn",
    "NetworkPacketsOut",
    "EBSIOBalance%",
    "EBSByteBalance%",
];
/// The last only for instances that are based on Nitro.
const CHECKS: [&str; 4] =
    ["StatusCheckFailed", "StatusCheckFailed_Instance", "StatusCheckFailed_System", "StatusCheckFailed_AttachedEBS"];
const CREDITS: [&str; 4] =
    ["CPUCreditUsage", "CPUCreditBalance", "CPUSurplusCreditBalance", "CPUSurplusCreditsCharged"];

/// What was seen of the instances since the last five minutes began.
#[derive(Clone, Debug, Default)]
pub struct InstanceMetrics {
    /// By the instances' numbers.
    five_minutes: BTreeMap<u64, FiveMinutes>,
}

/// What was seen of an instance in up to five minutes.
#[derive(Clone, Debug, Default)]
struct FiveMinutes {
    minutes: f64,
    cpu_percent: f64,
    network_bytes: Option<[f64; 2]>,
    credits: Option<CreditObservation>,
    disk: DiskWork,
    places: Places,
}

/// Where the series of an instance's own metrics are, as far as they were written to.
#[derive(Clone, Default)]
struct Places {
    uses: [Option<SeriesId>; USE.len()],
    checks: [Option<SeriesId>; CHECKS.len()],
    credits: [Option<SeriesId>; CREDITS.len()],
}

/// The values of [`USE`] in a datapoint; the network's are not always counted.
type Used = [Option<f64>; USE.len()];

/// The values of [`USE`] of several instances, each with its weight.
type UsedByAll = [Vec<(f64, f64)>; USE.len()];

/// The values of all instances that count in a group, or that have the same image or type, for one datapoint.
#[derive(Debug)]
struct Sums<'a> {
    at: SimTime,
    /// How many instances there may be.
    room: usize,
    /// By the names and values of their dimensions; none over all instances. They are few.
    values: Vec<(Dimension<'a>, UsedByAll)>,
}

/// The name and the value of a dimension, if there is one.
type Dimension<'a> = Option<(&'static str, &'a str)>;

/// Where the values of instances are put down.
#[derive(Debug)]
struct Book<'a> {
    cloudwatch: &'a mut CloudWatch,
    at: SimTime,
    instance_id: &'a str,
}

impl fmt::Debug for Places {
    /// Whatever was written to has a place; that tells nothing.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Places")
    }
}

impl InstanceMetrics {
    /// Adds a minute. The five minutes of an instance hold the sum of its minutes.
    fn add(&mut self, number: u64, seen: &InstanceObservation, disk: DiskWork) -> &mut Places {
        let sums = self.five_minutes.entry(number).or_default();
        sums.minutes += 1.0;
        sums.cpu_percent += seen.cpu_percent;
        sums.disk = DiskWork {
            read_operations: sums.disk.read_operations + disk.read_operations,
            write_operations: sums.disk.write_operations + disk.write_operations,
            read_bytes: sums.disk.read_bytes + disk.read_bytes,
            write_bytes: sums.disk.write_bytes + disk.write_bytes,
        };
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
        &mut sums.places
    }

    /// Takes the sums of five minutes, and begins the next ones for the instances that are there.
    fn take(&mut self) -> BTreeMap<u64, FiveMinutes> {
        let taken = std::mem::take(&mut self.five_minutes);
        let next = |sums: &FiveMinutes| FiveMinutes { places: sums.places.clone(), ..FiveMinutes::default() };
        let there = taken.iter().filter(|(_, sums)| sums.minutes > 0.0);
        self.five_minutes = there.map(|(number, sums)| (*number, next(sums))).collect();
        taken
    }
}

impl Region {
    /// Takes what was seen of the instances in the minute that begins at `minute`.
    pub(super) fn observe_instances(&mut self, minute: SimTime, seen: &[InstanceObservation]) {
        let end = minute + SimDuration::MINUTE;
        let Region { ec2, autoscaling, cloudwatch, instance_metrics, .. } = self;
        // Both lists are in order of the ids, so one walk finds every instance.
        let mut instances = ec2.instances.values_mut();
        let mut take_work = |seen: &InstanceObservation| {
            let found = instances.find(|instance| instance.instance_id == seen.instance_id);
            found.map(|instance| instance.disk.take_work()).unwrap_or_default()
        };
        let disks: Vec<DiskWork> = seen.iter().map(&mut take_work).collect();
        let mut sums = Sums::at(minute, seen.len());
        let mut instances = ec2.instances.values();
        for (seen, disk) in seen.iter().zip(disks) {
            let found = instances.find(|instance| instance.instance_id == seen.instance_id);
            let Some(instance) = found else { break };
            let places = instance_metrics.add(instance.number, seen, disk);
            let mut book = Book { cloudwatch, at: minute, instance_id: &seen.instance_id };
            if instance.detailed_monitoring {
                let used = used(seen.cpu_percent, seen.network_bytes, of_ebs(instance, &disk));
                book.put_all(USE, &mut places.uses, used);
                sums.add_to_all(autoscaling, instance, used);
            }
            // Status checks are free and come every minute.
            book.put_all(CHECKS, &mut places.checks, checked(instance, &ec2.status_checks(instance, end)));
        }
        sums.put(cloudwatch);
        if end.floor_to(FIVE_MINUTES) == end {
            self.put_five_minutes(end - FIVE_MINUTES);
        }
    }

    /// Basic monitoring: the mean of the CPUs, and all bytes.
    fn put_five_minutes(&mut self, start: SimTime) {
        let Region { ec2, autoscaling, cloudwatch, instance_metrics, .. } = self;
        let mut all = instance_metrics.take();
        let mut sums = Sums::at(start, all.len());
        for instance in ec2.instances.values() {
            let Some(seen) = all.remove(&instance.number).filter(|seen| seen.minutes > 0.0) else { continue };
            let mut places = seen.places;
            let mut book = Book { cloudwatch, at: start, instance_id: &instance.instance_id };
            if !instance.detailed_monitoring {
                let ebs = of_ebs(instance, &seen.disk);
                let used = with_basic_ones(used(seen.cpu_percent / seen.minutes, seen.network_bytes, ebs));
                book.put_all(USE, &mut places.uses, used);
                sums.add_to_group(autoscaling, instance, used);
            }
            if let Some(it) = seen.credits {
                let values = [it.usage, it.balance, it.surplus_balance, it.surplus_charged];
                book.put_all(CREDITS, &mut places.credits, values.map(Some));
            }
            if let Some(next) = instance_metrics.five_minutes.get_mut(&instance.number) {
                next.places = places;
            }
        }
        sums.put(cloudwatch);
    }
}

fn used(cpu_percent: f64, network_bytes: Option<[f64; 2]>, ebs: [Option<f64>; 4]) -> Used {
    let [inward, outward] = network_bytes.map_or([None; 2], |bytes| bytes.map(Some));
    let [reads, writes, bytes_read, bytes_written] = ebs;
    let by_all = [Some(cpu_percent), inward, outward, Some(0.0), reads, writes, bytes_read, bytes_written];
    let mut used = Used::default();
    used.iter_mut().zip(by_all).for_each(|(place, value)| *place = value);
    used
}

/// What its volumes did; nothing is known of the volumes of an instance on Xen.
fn of_ebs(instance: &Instance, disk: &DiskWork) -> [Option<f64>; 4] {
    let values = [disk.read_operations, disk.write_operations, disk.read_bytes, disk.write_bytes];
    values.map(|value| instance.instance_type.is_nitro().then_some(value as f64))
}

/// Adds what there is with basic monitoring only.
///
/// Simplified: an instance sends and gets the fewest packets that hold its bytes. The balances are those of types that reach their full
/// speed for half an hour a day, as all types of the lab on Nitro do; nothing in the lab works its volumes so hard that they fall.
fn with_basic_ones(mut used: Used) -> Used {
    let packets = |bytes: Option<f64>| bytes.map(|bytes| libm::ceil(bytes / PACKET_BYTES));
    let [_, inward, outward, _, reads, ..] = used;
    let [.., packets_in, packets_out, operations, bytes] = &mut used;
    (*packets_in, *packets_out) = (packets(inward), packets(outward));
    (*operations, *bytes) = (reads.and(Some(100.0)), reads.and(Some(100.0)));
    used
}

/// The values of [`CHECKS`].
fn checked(instance: &Instance, checks: &StatusChecks) -> [Option<f64>; CHECKS.len()] {
    let of_ebs = instance.instance_type.is_nitro().then_some(checks.attached_ebs);
    let [instance, system] = [checks.instance, checks.system].map(|word| word == "impaired");
    let of_ebs = of_ebs.map(|word| word == "impaired");
    let any = instance || system || of_ebs == Some(true);
    [Some(any), Some(instance), Some(system), of_ebs].map(|failed| failed.map(|failed| f64::from(u8::from(failed))))
}

impl Book<'_> {
    /// Puts values of an instance down, and remembers where.
    fn put_all<const N: usize>(
        &mut self,
        names: [&str; N],
        places: &mut [Option<SeriesId>; N],
        values: [Option<f64>; N],
    ) {
        for ((name, place), value) in names.into_iter().zip(places).zip(values) {
            let Some(reading) = value.map(Reading::One) else { continue };
            let series = &mut self.cloudwatch.series;
            if !place.is_some_and(|place| series.add(place, self.at, &reading)) {
                let dimensions = &[("InstanceId", self.instance_id)];
                let id = series.id_of(MetricRef { namespace: NAMESPACE, name, dimensions });
                series.add(id, self.at, &reading);
                *place = Some(id);
            }
        }
    }
}

impl<'a> Sums<'a> {
    fn at(at: SimTime, room: usize) -> Self {
        Sums { at, room, values: Vec::new() }
    }

    /// Counts an instance in all that it belongs to: with detailed monitoring there are metrics over all instances of each image and type,
    /// and over all instances.
    fn add_to_all(&mut self, autoscaling: &'a AutoScaling, instance: &'a Instance, used: Used) {
        self.add_to_group(autoscaling, instance, used);
        self.add(Some(("ImageId", &instance.image_id)), used);
        self.add(Some(("InstanceType", instance.instance_type.name)), used);
        self.add(None, used);
    }

    /// Counts an instance in its group, if it is warm by the end of the datapoint.
    fn add_to_group(&mut self, autoscaling: &'a AutoScaling, instance: &'a Instance, used: Used) {
        let length = if instance.detailed_monitoring { SimDuration::MINUTE } else { FIVE_MINUTES };
        let Some((group, member)) = autoscaling.membership_of(instance.number) else { return };
        if group.is_warm(member, self.at + length) {
            self.add(Some(("AutoScalingGroupName", &group.name)), used);
        }
    }

    fn add(&mut self, dimension: Dimension<'a>, used: Used) {
        let known = self.values.iter().position(|(known, _)| *known == dimension);
        let place = known.unwrap_or_else(|| {
            self.values.push((dimension, USE.map(|_| Vec::with_capacity(self.room))));
            self.values.len() - 1
        });
        for (values, value) in self.values[place].1.iter_mut().zip(used) {
            values.extend(value.map(|value| (value, 1.0)));
        }
    }

    fn put(self, cloudwatch: &mut CloudWatch) {
        for (dimension, values) in &self.values {
            for (name, values) in USE.into_iter().zip(values) {
                let metric = MetricRef { namespace: NAMESPACE, name, dimensions: dimension.as_slice() };
                if let Some(reading) = Reading::of(values) {
                    cloudwatch.record(metric, self.at, &reading);
                }
            }
        }
    }
}
