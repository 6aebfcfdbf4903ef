//! The event loop: one thing after the other.
//!
//! Arrivals stay outside the heap: each stream knows its next one. In the heap each server has at most two valid entries, whole numbers that
//! hold the moment, the server and the kind: the next end of work, and the next end of patience. An entry is not taken back when things
//! change; it is recognised as stale when it comes up.
use super::super::arrival::Next;
use super::super::server::{Job, Refusal};
use super::super::stream::{Entrance, Source, Stream};
use super::super::visitors::{AfterFailure, Ticket};
use super::super::{CONNECT_TIMEOUT, Outcome, Traffic};
use super::{broken, timed_out};
use crate::sim::heap::{key, moment_and_what};

/// A failure that one of the visitors who wait will see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::traffic) struct Reply {
    pub(in crate::traffic) at: u64,
    pub(in crate::traffic) stream: u32,
    visitor: u32,
    request: u32,
}

/// An end of work.
const END: usize = 0;
/// An end of patience.
const DEADLINE: usize = 1;

/// The entry of a server.
pub(super) fn event(at: u64, place: u32, kind: usize) -> u64 {
    key(at, place << 1 | kind as u32)
}

/// A request on its way.
#[derive(Clone, Copy)]
struct Sent {
    at: u64,
    stream: u32,
    ticket: Option<Ticket>,
}

impl Reply {
    fn ticket(&self) -> Ticket {
        Ticket { visitor: self.visitor, request: self.request }
    }

    pub(in crate::traffic) fn is_waited_for(&self, streams: &[Stream]) -> bool {
        streams.get(self.stream as usize).is_some_and(|stream| stream.waits_for(self.ticket()))
    }
}

impl Traffic {
    /// Simulates up to `goal`; returns how many requests were sent. At the same moment servers go first, then replies, then visitors.
    pub(in crate::traffic) fn run_events(&mut self, goal: u64) -> u64 {
        let mut sent = 0;
        loop {
            let (visit, index) = self.next_visit();
            let server = moment_and_what(self.calendar.first()).0;
            let server = if self.calendar.is_empty() { u64::MAX } else { server };
            let reply = self.replies.first_key_value().map_or(u64::MAX, |(reply, _)| reply.at);
            if visit.min(server).min(reply) > goal {
                return sent;
            }
            if server <= reply && server <= visit {
                self.serve(server);
            } else if reply <= visit {
                self.reply();
            } else {
                sent += self.visit(index, visit);
            }
        }
    }

    #[inline]
    fn next_visit(&self) -> (u64, usize) {
        match self.streams.as_slice() {
            [only] => (only.next(), 0),
            all => all.iter().enumerate().map(|(index, stream)| (stream.next(), index)).min().unwrap_or((u64::MAX, 0)),
        }
    }

    /// What happens in a stream at this moment. Returns how many requests were sent.
    fn visit(&mut self, index: usize, now: u64) -> u64 {
        let Some(stream) = self.streams.get_mut(index) else { return 0 };
        let ticket = match &mut stream.source {
            Source::Open(arrivals) => match arrivals.next() {
                Next::Second(_) => {
                    arrivals.begin_second();
                    return 0;
                }
                Next::Arrival(now) => {
                    arrivals.find_next(now);
                    None
                }
            },
            Source::Closed(visitors) => match visitors.take_send(now) {
                Some((ticket, is_retry)) => {
                    stream.seen.retries += u64::from(is_retry);
                    Some(ticket)
                }
                None => {
                    if let Some((ticket, server)) = visitors.take_timeout(now) {
                        self.lose_patience(index, ticket, server, now);
                    }
                    return 0;
                }
            },
        };
        stream.seen.sent += 1;
        let work = stream.spec.work.draw(&mut stream.works).as_micros();
        self.send(Sent { at: now, stream: index as u32, ticket }, work);
        1
    }

    fn send(&mut self, sent: Sent, work: u64) {
        let Some(stream) = self.streams.get_mut(sent.stream as usize) else { return };
        let (place, is_balanced) = match &mut stream.entrance {
            Entrance::Balancer(routing) => {
                let visitor = sent.ticket.map(|ticket| ticket.visitor);
                match routing.choose(&self.outstanding, visitor, sent.at) {
                    Some(place) => (place, true),
                    None => return self.end_unserved(sent, Outcome::Balancer503, 0),
                }
            }
            Entrance::Server(place) => (*place, false),
            Entrance::NoServer(outcome, after) => {
                let (outcome, after) = (*outcome, *after);
                return self.end_unserved(sent, outcome, after);
            }
        };
        let (patience, class) = (stream.patience(), stream.spec.class);
        if let (Some(ticket), Source::Closed(visitors)) = (sent.ticket, &mut stream.source) {
            visitors.sent_to(ticket, place);
        }
        let Some(server) = self.servers.get_mut(place as usize) else { return };
        let length = server.length_of(work, class, sent.at);
        let length = length.and_then(|length| if server.has_room() { Ok(length) } else { Err(Refusal::Dropped) });
        let length = match length {
            Ok(length) => length,
            Err(refusal) => return self.refuse(sent, place, refusal, is_balanced),
        };
        let job = Job {
            arrived: sent.at,
            start: super::super::server::WAITS,
            length,
            deadline: sent.at + patience,
            stream: sent.stream,
            ticket: sent.ticket,
            is_balanced,
            is_late: false,
        };
        let end = server.accept(job, sent.at);
        if end < server.put_down[END] {
            server.put_down[END] = end;
            self.calendar.push(event(end, place, END));
        }
        if job.deadline < server.put_down[DEADLINE] {
            server.put_down[DEADLINE] = job.deadline;
            self.calendar.push(event(job.deadline, place, DEADLINE));
        }
        if self.counts_outstanding {
            self.outstanding.add(place);
        }
    }

    #[cold]
    fn refuse(&mut self, sent: Sent, place: u32, refusal: Refusal, is_balanced: bool) {
        if let Some(server) = self.servers.get_mut(place as usize) {
            server.failed += 1;
        }
        if let Some(stream) = self.streams.get_mut(sent.stream as usize) {
            if let Source::Closed(visitors) = &mut stream.source
                && let Some(ticket) = sent.ticket
            {
                visitors.left(ticket);
            }
            if let Some(routing) = stream.routing() {
                routing.tell(place, false);
            }
        }
        match refusal {
            Refusal::Refused => self.end_unserved(sent, broken(is_balanced), 0),
            Refusal::Dropped => self.end_unserved(sent, timed_out(is_balanced), CONNECT_TIMEOUT.as_micros()),
        }
    }

    /// A request ends after a time without a server's answer.
    fn end_unserved(&mut self, sent: Sent, outcome: Outcome, after: u64) {
        match (sent.ticket, after) {
            (Some(ticket), 0) => self.tell_visitor(sent.stream, ticket, outcome, sent.at),
            (Some(Ticket { visitor, request }), after) => {
                self.replies.insert(Reply { at: sent.at + after, stream: sent.stream, visitor, request }, outcome);
            }
            (None, 0) => {
                if let Some(stream) = self.streams.get_mut(sent.stream as usize) {
                    stream.seen.end_unserved(outcome, 1);
                }
            }
            (None, after) => self.late.add(sent.at + after, sent.stream, outcome),
        }
    }

    /// A visitor who waits sees how a request ended that no server answered.
    fn tell_visitor(&mut self, stream: u32, ticket: Ticket, outcome: Outcome, now: u64) {
        let Some(stream) = self.streams.get_mut(stream as usize) else { return };
        let Source::Closed(visitors) = &mut stream.source else { return };
        if !visitors.waits_for(ticket) {
            return;
        }
        stream.seen.end_unserved(outcome, 1);
        if outcome.is_good() {
            visitors.succeed(ticket, now);
        } else if visitors.fail(ticket, now) == AfterFailure::GivesUp {
            stream.seen.gave_up += 1;
        }
    }

    fn reply(&mut self) {
        if let Some((reply, outcome)) = self.replies.pop_first() {
            self.tell_visitor(reply.stream, reply.ticket(), outcome, reply.at);
        }
    }

    /// A visitor waits no longer; the server, if one has the request, works on it regardless.
    fn lose_patience(&mut self, index: usize, ticket: Ticket, server: Option<u32>, now: u64) {
        let Some(stream) = self.streams.get_mut(index) else { return };
        let is_balanced = stream.routing().is_some();
        if let (Some(place), true) = (server, self.counts_outstanding) {
            self.outstanding.remove(place);
        }
        let outcome = if is_balanced { Outcome::Balancer460 } else { Outcome::TimedOut };
        self.tell_visitor(index as u32, ticket, outcome, now);
    }

    /// The first entry of the heap comes up.
    fn serve(&mut self, now: u64) {
        let (_, what) = moment_and_what(self.calendar.first());
        let (place, kind) = (what >> 1, (what & 1) as usize);
        let is_valid = self.servers.get(place as usize).is_some_and(|server| server.put_down[kind] == now);
        if !is_valid {
            self.calendar.pop();
        } else if kind == END {
            self.end_work(place, now);
        } else {
            self.end_patience(place, now);
        }
    }

    fn end_work(&mut self, place: u32, now: u64) {
        let Some(server) = self.servers.get_mut(place as usize) else { return };
        let done = server.take_done(now);
        let next = server.next_end();
        let network = server.network;
        server.put_down[END] = next;
        server.finished += u64::from(done.is_some());
        if next < u64::MAX {
            self.calendar.replace_first(event(next, place, END));
        } else {
            self.calendar.pop();
        }
        if let Some(job) = done {
            self.answer(job, place, now, network);
        }
    }

    /// A server is done with a request.
    #[inline]
    fn answer(&mut self, job: Job, place: u32, now: u64, network: u64) {
        let Some(stream) = self.streams.get_mut(job.stream as usize) else { return };
        if job.is_late {
            return;
        }
        if let (Some(ticket), Source::Closed(visitors)) = (job.ticket, &mut stream.source) {
            if !visitors.waits_for(ticket) {
                return;
            }
            visitors.succeed(ticket, now);
        }
        if self.counts_outstanding {
            self.outstanding.remove(place);
        }
        let is_in_time = now + network <= job.deadline;
        if is_in_time {
            stream.seen.succeed(now - job.arrived + network);
            if let (Some(watch), Some(server)) = (&mut self.watch, self.servers.get(place as usize)) {
                watch.answered(stream.id, server.id, (&job, now + network));
            }
        } else {
            self.late.add(job.deadline, job.stream, timed_out(job.is_balanced));
        }
        if let (true, Some(routing)) = (job.is_balanced, stream.routing()) {
            routing.tell(place, is_in_time);
        }
    }

    /// Those that have waited too long for this server get their failure; it works on regardless.
    fn end_patience(&mut self, place: u32, now: u64) {
        self.calendar.pop();
        let (streams, mut overdue, mut next) = (&self.streams, Vec::new(), u64::MAX);
        let Some(server) = self.servers.get_mut(place as usize) else { return };
        for job in server.all_jobs_mut().filter(|job| !job.is_late) {
            let is_waited_for = job
                .ticket
                .is_none_or(|ticket| streams.get(job.stream as usize).is_some_and(|stream| stream.waits_for(ticket)));
            if is_waited_for && job.deadline <= now {
                job.is_late = true;
                overdue.push(*job);
            } else if is_waited_for {
                next = next.min(job.deadline);
            }
        }
        server.put_down[DEADLINE] = next;
        if next < u64::MAX {
            self.calendar.push(event(next, place, DEADLINE));
        }
        for job in overdue {
            if self.counts_outstanding {
                self.outstanding.remove(place);
            }
            let outcome = timed_out(job.is_balanced);
            match job.ticket {
                None => self.late.add(job.deadline, job.stream, outcome),
                Some(ticket) => self.tell_visitor(job.stream, ticket, outcome, now),
            }
            if let Some(routing) = self.streams.get_mut(job.stream as usize).and_then(Stream::routing) {
                routing.tell(place, false);
            }
        }
    }
}
