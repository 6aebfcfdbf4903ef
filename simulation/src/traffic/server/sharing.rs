//! Requests that share the CPUs: with `n` requests on `c` CPUs each moves on at the speed `c / n`, or 1 if there are enough CPUs.
//!
//! All of them move at the same speed, so one clock serves all: it stands at the work that a request would have got which has been there
//! from the beginning. A request is done when the clock has moved on by its length.
use super::Job;
use crate::sim::heap::Heap;

/// The requests that share the CPUs of a server.
#[derive(Clone, Debug, Default)]
pub(super) struct Sharing {
    /// The common clock in ticks of work, and the moment at which it stood there.
    clock: u64,
    since: u64,
    /// Where the clock will stand when a request is done, with its place in the low bits.
    ends: Heap,
    jobs: Vec<Option<Job>>,
    free: Vec<u8>,
    len: usize,
    /// When the first of them will be done if no other comes.
    next: u64,
}

/// Ticks of the clock per microsecond of work.
const TICKS: u64 = 64;
/// Bits for the place of a request.
const PLACE_BITS: u32 = 8;
/// The most requests that can share.
pub(super) const MOST: u32 = 1 << PLACE_BITS;

impl Sharing {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn jobs(&self) -> impl Iterator<Item = &Job> {
        self.jobs.iter().flatten()
    }

    pub(super) fn jobs_mut(&mut self) -> impl Iterator<Item = &mut Job> {
        self.jobs.iter_mut().flatten()
    }

    /// Adds a request; there is room.
    pub(super) fn add(&mut self, job: Job, vcpus: u32, now: u64) {
        self.move_on(vcpus, now);
        let place = self.free.pop().map_or(self.jobs.len(), usize::from);
        let job = Some(Job { start: now, ..job });
        match self.jobs.get_mut(place) {
            Some(seat) => *seat = job,
            None => self.jobs.push(job),
        }
        let length = job.map_or(0, |job| job.length);
        self.ends.push(((self.clock + length * TICKS) << PLACE_BITS) | place as u64);
        self.len += 1;
        self.look_ahead(vcpus);
    }

    /// When the first of them will be done if no other comes.
    #[inline]
    pub(super) fn next_end(&self) -> u64 {
        if self.len == 0 { u64::MAX } else { self.next }
    }

    /// Works out the next end after a change.
    fn look_ahead(&mut self, vcpus: u32) {
        let left = (self.ends.first() >> PLACE_BITS).saturating_sub(self.clock);
        let (shares, cpus) = self.shares(vcpus);
        self.next = self.since + (left * shares).div_ceil(TICKS * cpus);
    }

    /// Takes out the first of them that is done.
    pub(super) fn take_done(&mut self, vcpus: u32, now: u64) -> Option<Job> {
        if self.next_end() > now {
            return None;
        }
        self.move_on(vcpus, now);
        let first = self.ends.pop()?;
        let job = self.take_seat((first & u64::from(MOST - 1)) as usize);
        if self.len > 0 {
            self.look_ahead(vcpus);
        }
        job
    }

    fn take_seat(&mut self, place: usize) -> Option<Job> {
        let job = self.jobs.get_mut(place)?.take()?;
        self.free.push(place as u8);
        self.len -= 1;
        if self.len == 0 {
            *self = Sharing { since: self.since, ..Sharing::default() };
        }
        Some(job)
    }

    /// Lets no work be done up to `now`.
    pub(super) fn skip_to(&mut self, vcpus: u32, now: u64) {
        self.since = now;
        if self.len > 0 {
            self.look_ahead(vcpus);
        }
    }

    /// Takes all out, with what is left of their lengths, in the order in which they came.
    pub(super) fn take_all(&mut self, vcpus: u32, now: u64) -> Vec<Job> {
        self.take_if(vcpus, now, &|_| true)
    }

    /// Takes out those that are picked, with what is left of their lengths, in the order in which they came.
    pub(super) fn take_if(&mut self, vcpus: u32, now: u64, is_picked: &impl Fn(&Job) -> bool) -> Vec<Job> {
        self.move_on(vcpus, now);
        let (mut picked, mut kept) = (Vec::new(), Vec::new());
        while let Some(end) = self.ends.pop() {
            let left = (end >> PLACE_BITS).saturating_sub(self.clock) / TICKS;
            let Some(job) = self.jobs.get_mut((end & u64::from(MOST - 1)) as usize).and_then(Option::take) else {
                continue;
            };
            let job = Job { length: left, ..job };
            if is_picked(&job) { picked.push(job) } else { kept.push(job) }
        }
        *self = Sharing { since: now, ..Sharing::default() };
        kept.into_iter().for_each(|job| self.add(job, vcpus, now));
        picked.sort_by_key(|job| job.arrived);
        picked
    }

    /// Changes what is left of each.
    pub(super) fn rescale(&mut self, vcpus: u32, now: u64, scaled: impl Fn(u64) -> u64) {
        for job in self.take_all(vcpus, now) {
            self.add(Job { length: scaled(job.length), ..job }, vcpus, now);
        }
    }

    /// How much longer than its work a request takes that comes now, if no other comes or goes.
    pub(super) fn stretch(&self, vcpus: u32, work: u64) -> u64 {
        let cpus = u64::from(vcpus.max(1));
        work * (self.len as u64 + 1).max(cpus) / cpus - work
    }

    /// What is left of each.
    pub(super) fn lengths_left(&self) -> impl Iterator<Item = u64> {
        self.ends.keys().map(|end| (end >> PLACE_BITS).saturating_sub(self.clock) / TICKS)
    }

    fn shares(&self, vcpus: u32) -> (u64, u64) {
        let cpus = u64::from(vcpus.max(1));
        ((self.len as u64).max(cpus), cpus)
    }

    /// Lets the clock move on.
    pub(super) fn move_on(&mut self, vcpus: u32, now: u64) {
        let (shares, cpus) = self.shares(vcpus);
        if self.len > 0 {
            self.clock += (now - self.since) * TICKS * cpus / shares;
        }
        self.since = now;
    }
}
