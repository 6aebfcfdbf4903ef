//! Which engine is at work, and how requests pass from one to the other.
//!
//! Between the two they are *parked*: what has ended is counted, those that have a CPU know when they got it, and the others know only
//! their length. Both engines begin from that and come back to it, so none is lost and none is counted twice.
pub(super) mod events;
pub(super) mod recursion;

use super::server::Job;
use super::visitors::AfterFailure;
use super::{Outcome, StreamSample, Traffic};
use crate::sim::heap::key;

/// What simulates the requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Each end is known when the request comes.
    Recursion,
    /// One event after the other.
    Events,
}

/// What whoever sent a request sees if there is no answer in time.
pub(super) fn timed_out(is_balanced: bool) -> Outcome {
    if is_balanced { Outcome::Balancer504 } else { Outcome::TimedOut }
}

/// What whoever sent a request sees if the connection is refused or breaks.
pub(super) fn broken(is_balanced: bool) -> Outcome {
    if is_balanced { Outcome::Balancer502 } else { Outcome::Refused }
}

/// Counts a request that the recursion kept, now that it is done.
fn count_done(seen: &mut StreamSample, job: &Job, network: u64) {
    if !job.is_late {
        seen.succeed(job.end() - job.arrived + network);
    }
}

impl Traffic {
    /// Counts what the recursion knows to have ended by now. The event loop has counted it already.
    pub(super) fn sweep(&mut self) {
        if self.engine == Engine::Events {
            return;
        }
        let (now, streams, watch) = (self.now.as_micros(), &mut self.streams, &mut self.watch);
        for server in &mut self.servers {
            let (id, network, mut finished) = (server.id, server.network, 0);
            server.sweep(now, |job| {
                finished += 1;
                if let Some(stream) = streams.get_mut(job.stream as usize) {
                    count_done(&mut stream.seen, job, network);
                    if let (Some(watch), false) = (watch.as_mut(), job.is_late) {
                        watch.answered(stream.id, id, (job, job.end() + network));
                    }
                }
            });
            server.finished += finished;
        }
    }

    /// Leaves the engine.
    pub(super) fn park(&mut self) {
        self.sweep();
        let now = self.now.as_micros();
        for server in &mut self.servers {
            server.reckon(now);
        }
        if self.engine == Engine::Recursion {
            for server in &mut self.servers {
                for job in server.jobs.iter_mut().filter(|job| job.is_late && job.deadline > now) {
                    self.late.cancel(job.deadline, job.stream, timed_out(job.is_balanced));
                    job.is_late = false;
                }
                server.drop_plan(now);
            }
        }
    }

    /// Begins with the engine that the fleet and the visitors need.
    pub(super) fn unpark(&mut self) {
        let now = self.now.as_micros();
        let reacts = self.streams.iter().any(super::Stream::reacts);
        let is_unusual = self.servers.iter().any(|server| server.is_hung() || server.shares_cpus());
        self.engine = if reacts || is_unusual { Engine::Events } else { Engine::Recursion };
        self.counts_outstanding = self.streams.iter().any(super::Stream::counts_outstanding);
        self.calendar.clear();
        self.outstanding.reset(self.servers.len());
        match self.engine {
            Engine::Recursion => self.plan_all(now),
            Engine::Events => self.put_all_down(now),
        }
    }

    fn plan_all(&mut self, now: u64) {
        for (place, server) in self.servers.iter_mut().enumerate() {
            server.make_plan(now);
            let network = server.network;
            for job in &mut server.jobs {
                if !job.is_late && job.end() + network > job.deadline {
                    job.is_late = true;
                    self.late.add(job.deadline, job.stream, timed_out(job.is_balanced));
                }
                if self.counts_outstanding && (!job.is_late || job.deadline > now) {
                    self.outstanding.add(place as u32);
                    self.calendar.push(key(job.end().min(job.deadline), place as u32));
                }
            }
        }
    }

    fn put_all_down(&mut self, now: u64) {
        let streams = &self.streams;
        for (place, server) in self.servers.iter_mut().enumerate() {
            server.begin_reckoning(now);
            server.put_down = [u64::MAX; 2];
            let end = server.next_end();
            let mut deadline = u64::MAX;
            for job in server.all_jobs() {
                let is_waited_for = match job.ticket {
                    None => !job.is_late,
                    Some(ticket) => {
                        !job.is_late && streams.get(job.stream as usize).is_some_and(|stream| stream.waits_for(ticket))
                    }
                };
                if is_waited_for {
                    deadline = deadline.min(job.deadline);
                    self.outstanding.add(place as u32);
                }
            }
            server.put_down = [end, deadline];
            for (kind, at) in [end, deadline].into_iter().enumerate().filter(|(_, at)| *at < u64::MAX) {
                self.calendar.push(events::event(at, place as u32, kind));
            }
        }
    }

    /// Tells those who wait for these requests that their connections broke.
    pub(super) fn break_off(&mut self, lost: Vec<Job>) {
        let now = self.now.as_micros();
        for job in lost {
            let Some(stream) = self.streams.get_mut(job.stream as usize) else { continue };
            let outcome = broken(job.is_balanced);
            match (job.ticket, &mut stream.source) {
                (None, _) if !job.is_late => stream.seen.end_unserved(outcome, 1),
                (Some(ticket), super::stream::Source::Closed(visitors)) if visitors.waits_for(ticket) => {
                    stream.seen.end_unserved(outcome, 1);
                    if visitors.fail(ticket, now) == AfterFailure::GivesUp {
                        stream.seen.gave_up += 1;
                    }
                }
                (None | Some(_), _) => {}
            }
        }
    }

    /// Lets the requests of visitors who are about to change go on as nobody's.
    pub(super) fn forget_visitors(&mut self, index: usize) {
        let now = self.now.as_micros();
        let Some(stream) = self.streams.get(index).filter(|stream| stream.is_closed()) else { return };
        for job in self.servers.iter_mut().flat_map(super::Server::all_jobs_mut) {
            if let (true, Some(ticket)) = (job.stream as usize == index, job.ticket) {
                if !stream.waits_for(ticket) {
                    // Its end has been counted: a deadline that is still to come would be taken for one that has not.
                    (job.is_late, job.deadline) = (true, job.deadline.min(now));
                }
                job.ticket = None;
            }
        }
        let (theirs, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.replies).into_iter().partition(|(reply, _)| reply.stream as usize == index);
        self.replies = others.into_iter().collect();
        for (reply, outcome) in theirs.into_iter().filter(|(reply, _)| reply.is_waited_for(&self.streams)) {
            self.late.add(reply.at, reply.stream, outcome);
        }
    }
}
