//! What the data plane tells: how busy the servers were, and what became of the requests.
use std::collections::BTreeMap;

use super::{ServerId, StreamId};
use crate::sim::{Histogram, SimDuration, SimTime};

/// What was seen from `start` to `end`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// The beginning.
    pub start: SimTime,
    /// The end.
    pub end: SimTime,
    /// Of each server.
    pub servers: BTreeMap<ServerId, ServerSample>,
    /// Of each stream.
    pub streams: BTreeMap<StreamId, StreamSample>,
}

/// What was seen of a server.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ServerSample {
    /// Busy time over all its virtual CPUs, in microseconds.
    pub busy_micros: u64,
    /// Its virtual CPUs.
    pub vcpus: u32,
    /// Requests that it finished.
    pub finished: u64,
    /// Connections that it refused or did not take, and those that broke.
    pub failed: u64,
    /// Requests that it had at the end.
    pub in_flight: u64,
    /// Its CPU credits at the end, if it works on them.
    pub credits: Option<CreditSample>,
}

/// The CPU credits of a server, as CloudWatch names them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CreditSample {
    /// `CPUCreditUsage`: spent in the time of the sample.
    pub usage: f64,
    /// `CPUCreditBalance`: left at its end.
    pub balance: f64,
    /// `CPUSurplusCreditBalance`: borrowed in unlimited mode and not yet paid back.
    pub surplus_balance: f64,
    /// `CPUSurplusCreditsCharged`: borrowed beyond what 24 hours bring, in the time of the sample; they cost money.
    pub surplus_charged: f64,
}

/// What was seen of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamSample {
    /// Requests that were sent, those of a second try too.
    pub sent: u64,
    /// Requests that ended, by outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [u64; Outcome::ALL.len()],
    /// How long the successful ones took.
    pub latency: Histogram,
    /// How many of the requests were sent again after a failure.
    pub retries: u64,
    /// How often a visitor gave up after the last try.
    pub gave_up: u64,
    /// The targets that the balancer takes for anomalous at the end, or spares for having been: those of groups that mitigate anomalies.
    pub anomalies: BTreeMap<ServerId, Anomaly>,
}

/// What a balancer thinks of a target that failed more often than the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anomaly {
    /// It does so still.
    pub is_detected: bool,
    /// It gets less than its share of the requests.
    pub is_mitigated: bool,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A server answered with 2xx.
    Success,
    /// The balancer answered 502: the target refused or broke the connection.
    Balancer502,
    /// The balancer answered 503: no target is in use.
    Balancer503,
    /// The balancer answered 504: the target did not answer in time.
    Balancer504,
    /// The server refused or broke the connection.
    Refused,
    /// The visitor gave up.
    TimedOut,
    /// The name does not exist.
    NameNotFound,
    /// The visitor closed the connection before the balancer had an answer; it counts a 460.
    Balancer460,
    /// The balancer's rule answered with 2xx itself: a fixed response.
    Rule2xx,
    /// The balancer's rule answered with 3xx: a redirect. Simplified: a stream's visitors do not follow it.
    Rule3xx,
    /// The balancer's rule answered with 4xx itself: a fixed response.
    Rule4xx,
    /// The balancer's rule answered with 5xx itself: a fixed response.
    Rule5xx,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 12] = [
        Outcome::Success,
        Outcome::Balancer502,
        Outcome::Balancer503,
        Outcome::Balancer504,
        Outcome::Refused,
        Outcome::TimedOut,
        Outcome::NameNotFound,
        Outcome::Balancer460,
        Outcome::Rule2xx,
        Outcome::Rule3xx,
        Outcome::Rule4xx,
        Outcome::Rule5xx,
    ];

    /// What a rule's own answer with this status code is.
    pub fn of_rule(status_code: u16) -> Outcome {
        match status_code {
            ..300 => Outcome::Rule2xx,
            300..400 => Outcome::Rule3xx,
            400..500 => Outcome::Rule4xx,
            500.. => Outcome::Rule5xx,
        }
    }

    /// Whether the visitor has got what the site means to give: a page or a redirect, and no error.
    pub fn is_good(self) -> bool {
        match self {
            Outcome::Success | Outcome::Rule2xx | Outcome::Rule3xx => true,
            Outcome::Balancer502
            | Outcome::Balancer503
            | Outcome::Balancer504
            | Outcome::Balancer460
            | Outcome::Refused
            | Outcome::TimedOut
            | Outcome::NameNotFound
            | Outcome::Rule4xx
            | Outcome::Rule5xx => false,
        }
    }

    /// How many of the requests that ended so, in the order of [`Outcome::ALL`], ended well.
    pub fn count_good(outcomes: &[u64; Outcome::ALL.len()]) -> u64 {
        Outcome::ALL.iter().zip(outcomes).filter(|(outcome, _)| outcome.is_good()).map(|(_, count)| count).sum()
    }
}

impl ServerSample {
    /// Adds what was seen in the time after.
    pub fn add(&mut self, later: &ServerSample) {
        self.busy_micros += later.busy_micros;
        self.finished += later.finished;
        self.failed += later.failed;
        (self.vcpus, self.in_flight) = (later.vcpus, later.in_flight);
        let before = self.credits.unwrap_or_default();
        self.credits = later.credits.map(|credits| CreditSample {
            usage: before.usage + credits.usage,
            surplus_charged: before.surplus_charged + credits.surplus_charged,
            ..credits
        });
    }

    /// The share of the time that its virtual CPUs were busy, in per cent.
    pub fn cpu_percent(&self, length: SimDuration) -> f64 {
        let whole = length.as_micros() * u64::from(self.vcpus);
        if whole == 0 { 0.0 } else { (self.busy_micros as f64 / whole as f64 * 100.0).min(100.0) }
    }
}

impl StreamSample {
    /// How many requests ended so.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    /// How many requests ended, well or not.
    pub fn ended(&self) -> u64 {
        self.outcomes.iter().sum()
    }

    /// Adds what was seen in another time; of anomalies the other time's count.
    pub fn add(&mut self, other: &StreamSample) {
        self.sent += other.sent;
        self.outcomes.iter_mut().zip(other.outcomes).for_each(|(all, some)| *all += some);
        self.latency.merge(&other.latency);
        self.retries += other.retries;
        self.gave_up += other.gave_up;
        self.anomalies.clone_from(&other.anomalies);
    }

    /// A request was answered well after so many microseconds.
    #[inline]
    pub(super) fn succeed(&mut self, micros: u64) {
        self.outcomes[Outcome::Success as usize] += 1;
        self.latency.record(SimDuration::from_micros(micros));
    }

    /// So many requests were answered well whose times the histogram knows already; they took so many microseconds all together.
    pub(super) fn succeed_marked(&mut self, count: u64, micros: u64) {
        self.outcomes[Outcome::Success as usize] += count;
        self.latency.count_marked(count, micros);
    }

    /// So many requests ended without a server's answer.
    pub(super) fn end_unserved(&mut self, outcome: Outcome, count: u64) {
        self.outcomes[outcome as usize] += count;
    }

    /// Takes what was seen, and begins anew.
    pub(super) fn take(&mut self) -> StreamSample {
        let latency = self.latency.emptied();
        std::mem::replace(self, StreamSample { latency, ..StreamSample::default() })
    }
}
