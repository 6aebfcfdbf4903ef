//! The data plane: visitors, requests, queues. It knows servers and doors, and nothing of who runs them.
//!
//! [`Traffic::advance`] simulates every request up to a moment. What servers there are and where each stream's name leads comes in as a
//! [`Fleet`], which changes only between two calls; what was seen goes out as a [`Sample`]. How the time is cut into calls never changes
//! a result.
pub mod fleet;
pub mod profile;
pub mod request_class;
pub mod sample;
mod server;
mod stream;

use std::collections::BTreeMap;

pub use fleet::{Algorithm, AppState, Door, Fleet, ServerId, ServerSpec, StreamId};
pub use profile::Profile;
pub use request_class::RequestClass;
pub use sample::{Outcome, Sample, ServerSample, StreamSample};

use crate::sim::random::Randomness;
use crate::sim::{SimDuration, SimTime};
use server::Server;
use stream::Stream;

/// All visitors, their requests, and the servers that work on them.
#[derive(Clone, Debug)]
pub struct Traffic {
    random: Randomness,
    now: SimTime,
    streams: BTreeMap<StreamId, Stream>,
    servers: BTreeMap<ServerId, Server>,
    sample: Sample,
}

/// What an health check would meet at a server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ProbeOutcome {
    /// An answer after a time.
    Answered(SimDuration),
    /// Nothing listens.
    Refused,
    /// No answer.
    Silent,
}

impl Traffic {
    /// No visitors yet.
    pub fn new(random: Randomness, now: SimTime) -> Self {
        Traffic { random, now, streams: BTreeMap::new(), servers: BTreeMap::new(), sample: Sample::starting(now) }
    }

    /// Lets a stream of visitors come from now on, in place of an earlier one with this id.
    pub fn set_stream(&mut self, id: StreamId, profile: Profile, class: RequestClass) {
        let stream = match self.streams.remove(&id) {
            Some(former) => former.changed(self.now, profile, class),
            None => Stream::new(self.random, id, self.now, profile, class),
        };
        self.streams.insert(id, stream);
    }

    /// How many requests a second the stream sends at this moment, on average.
    pub fn rate(&self, id: StreamId) -> f64 {
        self.streams.get(&id).map_or(0.0, |stream| stream.rate_at(self.now))
    }

    /// Takes over which servers there are. What a vanished server was working on is lost.
    pub fn set_fleet(&mut self, fleet: &Fleet) {
        let gone: Vec<ServerId> = self.servers.keys().filter(|id| !fleet.servers.contains_key(id)).copied().collect();
        for id in gone {
            if let Some(mut server) = self.servers.remove(&id) {
                server.complete_until(self.now, &mut self.sample);
                server.lose_all(&mut self.sample);
            }
        }
        for (id, spec) in &fleet.servers {
            let server = self.servers.entry(*id).or_insert_with(|| Server::new(*id, spec, self.now));
            server.take_over(spec, self.now, &mut self.sample);
        }
    }

    /// Simulates up to `until`, or less far if `budget` requests have been sent before; returns the moment that was reached.
    pub fn advance(&mut self, until: SimTime, fleet: &Fleet, budget: u64) -> SimTime {
        let mut left = budget;
        while let Some((at, id)) = self.next_arrival().filter(|(at, _)| *at <= until) {
            if left == 0 {
                return self.now;
            }
            left -= 1;
            self.now = at;
            self.arrive(id, fleet);
        }
        self.now = until;
        until
    }

    fn next_arrival(&self) -> Option<(SimTime, StreamId)> {
        self.streams.iter().filter_map(|(id, stream)| Some((stream.next_arrival()?, *id))).min()
    }

    fn arrive(&mut self, id: StreamId, fleet: &Fleet) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        let (now, work) = (self.now, stream.take_arrival());
        let seen = self.sample.streams.entry(id).or_default();
        seen.sent += 1;
        let (server_id, through_balancer) = match fleet.doors.get(&id) {
            Some(Door::Balancer { algorithm, targets }) => match self.choose(id, *algorithm, targets) {
                Some(server_id) => (server_id, true),
                None => return seen_fail(&mut self.sample, id, Outcome::Balancer503, SimDuration::ZERO),
            },
            Some(Door::Server(server_id)) => (*server_id, false),
            Some(Door::Silent) => return seen_fail(&mut self.sample, id, Outcome::TimedOut, SimDuration::ZERO),
            Some(Door::Refused) => return seen_fail(&mut self.sample, id, Outcome::Refused, SimDuration::ZERO),
            Some(Door::NameNotFound) | None => {
                return seen_fail(&mut self.sample, id, Outcome::NameNotFound, SimDuration::ZERO);
            }
        };
        let request = server::Request { stream: id, arrived: now, through_balancer };
        match self.servers.get_mut(&server_id) {
            Some(server) => server.accept(request, work, &mut self.sample),
            None => seen_fail(&mut self.sample, id, Outcome::TimedOut, SimDuration::ZERO),
        }
    }

    /// The balancer's choice among its targets.
    fn choose(&mut self, id: StreamId, algorithm: Algorithm, targets: &[ServerId]) -> Option<ServerId> {
        let stream = self.streams.get_mut(&id)?;
        match algorithm {
            Algorithm::RoundRobin => {
                let turn = stream.next_turn();
                targets.get((turn % targets.len().max(1) as u64) as usize).copied()
            }
            Algorithm::LeastOutstandingRequests => {
                let (now, sample) = (self.now, &mut self.sample);
                let mut best: Option<(usize, ServerId)> = None;
                for target in targets {
                    let outstanding =
                        self.servers.get_mut(target).map_or(usize::MAX, |server| server.outstanding(now, sample));
                    if best.is_none_or(|(fewest, _)| outstanding < fewest) {
                        best = Some((outstanding, *target));
                    }
                }
                best.map(|(_, target)| target)
            }
        }
    }

    /// What a health check would meet now. Simplified: it takes no place in the queue.
    pub fn probe(&self, id: ServerId) -> ProbeOutcome {
        self.servers.get(&id).map_or(ProbeOutcome::Silent, |server| server.probe(self.now))
    }

    /// What was seen since the last sample.
    pub fn take_sample(&mut self) -> Sample {
        for server in self.servers.values_mut() {
            server.complete_until(self.now, &mut self.sample);
        }
        let seen: Vec<(ServerId, ServerSample)> =
            self.servers.iter_mut().map(|(id, server)| (*id, server.take_sample(self.now))).collect();
        let mut sample = std::mem::replace(&mut self.sample, Sample::starting(self.now));
        sample.end = self.now;
        sample.servers = seen.into_iter().collect();
        sample
    }

    /// How many requests are under way.
    pub fn in_flight(&self) -> u64 {
        self.servers.values().map(Server::in_flight).sum()
    }
}

fn seen_fail(sample: &mut Sample, id: StreamId, outcome: Outcome, latency: SimDuration) {
    sample.streams.entry(id).or_default().record(outcome, latency);
}
