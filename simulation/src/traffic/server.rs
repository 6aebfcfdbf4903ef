//! A server: its CPUs, its queue, and how long a request keeps it busy.
//!
//! Requests that it has are in the order in which they came. Under first in, first out those at the head are worked on, one for each
//! virtual CPU, and the rest wait. What the two engines add to that is in `plan.rs` (the recursion knows from the start when each request
//! will end) and `sharing.rs` (requests that share the CPUs).
mod busy;
mod credits;
mod plan;
mod sharing;

use std::collections::VecDeque;

use super::request_class::ACCELERATION;
use super::visitors::Ticket;
use super::{AppState, Discipline, ProbeOutcome, RequestClass, ServerId, ServerSpec};
use crate::sim::SimDuration;
use busy::Busy;
use credits::Credits;
pub(super) use plan::Fate;
use plan::Plan;
use sharing::Sharing;

/// A request that a server has. Moments and lengths are in microseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Job {
    /// When it came.
    pub(super) arrived: u64,
    /// When it got a CPU; [`WAITS`] if it has none yet.
    pub(super) start: u64,
    /// How long it keeps a CPU.
    pub(super) length: u64,
    /// When whoever waits for the answer stops waiting.
    pub(super) deadline: u64,
    /// Whose request it is, by the place of the stream.
    pub(super) stream: u32,
    /// Which of the stream's visitors sent it, if they are told apart.
    pub(super) ticket: Option<Ticket>,
    /// Whether it came through a balancer.
    pub(super) is_balanced: bool,
    /// Whether the deadline has been met instead of an answer; the server works on regardless.
    pub(super) is_late: bool,
}

/// The start of a request that waits.
pub(super) const WAITS: u64 = u64::MAX;

/// Why a server does not take a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nothing listens.
    Refused,
    /// The packet is dropped: the queue is full, or something is in the way.
    Dropped,
}

/// A server at work.
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) id: ServerId,
    pub(super) spec: ServerSpec,
    /// From when on a request takes exactly its work: the server serves, is warm, and nothing slows it down.
    pub(super) plain_from: u64,
    /// What the network adds to each answer.
    pub(super) network: u64,
    /// How long a request takes, in 1/1024 of its work.
    pace: u64,
    pub(super) plan: Plan,
    pub(super) jobs: VecDeque<Job>,
    sharing: Sharing,
    /// When it hung up, if it hangs.
    frozen_since: Option<u64>,
    is_throttled: bool,
    credits: Option<Credits>,
    busy: Busy,
    pub(super) finished: u64,
    pub(super) failed: u64,
    /// The moments for which the event loop has put it down: an end of work, and a deadline.
    pub(super) put_down: [u64; 2],
}

/// The pace of a server that nothing slows down.
const NORMAL: u64 = 1_024;
/// The work of a health check in microseconds.
const PROBE_WORK: u64 = 1_000;
/// How many times its work a request costs more while the caches are quite cold. A guess.
const COLD_EXTRA: u64 = 2;

impl Server {
    pub(super) fn new(id: ServerId, spec: &ServerSpec, now: u64) -> Self {
        let mut server = Server {
            id,
            spec: spec.clone(),
            plain_from: 0,
            network: 0,
            pace: NORMAL,
            plan: Plan::default(),
            jobs: VecDeque::new(),
            sharing: Sharing::default(),
            frozen_since: None,
            is_throttled: false,
            credits: spec.credits.map(Credits::new),
            busy: Busy::from(now),
            finished: 0,
            failed: 0,
            put_down: [u64::MAX; 2],
        };
        server.frozen_since = server.is_hung().then_some(now);
        server.set_pace();
        server
    }

    /// How many requests get a CPU of their own: no more than it has connections.
    #[inline]
    pub(super) fn workers(&self) -> usize {
        self.spec.vcpus.min(self.spec.connections).max(1) as usize
    }

    /// How many requests it can have: those with a connection, and those that wait for one.
    #[inline]
    pub(super) fn places(&self) -> usize {
        self.spec.connections.max(1) as usize + self.spec.backlog as usize
    }

    pub(super) fn is_hung(&self) -> bool {
        self.spec.app == AppState::Hung
    }

    pub(super) fn shares_cpus(&self) -> bool {
        self.spec.discipline == Discipline::ProcessorSharing
    }

    /// How long a request of this work will keep a CPU, if the server takes it.
    #[inline]
    pub(super) fn length_of(&self, work: u64, class: RequestClass, now: u64) -> Result<u64, Refusal> {
        if now >= self.plain_from && class != RequestClass::Inference {
            Ok(work)
        } else {
            self.unusual_length(work, class, now)
        }
    }

    #[cold]
    fn unusual_length(&self, work: u64, class: RequestClass, now: u64) -> Result<u64, Refusal> {
        match self.spec.app {
            AppState::Serving | AppState::Hung => {}
            AppState::Refusing => return Err(Refusal::Refused),
            AppState::Silent => return Err(Refusal::Dropped),
        }
        let is_accelerated = self.spec.has_accelerator && class == RequestClass::Inference;
        let work = if is_accelerated { work / ACCELERATION } else { work };
        let length = work * self.pace / NORMAL;
        let (came_up, cold) = (self.spec.warm_up.0.as_micros(), self.spec.warm_up.1.as_micros());
        let left = (came_up + cold).saturating_sub(now).min(cold);
        Ok(if left > 0 { length + length * COLD_EXTRA * (left / 1_000) / (cold / 1_000).max(1) } else { length })
    }

    /// Works out the pace, and from when on it is plain. Throttled CPUs do their baseline's share of the work; another program takes its
    /// share from what is left.
    fn set_pace(&mut self) {
        let slow = f64::from(self.spec.slowness_percent.max(1)) / 100.0;
        let pace = slow / (1.0 - self.filled_share()) / self.cpu_share();
        self.pace = crate::sim::distribution::whole(pace * NORMAL as f64).max(1);
        self.network = self.spec.network_delay.as_micros();
        let warm = self.spec.warm_up.0 + self.spec.warm_up.1;
        let is_plain = self.spec.app == AppState::Serving && self.pace == NORMAL;
        self.plain_from = if is_plain { warm.as_micros() } else { u64::MAX };
    }

    fn filled_share(&self) -> f64 {
        f64::from(self.spec.filled_percent.min(99)) / 100.0
    }

    /// The share of each CPU that it may use: the baseline if its credits are spent.
    fn cpu_share(&self) -> f64 {
        match self.spec.credits {
            Some(credits) if self.is_throttled => credits.per_hour / 60.0 / f64::from(self.spec.vcpus.max(1)),
            Some(_) | None => 1.0,
        }
    }

    /// Takes over what the control plane says, while nothing is planned. Returns the requests that are lost by it.
    pub(super) fn take_over(&mut self, spec: &ServerSpec, now: u64) -> Vec<Job> {
        let is_another = (self.spec.vcpus, self.spec.connections) != (spec.vcpus, spec.connections);
        let has_restarted = matches!(spec.app, AppState::Refusing) || is_another;
        let lost = if has_restarted && self.spec != *spec { self.lose_all(now) } else { Vec::new() };
        let was_sharing = self.shares_cpus();
        if self.spec.credits.is_some() != spec.credits.is_some() {
            self.credits = spec.credits.map(Credits::new);
        }
        self.spec = spec.clone();
        if let (Some(credits), Some(spec)) = (&mut self.credits, spec.credits) {
            credits.change(spec);
        }
        match (self.frozen_since, self.is_hung()) {
            (None, true) => {
                self.sharing.move_on(self.spec.vcpus, now);
                self.frozen_since = Some(now);
            }
            (Some(since), false) => self.thaw(since, now),
            (None, false) | (Some(_), true) => {}
        }
        if was_sharing != self.shares_cpus() {
            self.change_discipline(now);
        }
        self.change_pace(now);
        self.begin_reckoning(now);
        lost
    }

    /// Lets what it has take longer or shorter from now on, after a change of its pace.
    fn change_pace(&mut self, now: u64) {
        let old = self.pace;
        self.set_pace();
        if old == self.pace {
            return;
        }
        let scaled = |length: u64| (u128::from(length) * u128::from(self.pace) / u128::from(old)) as u64;
        for job in &mut self.jobs {
            if job.start == WAITS {
                job.length = scaled(job.length);
            } else {
                let worked_until = self.frozen_since.map_or(now, |since| since.max(job.start));
                let done = worked_until.saturating_sub(job.start).min(job.length);
                job.length = done + scaled(job.length - done);
            }
        }
        self.sharing.rescale(self.spec.vcpus, now, scaled);
    }

    /// Goes on where it hung up.
    fn thaw(&mut self, since: u64, now: u64) {
        self.frozen_since = None;
        for job in self.jobs.iter_mut().filter(|job| job.start != WAITS) {
            job.start += now - since.max(job.start);
        }
        self.sharing.skip_to(self.spec.vcpus, now);
    }

    fn change_discipline(&mut self, now: u64) {
        if self.shares_cpus() {
            for job in std::mem::take(&mut self.jobs) {
                let left = if job.start == WAITS { job.length } else { job.end().saturating_sub(now) };
                self.accept_shared(Job { start: WAITS, length: left, ..job }, now);
            }
        } else {
            let waiting = std::mem::take(&mut self.jobs);
            self.jobs = self.sharing.take_all(self.spec.vcpus, now).into_iter().chain(waiting).collect();
            let workers = self.workers();
            for (place, job) in self.jobs.iter_mut().enumerate() {
                job.start = if place < workers { now } else { WAITS };
            }
        }
    }

    /// Whether another request finds room. Only for the event loop.
    pub(super) fn has_room(&self) -> bool {
        self.held() < self.places()
    }

    /// Takes a request that finds room, under the event loop. Returns when the next request will be done if this one brings that forward;
    /// otherwise anything later.
    pub(super) fn accept(&mut self, mut job: Job, now: u64) -> u64 {
        if self.shares_cpus() {
            self.accept_shared(job, now);
            return self.next_end();
        }
        let mut end = u64::MAX;
        if self.jobs.len() < self.workers() {
            job.start = now;
            self.busy.assigned += job.length;
            end = if self.frozen_since.is_some() { u64::MAX } else { job.end() };
        }
        self.jobs.push_back(job);
        end
    }

    /// How many requests share the CPUs; the others wait.
    fn most_shares(&self) -> usize {
        self.spec.connections.clamp(1, sharing::MOST) as usize
    }

    fn accept_shared(&mut self, job: Job, now: u64) {
        self.reckon(now);
        if self.frozen_since.is_some() {
            self.sharing.skip_to(self.spec.vcpus, now);
        }
        if self.sharing.len() < self.most_shares() {
            self.sharing.add(job, self.spec.vcpus, now);
        } else {
            self.jobs.push_back(job);
        }
    }

    /// When the next request will be done if no other comes; `u64::MAX` if none.
    #[inline]
    pub(super) fn next_end(&self) -> u64 {
        if self.frozen_since.is_some() {
            return u64::MAX;
        }
        if self.shares_cpus() {
            return self.sharing.next_end();
        }
        let mut next = u64::MAX;
        for job in self.jobs.iter().take(self.workers()) {
            next = next.min(job.end());
        }
        next
    }

    /// Takes out a request that is done at this moment, and begins the next.
    pub(super) fn take_done(&mut self, now: u64) -> Option<Job> {
        if self.shares_cpus() {
            self.reckon(now);
            let done = self.sharing.take_done(self.spec.vcpus, now)?;
            if let Some(next) = self.jobs.pop_front() {
                self.sharing.add(next, self.spec.vcpus, now);
            }
            return Some(done);
        }
        let workers = self.workers();
        let place = self.jobs.iter().take(workers).position(|job| job.end() <= now)?;
        let done = if place == 0 { self.jobs.pop_front() } else { self.jobs.remove(place) };
        if let Some(next) = self.jobs.get_mut(workers - 1) {
            next.start = now;
            self.busy.assigned += next.length;
        }
        done
    }

    /// How many requests it has.
    pub(super) fn held(&self) -> usize {
        self.jobs.len() + self.sharing.len()
    }

    /// All requests that it has.
    pub(super) fn all_jobs(&self) -> impl Iterator<Item = &Job> {
        self.sharing.jobs().chain(&self.jobs)
    }

    /// All requests that it has, to be changed; not their lengths.
    pub(super) fn all_jobs_mut(&mut self) -> impl Iterator<Item = &mut Job> {
        self.sharing.jobs_mut().chain(&mut self.jobs)
    }

    /// Takes out everything it has: the connections break.
    pub(super) fn lose_all(&mut self, now: u64) -> Vec<Job> {
        self.lose(now, |_| true)
    }

    /// Takes out those of its requests that `is_lost` picks, while nothing is planned.
    pub(super) fn lose(&mut self, now: u64, is_lost: impl Fn(&Job) -> bool) -> Vec<Job> {
        self.reckon(now);
        if self.frozen_since.is_some() {
            self.sharing.skip_to(self.spec.vcpus, now);
        }
        let (mut lost, kept): (Vec<Job>, Vec<Job>) = std::mem::take(&mut self.jobs).into_iter().partition(&is_lost);
        self.jobs = kept.into();
        lost.extend(self.sharing.take_if(self.spec.vcpus, now, &is_lost));
        if self.shares_cpus() {
            while self.sharing.len() < self.most_shares() {
                let Some(next) = self.jobs.pop_front() else { break };
                self.sharing.add(next, self.spec.vcpus, now);
            }
        } else {
            let workers = self.workers();
            self.jobs.iter_mut().take(workers).filter(|job| job.start == WAITS).for_each(|job| job.start = now);
        }
        self.failed += lost.len() as u64;
        self.busy.unfinished = self.unfinished(now);
        lost
    }

    /// What a health check would meet now. It waits its turn behind all that is there, but takes no time from them.
    pub(super) fn probe(&self, now: u64) -> ProbeOutcome {
        let work = match self.length_of(PROBE_WORK, RequestClass::StaticPage, now) {
            Err(Refusal::Refused) => return ProbeOutcome::Refused,
            Err(Refusal::Dropped) => return ProbeOutcome::Silent,
            Ok(work) => work,
        };
        if self.is_hung() {
            return ProbeOutcome::Silent;
        }
        let wait = match (self.plan.is_made(), self.shares_cpus()) {
            (true, _) => self.plan.wait(now),
            (false, true) if self.has_room() => Some(self.wait_for_share(work)),
            (false, false) if self.has_room() => Some(self.wait_behind_queue(now)),
            (false, _) => None,
        };
        wait.map_or(ProbeOutcome::Silent, |wait| {
            ProbeOutcome::Answered(SimDuration::from_micros(wait + work + self.network))
        })
    }

    /// How much longer than its work a request takes that shares the CPUs from now on. Behind a queue it is about the time in which all that
    /// is there is done.
    fn wait_for_share(&self, work: u64) -> u64 {
        if self.sharing.len() < self.most_shares() {
            return self.sharing.stretch(self.spec.vcpus, work);
        }
        let left: u64 = self.sharing.lengths_left().chain(self.jobs.iter().map(|job| job.length)).sum();
        left / self.workers() as u64
    }

    /// How long a request that comes now waits for a CPU, while nothing is planned.
    fn wait_behind_queue(&self, now: u64) -> u64 {
        if self.jobs.len() < self.workers() {
            return 0;
        }
        let mut free: Vec<u64> = self.jobs.iter().take(self.workers()).map(Job::end).collect();
        for job in self.jobs.iter().skip(self.workers()) {
            if let Some(first) = free.iter_mut().min() {
                *first += job.length;
            }
        }
        free.into_iter().min().unwrap_or(now).saturating_sub(now)
    }
}

impl Job {
    /// When it will be done.
    #[inline]
    pub(super) fn end(&self) -> u64 {
        self.start.saturating_add(self.length)
    }
}
