//! A stream of visitors: when they come, how much work each one brings, and where their name leads.
use std::collections::BTreeMap;

use super::arrival::Arrivals;
use super::routing::Routing;
use super::server::Server;
use super::visitors::{Ticket, Visitors};
use super::{
    Anomaly, CONNECT_TIMEOUT, Door, IDLE_TIMEOUT, Outcome, Profile, RequestClass, ServerId, StreamId, StreamSample,
};
use crate::sim::distribution::exponential;
use crate::sim::{Distribution, Randomness, SimTime, Stream as Chance, Ziggurat};

/// Who comes, and what they ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamSpec {
    /// Who comes, and when.
    pub profile: Profile,
    /// What they ask for.
    pub class: RequestClass,
    /// The law of the work; that of the class unless something else is to be studied.
    pub work: Distribution,
}

/// A stream at work.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub(super) id: StreamId,
    pub(super) spec: StreamSpec,
    random: Randomness,
    began: SimTime,
    pub(super) source: Source,
    pub(super) works: Chance,
    pub(super) entrance: Entrance,
    pub(super) seen: StreamSample,
}

/// Where requests come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// From visitors who do not wait for each other.
    Open(Arrivals),
    /// From visitors who wait for their answers.
    Closed(Visitors),
}

/// Where a name leads, by the places of the servers.
#[derive(Clone, Debug)]
pub(super) enum Entrance {
    /// To a balancer.
    Balancer(Box<Routing>),
    /// Straight to a server.
    Server(u32),
    /// To no server: every request ends so after a time.
    NoServer(Outcome, u64),
}

/// Visits to come, drawn in one go: their moments, and the work that each brings.
#[derive(Debug)]
pub(super) struct Visits(Vec<(u64, u64)>);

/// So many visits are drawn in one go: enough for each of many servers to get some, and few enough to stay in fast memory.
const MOST_VISITS: usize = 4096;

/// Between two calls there are none, so a copy needs no room.
impl Clone for Visits {
    fn clone(&self) -> Self {
        Visits::none()
    }
}

impl Visits {
    pub(super) fn none() -> Self {
        Visits(Vec::new())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, u64)> + Clone + '_ {
        self.0.iter().copied()
    }
}

impl StreamSpec {
    /// Visitors who ask for requests of this class.
    pub fn new(profile: Profile, class: RequestClass) -> Self {
        StreamSpec { profile, class, work: class.work() }
    }
}

impl Stream {
    pub(super) fn new(random: Randomness, id: StreamId, now: SimTime, spec: StreamSpec) -> Self {
        let draw = |name| random.stream(name, u64::from(id.0));
        let source = match spec.profile.visitors() {
            Some(visitors) => Source::Closed(Visitors::new(visitors, now, draw("traffic.thought"))),
            None => Source::Open(Arrivals::new(spec.profile.clone(), now, draw("traffic.gap"))),
        };
        let entrance = Entrance::NoServer(Outcome::NameNotFound, 0);
        let works = draw("traffic.work");
        Stream { id, spec, random, began: now, source, works, entrance, seen: StreamSample::default() }
    }

    /// The same visitors with another profile or kind of request.
    pub(super) fn change(&mut self, now: SimTime, spec: StreamSpec) {
        let fresh = Source::Open(Arrivals::new(
            Profile::Steady { requests_per_second: 0.0 },
            now,
            self.random.stream("traffic.gap", u64::from(self.id.0)),
        ));
        self.source = match (std::mem::replace(&mut self.source, fresh), spec.profile.visitors()) {
            (Source::Open(arrivals), None) => Source::Open(arrivals.changed(spec.profile.clone(), now)),
            (Source::Closed(visitors), Some(next)) => {
                Source::Closed(Visitors::new(next, now, visitors.into_thoughts()))
            }
            (Source::Open(_), Some(_)) | (Source::Closed(_), None) => {
                Stream::new(self.random, self.id, now, spec.clone()).source
            }
        };
        (self.spec, self.began) = (spec, now);
    }

    /// Takes over where the name leads.
    pub(super) fn lead_to(&mut self, random: Randomness, door: &Door, places: &BTreeMap<ServerId, u32>, now: u64) {
        let no_server = |outcome, after| Entrance::NoServer(outcome, after);
        let timeout = CONNECT_TIMEOUT.as_micros();
        let former = std::mem::replace(&mut self.entrance, no_server(Outcome::NameNotFound, 0));
        self.entrance = match door {
            Door::Balancer(spec) => {
                let mut routing = match former {
                    Entrance::Balancer(routing) => routing,
                    Entrance::Server(_) | Entrance::NoServer(..) => Box::new(Routing::new(random, self.id.0)),
                };
                routing.take_over(spec, places, now);
                Entrance::Balancer(routing)
            }
            Door::Server(id) => {
                places.get(id).map_or(no_server(Outcome::TimedOut, timeout), |place| Entrance::Server(*place))
            }
            Door::Answered(code) => no_server(Outcome::of_rule(*code), 0),
            Door::Silent => no_server(Outcome::TimedOut, timeout),
            Door::Refused => no_server(Outcome::Refused, 0),
            Door::NameNotFound => no_server(Outcome::NameNotFound, 0),
        };
    }

    /// Draws the next visits up to `limit`, if the visitors do not wait for each other; returns whether there are any.
    pub(super) fn draw_visits(&mut self, limit: u64, Visits(visits): &mut Visits) -> bool {
        let Source::Open(arrivals) = &mut self.source else { return false };
        visits.clear();
        visits.reserve_exact(MOST_VISITS);
        // The state of the stream stays in registers if it is nobody else's.
        let (mut works, law) = (self.works.clone(), self.spec.work);
        if let Distribution::Exponential { mean } = law {
            let ziggurat = Ziggurat::get();
            arrivals.take_until(limit, visits, || exponential(ziggurat, mean, &mut works));
        } else {
            arrivals.take_until(limit, visits, || law.draw(&mut works).as_micros());
        }
        self.works = works;
        self.seen.sent += visits.len() as u64;
        !visits.is_empty()
    }

    /// When something happens next.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        match &self.source {
            Source::Open(arrivals) => arrivals.next().at(),
            Source::Closed(visitors) => visitors.next(),
        }
    }

    pub(super) fn rate_at(&self, now: SimTime) -> f64 {
        self.spec.profile.rate_at(self.began, now)
    }

    pub(super) fn waits_for(&self, ticket: Ticket) -> bool {
        match &self.source {
            Source::Open(_) => false,
            Source::Closed(visitors) => visitors.waits_for(ticket),
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(self.source, Source::Closed(_))
    }

    /// How long one waits for an answer at most: the balancer's patience, or the visitor's own.
    #[inline]
    pub(super) fn patience(&self) -> u64 {
        match &self.entrance {
            Entrance::Balancer(routing) => routing.idle_timeout,
            Entrance::Server(_) | Entrance::NoServer(..) => IDLE_TIMEOUT.as_micros(),
        }
    }

    pub(super) fn routing(&mut self) -> Option<&mut Routing> {
        match &mut self.entrance {
            Entrance::Balancer(routing) => Some(routing),
            Entrance::Server(_) | Entrance::NoServer(..) => None,
        }
    }

    /// Whether the stream leads to a balancer that knows the server.
    pub(super) fn balancer_knows(&self, server: ServerId) -> bool {
        match &self.entrance {
            Entrance::Balancer(routing) => routing.knows(server),
            Entrance::Server(_) | Entrance::NoServer(..) => false,
        }
    }

    /// The targets that its balancer takes for anomalous.
    pub(super) fn anomalies(&self, servers: &[Server]) -> BTreeMap<ServerId, Anomaly> {
        let Entrance::Balancer(routing) = &self.entrance else { return BTreeMap::new() };
        let named = |(place, [is_detected, is_mitigated]): (u32, [bool; 2])| {
            Some((servers.get(place as usize)?.id, Anomaly { is_detected, is_mitigated }))
        };
        routing.anomalies().filter_map(named).collect()
    }

    pub(super) fn counts_outstanding(&self) -> bool {
        matches!(&self.entrance, Entrance::Balancer(routing) if routing.counts_outstanding())
    }

    /// Whether what becomes of a request changes what comes after.
    pub(super) fn reacts(&self) -> bool {
        self.is_closed() || matches!(&self.entrance, Entrance::Balancer(routing) if routing.listens())
    }

    pub(super) fn tick(&mut self, now: u64) {
        if let Some(routing) = self.routing() {
            routing.tick(now);
        }
    }
}
