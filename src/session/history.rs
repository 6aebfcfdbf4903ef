//! What was seen: a point for each ten seconds, and the minute in progress for the metrics.
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Visitors;
use super::timeline::Tally;
use super::url::Url;
use crate::cloud::billing::Cost;
use crate::cloud::elb::{Action, BalancerObservation, Forward, LoadBalancer, Mishap, TargetGroupObservation};
use crate::cloud::{Cloud, CreditObservation, InstanceObservation, Observation, Region};
use crate::sim::{Histogram, Pieces, SimDuration, SimTime, Weight};
use crate::traffic::{Anomaly, Fleet, Outcome, Sample, ServerId, ServerSample, StreamId, StreamSample};

/// The record of a session. Simplified: it keeps the last twelve hours.
#[derive(Clone, Debug, Default)]
pub struct History {
    points: Pieces<Point>,
    latest_servers: BTreeMap<ServerId, ServerSample>,
    first_answers: BTreeMap<ServerId, SimTime>,
    minute_servers: BTreeMap<ServerId, ServerSample>,
    minute_streams: BTreeMap<StreamId, StreamSample>,
    pub(super) tally: Tally,
}

/// What was seen in ten seconds.
#[derive(Clone, Debug)]
pub struct Point {
    /// Their end.
    pub at: SimTime,
    /// Requests sent.
    pub sent: u64,
    /// Requests ended, by outcome.
    pub outcomes: [u64; Outcome::ALL.len()],
    /// Response times of successful requests in seconds: median, 95th and 99th percentile.
    pub latency: Option<[f64; 3]>,
    /// Mean CPU utilisation of all running servers, in per cent.
    pub cpu_percent: Option<f64>,
    /// Running servers.
    pub running: usize,
    /// The CPU credits of all burstable servers.
    pub credits: Option<CreditPoint>,
    /// The bill, at the end of each minute.
    pub cost: Option<Cost>,
    /// The Auto Scaling groups, each with its region, in order of their names.
    pub groups: Box<[(&'static str, GroupPoint)]>,
}

/// The CPU credits of several burstable instances at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CreditPoint {
    /// Their mean `CPUCreditBalance`.
    pub balance: f64,
    /// The least of their balances: the instance that is held at its baseline first.
    pub least: f64,
    /// Their mean `CPUSurplusCreditBalance`.
    pub surplus: f64,
}

/// An Auto Scaling group at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupPoint {
    /// The fewest, wanted and most instances.
    pub sizes: [i64; 3],
    /// Instances in service.
    pub in_service: i64,
    /// Mean CPU utilisation of those in service, in per cent.
    pub cpu_percent: Option<f64>,
    /// The CPU credits of those in service that are burstable.
    pub credits: Option<CreditPoint>,
}

/// Bytes of a request with its headers. Simplified: all are equally long (a guess).
const REQUEST_BYTES: f64 = 1_000.0;
/// Bytes of an answer. Simplified: all are as long as a small page (a guess).
const ANSWER_BYTES: f64 = 20_000.0;

/// Twelve hours of points.
const KEPT: usize = 12 * 360;
/// What a point takes, about, with those of a few groups; and what a server's latest sample and the minute in progress do.
const POINT_BYTES: usize = 400;
const SERVER_BYTES: usize = 400;

impl History {
    /// The points, the oldest first.
    pub fn points(&self) -> &Pieces<Point> {
        &self.points
    }

    /// What was last seen of a server.
    pub fn latest(&self, id: ServerId) -> Option<&ServerSample> {
        self.latest_servers.get(&id)
    }

    /// By when a server had answered its first request. It is looked at every ten seconds.
    pub fn first_answer(&self, id: ServerId) -> Option<SimTime> {
        self.first_answers.get(&id).copied()
    }

    /// What all came to, from the beginning or since a comparison began.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Adds to a weight what the record takes.
    pub(super) fn weigh(&self, weight: &mut Weight) {
        self.points.weigh(POINT_BYTES, weight);
        weight.add(self.latest_servers.len() * SERVER_BYTES);
    }

    pub(super) fn add(
        &mut self,
        cloud: &Cloud,
        _streams: &BTreeMap<StreamId, Visitors>,
        fleet: &Fleet,
        sample: Sample,
    ) {
        let length = sample.end.since(sample.start);
        self.tally.add(&sample, fleet.servers.len());
        self.points.push(point(cloud, fleet, &sample, length));
        while self.points.len() > KEPT {
            self.points.forget_first();
        }
        for (id, seen) in &sample.servers {
            if seen.finished > 0 {
                self.first_answers.entry(*id).or_insert(sample.end);
            }
            let minute = self.minute_servers.entry(*id).or_default();
            minute.add(seen);
        }
        for (id, seen) in &sample.streams {
            self.minute_streams.entry(*id).or_default().add(seen);
        }
        self.latest_servers = sample.servers;
    }

    /// Notes what the account owes, once the minute that ended with the last point is on the bill.
    pub(super) fn note_cost(&mut self, cost: Cost) {
        if let Some(point) = self.points.last_mut() {
            point.cost = Some(cost);
        }
    }

    /// What the control plane is told at the end of a minute, by region.
    pub(super) fn take_minute(
        &mut self,
        cloud: &Cloud,
        streams: &BTreeMap<StreamId, Visitors>,
    ) -> Vec<(String, Observation)> {
        let servers = std::mem::take(&mut self.minute_servers);
        let seen = std::mem::take(&mut self.minute_streams);
        cloud
            .regions()
            .map(|region| (region.info.name.to_owned(), observation(region, streams, &servers, &seen)))
            .collect()
    }
}

fn point(cloud: &Cloud, fleet: &Fleet, sample: &Sample, length: SimDuration) -> Point {
    let mut outcomes = [0; Outcome::ALL.len()];
    for seen in sample.streams.values() {
        outcomes.iter_mut().zip(seen.outcomes).for_each(|(all, some)| *all += some);
    }
    let seen = |id: ServerId| sample.servers.get(&id);
    let cpu = |seen: &ServerSample| seen.cpu_percent(length);
    let all = || fleet.servers.keys().filter_map(|id| seen(*id));
    let groups = cloud.regions().flat_map(|region| group_points(region, &seen, length));
    Point {
        at: sample.end,
        sent: sample.streams.values().map(|seen| seen.sent).sum(),
        outcomes,
        latency: all_latencies(sample).quantiles_secs([0.5, 0.95, 0.99]),
        cpu_percent: mean(all().map(cpu)),
        running: fleet.servers.len(),
        credits: credit_point(all()),
        cost: None,
        groups: groups.collect(),
    }
}

/// The response times of all streams; of a single one they need not be copied.
fn all_latencies(sample: &Sample) -> Cow<'_, Histogram> {
    let mut each = sample.streams.values().map(|seen| Cow::Borrowed(&seen.latency));
    let first = each.next().unwrap_or_default();
    each.fold(first, |mut all, more| {
        all.to_mut().merge(&more);
        all
    })
}

fn group_points<'a>(
    region: &'a Region,
    seen: &'a impl Fn(ServerId) -> Option<&'a ServerSample>,
    length: SimDuration,
) -> impl Iterator<Item = (&'static str, GroupPoint)> + 'a {
    region.autoscaling.groups.values().map(move |group| {
        let in_service = group.members.iter().filter(|member| member.lifecycle.is_in_service());
        let members: Vec<&ServerSample> = in_service.filter_map(|member| seen(ServerId(member.number))).collect();
        let point = GroupPoint {
            sizes: [group.min, group.desired, group.max],
            in_service: group.in_service(),
            cpu_percent: mean(members.iter().map(|seen| seen.cpu_percent(length))),
            credits: credit_point(members.iter().copied()),
        };
        (region.info.name, point)
    })
}

fn credit_point<'a>(servers: impl Iterator<Item = &'a ServerSample>) -> Option<CreditPoint> {
    let mut count = 0.0;
    let (mut balance, mut least, mut surplus) = (0.0, f64::INFINITY, 0.0);
    for credits in servers.filter_map(|seen| seen.credits) {
        count += 1.0;
        balance += credits.balance;
        least = credits.balance.min(least);
        surplus += credits.surplus_balance;
    }
    (count > 0.0).then(|| CreditPoint { balance: balance / count, least, surplus: surplus / count })
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn observation(
    region: &Region,
    streams: &BTreeMap<StreamId, Visitors>,
    servers: &BTreeMap<ServerId, ServerSample>,
    seen: &BTreeMap<StreamId, StreamSample>,
) -> Observation {
    let instances = region.ec2.instances.values().filter(|instance| instance.is_running()).filter_map(|instance| {
        let seen = servers.get(&ServerId(instance.number))?;
        let credits = seen.credits.map(|credits| CreditObservation {
            usage: credits.usage,
            balance: credits.balance,
            surplus_balance: credits.surplus_balance,
            surplus_charged: credits.surplus_charged,
        });
        Some(InstanceObservation {
            instance_id: instance.instance_id.clone(),
            cpu_percent: seen.cpu_percent(SimDuration::MINUTE),
            network_bytes: Some([REQUEST_BYTES, ANSWER_BYTES].map(|bytes| seen.finished as f64 * bytes)),
            credits,
        })
    });
    let balancers = streams.iter().filter_map(|(id, visitors)| {
        let address = visitors.resolution.addresses.first()?;
        let balancer = region.elb.balancer_by_address(address)?;
        balancer_observation(region, balancer, (&visitors.target, seen.get(id)?))
    });
    Observation { instances: instances.collect(), balancers: balancers.collect() }
}

/// What a stream of visitors meant for a load balancer. Simplified: if the rule names several target groups, what they did is shared out by
/// their weights. What a server gives a stream counts as 2xx whichever path its URL names, for streams ask for work and not for files: a missing
/// page or a broken health path shows in visits and health checks alone, not in `HTTPCode_Target_4XX_Count` or `HTTPCode_Target_5XX_Count`.
fn balancer_observation(
    region: &Region,
    balancer: &LoadBalancer,
    (target, seen): (&str, &StreamSample),
) -> Option<BalancerObservation> {
    let rule = region.elb.route(&balancer.arn, &Url::read(target).request())?;
    Some(BalancerObservation {
        load_balancer_arn: balancer.arn.clone(),
        processed_bytes: seen.ended() as f64 * (REQUEST_BYTES + ANSWER_BYTES),
        own_answers: own_answers(&rule.action, seen),
        fixed_responses_and_redirects: by_rule(seen),
        anomalous_ids: instance_ids(region, seen, |anomaly| anomaly.is_detected),
        mitigated_ids: instance_ids(region, seen, |anomaly| anomaly.is_mitigated),
        groups: match &rule.action {
            Action::Forward(forward) => group_observations(forward, seen),
            Action::FixedResponse(_) | Action::Redirect(_) => Vec::new(),
        },
    })
}

/// How often the load balancer answered itself, by status code. A rule that answered in this minute may have changed since; then only the class
/// of its code is known, and a code stands for it that has no metric of its own.
fn own_answers(action: &Action, seen: &StreamSample) -> BTreeMap<u16, f64> {
    let known = match action {
        Action::Forward(_) => None,
        Action::FixedResponse(fixed) => Some(fixed.status_code),
        Action::Redirect(redirect) => Some(redirect.status_code()),
    };
    let by_rule =
        |outcome, by_default| (outcome, known.filter(|code| Outcome::of_rule(*code) == outcome).unwrap_or(by_default));
    let all = [
        (Outcome::Balancer502, Mishap::ConnectionRefused.status_code()),
        (Outcome::Balancer503, Mishap::NoTarget.status_code()),
        (Outcome::Balancer504, Mishap::NoAnswer.status_code()),
        (Outcome::Balancer460, Mishap::ClientGaveUp.status_code()),
        by_rule(Outcome::Rule2xx, 299),
        by_rule(Outcome::Rule3xx, 399),
        by_rule(Outcome::Rule4xx, 499),
        by_rule(Outcome::Rule5xx, 599),
    ];
    let mut answers = BTreeMap::new();
    for (outcome, code) in all.into_iter().filter(|(outcome, _)| seen.count(*outcome) > 0) {
        *answers.entry(code).or_default() += seen.count(outcome) as f64;
    }
    answers
}

/// How many requests a rule answered with a fixed response, and how many with a redirect. A fixed response is never 3xx.
fn by_rule(seen: &StreamSample) -> [f64; 2] {
    let fixed = [Outcome::Rule2xx, Outcome::Rule4xx, Outcome::Rule5xx].map(|outcome| seen.count(outcome));
    [fixed.iter().sum::<u64>() as f64, seen.count(Outcome::Rule3xx) as f64]
}

/// The instances of which the load balancer thinks so.
fn instance_ids(region: &Region, seen: &StreamSample, is_so: impl Fn(&Anomaly) -> bool) -> BTreeSet<String> {
    if seen.anomalies.is_empty() {
        return BTreeSet::new();
    }
    let is_meant = |number: u64| seen.anomalies.get(&ServerId(number)).is_some_and(&is_so);
    let instances = region.ec2.instances.values().filter(|instance| is_meant(instance.number));
    instances.map(|instance| instance.instance_id.clone()).collect()
}

fn group_observations(forward: &Forward, seen: &StreamSample) -> Vec<TargetGroupObservation> {
    let count = |outcome| seen.count(outcome) as f64;
    let whole: u32 = forward.target_groups.iter().map(|(_, weight)| weight).sum();
    let used = forward.target_groups.iter().filter(|(_, weight)| *weight > 0);
    used.map(|(arn, weight)| {
        let share = f64::from(*weight) / f64::from(whole);
        let times = seen.latency.values_secs().map(|(seconds, count)| (seconds, count * share));
        TargetGroupObservation {
            target_group_arn: arn.clone(),
            answers: [count(Outcome::Success) * share, 0.0, 0.0, 0.0],
            connection_errors: count(Outcome::Balancer502) * share,
            response_seconds: times.collect(),
        }
    })
    .collect()
}
