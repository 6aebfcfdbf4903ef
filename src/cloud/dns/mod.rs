//! Amazon Route 53: stable names in front of servers that change.
//!
//! It is a global service: hosted zones belong to the account, not to a region. Simplified: a hosted zone is found by visitors as soon as
//! it is made, as if its domain were registered with its name servers; and two zones of one name answer as one, the older first.
mod lookup;
mod name;
pub mod record;
pub mod resolver;
pub mod zone;

use std::collections::BTreeMap;

pub use lookup::{Answer, Source};
pub use record::{Record, RecordType};
pub use resolver::{Resolution, Resolver};
pub use zone::HostedZone;

use super::{Context, Fact, PageRequest, Region};
use crate::api::route53::{
    Change, ChangeInfo, ChangeResourceRecordSetsRequest, ChangeResourceRecordSetsResponse, CreateHostedZoneRequest,
    CreateHostedZoneResponse, DelegationSet, DeleteHostedZoneResponse, GetChangeResponse, ListHostedZonesRequest,
    ListHostedZonesResponse, ListResourceRecordSetsRequest, ListResourceRecordSetsResponse, Request, Response,
};
use crate::api::{ApiError, RegionName};
use crate::sim::{Distribution, SimTime};
use name::{check_name, full_name, sort_key};
use record::invalid_batch;

/// Route 53 of the account.
#[derive(Clone, Debug, Default)]
pub struct Dns {
    /// Hosted zones by id.
    pub zones: BTreeMap<String, HostedZone>,
    changes: BTreeMap<String, Submitted>,
    queries: Queries,
}

/// A change on its way to the name servers.
#[derive(Clone, Debug)]
struct Submitted {
    at: SimTime,
    in_sync: SimTime,
    comment: Option<String>,
}

/// How many queries the name servers have answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queries {
    /// Those that cost money.
    pub standard: u64,
    /// Those for aliases of AWS resources, which cost nothing.
    pub alias: u64,
}

/// "Changes generally propagate to all Route 53 name servers within 60 seconds" (Route 53 API Reference, ChangeResourceRecordSets); how
/// long it takes below that is a guess.
const PROPAGATION: Distribution = Distribution::uniform_secs(30, 60);

impl Dns {
    /// How many queries were answered so far.
    pub fn queries(&self) -> Queries {
        self.queries
    }

    /// Counts the queries that led to an answer.
    pub(super) fn count(&mut self, answer: &Answer) {
        self.queries.standard += answer.standard_queries;
        self.queries.alias += answer.alias_queries;
    }

    /// Carries out a request to Route 53. `regions` is where names of AWS's own lead to.
    pub(super) fn call(
        &mut self,
        context: &mut Context,
        regions: &BTreeMap<RegionName, Region>,
        request: Request,
    ) -> Result<Response, ApiError> {
        Ok(match request {
            Request::CreateHostedZone(input) => Response::CreateHostedZone(self.create_zone(context, input)?),
            Request::ListHostedZones(input) => Response::ListHostedZones(self.list_zones(&input)?),
            Request::DeleteHostedZone(input) => Response::DeleteHostedZone(self.delete_zone(context, &input.id)?),
            Request::ChangeResourceRecordSets(input) => {
                Response::ChangeResourceRecordSets(self.change_records(context, regions, input)?)
            }
            Request::ListResourceRecordSets(input) => Response::ListResourceRecordSets(self.list_records(&input)?),
            Request::GetChange(input) => {
                Response::GetChange(GetChangeResponse { change_info: self.change_info(context.now, &input.id)? })
            }
        })
    }

    fn create_zone(
        &mut self,
        context: &mut Context,
        input: CreateHostedZoneRequest,
    ) -> Result<CreateHostedZoneResponse, ApiError> {
        check_name(&input.name)?;
        let config = input.hosted_zone_config.unwrap_or_default();
        if config.private_zone == Some(true) {
            return Err(ApiError::not_in_this_lab("A private hosted zone"));
        }
        if self.zones.values().any(|zone| zone.caller_reference == input.caller_reference) {
            let message = "A hosted zone has already been created with the specified caller reference.";
            return Err(ApiError::new("HostedZoneAlreadyExists", message));
        }
        let id = context.new_id("Z").to_ascii_uppercase();
        let (name, now) = (full_name(&input.name), context.now);
        let zone = HostedZone::new(id.clone(), name, input.caller_reference, config.comment, now);
        let change = self.submit(context, None);
        let answer = CreateHostedZoneResponse {
            hosted_zone: zone.shape(),
            change_info: self.change_info(context.now, &change)?,
            delegation_set: DelegationSet { name_servers: zone.name_servers.clone() },
            location: format!("https://route53.amazonaws.com/2013-04-01/hostedzone/{id}"),
        };
        self.zones.insert(id, zone);
        Ok(answer)
    }

    fn list_zones(&self, input: &ListHostedZonesRequest) -> Result<ListHostedZonesResponse, ApiError> {
        let zones: Vec<_> = self.zones.values().map(HostedZone::shape).collect();
        let page = PageRequest {
            most: checked_most(input.max_items.as_deref())?,
            limit: Some(100),
            token: input.marker.as_deref(),
        };
        // The code is AWS's; the text is a guess.
        let (hosted_zones, next_marker) =
            page.cut(zones, || ApiError::new("InvalidInput", "The marker is not that of a hosted zone."))?;
        Ok(ListHostedZonesResponse {
            hosted_zones,
            marker: input.marker.clone().unwrap_or_default(),
            is_truncated: next_marker.is_some(),
            next_marker,
            max_items: input.max_items.clone().unwrap_or_else(|| "100".into()),
        })
    }

    fn delete_zone(&mut self, context: &mut Context, id: &str) -> Result<DeleteHostedZoneResponse, ApiError> {
        let zone = self.zone(id)?;
        let is_own = |kind: RecordType| matches!(kind, RecordType::A | RecordType::Cname);
        if zone.records().any(|(_, kind, _)| is_own(kind)) {
            let message =
                "The specified hosted zone contains non-required resource record sets  and so cannot be deleted.";
            return Err(ApiError::new("HostedZoneNotEmpty", message));
        }
        let id = zone.id.clone();
        self.zones.remove(&id);
        let change = self.submit(context, None);
        Ok(DeleteHostedZoneResponse { change_info: self.change_info(context.now, &change)? })
    }

    fn change_records(
        &mut self,
        context: &mut Context,
        regions: &BTreeMap<RegionName, Region>,
        input: ChangeResourceRecordSetsRequest,
    ) -> Result<ChangeResourceRecordSetsResponse, ApiError> {
        // All changes or none: they are made in a copy.
        let mut zone = self.zone(&input.hosted_zone_id)?.clone();
        let in_sync = context.now + PROPAGATION.draw(&mut context.next_random("route53.change"));
        let mut facts = Vec::new();
        for change in &input.change_batch.changes {
            let set = &change.resource_record_set;
            check_name(&set.name)?;
            let (name, kind) = (full_name(&set.name), RecordType::parse(&set.kind)?);
            let record = changed_record(&zone, change, (&name, kind), regions)?;
            let values = record.as_ref().map(Record::values).unwrap_or_default();
            zone.set(&name, kind, record, context.now, in_sync);
            facts.push(Fact::DnsRecordChanged { name, values, in_sync });
        }
        for fact in facts {
            context.record(fact);
        }
        self.zones.insert(zone.id.clone(), zone);
        let id = self.submit_until(context, in_sync, input.change_batch.comment);
        Ok(ChangeResourceRecordSetsResponse { change_info: self.change_info(context.now, &id)? })
    }

    fn list_records(&self, input: &ListResourceRecordSetsRequest) -> Result<ListResourceRecordSetsResponse, ApiError> {
        let zone = self.zone(&input.hosted_zone_id)?;
        let most = checked_most(input.max_items.as_deref())?.unwrap_or(300).clamp(0, 300) as usize;
        let start = input.start_record_name.as_deref().map(|name| sort_key(&full_name(name)));
        let kind = input.start_record_type.as_deref().map(RecordType::parse).transpose()?;
        let is_before = |name: &str, known: RecordType| {
            start.as_ref().is_some_and(|start| match sort_key(name).cmp(start) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Equal => kind.is_some_and(|kind| known < kind),
                std::cmp::Ordering::Greater => false,
            })
        };
        let mut rest = zone.records().filter(|(name, known, _)| !is_before(name, *known));
        let sets = rest.by_ref().take(most).map(|(name, kind, record)| record.shape(name, kind)).collect();
        let next = rest.next();
        Ok(ListResourceRecordSetsResponse {
            resource_record_sets: sets,
            is_truncated: next.is_some(),
            next_record_name: next.map(|(name, ..)| name.to_owned()),
            next_record_type: next.map(|(_, kind, _)| kind.name().to_owned()),
            max_items: input.max_items.clone().unwrap_or_else(|| "300".into()),
        })
    }

    fn submit(&mut self, context: &mut Context, comment: Option<String>) -> String {
        let in_sync = context.now + PROPAGATION.draw(&mut context.next_random("route53.change"));
        self.submit_until(context, in_sync, comment)
    }

    fn submit_until(&mut self, context: &mut Context, in_sync: SimTime, comment: Option<String>) -> String {
        let id = context.new_id("C").to_ascii_uppercase();
        self.changes.insert(id.clone(), Submitted { at: context.now, in_sync, comment });
        id
    }

    fn change_info(&self, now: SimTime, id: &str) -> Result<ChangeInfo, ApiError> {
        let id = id.rsplit('/').next().unwrap_or_default();
        // The code is AWS's; the text is a guess.
        let missing = || ApiError::new("NoSuchChange", format!("Could not find resource with ID: {id}"));
        let change = self.changes.get(id).ok_or_else(missing)?;
        Ok(ChangeInfo {
            id: format!("/change/{id}"),
            status: if now < change.in_sync { "PENDING" } else { "INSYNC" }.into(),
            submitted_at: change.at.to_iso8601(),
            comment: change.comment.clone(),
        })
    }

    /// The hosted zone of this id, with or without `/hostedzone/` in front.
    fn zone(&self, id: &str) -> Result<&HostedZone, ApiError> {
        let id = id.rsplit('/').next().unwrap_or_default();
        let missing = || ApiError::new("NoSuchHostedZone", format!("No hosted zone found with ID: {id}"));
        self.zones.get(id).ok_or_else(missing)
    }
}

/// What stands under the name after the change.
fn changed_record(
    zone: &HostedZone,
    change: &Change,
    (name, kind): (&str, RecordType),
    regions: &BTreeMap<RegionName, Region>,
) -> Result<Option<Record>, ApiError> {
    let known = zone.newest(name, kind);
    let set = format!("resource record set [name='{name}', type='{}']", kind.name());
    let record = Record::checked(change, kind)?;
    match (change.action.as_str(), known) {
        ("DELETE", None) => Err(invalid_batch(&format!("Tried to delete {set} but it was not found"))),
        ("DELETE", Some(known)) if *known == record => Ok(None),
        ("DELETE", Some(_)) => {
            let fault = format!("Tried to delete {set} but the values provided do not match the current values");
            Err(invalid_batch(&fault))
        }
        ("CREATE", Some(_)) => Err(invalid_batch(&format!("Tried to create {set} but it already exists"))),
        (_, _) => {
            zone.check_place(name, kind)?;
            lookup::check_alias(zone, &record, kind, regions)?;
            Ok(Some(record))
        }
    }
}

fn checked_most(text: Option<&str>) -> Result<Option<i64>, ApiError> {
    let parse = |text: &str| text.parse::<i64>().ok().filter(|most| *most > 0);
    // The code is AWS's; the text is a guess.
    let wrong = || ApiError::new("InvalidInput", "MaxItems must be a positive number.");
    text.map(|text| parse(text).ok_or_else(wrong)).transpose()
}
