//! The data plane: visitors, requests, queues. It knows servers and doors, and nothing of who runs them.
//!
//! [`Traffic::advance`] simulates every request up to a moment. What servers there are and where each stream's name leads comes in as a
//! [`Fleet`], which changes only between two calls; what was seen goes out as a [`Sample`]. How the time is cut into calls never changes
//! a result.
//!
//! # Two engines
//!
//! Which one is at work follows from the fleet and the visitors ([`Traffic::engine`]):
//!
//! - the **recursion** ([`engine::recursion`]), where servers are first in, first out and nothing reacts to an answer: when a request comes,
//!   its end is known at once from when the workers will be free, so nothing has to be remembered until then. No list of events;
//! - the **event loop** ([`engine::events`]), where visitors lose patience and try again, a server hangs, requests share the CPUs, or a
//!   balancer watches the answers.
//!
//! Both give the same answers where both can work, and requests pass from one to the other when the fleet changes.
mod arrival;
mod engine;
mod fleet;
mod late;
pub mod profile;
pub mod request_class;
mod routing;
mod sample;
mod server;
mod stream;
mod visitors;
mod watch;

use std::collections::BTreeMap;

pub use engine::Engine;
pub use fleet::{
    Algorithm, AppState, Balancer, CONNECT_TIMEOUT, CreditSpec, Discipline, Door, Fleet, IDLE_TIMEOUT, ServerId,
    ServerSpec, StreamId, Target, TargetGroup,
};
pub use profile::Profile;
pub use request_class::RequestClass;
pub use sample::{Anomaly, CreditSample, Outcome, Sample, ServerSample, StreamSample};
pub use stream::StreamSpec;
pub use visitors::{MOST_VISITORS, VisitorSpec};
pub use watch::Watched;

use crate::sim::{Heap, Randomness, SimDuration, SimTime};
use engine::events::Reply;
use late::Late;
use routing::Outstanding;
use server::{Job, Server};
use stream::{Stream, Visits};
use watch::Watch;

/// All visitors, their requests, and the servers that work on them.
#[derive(Clone, Debug)]
pub struct Traffic {
    random: Randomness,
    now: SimTime,
    sample_began: SimTime,
    next_tick: SimTime,
    engine: Engine,
    streams: Vec<Stream>,
    servers: Vec<Server>,
    /// The places of the servers that exist.
    places: BTreeMap<ServerId, u32>,
    /// The places of those that have gone.
    vacant: Vec<u32>,
    /// Whether a balancer needs to know how many requests each server has.
    counts_outstanding: bool,
    outstanding: Outstanding,
    /// For the recursion the ends of requests, if they are counted; for the event loop what each server will do next.
    calendar: Heap,
    late: Late,
    replies: BTreeMap<Reply, Outcome>,
    /// Room for the visits that the recursion is about to simulate.
    visits: Visits,
    /// What is known of single requests, while somebody watches.
    watch: Option<Box<Watch>>,
}

/// What a health check would meet at a server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ProbeOutcome {
    /// An answer after a time.
    Answered(SimDuration),
    /// Nothing listens.
    Refused,
    /// No answer.
    Silent,
}

/// How often credits are charged, slow start goes on and anomalies are judged.
const TICK: SimDuration = SimDuration::from_secs(10);
/// A call simulates at least so much, however small its budget is.
const LEAST_STEP: SimDuration = SimDuration::from_micros(1_000);
/// More servers than that have no place.
const MOST_SERVERS: usize = 1 << 15;

impl Traffic {
    /// No visitors yet.
    pub fn new(random: Randomness, now: SimTime) -> Self {
        Traffic {
            random,
            now,
            sample_began: now,
            next_tick: now.floor_to(TICK) + TICK,
            engine: Engine::Recursion,
            streams: Vec::new(),
            servers: Vec::new(),
            places: BTreeMap::new(),
            vacant: Vec::new(),
            counts_outstanding: false,
            outstanding: Outstanding::default(),
            calendar: Heap::default(),
            late: Late::default(),
            replies: BTreeMap::new(),
            visits: Visits::none(),
            watch: None,
        }
    }

    /// Lets a stream of visitors come from now on, in place of an earlier one with this id.
    pub fn set_stream(&mut self, id: StreamId, spec: StreamSpec) {
        self.park();
        match self.streams.iter().position(|stream| stream.id == id) {
            Some(index) => {
                self.forget_visitors(index);
                self.streams[index].change(self.now, spec);
            }
            None => self.streams.push(Stream::new(self.random, id, self.now, spec)),
        }
        self.unpark();
    }

    /// How many requests a second the stream sends at this moment, on average.
    pub fn rate(&self, id: StreamId) -> f64 {
        self.streams.iter().find(|stream| stream.id == id).map_or(0.0, |stream| stream.rate_at(self.now))
    }

    /// Which engine is at work.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Takes over which servers there are and where names lead. What a vanished server was working on is lost, and so is what a balancer
    /// sent to a server that it no longer knows.
    pub fn set_fleet(&mut self, fleet: &Fleet) {
        self.park();
        let now = self.now.as_micros();
        let gone: Vec<(ServerId, u32)> = self
            .places
            .iter()
            .filter(|(id, _)| !fleet.servers.contains_key(id))
            .map(|(id, place)| (*id, *place))
            .collect();
        for (id, place) in gone {
            let lost = self.servers[place as usize].lose_all(now);
            self.break_off(lost);
            self.servers[place as usize] = Server::new(id, &ServerSpec::default(), now);
            self.places.remove(&id);
            self.vacant.push(place);
            self.vacant.sort_unstable_by(|one, other| other.cmp(one));
        }
        for (id, spec) in &fleet.servers {
            match self.places.get(id) {
                Some(place) => {
                    let lost = self.servers[*place as usize].take_over(spec, now);
                    self.break_off(lost);
                }
                None => self.add_server(*id, spec),
            }
        }
        for stream in &mut self.streams {
            let door = fleet.doors.get(&stream.id).unwrap_or(&Door::NameNotFound);
            stream.lead_to(self.random, door, &self.places, now);
        }
        self.break_off_unknown();
        self.unpark();
    }

    fn add_server(&mut self, id: ServerId, spec: &ServerSpec) {
        let server = Server::new(id, spec, self.now.as_micros());
        let place = match self.vacant.pop() {
            Some(place) => {
                self.servers[place as usize] = server;
                place
            }
            None if self.servers.len() < MOST_SERVERS => {
                self.servers.push(server);
                self.servers.len() as u32 - 1
            }
            None => return,
        };
        self.places.insert(id, place);
    }

    /// Breaks off what a balancer has sent to servers that it no longer knows: the time to finish is over.
    fn break_off_unknown(&mut self) {
        let now = self.now.as_micros();
        for place in self.places.values().copied().collect::<Vec<_>>() {
            let server = &mut self.servers[place as usize];
            let (id, streams) = (server.id, &self.streams);
            let is_unknown = |job: &Job| {
                job.is_balanced && streams.get(job.stream as usize).is_some_and(|stream| !stream.balancer_knows(id))
            };
            if server.all_jobs().any(is_unknown) {
                let lost = server.lose(now, is_unknown);
                self.break_off(lost);
            }
        }
    }

    /// Simulates up to `until`, or less far if `budget` requests have been sent before; returns the moment that was reached.
    pub fn advance(&mut self, until: SimTime, budget: u64) -> SimTime {
        let mut left = budget;
        while self.now < until && left > 0 {
            let goal = self.goal(until.min(self.next_tick), left);
            let sent = match self.engine {
                Engine::Recursion => self.run_recursion(goal.as_micros()),
                Engine::Events => self.run_events(goal.as_micros()),
            };
            left = left.saturating_sub(sent);
            self.now = goal;
            self.see_late();
            self.look_now_and_then();
            if goal == self.next_tick {
                self.next_tick += TICK;
                self.tick();
            }
        }
        self.now
    }

    /// How far one step goes so that it sends about as many requests as are left.
    fn goal(&self, until: SimTime, left: u64) -> SimTime {
        let rate: f64 = self.streams.iter().map(|stream| stream.rate_at(self.now)).sum();
        let seconds = left as f64 / rate.max(1e-6);
        if until.since(self.now).as_secs_f64() <= seconds {
            return until;
        }
        until.min(self.now + SimDuration::from_secs_f64(seconds).max(LEAST_STEP))
    }

    fn see_late(&mut self) {
        let streams = &mut self.streams;
        self.late.take_until(self.now.as_micros(), |stream, outcome, count| {
            if let Some(stream) = streams.get_mut(stream as usize) {
                stream.seen.end_unserved(outcome, count);
            }
        });
    }

    fn tick(&mut self) {
        let now = self.now.as_micros();
        for stream in &mut self.streams {
            stream.tick(now);
        }
        let mut changed = Vec::new();
        for place in self.places.values() {
            let server = &mut self.servers[*place as usize];
            if server.spec.credits.is_some() {
                server.reckon(now);
                if server.charge(TICK.as_secs_f64()) {
                    changed.push(*place);
                }
            }
        }
        if !changed.is_empty() {
            self.park();
            changed.into_iter().for_each(|place| self.servers[place as usize].follow_credits(now));
            self.unpark();
        }
    }

    /// What a health check would meet now. It waits its turn behind the requests that are there.
    pub fn probe(&self, id: ServerId) -> ProbeOutcome {
        let server = self.places.get(&id).and_then(|place| self.servers.get(*place as usize));
        server.map_or(ProbeOutcome::Silent, |server| server.probe(self.now.as_micros()))
    }

    /// What was seen since the last sample.
    pub fn take_sample(&mut self) -> Sample {
        self.look_before_sample();
        self.sweep();
        let now = self.now.as_micros();
        let mut sample = Sample { start: self.sample_began, end: self.now, ..Sample::default() };
        for (id, place) in &self.places {
            sample.servers.insert(*id, self.servers[*place as usize].take_sample(now));
        }
        for stream in &mut self.streams {
            let anomalies = stream.anomalies(&self.servers);
            sample.streams.insert(stream.id, StreamSample { anomalies, ..stream.seen.take() });
        }
        self.sample_began = self.now;
        sample
    }

    /// How many requests have been sent and have not ended: visitors wait for their answers.
    pub fn in_flight(&self) -> u64 {
        let now = self.now.as_micros();
        let at_servers =
            self.servers.iter().flat_map(Server::all_jobs).filter(|job| self.is_waited_for(job, now)).count();
        let replies = self.replies.keys().filter(|reply| reply.is_waited_for(&self.streams)).count();
        at_servers as u64 + replies as u64 + self.late.len()
    }

    fn is_waited_for(&self, job: &Job, now: u64) -> bool {
        match job.ticket {
            None => !job.is_late && (self.engine == Engine::Events || job.end() > now),
            Some(ticket) => self.streams.get(job.stream as usize).is_some_and(|stream| stream.waits_for(ticket)),
        }
    }
}
