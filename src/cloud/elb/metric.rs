//! The metrics of load balancers in CloudWatch (User Guide for Application Load Balancers, "CloudWatch metrics").
use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::placement::new_address;
use super::pool::is_fit_in;
use super::{Algorithm, Due, Health, LoadBalancer, Target, TargetGroup};
use crate::cloud::cloudwatch::{CloudWatch, MetricRef, Reading};
use crate::cloud::ec2::Ec2;
use crate::cloud::{Context, Region};
use crate::sim::{SimDuration, SimTime};

/// A load balancer's minute under one stream of visitors.
#[derive(Clone, Debug, Default)]
pub struct BalancerObservation {
    /// Its ARN.
    pub load_balancer_arn: String,
    /// Bytes of requests and answers.
    pub processed_bytes: f64,
    /// How many answers it gave itself, by status code: fixed responses, redirects, and what it says of mishaps.
    pub own_answers: BTreeMap<u16, f64>,
    /// How many of these a rule's fixed response was, and how many a rule's redirect.
    pub fixed_responses_and_redirects: [f64; 2],
    /// The instances that it took for anomalous at the end of the minute.
    pub anomalous_ids: BTreeSet<String>,
    /// The instances that got less than their share at the end of the minute.
    pub mitigated_ids: BTreeSet<String>,
    /// What its target groups did.
    pub groups: Vec<TargetGroupObservation>,
}

/// A target group's minute under one stream of visitors.
#[derive(Clone, Debug, Default)]
pub struct TargetGroupObservation {
    /// Its ARN.
    pub target_group_arn: String,
    /// How many requests its targets answered with 2xx, 3xx, 4xx and 5xx.
    pub answers: [f64; 4],
    /// How many connections to its targets failed.
    pub connection_errors: f64,
    /// How long its targets took, in seconds, with the number of requests that took so long.
    pub response_seconds: Vec<(f64, f64)>,
}

const NAMESPACE: &str = "AWS/ApplicationELB";
/// Rules that cost nothing in the count of evaluations.
const FREE_RULES: usize = 10;
/// One capacity unit: new connections a second, active connections, gigabytes an hour, rule evaluations a second (Elastic Load Balancing
/// pricing).
const CAPACITY_UNIT: [f64; 4] = [25.0, 3_000.0, 1.0, 1_000.0];
/// Up to so many requests a second a load balancer has its first size; each doubling is another. A guess: AWS says only that load balancers
/// scale, and that their addresses change when they do.
const FIRST_SIZE: f64 = 100.0;
/// How long an address goes on answering after it has left the name. A guess; the name's time to live is 60 s.
const RETIREMENT: SimDuration = SimDuration::from_secs(300);

/// Whether a target group meets the requirements of its health in a zone of the load balancer.
#[derive(Clone, Copy)]
struct ZoneState<'a> {
    zone: &'a str,
    /// Requests go to the healthy targets alone.
    routes_to_healthy: bool,
    /// The zone's node is in the name.
    is_in_dns: bool,
}

/// What a load balancer did in a minute, over all its visitors.
#[derive(Debug, Default)]
struct Minute<'a> {
    requests: f64,
    seconds: f64,
    bytes: f64,
    own_answers: BTreeMap<u16, f64>,
    by_rule: [f64; 2],
    anomalous_ids: BTreeSet<String>,
    mitigated_ids: BTreeSet<String>,
    /// By their ARNs; of a single stream they need not be copied.
    groups: BTreeMap<&'a str, Cow<'a, TargetGroupObservation>>,
}

impl Region {
    /// Takes what was seen of the load balancers in the minute that begins at `minute`.
    pub(in crate::cloud) fn observe_balancers(
        &mut self,
        context: &mut Context,
        minute: SimTime,
        seen: &[BalancerObservation],
    ) {
        let minutes = minutes(seen);
        for balancer in self.elb.load_balancers.values().filter(|balancer| balancer.is_active) {
            let rules = self.elb.rules_of(balancer);
            let nothing = Minute::default();
            let done = minutes.get(balancer.arn.as_str()).unwrap_or(&nothing);
            let mut book = Book { cloudwatch: &mut self.cloudwatch, minute, balancer };
            book.put_balancer(done, rules);
            let groups = self.elb.target_groups.values();
            for group in groups.filter(|group| group.balancer_arn.as_ref() == Some(&balancer.arn)) {
                let targets = with_zones(&self.ec2, group);
                book.put_hosts(group, &targets);
                book.put_anomalies(group, &targets, done);
                let states = self.elb.states_in_zones(&self.ec2, group, balancer);
                book.put_states(group, &states);
                if let Some(done) = done.groups.get(group.arn.as_str()) {
                    book.put_group(group, done);
                    book.put_failovers(group, done, &states);
                }
            }
        }
        note_anomalies(&mut self.elb.target_groups, &minutes);
        for (arn, done) in &minutes {
            self.elb.resize(context, arn, done.requests / 60.0);
        }
    }
}

impl Region {
    /// How many capacity units the load balancers needed in a minute. Simplified: AWS counts by the hour.
    pub(in crate::cloud) fn capacity_units(&self, seen: &[BalancerObservation]) -> f64 {
        let units = |(arn, done): (&str, Minute<'_>)| {
            self.elb.load_balancers.get(arn).map_or(0.0, |balancer| done.capacity_units(self.elb.rules_of(balancer)))
        };
        minutes(seen).into_iter().map(units).sum()
    }
}

/// Lets each target know whether it is taken for anomalous, as long as its target group mitigates anomalies.
fn note_anomalies(groups: &mut BTreeMap<String, TargetGroup>, minutes: &BTreeMap<&str, Minute<'_>>) {
    for group in groups.values_mut() {
        let mitigates = group.algorithm() == Algorithm::WeightedRandom { mitigates_anomalies: true };
        let done = group.balancer_arn.as_deref().and_then(|arn| minutes.get(arn)).filter(|_| mitigates);
        for target in &mut group.targets {
            target.is_anomalous = done.is_some_and(|done| done.anomalous_ids.contains(&target.instance_id));
            target.is_mitigated = done.is_some_and(|done| done.mitigated_ids.contains(&target.instance_id));
        }
    }
}

fn minutes(seen: &[BalancerObservation]) -> BTreeMap<&str, Minute<'_>> {
    let mut minutes: BTreeMap<&str, Minute<'_>> = BTreeMap::new();
    for seen in seen {
        minutes.entry(&seen.load_balancer_arn).or_default().add(seen);
    }
    minutes
}

/// A target with the zone of its instance.
type Placed<'a> = (&'a Target, Option<&'a str>);

fn with_zones<'a>(ec2: &'a Ec2, group: &'a TargetGroup) -> Vec<Placed<'a>> {
    let zone = |id: &String| ec2.instances.get(id).map(|instance| instance.zone.as_str());
    group.targets.iter().map(|target| (target, zone(&target.instance_id))).collect()
}

/// The targets in a zone, or all.
fn targets_in<'a>(targets: &[Placed<'a>], zone: Option<&str>) -> impl Iterator<Item = &'a Target> {
    targets.iter().filter(move |(_, its)| zone.is_none() || *its == zone).map(|(target, _)| *target)
}

/// How many targets are healthy, and how many unhealthy, of those that are not draining.
fn host_counts<'a>(targets: impl Iterator<Item = &'a Target>) -> (usize, usize) {
    targets.filter(|target| !target.is_draining).fold((0, 0), |(healthy, unhealthy), target| match target.health() {
        Health::Healthy => (healthy + 1, unhealthy),
        Health::Unhealthy { .. } => (healthy, unhealthy + 1),
        Health::Initial => (healthy, unhealthy),
    })
}

impl<'a> Minute<'a> {
    fn add(&mut self, seen: &'a BalancerObservation) {
        self.bytes += seen.processed_bytes;
        for (code, count) in &seen.own_answers {
            *self.own_answers.entry(*code).or_default() += count;
            self.requests += count;
        }
        self.by_rule.iter_mut().zip(seen.fixed_responses_and_redirects).for_each(|(all, some)| *all += some);
        self.anomalous_ids.extend(seen.anomalous_ids.iter().cloned());
        self.mitigated_ids.extend(seen.mitigated_ids.iter().cloned());
        for group in &seen.groups {
            match self.groups.entry(&group.target_group_arn) {
                Entry::Vacant(place) => drop(place.insert(Cow::Borrowed(group))),
                Entry::Occupied(mut known) => {
                    let all = known.get_mut().to_mut();
                    all.answers.iter_mut().zip(group.answers).for_each(|(all, some)| *all += some);
                    all.connection_errors += group.connection_errors;
                    all.response_seconds.extend(&group.response_seconds);
                }
            }
            self.requests += group.answers.iter().sum::<f64>();
            self.seconds += group.response_seconds.iter().map(|(seconds, count)| seconds * count).sum::<f64>();
        }
    }
}

impl Minute<'_> {
    /// By Little's law so many requests are under way on average, each with a connection to the visitor and one to the target.
    fn active_connections(&self) -> f64 {
        2.0 * self.seconds / 60.0
    }

    fn rule_evaluations(&self, rules: usize) -> f64 {
        rules.saturating_sub(FREE_RULES) as f64 * self.requests
    }

    /// The largest of the four dimensions. Simplified: each request has a connection of its own.
    fn capacity_units(&self, rules: usize) -> f64 {
        let evaluations = self.rule_evaluations(rules) / 60.0;
        let used = [self.requests / 60.0, self.active_connections(), self.bytes * 60.0 / 1e9, evaluations];
        used.iter().zip(CAPACITY_UNIT).map(|(used, unit)| used / unit).fold(0.0, f64::max)
    }
}

/// Where the metrics of a load balancer are put down.
struct Book<'a> {
    cloudwatch: &'a mut CloudWatch,
    minute: SimTime,
    balancer: &'a LoadBalancer,
}

impl<'a> Book<'a> {
    /// Simplified: what the visitors do is shared out evenly over the zones, as by the DNS name. A load balancer takes any number of
    /// connections, so `RejectedConnectionCount` is never reported. Single visits are not counted, so of the 4xx that it makes itself there are
    /// fixed responses and 460.
    fn put_balancer(&mut self, done: &Minute<'_>, rules: usize) {
        let evaluations = done.rule_evaluations(rules);
        self.put("ConsumedLCUs", None, None, done.capacity_units(rules));
        if done.requests <= 0.0 {
            return;
        }
        self.spread("RequestCount", None, done.requests);
        self.put("NewConnectionCount", None, None, done.requests);
        self.put("ActiveConnectionCount", None, None, done.active_connections().max(1.0));
        self.put("ProcessedBytes", None, None, done.bytes);
        if evaluations > 0.0 {
            self.put("RuleEvaluations", None, None, evaluations);
        }
        for (name, count) in ["HTTP_Fixed_Response_Count", "HTTP_Redirect_Count"].into_iter().zip(done.by_rule) {
            if count > 0.0 {
                self.spread(name, None, count);
            }
        }
        let mut classes: BTreeMap<u16, f64> = BTreeMap::new();
        for (code, count) in &done.own_answers {
            *classes.entry(code / 100).or_default() += count;
            if matches!(code, 500 | 502 | 503 | 504) {
                self.spread(&format!("HTTPCode_ELB_{code}_Count"), None, *count);
            }
        }
        for (class, count) in classes.into_iter().filter(|(class, _)| matches!(class, 3..=5)) {
            self.spread(&format!("HTTPCode_ELB_{class}XX_Count"), None, count);
        }
    }

    /// "Reported if there are registered targets", with visitors or without.
    fn put_hosts(&mut self, group: &TargetGroup, targets: &[Placed]) {
        if targets.is_empty() {
            return;
        }
        for zone in self.all_and_each_zone() {
            let (healthy, unhealthy) = host_counts(targets_in(targets, zone));
            self.put("HealthyHostCount", Some(group), zone, healthy as f64);
            self.put("UnHealthyHostCount", Some(group), zone, unhealthy as f64);
        }
    }

    /// "Always reported", with visitors or without.
    ///
    /// Simplified: anomalies are looked for where they are mitigated too (`load_balancing.algorithm.anomaly_mitigation`); AWS looks for them
    /// in every target group with three healthy targets or more. What is told is the state at the end of the minute.
    fn put_anomalies(&mut self, group: &TargetGroup, targets: &[Placed], done: &Minute) {
        let mitigates = group.algorithm() == Algorithm::WeightedRandom { mitigates_anomalies: true };
        for (name, ids) in [("AnomalousHostCount", &done.anomalous_ids), ("MitigatedHostCount", &done.mitigated_ids)] {
            for zone in self.all_and_each_zone() {
                let met = targets_in(targets, zone).filter(|target| mitigates && ids.contains(&target.instance_id));
                self.put(name, Some(group), zone, met.count() as f64);
            }
        }
    }

    /// How many zones meet the requirements of the target group's health, and how many do not. When they are reported is a guess: as the
    /// counts of hosts are.
    fn put_states(&mut self, group: &TargetGroup, states: &[ZoneState]) {
        if group.targets.is_empty() {
            return;
        }
        self.put_state(group, None, states);
        for state in states {
            self.put_state(group, Some(state.zone), std::slice::from_ref(state));
        }
    }

    fn put_state(&mut self, group: &TargetGroup, zone: Option<&str>, states: &[ZoneState]) {
        let all = states.len() as f64;
        let routing = states.iter().filter(|state| state.routes_to_healthy).count() as f64;
        let dns = states.iter().filter(|state| state.is_in_dns).count() as f64;
        self.put("HealthyStateRouting", Some(group), zone, routing);
        self.put("UnhealthyStateRouting", Some(group), zone, all - routing);
        self.put("HealthyStateDNS", Some(group), zone, dns);
        self.put("UnhealthyStateDNS", Some(group), zone, all - dns);
    }

    /// The requests that went to all targets for want of healthy ones.
    ///
    /// Simplified: whether a minute's requests went to unhealthy targets too is decided by its end.
    fn put_failovers(&mut self, group: &TargetGroup, done: &TargetGroupObservation, states: &[ZoneState]) {
        let open = states.iter().filter(|state| !state.routes_to_healthy).count() as f64;
        let requests = done.answers.iter().sum::<f64>() * open / states.len().max(1) as f64;
        if requests > 0.0 {
            self.spread("UnhealthyRoutingRequestCount", Some(group), requests);
        }
    }

    /// `RequestCountPerTarget` is the requests by the healthy targets, or by all registered ones if none is healthy ("CloudWatch metrics for your
    /// Application Load Balancer").
    fn put_group(&mut self, group: &TargetGroup, done: &TargetGroupObservation) {
        let requests: f64 = done.answers.iter().sum();
        for (class, count) in (2..).zip(done.answers).filter(|(_, count)| *count > 0.0) {
            let name = format!("HTTPCode_Target_{class}XX_Count");
            self.spread(&name, None, count);
            self.spread(&name, Some(group), count);
        }
        if done.connection_errors > 0.0 {
            self.spread("TargetConnectionErrorCount", None, done.connection_errors);
            self.spread("TargetConnectionErrorCount", Some(group), done.connection_errors);
        }
        if requests > 0.0 {
            self.spread("RequestCount", Some(group), requests);
            let (healthy, _) = host_counts(group.targets.iter());
            let targets = if healthy > 0 { healthy } else { group.targets.len().max(1) };
            self.put("RequestCountPerTarget", Some(group), None, requests / targets as f64);
        }
        if let Some(times) = Reading::of(&done.response_seconds) {
            self.record("TargetResponseTime", None, None, &times);
            self.record("TargetResponseTime", Some(group), None, &times);
            for node in &self.balancer.zones {
                self.record("TargetResponseTime", None, Some(&node.zone), &times);
            }
        }
    }

    /// No zone for the whole, then each zone.
    fn all_and_each_zone(&self) -> impl Iterator<Item = Option<&'a str>> + use<'a> {
        std::iter::once(None).chain(self.balancer.zones.iter().map(|node| Some(node.zone.as_str())))
    }

    /// Puts a count down for the whole and for each zone.
    fn spread(&mut self, name: &str, group: Option<&TargetGroup>, count: f64) {
        self.put(name, group, None, count);
        let share = count / self.balancer.zones.len().max(1) as f64;
        for node in &self.balancer.zones {
            self.put(name, group, Some(&node.zone), share);
        }
    }

    fn put(&mut self, name: &str, group: Option<&TargetGroup>, zone: Option<&str>, value: f64) {
        self.record(name, group, zone, &Reading::One(value));
    }

    fn record(&mut self, name: &str, group: Option<&TargetGroup>, zone: Option<&str>, reading: &Reading) {
        let balancer = ("LoadBalancer", self.balancer.metric_dimension());
        let group = group.map(|group| ("TargetGroup", group.metric_dimension()));
        let zone = zone.map(|zone| ("AvailabilityZone", zone));
        let all = [zone.unwrap_or_default(), balancer, group.unwrap_or_default()];
        let dimensions = &all[usize::from(zone.is_none())..2 + usize::from(group.is_some())];
        let metric = MetricRef { namespace: NAMESPACE, name, dimensions };
        self.cloudwatch.record(metric, self.minute, reading);
    }
}

impl super::Elb {
    /// What each zone of a load balancer makes of a target group. All zones of a cross-zone group have the same targets, and say the same.
    fn states_in_zones<'a>(&self, ec2: &Ec2, group: &TargetGroup, balancer: &'a LoadBalancer) -> Vec<ZoneState<'a>> {
        let state = |zone: &'a str| ZoneState {
            zone,
            routes_to_healthy: self.routes_to_healthy(ec2, group, zone),
            is_in_dns: is_fit_in(ec2, group, zone),
        };
        let mut zones = balancer.zones.iter().map(|node| node.zone.as_str());
        if !group.is_cross_zone() {
            return zones.map(state).collect();
        }
        let Some(first) = zones.next().map(state) else { return Vec::new() };
        let others = zones.map(|zone| ZoneState { zone, ..first });
        std::iter::once(first).chain(others).collect()
    }

    /// How many rules a load balancer has, the default ones too.
    fn rules_of(&self, balancer: &LoadBalancer) -> usize {
        self.listeners_of(&balancer.arn).map(|listener| listener.rules.len() + 1).sum()
    }

    /// A load balancer that has got more or less to do changes its size, and one of its nodes gets another address.
    fn resize(&mut self, context: &mut Context, arn: &str, requests_per_second: f64) {
        let Some(balancer) = self.load_balancers.get_mut(arn) else { return };
        let size = size_for(requests_per_second);
        let is_much_smaller = size + 1 < balancer.size;
        if size <= balancer.size && !is_much_smaller {
            return;
        }
        balancer.size = size;
        let turn = context.new_number("elb.resize") as usize;
        let nodes = balancer.zones.len().max(1);
        let Some(node) = balancer.zones.get_mut(turn % nodes) else { return };
        let former = std::mem::replace(&mut node.address, new_address(context));
        balancer.former_addresses.push(former.clone());
        context.schedule_in(RETIREMENT, Due::AddressRetires { load_balancer_arn: arn.to_owned(), address: former });
    }

    pub(super) fn retire_address(&mut self, arn: &str, address: &str) {
        if let Some(balancer) = self.load_balancers.get_mut(arn) {
            balancer.former_addresses.retain(|former| former != address);
        }
    }
}

/// The size for so many requests a second: 0, and one more for each doubling.
fn size_for(requests_per_second: f64) -> u32 {
    let (mut size, mut room) = (0, FIRST_SIZE);
    while requests_per_second > room && size < 32 {
        (size, room) = (size + 1, room * 2.0);
    }
    size
}
