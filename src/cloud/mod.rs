//! The control plane of the simulated cloud: one module per AWS service, one [`Region`] that joins them.
//!
//! [`Cloud::call`] takes a request and answers or refuses it. [`Cloud::handle`] takes a [`Timer`] that has become due; timers never fail.
//! Both may schedule further timers and record [`Event`]s with their cause. What the data plane saw comes in through
//! [`Cloud::observe`]; what the control plane wants to know of a server it asks for through [`Cloud::take_probes`].
//!
//! Within a region, `ec2` knows no other service; `elb` reads `ec2`; `cloudwatch` knows none; `autoscaling` uses all three. `dns` stands
//! above the regions and reads where their names lead.
pub mod autoscaling;
pub mod billing;
pub mod cloudwatch;
mod context;
pub mod dns;
pub mod ec2;
pub mod elb;
mod event;
mod event_log;
mod filter;
mod id;
mod instance_metrics;
mod observation;
mod page;
pub mod quota;
mod region;
pub mod sts;
mod timer;

use std::collections::BTreeMap;

pub use billing::Billing;
pub use context::Context;
pub use dns::Dns;
pub use elb::{Probe, ProbeAnswer, ProbeRound};
pub use event::{Event, EventId, Fact};
pub use event_log::EventLog;
pub use filter::{FilterNames, Properties, select};
pub use id::{ACCOUNT_ID, Ids};
pub use observation::{CreditObservation, InstanceObservation, Observation};
pub use page::PageRequest;
pub use region::{REGIONS, Region, RegionInfo, Zone};
pub use timer::{Due, Timer};

use crate::api::{ApiError, Call, RegionName, Request, Response, route53};
use crate::sim::random::Randomness;
use crate::sim::{SimTime, Weight};
use quota::Quotas;

/// The simulated cloud of one account.
#[derive(Clone, Debug)]
pub struct Cloud {
    regions: BTreeMap<RegionName, Region>,
    dns: Dns,
    billing: Billing,
    /// How many events there were when the bill last took stock.
    events_billed: u64,
    shared: Shared,
}

/// What all regions share: identity, chance, the outbox of timers, the record of events.
#[derive(Clone, Debug)]
pub struct Shared {
    random: Randomness,
    ids: Ids,
    timers: Vec<(SimTime, Timer)>,
    events: EventLog,
    /// The limits of each region, in the order of [`REGIONS`].
    quotas: Vec<Quotas>,
}

/// What an instance takes with all that belongs to it (its volumes, its interface, its membership and its health as a target), and what a scaling
/// activity does, about.
const INSTANCE_BYTES: usize = 4_000;
const ACTIVITY_BYTES: usize = 1_500;

impl Cloud {
    /// An account as it is on its first day: a default network in each region, and nothing in it. Each region has these limits of its own.
    pub fn new(random: Randomness, quotas: Quotas) -> Self {
        let quotas = vec![quotas; REGIONS.len()];
        let mut shared =
            Shared { random, ids: Ids::new(random), timers: Vec::new(), events: EventLog::default(), quotas };
        let regions = REGIONS.iter().map(|info| (info.name.to_owned(), Region::new(info, &mut shared.ids))).collect();
        Cloud { regions, dns: Dns::default(), billing: Billing::default(), events_billed: 0, shared }
    }

    /// Carries out a request at `now`.
    ///
    /// # Errors
    /// AWS's code and message when the request is refused; nothing has changed then.
    pub fn call(&mut self, now: SimTime, call: &Call) -> Result<Response, ApiError> {
        if let Request::Route53(request) = &call.request {
            return self.call_dns(now, call, request.clone()).map(Response::Route53);
        }
        if ec2::is_dry_run(&call.request) {
            return Err(ec2::dry_run(self, now, call));
        }
        let source = ec2::CopySource::of(self, &call.request);
        let (region, mut context) = self.enter(now, &call.region, None)?;
        context.source = source;
        context.begin_request(&call.request);
        match call.request.clone() {
            Request::Ec2(request) => region.call_ec2(&mut context, request).map(Response::Ec2),
            Request::AutoScaling(request) => region.call_autoscaling(&mut context, request).map(Response::AutoScaling),
            Request::Elbv2(request) => region.call_elb(&mut context, request).map(Response::Elbv2),
            Request::CloudWatch(request) => region.call_cloudwatch(&mut context, request).map(Response::CloudWatch),
            Request::Sts(request) => Ok(Response::Sts(sts::call(&request))),
            Request::Route53(_) | Request::Lab(_) => {
                let operation = format!("{} {} in a region", call.request.service(), call.request.operation());
                Err(ApiError::not_in_this_lab(operation))
            }
        }
    }

    fn call_dns(
        &mut self,
        now: SimTime,
        call: &Call,
        request: route53::Request,
    ) -> Result<route53::Response, ApiError> {
        let region = self.regions.get(&call.region).ok_or_else(|| unknown_region(&call.region))?;
        let mut context = Context::new(now, region.info, &mut self.shared, None);
        context.begin_request(&call.request);
        self.dns.call(&mut context, &self.regions, request)
    }

    /// Does what has become due at `now`. A stale timer does nothing.
    pub fn handle(&mut self, now: SimTime, timer: Timer) {
        let Ok((region, mut context)) = self.enter(now, &timer.region, timer.cause) else { return };
        match timer.due {
            Due::Ec2(due) => region.handle_ec2(&mut context, due),
            Due::Elb(due) => region.handle_elb(&mut context, due),
            Due::AutoScaling(due) => region.handle_autoscaling(&mut context, due),
            Due::CloudWatch(due) => region.handle_cloudwatch(&mut context, due),
        }
    }

    /// The timers that were scheduled since the last call, in scheduling order.
    pub fn take_timers(&mut self) -> Vec<(SimTime, Timer)> {
        std::mem::take(&mut self.shared.timers)
    }

    /// The health checks that wait for answers of the data plane.
    pub fn take_probes(&mut self) -> Vec<ProbeRound> {
        self.regions.values_mut().flat_map(|region| std::mem::take(&mut region.elb.probes)).collect()
    }

    /// Takes the data plane's answers to a round of health checks, one for each, in their order.
    pub fn probes_answered(&mut self, now: SimTime, round: &ProbeRound, answers: &[ProbeAnswer]) {
        if let Ok((region, mut context)) = self.enter(now, round.region, None) {
            region.probes_answered(&mut context, round, answers);
        }
    }

    /// Takes what was measured in the minute that ends at `now`, then evaluates the alarms and lets policies act.
    pub fn observe(&mut self, now: SimTime, region: &str, observation: &Observation) {
        if let Ok((entered, mut context)) = self.enter(now, region, None) {
            entered.observe(&mut context, observation);
        }
        if let Some(region) = self.regions.get(region) {
            self.billing.count_minute(region, observation);
        }
    }

    /// Lets the bill look at what is there, if anything has happened since it last did that may cost: whatever begins or ends leaves an event. It
    /// must be called at the moment of what has happened, whoever made it happen, or the bill would depend on when somebody next asks.
    pub fn take_stock(&mut self, now: SimTime) {
        let may_cost = self.shared.events.since(self.events_billed).any(|event| event.fact.may_cost());
        self.events_billed = self.shared.events.recorded();
        if may_cost {
            self.billing.settle(now, &self.regions, &self.dns);
        }
        if self.shared.events.is_full() {
            let activities = self.regions.values().flat_map(|region| region.autoscaling.groups.values());
            let activities = activities.flat_map(|group| &group.activities).filter_map(|activity| activity.event);
            let alarms = self.regions.values().flat_map(|region| region.cloudwatch.alarms.values());
            self.shared.events.compact(now, activities.chain(alarms.filter_map(|alarm| alarm.event)));
        }
    }

    /// What was used and what it costs.
    pub fn billing(&self) -> &Billing {
        &self.billing
    }

    /// Hosted zones and their records.
    pub fn dns(&self) -> &Dns {
        &self.dns
    }

    /// What a resolver without a cache learns of a name at `now`.
    pub fn look_up(&self, now: SimTime, name: &str) -> dns::Answer {
        self.dns.look_up(&self.regions, now, name)
    }

    /// Counts the queries of a resolver that led to this answer.
    pub fn count_queries(&mut self, answer: &dns::Answer) {
        self.dns.count(answer);
    }

    /// The region of this name.
    pub fn region(&self, name: &str) -> Option<&Region> {
        self.regions.get(name)
    }

    /// All regions in order of their names.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.regions.values()
    }

    /// What happened so far, and why.
    pub fn events(&self) -> &EventLog {
        &self.shared.events
    }

    /// Adds to a weight what the control plane takes.
    pub(crate) fn weigh(&self, weight: &mut Weight) {
        self.shared.events.weigh(weight);
        for region in self.regions.values() {
            region.cloudwatch.series.weigh(weight);
            let groups = region.autoscaling.groups.values();
            let activities: usize = groups.map(|group| group.activities.len()).sum();
            weight.add(region.ec2.instances.len() * INSTANCE_BYTES + activities * ACTIVITY_BYTES);
        }
    }

    /// The limits of the account in a region.
    pub fn quotas(&self, region: &str) -> Option<&Quotas> {
        self.shared.quotas.get(self.region(region)?.info.index as usize)
    }

    /// The limits of the account in a region, to change them.
    pub fn quotas_mut(&mut self, region: &str) -> Option<&mut Quotas> {
        let index = self.region(region)?.info.index as usize;
        self.shared.quotas.get_mut(index)
    }

    /// A region and what its services work with.
    ///
    /// # Errors
    /// `InvalidRegion` if there is no such region.
    pub fn enter(
        &mut self,
        now: SimTime,
        region: &str,
        cause: Option<EventId>,
    ) -> Result<(&mut Region, Context<'_>), ApiError> {
        let entered = self.regions.get_mut(region).ok_or_else(|| unknown_region(region))?;
        let context = Context::new(now, entered.info, &mut self.shared, cause);
        Ok((entered, context))
    }
}

fn unknown_region(name: &str) -> ApiError {
    let names: Vec<_> = REGIONS.iter().map(|info| info.name).collect();
    let message = format!("Could not connect to the endpoint of region \"{name}\". This lab has {}.", names.join(", "));
    ApiError::new("InvalidRegion", message)
}
