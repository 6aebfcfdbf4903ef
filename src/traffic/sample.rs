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
    /// Of each stream that sent requests or got answers.
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
    /// Requests that it had at the end.
    pub in_flight: u64,
}

/// What was seen of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamSample {
    /// Requests that were sent.
    pub sent: u64,
    /// Requests that ended, by outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [u64; Outcome::ALL.len()],
    /// How long the successful ones took.
    pub latency: Histogram,
    /// Successful requests by the server that answered.
    pub by_server: BTreeMap<ServerId, u64>,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 7] = [
        Outcome::Success,
        Outcome::Balancer502,
        Outcome::Balancer503,
        Outcome::Balancer504,
        Outcome::Refused,
        Outcome::TimedOut,
        Outcome::NameNotFound,
    ];
}

impl Sample {
    pub(super) fn starting(start: SimTime) -> Self {
        Sample { start, end: start, ..Sample::default() }
    }
}

impl ServerSample {
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

    pub(super) fn record(&mut self, outcome: Outcome, latency: SimDuration) {
        self.outcomes[outcome as usize] += 1;
        if outcome == Outcome::Success {
            self.latency.record(latency);
        }
    }
}
