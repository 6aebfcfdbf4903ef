//! Single requests to look at: the latest ones, each with its server and what became of it.
//!
//! Only for those who ask ([`Traffic::watch_requests`]), and nothing that is counted depends on it. While somebody watches, the recursion lets
//! the servers keep all requests until they are done, as it does with those that end beyond a step; so its fast path knows nothing of this.
use std::collections::VecDeque;

use super::server::Job;
use super::{Engine, Outcome, Server, ServerId, StreamId, Traffic};
use crate::sim::SimTime;

/// A request that was watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watched {
    /// Its number among all that were watched, in the order in which they became known.
    pub number: u64,
    /// Whose it is.
    pub stream: StreamId,
    /// The server that had it; none if it came to no server.
    pub server: Option<ServerId>,
    /// When it was sent. Of a request that came to no server it is known only that it was sent before its end.
    pub sent: SimTime,
    /// When the visitor saw an end, and which; none as long as one waits.
    pub end: Option<(SimTime, Outcome)>,
    /// When whoever waits for the answer stops waiting.
    deadline: u64,
}

/// What is known of the latest requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch {
    latest: VecDeque<Watched>,
    next_number: u64,
    /// Up to when the arrivals are known.
    looked_at: u64,
    /// How many failures of each stream and of each server are known.
    failures: Vec<[u64; Outcome::ALL.len()]>,
    failed: Vec<u64>,
}

/// So many requests are kept.
const MOST: usize = 512;
/// Between two looks: about a picture in real time. Microseconds.
const REST: u64 = 15_000;

impl Watch {
    fn note(&mut self, request: Watched) {
        if self.latest.len() >= MOST {
            self.latest.pop_front();
        }
        self.latest.push_back(Watched { number: self.next_number, ..request });
        self.next_number += 1;
    }

    /// A server's answer has come in time.
    pub(super) fn answered(&mut self, stream: StreamId, server: ServerId, (job, at): (&Job, u64)) {
        let end = Some((SimTime::from_micros(at), Outcome::Success));
        let sent = SimTime::from_micros(job.arrived);
        let is_it = |one: &&mut Watched| {
            one.end.is_none() && (one.stream, one.server, one.sent) == (stream, Some(server), sent)
        };
        match self.latest.iter_mut().find(is_it) {
            Some(known) => known.end = end,
            None => self.note(Watched { end, ..sent_to(stream, server, job) }),
        }
    }

    /// A request has failed. Which one follows from what it was waiting for: a server that broke off, or an answer that did not come.
    fn failed(&mut self, stream: StreamId, outcome: Outcome, now: SimTime, culprit: Option<ServerId>, is_lost: bool) {
        let is_it = |one: &&mut Watched| {
            let is_overdue = one.deadline <= now.as_micros() && !is_lost;
            one.end.is_none() && one.stream == stream && (is_overdue || is_lost && one.server == culprit)
        };
        let end = Some((now, outcome));
        match self.latest.iter_mut().find(is_it) {
            Some(known) => known.end = end,
            None => {
                self.note(Watched { number: 0, stream, server: culprit, sent: now, end, deadline: u64::MAX });
            }
        }
    }
}

fn sent_to(stream: StreamId, server: ServerId, job: &Job) -> Watched {
    let sent = SimTime::from_micros(job.arrived);
    Watched { number: 0, stream, server: Some(server), sent, end: None, deadline: job.deadline }
}

impl Traffic {
    /// Begins to watch requests one by one, or ends it. Changes nothing that is counted.
    pub fn watch_requests(&mut self, is_wanted: bool) {
        match (is_wanted, &self.watch) {
            (true, None) => {
                let failures = self.streams.iter().map(|stream| stream.seen.outcomes).collect();
                let failed = self.servers.iter().map(|server| server.failed).collect();
                let looked_at = self.now.as_micros();
                self.watch = Some(Box::new(Watch { looked_at, failures, failed, ..Watch::default() }));
            }
            (false, Some(_)) => self.watch = None,
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// The latest requests of those that were watched, the oldest first; a few hundred at most.
    pub fn watched(&self) -> impl DoubleEndedIterator<Item = &Watched> {
        self.watch.iter().flat_map(|watch| &watch.latest)
    }

    /// Up to when the recursion may count the ends of requests at once: not at all while somebody watches.
    pub(super) fn countable_until(&self, goal: u64) -> u64 {
        if self.watch.is_some() { 0 } else { goal }
    }

    /// Looks what came and what ended, now and then.
    pub(super) fn look_now_and_then(&mut self) {
        let is_due = |watch: &Watch| watch.looked_at + REST <= self.now.as_micros();
        if self.watch.as_deref().is_some_and(is_due) {
            self.look();
        }
    }

    /// Looks what came and what ended.
    pub(super) fn look(&mut self) {
        let Some(mut watch) = self.watch.take() else { return };
        for server in &self.servers {
            self.see_arrivals(&mut watch, server);
        }
        watch.looked_at = self.now.as_micros();
        self.watch = Some(watch);
        if self.engine == Engine::Recursion {
            self.sweep();
        }
        self.see_failures();
    }

    /// Requests that came since the last look; those that share CPUs are met when they are done.
    fn see_arrivals(&self, watch: &mut Watch, server: &Server) {
        let new = server.jobs.iter().rev().take_while(|job| job.arrived > watch.looked_at).count();
        for job in server.jobs.range(server.jobs.len() - new..) {
            if let Some(stream) = self.streams.get(job.stream as usize) {
                watch.note(sent_to(stream.id, server.id, job));
            }
        }
    }

    fn see_failures(&mut self) {
        let Some(watch) = self.watch.as_deref_mut() else { return };
        watch.failed.resize(self.servers.len(), 0);
        let mut culprits = VecDeque::new();
        for (server, known) in self.servers.iter().zip(&mut watch.failed) {
            let new = server.failed.saturating_sub(*known);
            culprits.extend((0..new.min(MOST as u64)).map(|_| server.id));
            *known = server.failed;
        }
        watch.failures.resize(self.streams.len(), [0; Outcome::ALL.len()]);
        for (index, stream) in self.streams.iter().enumerate() {
            for outcome in Outcome::ALL.into_iter().filter(|outcome| *outcome != Outcome::Success) {
                let count = stream.seen.count(outcome);
                let known = std::mem::replace(&mut watch.failures[index][outcome as usize], count);
                for _ in 0..count.saturating_sub(known).min(MOST as u64) {
                    let is_lost = matches!(outcome, Outcome::Balancer502 | Outcome::Refused);
                    let culprit = if is_lost { culprits.pop_front() } else { None };
                    watch.failed(stream.id, outcome, self.now, culprit, is_lost);
                }
            }
        }
    }

    /// Looks for the last time before the counts begin anew.
    pub(super) fn look_before_sample(&mut self) {
        self.look();
        if let Some(watch) = &mut self.watch {
            watch.failures.clear();
            watch.failed.clear();
        }
    }
}
