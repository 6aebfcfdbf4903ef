//! The recursion: when a request comes, its end is known at once.
//!
//! Arrivals are drawn one after the other; each asks the workers of one server when the first of them is free (Lindley; Kiefer and
//! Wolfowitz), and that is all. Only balancers that count requests under way need to know of ends, in a heap of whole numbers. Requests
//! that end after the moment up to which is simulated are kept by their server; all others are counted at once and forgotten.
use super::super::late::Late;
use super::super::routing::Outstanding;
use super::super::server::{Job, Refusal, Server};
use super::super::stream::{Entrance, Stream, Visits};
use super::super::{CONNECT_TIMEOUT, RequestClass, StreamSample, Traffic};
use super::{broken, timed_out};
use crate::sim::heap::{Heap, key, moment_and_what};

/// What all streams share.
struct Road<'a> {
    servers: &'a mut [Server],
    outstanding: &'a mut Outstanding,
    ends: &'a mut Heap,
    late: &'a mut Late,
    visits: &'a mut Visits,
    /// The moment up to which is simulated, or none while somebody watches: ends before it are counted at once.
    goal: u64,
}

/// What the requests of a stream have in common.
#[derive(Clone, Copy)]
struct Kind {
    stream: u32,
    class: RequestClass,
    is_balanced: bool,
    patience: u64,
}

impl Traffic {
    /// Simulates up to `goal`; returns how many requests were sent.
    pub(in crate::traffic) fn run_recursion(&mut self, goal: u64) -> u64 {
        let mut sent = 0;
        let countable_until = self.countable_until(goal);
        let mut road = Road {
            servers: &mut self.servers,
            outstanding: &mut self.outstanding,
            ends: &mut self.calendar,
            late: &mut self.late,
            visits: &mut self.visits,
            goal: countable_until,
        };
        while let Some((index, limit)) = next_stream(&self.streams, goal) {
            let Some(stream) = self.streams.get_mut(index) else { break };
            let before = stream.seen.sent;
            road.run_stream(stream, index as u32, limit, self.counts_outstanding);
            sent += stream.seen.sent - before;
        }
        sent
    }
}

/// The stream in which something happens first, and how long nothing happens in the others. At the same moment the first stream goes first.
fn next_stream(streams: &[Stream], goal: u64) -> Option<(usize, u64)> {
    let (at, index) = streams.iter().enumerate().map(|(index, stream)| (stream.next(), index)).min()?;
    if at > goal {
        return None;
    }
    let mut limit = goal;
    for (other, stream) in streams.iter().enumerate().filter(|(other, _)| *other != index) {
        limit = limit.min(if other < index { stream.next() - 1 } else { stream.next() });
    }
    Some((index, limit))
}

impl Road<'_> {
    fn run_stream(&mut self, stream: &mut Stream, index: u32, limit: u64, counts: bool) {
        let mut visits = std::mem::take(self.visits);
        while stream.draw_visits(limit, &mut visits) {
            self.run_visits(stream, index, &visits, counts);
        }
        *self.visits = visits;
    }

    fn run_visits(&mut self, stream: &mut Stream, index: u32, visits: &Visits, counts: bool) {
        let patience = stream.patience();
        let Stream { spec, entrance, seen, .. } = stream;
        let is_balanced = matches!(entrance, Entrance::Balancer(_));
        let kind = Kind { stream: index, class: spec.class, is_balanced, patience };
        let crowd = (visits, kind, seen);
        match entrance {
            Entrance::Balancer(routing) => {
                if let (false, Some((targets, turn))) = (counts, routing.plain_turns()) {
                    return self.run::<false>(crowd, |_, _| {
                        let place = if *turn < targets.len() { *turn } else { 0 };
                        *turn = place + 1;
                        targets.get(place).copied()
                    });
                }
                if let (true, Some(group)) = (counts, routing.plain_least()) {
                    return self.run::<true>(crowd, |outstanding, _| group.choose_least(outstanding));
                }
                if counts {
                    self.run::<true>(crowd, |outstanding, now| routing.choose(outstanding, None, now));
                } else {
                    self.run::<false>(crowd, |outstanding, now| routing.choose(outstanding, None, now));
                }
            }
            Entrance::Server(place) if counts => self.run::<true>(crowd, |_, _| Some(*place)),
            Entrance::Server(place) => self.run::<false>(crowd, |_, _| Some(*place)),
            Entrance::NoServer(outcome, 0) => crowd.2.end_unserved(*outcome, visits.len() as u64),
            Entrance::NoServer(outcome, after) => {
                visits.iter().for_each(|(now, _)| self.late.add(now + *after, index, *outcome));
            }
        }
    }

    /// Sends requests of a stream, each where `choose` says. `COUNTS` says whether those under way are counted.
    #[inline]
    fn run<const COUNTS: bool>(
        &mut self,
        (visits, kind, seen): (&Visits, Kind, &mut StreamSample),
        mut choose: impl FnMut(&Outstanding, u64) -> Option<u32>,
    ) {
        for (now, work) in visits.iter() {
            if COUNTS {
                self.end_until(now);
            }
            match choose(self.outstanding, now) {
                Some(place) => self.send::<COUNTS>(place, (now, work), kind, seen),
                None => seen.end_unserved(super::super::Outcome::Balancer503, 1),
            }
        }
    }

    /// Counts down what has ended.
    #[inline]
    fn end_until(&mut self, now: u64) {
        let latest = key(now + 1, 0);
        while self.ends.first() < latest {
            let (_, place) = moment_and_what(self.ends.first());
            self.outstanding.remove(place);
            self.ends.pop();
        }
    }

    #[inline(always)]
    fn send<const COUNTS: bool>(&mut self, place: u32, (now, work): (u64, u64), kind: Kind, seen: &mut StreamSample) {
        let Some(server) = self.servers.get_mut(place as usize) else { return };
        let length = match server.length_of(work, kind.class, now) {
            Ok(length) => length,
            Err(refusal) => return self.refuse(place, refusal, (now, kind), seen),
        };
        let Some(start) = server.plan.add(now, length) else {
            return self.refuse(place, Refusal::Dropped, (now, kind), seen);
        };
        server.assign(length);
        let end = start + length;
        let took = end - now + server.network;
        if end <= self.goal && took <= kind.patience {
            seen.succeed(took);
            server.finished += 1;
        } else {
            keep(server, self.late, (now, start, length), kind);
        }
        if COUNTS {
            self.outstanding.add(place);
            self.ends.push(key(end.min(now + kind.patience), place));
        }
    }

    #[cold]
    fn refuse(&mut self, place: u32, refusal: Refusal, (now, kind): (u64, Kind), seen: &mut StreamSample) {
        if let Some(server) = self.servers.get_mut(place as usize) {
            server.failed += 1;
        }
        match refusal {
            Refusal::Refused => seen.end_unserved(broken(kind.is_balanced), 1),
            Refusal::Dropped => {
                let at = now + CONNECT_TIMEOUT.as_micros();
                self.late.add(at, kind.stream, timed_out(kind.is_balanced));
            }
        }
    }
}

/// Lets the server keep a request that ends beyond the goal or too late.
#[cold]
#[inline(never)]
fn keep(server: &mut Server, late: &mut Late, (arrived, start, length): (u64, u64, u64), kind: Kind) {
    let deadline = arrived + kind.patience;
    let is_late = start + length + server.network > deadline;
    if is_late {
        late.add(deadline, kind.stream, timed_out(kind.is_balanced));
    }
    let job = Job {
        arrived,
        start,
        length,
        deadline,
        stream: kind.stream,
        ticket: None,
        is_balanced: kind.is_balanced,
        is_late,
    };
    server.jobs.push_back(job);
}
