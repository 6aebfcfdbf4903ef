//! A server: one queue, first come first served, and as many workers as virtual CPUs (Kiefer and Wolfowitz).
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::sample::{Outcome, Sample, ServerSample};
use super::{AppState, ProbeOutcome, ServerId, ServerSpec, StreamId};
use crate::sim::{SimDuration, SimTime};

/// A request that a server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Request {
    pub(super) arrived: SimTime,
    pub(super) stream: StreamId,
    pub(super) through_balancer: bool,
}

/// A server at work.
#[derive(Clone, Debug)]
pub(super) struct Server {
    id: ServerId,
    app: AppState,
    /// When each worker will have done all its work so far.
    free_at: Vec<SimTime>,
    /// What it has begun or will begin, by the moment of its end.
    waiting: BinaryHeap<Reverse<(SimTime, Request)>>,
    /// The work that came since the last sample, and what was unfinished then, in microseconds.
    assigned: u64,
    unfinished: u64,
    finished: u64,
}

/// How many requests a server keeps; beyond that connections are not taken. Apache's default: 256 workers and a backlog of 511.
const ROOM: usize = 767;
/// How long a balancer waits for an answer (`idle_timeout.timeout_seconds`); a visitor without a balancer waits as long.
const IDLE_TIMEOUT: SimDuration = SimDuration::from_secs(60);
/// How long a balancer tries to connect.
const CONNECT_TIMEOUT: SimDuration = SimDuration::from_secs(10);
/// The work of a health check.
const PROBE_WORK: SimDuration = SimDuration::from_micros(1_000);

impl Server {
    pub(super) fn new(id: ServerId, spec: &ServerSpec, now: SimTime) -> Self {
        let free_at = vec![now; spec.vcpus.max(1) as usize];
        Server { id, app: spec.app, free_at, waiting: BinaryHeap::new(), assigned: 0, unfinished: 0, finished: 0 }
    }

    /// Takes over what the control plane says. A program that stops loses what it had.
    pub(super) fn take_over(&mut self, spec: &ServerSpec, now: SimTime, sample: &mut Sample) {
        if self.app == spec.app && self.free_at.len() == spec.vcpus.max(1) as usize {
            return;
        }
        if spec.app == AppState::Refusing && !self.waiting.is_empty() {
            self.complete_until(now, sample);
            self.lose_all(sample);
            self.assigned = self.assigned.saturating_sub(self.unfinished_at(now));
            self.free_at.fill(now);
        }
        self.app = spec.app;
        self.free_at.resize(spec.vcpus.max(1) as usize, now);
    }

    /// Takes a request and its work, or fails it at once.
    pub(super) fn accept(&mut self, request: Request, work: SimDuration, sample: &mut Sample) {
        self.complete_until(request.arrived, sample);
        let refusal = match self.app {
            AppState::Serving if self.waiting.len() < ROOM => None,
            AppState::Serving | AppState::Silent => Some((Outcome::Balancer504, Outcome::TimedOut, CONNECT_TIMEOUT)),
            AppState::Refusing => Some((Outcome::Balancer502, Outcome::Refused, SimDuration::ZERO)),
        };
        if let Some((balanced, direct, latency)) = refusal {
            let outcome = if request.through_balancer { balanced } else { direct };
            sample.streams.entry(request.stream).or_default().record(outcome, latency);
            return;
        }
        let Some(worker) = self.free_at.iter_mut().min() else { return };
        let end = (*worker).max(request.arrived) + work;
        *worker = end;
        self.assigned += work.as_micros();
        self.waiting.push(Reverse((end, request)));
    }

    /// Counts the requests that end up to `now`.
    pub(super) fn complete_until(&mut self, now: SimTime, sample: &mut Sample) {
        while let Some(Reverse((end, request))) = self.waiting.peek().copied().filter(|Reverse((end, _))| *end <= now) {
            self.waiting.pop();
            self.finished += 1;
            let took = end.since(request.arrived);
            let late = if request.through_balancer { Outcome::Balancer504 } else { Outcome::TimedOut };
            let (outcome, latency) = if took > IDLE_TIMEOUT { (late, IDLE_TIMEOUT) } else { (Outcome::Success, took) };
            let seen = sample.streams.entry(request.stream).or_default();
            seen.record(outcome, latency);
            if outcome == Outcome::Success {
                *seen.by_server.entry(self.id).or_default() += 1;
            }
        }
    }

    /// Fails everything it has: the connection breaks.
    pub(super) fn lose_all(&mut self, sample: &mut Sample) {
        for Reverse((_, request)) in self.waiting.drain() {
            let outcome = if request.through_balancer { Outcome::Balancer502 } else { Outcome::Refused };
            sample.streams.entry(request.stream).or_default().record(outcome, SimDuration::ZERO);
        }
    }

    /// How many requests it has at this moment.
    pub(super) fn outstanding(&mut self, now: SimTime, sample: &mut Sample) -> usize {
        self.complete_until(now, sample);
        self.waiting.len()
    }

    pub(super) fn in_flight(&self) -> u64 {
        self.waiting.len() as u64
    }

    pub(super) fn probe(&self, now: SimTime) -> ProbeOutcome {
        match self.app {
            AppState::Refusing => ProbeOutcome::Refused,
            AppState::Silent => ProbeOutcome::Silent,
            AppState::Serving => {
                let wait = self.free_at.iter().min().map_or(SimDuration::ZERO, |free| free.since(now));
                ProbeOutcome::Answered(wait + PROBE_WORK)
            }
        }
    }

    /// Busy time is the work that came and what was left before, less what is left now.
    pub(super) fn take_sample(&mut self, now: SimTime) -> ServerSample {
        let unfinished = self.unfinished_at(now);
        let busy_micros = (self.assigned + self.unfinished).saturating_sub(unfinished);
        (self.assigned, self.unfinished) = (0, unfinished);
        let finished = std::mem::take(&mut self.finished);
        ServerSample { busy_micros, vcpus: self.free_at.len() as u32, finished, in_flight: self.waiting.len() as u64 }
    }

    fn unfinished_at(&self, now: SimTime) -> u64 {
        self.free_at.iter().map(|free| free.since(now).as_micros()).sum()
    }
}
