//! The recursion: when a request comes, its end is known at once.
//!
//! Arrivals are drawn one after the other; each asks the workers of one server when the first of them is free (Lindley; Kiefer and
//! Wolfowitz), and that is all. Only balancers that count requests under way need to know of ends, in a heap of whole numbers. Requests
//! that end after the moment up to which is simulated are kept by their server; all others are counted at once and forgotten.
use std::collections::VecDeque;

use super::super::late::Late;
use super::super::routing::Outstanding;
use super::super::server::{Fate, Job, Refusal, Server};
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

/// If each target gets so many requests, it is faster to let them have theirs one target after the other.
const WORTHWHILE: usize = 4;

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
        let mut visits = std::mem::replace(self.visits, Visits::none());
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
                if let (false, Some((targets, turn))) = (counts, routing.plain_turns())
                    && targets.len() * WORTHWHILE <= visits.len()
                {
                    return self.take_turns(targets, turn, crowd);
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

    /// Sends requests of a stream to the targets in turn: to each of them, one after the other, all that it gets. What comes of it does not
    /// depend on the order, for the targets know nothing of each other.
    fn take_turns(
        &mut self,
        targets: &[u32],
        turn: &mut usize,
        (visits, kind, seen): (&Visits, Kind, &mut StreamSample),
    ) {
        let first = if *turn < targets.len() { *turn } else { 0 };
        let in_turn = targets.iter().cycle().skip(first);
        for (offset, place) in in_turn.take(targets.len().min(visits.len())).enumerate() {
            let theirs = visits.iter().skip(offset).step_by(targets.len());
            self.send_all(*place, theirs, kind, seen);
        }
        *turn = (first + visits.len() - 1) % targets.len() + 1;
    }

    #[inline]
    fn send_all(
        &mut self,
        place: u32,
        visits: impl Iterator<Item = (u64, u64)> + Clone,
        kind: Kind,
        seen: &mut StreamSample,
    ) {
        let Some(server) = self.servers.get_mut(place as usize) else { return };
        let is_plain = visits.clone().next().is_some_and(|(first, _)| server.is_plain_from(first, kind.class));
        if !is_plain {
            return visits.for_each(|visit| {
                let _end = self.send(place, visit, kind, seen);
            });
        }
        let (late, network, mut failed) = (&mut *self.late, server.network, 0);
        let (mut answered, mut micros) = (0, 0);
        server.take_plain(visits, (self.goal, kind.patience), |jobs, (now, length), fate| match fate {
            Fate::Answered(took) => {
                seen.latency.mark(took);
                answered += 1;
                micros += took;
            }
            Fate::Kept(start) => keep(jobs, late, (now, start, length), (kind, network)),
            Fate::Dropped => {
                failed += 1;
                drop_packet(late, now, kind);
            }
        });
        server.failed += failed;
        seen.succeed_marked(answered, micros);
    }

    /// Sends requests of a stream, each where `choose` says. `COUNTS` says whether those under way are counted.
    #[inline]
    fn run<const COUNTS: bool>(
        &mut self,
        (visits, kind, seen): (&Visits, Kind, &mut StreamSample),
        mut choose: impl FnMut(&Outstanding, u64) -> Option<u32>,
    ) {
        for (now, work) in visits.iter() {
            let is_over = COUNTS && self.end_until(now);
            let end = match choose(self.outstanding, now) {
                Some(place) => self.send(place, (now, work), kind, seen).map(|end| (end, place)),
                None => {
                    seen.end_unserved(super::super::Outcome::Balancer503, 1);
                    None
                }
            };
            if !COUNTS {
                continue;
            }
            // The first end may be over already; then the new one takes its place, which is cheaper than to take one out and put one in.
            match end {
                Some((end, place)) => {
                    self.outstanding.add(place);
                    let key = key(end.min(now + kind.patience), place);
                    if is_over { self.ends.replace_first(key) } else { self.ends.push(key) }
                }
                None if is_over => drop(self.ends.pop()),
                None => {}
            }
        }
    }

    /// Counts down what has ended. Returns whether the first end is over: then it is still to be taken out.
    #[inline]
    fn end_until(&mut self, now: u64) -> bool {
        let latest = key(now + 1, 0);
        let mut is_over = false;
        loop {
            let first = if is_over { self.ends.second() } else { self.ends.first() };
            if first >= latest {
                return is_over;
            }
            if is_over {
                self.ends.pop();
            }
            self.outstanding.remove(moment_and_what(first).1);
            is_over = true;
        }
    }

    /// Sends a request to a server. Returns when that will be done with it, if it takes it.
    #[inline(always)]
    fn send(&mut self, place: u32, (now, work): (u64, u64), kind: Kind, seen: &mut StreamSample) -> Option<u64> {
        let server = self.servers.get_mut(place as usize)?;
        let length = match server.length_of(work, kind.class, now) {
            Ok(length) => length,
            Err(refusal) => {
                self.refuse(place, refusal, (now, kind), seen);
                return None;
            }
        };
        let Some(start) = server.plan.add(now, length) else {
            self.refuse(place, Refusal::Dropped, (now, kind), seen);
            return None;
        };
        server.assign(length);
        let end = start + length;
        let took = end - now + server.network;
        if end <= self.goal && took <= kind.patience {
            seen.succeed(took);
            server.finished += 1;
        } else {
            keep(&mut server.jobs, self.late, (now, start, length), (kind, server.network));
        }
        Some(end)
    }

    #[cold]
    fn refuse(&mut self, place: u32, refusal: Refusal, (now, kind): (u64, Kind), seen: &mut StreamSample) {
        if let Some(server) = self.servers.get_mut(place as usize) {
            server.failed += 1;
        }
        match refusal {
            Refusal::Refused => seen.end_unserved(broken(kind.is_balanced), 1),
            Refusal::Dropped => drop_packet(self.late, now, kind),
        }
    }
}

/// Whoever sent this request sees after a while that nobody takes it.
#[cold]
fn drop_packet(late: &mut Late, now: u64, kind: Kind) {
    late.add(now + CONNECT_TIMEOUT.as_micros(), kind.stream, timed_out(kind.is_balanced));
}

/// Lets the server keep a request that ends beyond the goal or too late.
#[cold]
#[inline(never)]
fn keep(
    jobs: &mut VecDeque<Job>,
    late: &mut Late,
    (arrived, start, length): (u64, u64, u64),
    (kind, network): (Kind, u64),
) {
    let deadline = arrived + kind.patience;
    let is_late = start + length + network > deadline;
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
    jobs.push_back(job);
}
