//! Hosted zones and their records.
use std::collections::BTreeMap;

use super::name::{lies_within, sort_key};
use super::record::{Record, RecordType, invalid_batch};
use crate::api::ApiError;
use crate::api::route53::{HostedZone as ZoneShape, HostedZoneConfig};
use crate::sim::{SimDuration, SimTime};

/// The records of a domain.
#[derive(Clone, Debug)]
pub struct HostedZone {
    /// Its id, without `/hostedzone/`.
    pub id: String,
    /// The domain, with a dot at the end.
    pub name: String,
    /// The reference of the request that made it.
    pub caller_reference: String,
    /// What it is for.
    pub comment: Option<String>,
    /// When it was made.
    pub created: SimTime,
    /// Its name servers.
    pub name_servers: Vec<String>,
    records: BTreeMap<Key, Versions>,
}

/// Names in the order of lists, then types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key(Vec<String>, RecordType);

/// What stands under a name and a type over time. A request sees the newest version; name servers answer with the newest that has reached
/// them.
#[derive(Clone, Debug)]
struct Versions {
    name: String,
    /// Each with the moment at which the name servers have it, the oldest first; none where the record is deleted.
    versions: Vec<(SimTime, Option<Record>)>,
}

/// The time that a resolver may keep the answer that a name does not exist: the smaller one of the TTL of the SOA record and its minimum
/// (Route 53 Developer Guide, "SOA and NS records that Amazon Route 53 creates for a public hosted zone").
pub(super) const NEGATIVE_TTL: SimDuration = SimDuration::from_secs(900);
const NS_TTL: SimDuration = SimDuration::from_secs(172_800);

impl HostedZone {
    pub(super) fn new(
        id: String,
        name: String,
        caller_reference: String,
        comment: Option<String>,
        now: SimTime,
    ) -> Self {
        // Four name servers in four top level domains, as every hosted zone has.
        let number = id.bytes().fold(0u64, |sum, byte| (sum * 31 + u64::from(byte)) % 512);
        let server = |index: u64, domain: &str| {
            let number = number + index * 512;
            format!("ns-{number}.awsdns-{:02}.{domain}", number % 64)
        };
        let name_servers = vec![server(0, "com"), server(1, "net"), server(2, "org"), server(3, "co.uk")];
        let mut zone =
            HostedZone { id, name, caller_reference, comment, created: now, name_servers, records: BTreeMap::new() };
        let soa = format!("{}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400", zone.name_servers[0]);
        let servers = zone.name_servers.iter().map(|server| format!("{server}.")).collect();
        let name = zone.name.clone();
        zone.set(&name, RecordType::Ns, Some(Record::Values { values: servers, ttl: NS_TTL }), now, now);
        zone.set(&name, RecordType::Soa, Some(Record::Values { values: vec![soa], ttl: NEGATIVE_TTL }), now, now);
        zone
    }

    /// Puts a record in place of what was there; the name servers have it from `from` on.
    pub(super) fn set(&mut self, name: &str, kind: RecordType, record: Option<Record>, now: SimTime, from: SimTime) {
        let key = Key(sort_key(name), kind);
        let entry = self.records.entry(key).or_insert_with(|| Versions { name: name.to_owned(), versions: Vec::new() });
        // Of what has reached the name servers, only the newest still counts.
        let reached = entry.versions.partition_point(|(at, _)| *at <= now);
        entry.versions.drain(..reached.saturating_sub(1));
        entry.versions.push((from, record));
    }

    /// The newest record under a name and a type.
    pub(super) fn newest(&self, name: &str, kind: RecordType) -> Option<&Record> {
        self.records.get(&Key(sort_key(name), kind))?.newest()
    }

    /// What the name servers answer at `now`.
    pub(super) fn answer(&self, name: &str, kind: RecordType, now: SimTime) -> Option<&Record> {
        let versions = &self.records.get(&Key(sort_key(name), kind))?.versions;
        let reached = versions.partition_point(|(at, _)| *at <= now);
        versions[..reached].last().and_then(|(_, record)| record.as_ref())
    }

    /// The records, as requests see them.
    pub fn records(&self) -> impl Iterator<Item = (&str, RecordType, &Record)> {
        self.records.iter().filter_map(|(key, entry)| Some((entry.name.as_str(), key.1, entry.newest()?)))
    }

    /// Refuses a record that may not stand under its name.
    pub(super) fn check_place(&self, name: &str, kind: RecordType) -> Result<(), ApiError> {
        let zone = &self.name;
        if !lies_within(name, zone) {
            return Err(invalid_batch(&format!("RRSet with DNS name {name} is not permitted in zone {zone}")));
        }
        if kind == RecordType::Cname && name == zone {
            let fault = format!("RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {zone}");
            return Err(invalid_batch(&fault));
        }
        let others = || self.records().filter(|(known, other, _)| *known == name && *other != kind);
        if kind == RecordType::Cname && others().next().is_some() {
            return Err(invalid_batch(&format!(
                "RRSet of type CNAME with DNS name {name} is not permitted as it conflicts with other records with the same DNS name in \
                 zone {zone}"
            )));
        }
        if others().any(|(_, other, _)| other == RecordType::Cname) {
            return Err(invalid_batch(&format!(
                "RRSet of type {} with DNS name {name} is not permitted because a conflicting RRSet of type  CNAME with the same DNS name \
                 already exists in zone {zone}",
                kind.name()
            )));
        }
        Ok(())
    }

    pub(super) fn shape(&self) -> ZoneShape {
        ZoneShape {
            id: format!("/hostedzone/{}", self.id),
            name: self.name.clone(),
            caller_reference: self.caller_reference.clone(),
            config: HostedZoneConfig { comment: self.comment.clone(), private_zone: Some(false) },
            resource_record_set_count: self.records().count() as i64,
        }
    }
}

impl Versions {
    fn newest(&self) -> Option<&Record> {
        self.versions.last().and_then(|(_, record)| record.as_ref())
    }
}
