//! Records: what a name stands for.
use std::net::Ipv4Addr;

use super::name::{check_name, full_name};
use crate::api::ApiError;
use crate::api::route53::{AliasTarget, Change, ResourceRecord, ResourceRecordSet};
use crate::sim::SimDuration;

/// The types of records of the lab. Simplified: those that lead a visitor to a server; AWS has more than a dozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordType {
    /// `A`: IPv4 addresses.
    A,
    /// `CNAME`: another name.
    Cname,
    /// `NS`: the name servers of the zone.
    Ns,
    /// `SOA`: the start of authority of the zone.
    Soa,
}

/// What stands under a name and a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Values, and how long a resolver may keep them.
    Values {
        /// Addresses or a name.
        values: Vec<String>,
        /// How long a resolver may keep them.
        ttl: SimDuration,
    },
    /// Whatever another name stands for (Route 53 Developer Guide, "Choosing between alias and non-alias records").
    Alias {
        /// The hosted zone that the name belongs to.
        zone_id: String,
        /// The name, with a dot at the end.
        target: String,
        /// Whether the health of the target counts. It changes nothing here: a record without alternatives is answered at any rate.
        evaluates_health: bool,
    },
}

impl RecordType {
    const ALL: [RecordType; 4] = [RecordType::A, RecordType::Cname, RecordType::Ns, RecordType::Soa];

    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            RecordType::A => "A",
            RecordType::Cname => "CNAME",
            RecordType::Ns => "NS",
            RecordType::Soa => "SOA",
        }
    }

    pub(super) fn parse(name: &str) -> Result<Self, ApiError> {
        let found = RecordType::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| ApiError::not_in_this_lab(format!("The record type {name}")))
    }
}

impl Record {
    /// The record of a change.
    ///
    /// # Errors
    /// `InvalidInput` for a record that is neither values nor an alias, `InvalidChangeBatch` for values that do not fit the type.
    pub(super) fn checked(change: &Change, kind: RecordType) -> Result<Record, ApiError> {
        let set = &change.resource_record_set;
        match (&set.alias_target, set.ttl, set.resource_records.as_slice()) {
            (Some(alias), None, []) => Ok(Record::Alias {
                zone_id: alias.hosted_zone_id.clone(),
                target: full_name(&alias.dns_name),
                evaluates_health: alias.evaluate_target_health,
            }),
            (None, Some(seconds), [first, rest @ ..]) => {
                let values = [&[first], rest.iter().collect::<Vec<_>>().as_slice()].concat();
                let values = values.iter().map(|record| checked_value(kind, &record.value));
                let ttl = SimDuration::from_secs(u64::try_from(seconds).unwrap_or(0));
                let values = values.collect::<Result<Vec<_>, ApiError>>()?;
                if kind == RecordType::Cname && values.len() > 1 {
                    // The rule is documented; the text is a guess.
                    return Err(invalid_batch("A resource record set of type CNAME can contain only one value."));
                }
                Ok(Record::Values { values, ttl })
            }
            (alias, ttl, values) => Err(wrong_parts(change, alias.is_some() || ttl.is_some() || !values.is_empty())),
        }
    }

    /// Its values in words, for the record of events.
    pub(super) fn values(&self) -> Vec<String> {
        match self {
            Record::Values { values, .. } => values.clone(),
            Record::Alias { target, .. } => vec![format!("alias {target}")],
        }
    }

    pub(super) fn shape(&self, name: &str, kind: RecordType) -> ResourceRecordSet {
        let set = ResourceRecordSet { name: name.to_owned(), kind: kind.name().into(), ..Default::default() };
        match self {
            Record::Values { values, ttl } => ResourceRecordSet {
                ttl: Some((ttl.as_micros() / 1_000_000) as i64),
                resource_records: values.iter().map(|value| ResourceRecord { value: value.clone() }).collect(),
                ..set
            },
            Record::Alias { zone_id, target, evaluates_health } => ResourceRecordSet {
                alias_target: Some(AliasTarget {
                    hosted_zone_id: zone_id.clone(),
                    dns_name: target.clone(),
                    evaluate_target_health: *evaluates_health,
                }),
                ..set
            },
        }
    }
}

fn checked_value(kind: RecordType, value: &str) -> Result<String, ApiError> {
    match kind {
        RecordType::A if value.parse::<Ipv4Addr>().is_err() => Err(invalid_batch(&format!(
            "Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with \
             '{value}''"
        ))),
        RecordType::Cname if check_name(value).is_err() => Err(invalid_batch(&format!(
            "Invalid Resource Record: 'FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with '{value}''"
        ))),
        RecordType::A | RecordType::Cname => Ok(value.to_owned()),
        RecordType::Ns | RecordType::Soa => {
            Err(ApiError::not_in_this_lab(format!("Changing records of type {}", kind.name())))
        }
    }
}

/// `InvalidChangeBatch` as AWS writes it: the faults in brackets.
pub(super) fn invalid_batch(fault: &str) -> ApiError {
    ApiError::new("InvalidChangeBatch", format!("[{fault}]"))
}

fn wrong_parts(change: &Change, has_some: bool) -> ApiError {
    let set = &change.resource_record_set;
    let found = if has_some { "more than one or a part of one" } else { "none" };
    let message = format!(
        "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found \
         {found} in Change with [Action={}, Name={}, Type={}, SetIdentifier=null]",
        change.action, set.name, set.kind
    );
    ApiError::new("InvalidInput", message)
}
