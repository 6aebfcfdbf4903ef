//! From a name to addresses, as the name servers of the world answer it.
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::name::{full_name, lies_within};
use super::record::invalid_batch;
use super::zone::NEGATIVE_TTL;
use super::{Dns, HostedZone, Record, RecordType};
use crate::api::{ApiError, RegionName};
use crate::cloud::{Region, RegionInfo};
use crate::sim::{SimDuration, SimTime};

/// What the name servers answer to a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The addresses; none if the name does not exist.
    pub addresses: Vec<String>,
    /// How long a resolver may keep the answer; none if the name is an address itself.
    pub ttl: Option<SimDuration>,
    /// Where the answer came from.
    pub source: Source,
    /// How many queries of hosted zones it took that cost money.
    pub standard_queries: u64,
    /// How many queries of aliases of AWS resources it took.
    pub alias_queries: u64,
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The name is an address.
    Literal,
    /// A record of a hosted zone.
    Record,
    /// AWS's own name of a load balancer or an instance.
    Aws,
    /// The name does not exist.
    Nowhere,
}

/// "The DNS entry has a TTL of 60 seconds" (Elastic Load Balancing User Guide, "How Elastic Load Balancing works").
const BALANCER_TTL: SimDuration = SimDuration::from_secs(60);
/// A guess: AWS says nothing of the TTL of instance names. The name holds the address, so it changes nothing.
const INSTANCE_TTL: SimDuration = SimDuration::from_secs(60);
/// Names that stand for names that stand for names.
const MOST_STEPS: usize = 8;

impl Answer {
    fn nowhere() -> Self {
        Answer {
            addresses: Vec::new(),
            ttl: Some(NEGATIVE_TTL),
            source: Source::Nowhere,
            standard_queries: 0,
            alias_queries: 0,
        }
    }
}

impl Dns {
    /// What a resolver without a cache learns of a name.
    pub fn look_up(&self, regions: &BTreeMap<RegionName, Region>, now: SimTime, name: &str) -> Answer {
        let plain = name.trim_end_matches('.');
        if plain.parse::<Ipv4Addr>().is_ok() {
            return Answer {
                addresses: vec![plain.to_owned()],
                ttl: None,
                source: Source::Literal,
                ..Answer::nowhere()
            };
        }
        self.follow(regions, now, &full_name(name), MOST_STEPS)
    }

    fn follow(&self, regions: &BTreeMap<RegionName, Region>, now: SimTime, name: &str, steps: usize) -> Answer {
        if let Some(answer) = aws_name(regions, name) {
            return answer;
        }
        // The longest zone that holds the name is responsible, as if it were delegated.
        let zones = self.zones.values().filter(|zone| lies_within(name, &zone.name));
        let Some(zone) = zones.max_by_key(|zone| (zone.name.len(), std::cmp::Reverse(zone.created))) else {
            return Answer::nowhere();
        };
        let record = [RecordType::A, RecordType::Cname].into_iter().find_map(|kind| zone.found(name, kind, now));
        match record {
            Some((_, Record::Alias { target, .. })) if steps > 0 => {
                let mut answer = self.follow(regions, now, target, steps - 1);
                // An alias of an AWS resource is answered in one query, free of charge.
                match answer.source {
                    Source::Aws => answer.alias_queries += 1,
                    Source::Record | Source::Nowhere | Source::Literal if answer.standard_queries == 0 => {
                        answer.standard_queries += 1
                    }
                    Source::Record | Source::Nowhere | Source::Literal => {}
                }
                answer
            }
            Some((RecordType::Cname, Record::Values { values, ttl })) if steps > 0 => {
                let target = values.first().map(|value| full_name(value)).unwrap_or_default();
                let mut answer = self.follow(regions, now, &target, steps - 1);
                answer.standard_queries += 1;
                answer.ttl = answer.ttl.map(|other| other.min(*ttl));
                answer
            }
            Some((RecordType::A, Record::Values { values, ttl })) => Answer {
                addresses: values.clone(),
                ttl: Some(*ttl),
                source: Source::Record,
                standard_queries: 1,
                alias_queries: 0,
            },
            Some(_) | None => Answer { standard_queries: 1, ..Answer::nowhere() },
        }
    }
}

impl HostedZone {
    /// The record of a name, or that of a `*` in place of its first label.
    fn found(&self, name: &str, kind: RecordType, now: SimTime) -> Option<(RecordType, &Record)> {
        let wildcard = || {
            let (_, rest) = name.split_once('.')?;
            self.answer(&format!("*.{rest}"), kind, now)
        };
        self.answer(name, kind, now).or_else(wildcard).map(|record| (kind, record))
    }
}

/// AWS's own names: those of load balancers, and public names of instances such as `ec2-203-0-113-25.compute-1.amazonaws.com`.
fn aws_name(regions: &BTreeMap<RegionName, Region>, name: &str) -> Option<Answer> {
    let plain = name.trim_end_matches('.');
    if !plain.ends_with(".amazonaws.com") {
        return None;
    }
    let found = |addresses: Vec<String>, ttl| Answer {
        source: if addresses.is_empty() { Source::Nowhere } else { Source::Aws },
        addresses,
        ttl: Some(ttl),
        ..Answer::nowhere()
    };
    let balancer_name = plain.strip_prefix("dualstack.").unwrap_or(plain);
    for region in regions.values() {
        if let Some(balancer) = region.elb.balancer_by_dns_name(balancer_name) {
            let addresses = region.elb.resolved_addresses(&region.ec2, balancer);
            return Some(found(addresses, BALANCER_TTL));
        }
        if let Some(address) = instance_address(region.info, plain) {
            return Some(found(vec![address], INSTANCE_TTL));
        }
    }
    Some(found(Vec::new(), BALANCER_TTL))
}

fn instance_address(region: &RegionInfo, name: &str) -> Option<String> {
    let label = name.strip_suffix(&region.public_dns_domain())?.strip_suffix('.')?.strip_prefix("ec2-")?;
    label.replace('-', ".").parse::<Ipv4Addr>().ok().map(|address| address.to_string())
}

/// Refuses an alias whose target is not where it says.
pub(super) fn check_alias(
    zone: &HostedZone,
    record: &Record,
    kind: RecordType,
    regions: &BTreeMap<RegionName, Region>,
) -> Result<(), ApiError> {
    let Record::Alias { zone_id, target, .. } = record else { return Ok(()) };
    let fault = |what: &str| {
        invalid_batch(&format!(
            "Tried to create an alias that targets {target}, type {} in zone {zone_id}, but {what}",
            kind.name()
        ))
    };
    let outside = "the alias target name does not lie within the target zone";
    let missing = "that target was not found";
    if *zone_id == zone.id {
        return match (lies_within(target, &zone.name), zone.newest(target, kind)) {
            (false, _) => Err(fault(outside)),
            (true, None) => Err(fault(missing)),
            (true, Some(_)) => Ok(()),
        };
    }
    let plain = target.trim_end_matches('.');
    let plain = plain.strip_prefix("dualstack.").unwrap_or(plain);
    let owner = regions.values().find(|region| plain.ends_with(&format!(".{}.elb.amazonaws.com", region.info.name)));
    let Some(owner) = owner.filter(|owner| owner.info.elb_hosted_zone == zone_id) else { return Err(fault(outside)) };
    owner.elb.balancer_by_dns_name(plain).map(|_| ()).ok_or_else(|| fault(missing))
}
