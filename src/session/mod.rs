//! The session: joins control plane and data plane, records requests, drives time.
//!
//! A session is exactly its seed and its journal: [`Session::replay`] gives the same state to the bit, however the time was cut into
//! calls of [`Session::advance`].
mod access;
mod bill;
mod door;
mod explain;
pub mod fault;
pub mod history;
pub mod journal;
mod lab;
mod probe;
mod quota;
mod server;
mod settle;
pub mod timeline;
mod trail;
mod url;
pub mod visit;

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use access::Access;
pub use explain::Explanation;
pub use fault::{Fault, Faults};
pub use history::{CreditPoint, GroupPoint, History, Point};
pub use journal::{Entry, Journal};
pub use timeline::Timeline;
use trail::Trail;
use url::host_of;

use crate::api::{ApiError, Call, Operation, Request, Response};
use crate::cloud::dns::{Resolution, Resolver};
use crate::cloud::quota::Quotas;
use crate::cloud::{Cloud, Due, Timer, autoscaling, elb};
use crate::sim::random::Randomness;
use crate::sim::{Calendar, SimDuration, SimTime, Weight};
use crate::traffic::{Fleet, Profile, RequestClass, StreamId, Traffic};

/// A simulated account with its visitors.
#[derive(Clone, Debug)]
pub struct Session {
    now: SimTime,
    cloud: Cloud,
    traffic: Traffic,
    fleet: Fleet,
    calendar: Calendar<Work>,
    journal: Journal,
    trail: Trail,
    streams: BTreeMap<StreamId, Visitors>,
    history: History,
    access: Access,
    faults: Faults,
    /// Whether something has happened that the data plane may have to be told.
    is_fleet_stale: bool,
}

/// A stream of visitors as the learner set it.
#[derive(Clone, Debug)]
pub struct Visitors {
    /// Its name.
    pub name: String,
    /// The name or address they visit.
    pub target: String,
    /// How many come.
    pub profile: Profile,
    /// What they ask for.
    pub class: RequestClass,
    /// Their resolver. Simplified: all visitors of a stream share one; in the world each provider has its own, with its own clock.
    pub resolver: Resolver,
    /// What it last said of the target.
    pub resolution: Resolution,
}

impl Visitors {
    /// The name or address that they look up.
    pub fn host(&self) -> &str {
        host_of(&self.target)
    }
}

/// What the calendar holds.
#[derive(Clone, Debug)]
enum Work {
    /// A timer of the control plane.
    Timer(Timer),
    /// The time to look at the data plane.
    Sample,
    /// A fault begins or ends.
    Fault(fault::Turn),
}

/// How far an [`Session::advance`] came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The moment that was reached.
    pub reached: SimTime,
    /// Whether that is the moment that was asked for.
    pub is_done: bool,
}

/// When day 1 begins for the learner.
pub const START: SimTime = SimTime::from_secs(8 * 3_600);
/// How often the data plane is looked at.
pub const SAMPLE_PERIOD: SimDuration = SimDuration::from_secs(10);

/// What a request under way takes, and a server in the data plane, about; and what a session takes for all that does not grow, such as the
/// histograms of its streams.
const REQUEST_BYTES: usize = 100;
const SERVER_BYTES: usize = 1_000;
const REST_BYTES: usize = 200_000;

impl Session {
    /// An account with room to play, at eight in the morning of day 1.
    pub fn new(seed: u64) -> Self {
        let random = Randomness { seed };
        let mut calendar = Calendar::new();
        calendar.schedule(START + SAMPLE_PERIOD, Work::Sample);
        Session {
            now: START,
            cloud: Cloud::new(random, Quotas::SANDBOX),
            traffic: Traffic::new(random, START),
            fleet: Fleet::default(),
            calendar,
            journal: Journal::new(seed),
            trail: Trail::default(),
            streams: BTreeMap::new(),
            history: History::default(),
            access: Access::default(),
            faults: Faults::default(),
            is_fleet_stale: true,
        }
    }

    /// The session that a journal describes, at the journal's last moment.
    pub fn replay(journal: &Journal) -> Self {
        let mut session = Session::new(journal.seed);
        for entry in &journal.entries {
            // What was asked at one moment was asked without time going on in between.
            if session.now < entry.at {
                session.run_to(entry.at);
            }
            // A refusal is part of the record: it is met again.
            let _refusal_or_answer = session.submit(Call::clone(&entry.call));
        }
        if session.now < journal.reached {
            session.run_to(journal.reached);
        }
        session
    }

    /// Carries out a request, and records it if it may change something.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn submit(&mut self, call: Call) -> Result<Response, ApiError> {
        let is_recorded = !is_read(&call.request) && !is_clock(&call.request);
        if is_recorded {
            self.journal.push(self.now, call.clone());
        }
        let answer = match &call.request {
            Request::Lab(request) => self.call_lab(&call.region, request).map(Response::Lab),
            Request::Ec2(_)
            | Request::AutoScaling(_)
            | Request::Elbv2(_)
            | Request::CloudWatch(_)
            | Request::Route53(_)
            | Request::Sts(_) => {
                self.access.check(self.now, &call.request).and_then(|()| self.cloud.call(self.now, &call))
            }
        };
        // What a reader asks may not move a cache: it is no part of the journal.
        if is_recorded {
            self.trail.note(self.journal.entries.len(), answer.as_ref().err());
            self.resolve_names();
            self.is_fleet_stale = true;
        }
        self.drain();
        answer
    }

    /// Carries out an operation and returns its own answer.
    ///
    /// # Errors
    /// As [`Session::submit`].
    pub fn run<T: Operation>(&mut self, region: &str, operation: T) -> Result<T::Output, ApiError> {
        let response = self.submit(Call::new(region, operation))?;
        T::output_of(response).ok_or_else(|| ApiError::new("InternalError", "The answer belongs to another operation."))
    }

    /// Simulates up to `until`, or until `budget` requests of visitors were sent. When no time is to go on, nothing happens: the journal
    /// could not tell whether that was asked for between two requests of one moment.
    pub fn advance(&mut self, until: SimTime, budget: u64) -> Progress {
        if until <= self.now {
            return Progress { reached: self.now, is_done: true };
        }
        loop {
            let target = self.calendar.next_due().filter(|due| *due <= until).unwrap_or(until).max(self.now);
            self.now = self.traffic.advance(target, budget);
            self.journal.reached = self.now;
            if self.now < target {
                return Progress { reached: self.now, is_done: false };
            }
            match self.calendar.pop_due(self.now) {
                Some((_, work)) => self.work(work),
                None => return Progress { reached: self.now, is_done: true },
            }
        }
    }

    /// Simulates up to `until`.
    pub fn run_to(&mut self, until: SimTime) {
        while !self.advance(until, u64::MAX).is_done {}
    }

    /// The simulated moment.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// When something is next due in the model itself; visitors may come earlier.
    pub fn next_due(&self) -> Option<SimTime> {
        self.calendar.next_due()
    }

    /// The control plane.
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// The data plane.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// Begins to watch single requests, or ends it. It is no part of the journal, for it changes nothing.
    pub fn watch_requests(&mut self, is_wanted: bool) {
        self.traffic.watch_requests(is_wanted);
    }

    /// The servers and doors as the data plane has them.
    pub fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    /// The visitors.
    pub fn streams(&self) -> &BTreeMap<StreamId, Visitors> {
        &self.streams
    }

    /// What was seen so far.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What was asked so far.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Adds to a weight what the session takes.
    pub fn weigh(&self, weight: &mut Weight) {
        self.cloud.weigh(weight);
        self.history.weigh(weight);
        let entries = self.journal.entries.len() * size_of::<Entry>();
        let requests = self.traffic.in_flight() as usize * REQUEST_BYTES;
        weight.add(REST_BYTES + entries + requests + self.fleet.servers.len() * SERVER_BYTES);
    }

    /// A number that two sessions share exactly if all that was seen and all that happened is equal.
    pub fn digest(&self) -> u64 {
        let mut hash = TextHash(0xcbf2_9ce4_8422_2325);
        // Writing to a hash cannot fail.
        let _ = write!(hash, "{:?}{:?}{:?}", self.now, self.cloud, self.history);
        hash.0
    }

    fn work(&mut self, work: Work) {
        match work {
            Work::Timer(timer) => {
                let (before, changes_silently) = (self.cloud.events().recorded(), changes_silently(&timer.due));
                self.cloud.handle(self.now, timer);
                self.is_fleet_stale |= changes_silently || self.cloud.events().recorded() > before;
            }
            Work::Sample => self.take_sample(),
            Work::Fault(turn) => {
                self.turn_fault(turn);
                self.is_fleet_stale = true;
            }
        }
        if self.is_fleet_stale {
            self.resolve_names();
        }
        self.drain();
    }

    /// Schedules new timers, answers health checks, and tells the data plane and the bill what changed.
    fn drain(&mut self) {
        self.tell_traffic();
        loop {
            for (at, timer) in self.cloud.take_timers() {
                self.calendar.schedule(at, Work::Timer(timer));
            }
            let rounds = self.cloud.take_probes();
            if rounds.is_empty() {
                break;
            }
            let before = self.cloud.events().recorded();
            for round in rounds {
                let answers = self.answers_to(&round);
                self.cloud.probes_answered(self.now, &round, &answers);
            }
            self.is_fleet_stale |= self.cloud.events().recorded() > before;
        }
        self.tell_traffic();
        self.cloud.take_stock(self.now);
    }

    /// Lets each stream ask its resolver for the name that it visits. Simplified: whenever anything happens, and every ten seconds.
    fn resolve_names(&mut self) {
        for visitors in self.streams.values_mut() {
            let resolution = visitors.resolver.resolve(&mut self.cloud, self.now, host_of(&visitors.target));
            self.is_fleet_stale |= resolution.addresses != visitors.resolution.addresses;
            visitors.resolution = resolution;
        }
    }

    fn tell_traffic(&mut self) {
        if !std::mem::take(&mut self.is_fleet_stale) {
            return;
        }
        let fleet = self.build_fleet();
        if fleet != self.fleet {
            self.traffic.set_fleet(&fleet);
            self.fleet = fleet;
        }
    }

    fn take_sample(&mut self) {
        let sample = self.traffic.take_sample();
        self.calendar.schedule(self.now + SAMPLE_PERIOD, Work::Sample);
        self.history.add(&self.cloud, &self.streams, &self.fleet, sample);
        if self.now.floor_to(SimDuration::MINUTE) == self.now {
            let before = self.cloud.events().recorded();
            for (region, observation) in self.history.take_minute(&self.cloud, &self.streams) {
                self.cloud.observe(self.now, &region, &observation);
            }
            self.history.note_cost(self.cloud.billing().cost(self.now));
            // What scaling does leaves an event.
            self.is_fleet_stale |= self.cloud.events().recorded() > before;
            debug_assert!(
                self.is_fleet_stale || self.build_fleet() == self.fleet,
                "something changed without an event"
            );
        }
        self.resolve_names();
    }
}

/// Whether what is due may change what the data plane is told without leaving an event. Health checks do not: a target whose health changes
/// leaves one, and so does a member that its group calls unhealthy.
fn changes_silently(due: &Due) -> bool {
    match due {
        Due::Elb(
            elb::Due::HealthCheckRound { .. } | elb::Due::FirstHealthCheck { .. } | elb::Due::HealthDecided { .. },
        )
        | Due::AutoScaling(autoscaling::Due::CheckHealth { .. }) => false,
        Due::Ec2(_) | Due::Elb(_) | Due::AutoScaling(_) | Due::CloudWatch(_) => true,
    }
}

/// The FNV-1a hash of a text that is never there as a whole.
struct TextHash(u64);

impl fmt::Write for TextHash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        self.0 = text.bytes().fold(self.0, step);
        Ok(())
    }
}

/// Whether the request only reads.
pub fn is_read(request: &Request) -> bool {
    only_reads(request.operation())
}

/// Whether an operation of this name only reads.
pub fn only_reads(operation: &str) -> bool {
    ["Describe", "Explain", "Get", "List", "Read", "Visit"].iter().any(|prefix| operation.starts_with(prefix))
}

/// Whether the request only moves the clock: the journal keeps the moments themselves.
fn is_clock(request: &Request) -> bool {
    request.service() == "lab" && request.operation().starts_with("Advance")
}
