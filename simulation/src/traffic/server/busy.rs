//! How long the CPUs of a server are busy. It is reckoned now and then from the work that came, not kept up to date with each request.
use super::{Credits, Server, WAITS};
use crate::traffic::sample::ServerSample;

/// How long its CPUs were busy.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Busy {
    /// Work that was begun or planned since the last reckoning, and what was unfinished then.
    pub(super) assigned: u64,
    pub(super) unfinished: u64,
    /// When the last reckoning was.
    since: u64,
    /// CPU time up to then that no sample has told yet, and no account of credits has charged.
    untold: u64,
    uncharged: u64,
}

impl Busy {
    pub(super) fn from(now: u64) -> Self {
        Busy { since: now, ..Busy::default() }
    }
}

impl Server {
    fn vcpus(&self) -> usize {
        self.spec.vcpus.max(1) as usize
    }

    /// Adds up how long the CPUs were busy: the work that came and what was left before, less what is left now.
    pub(in crate::traffic) fn reckon(&mut self, now: u64) {
        let length = now - self.busy.since;
        let worked = if self.frozen_since.is_some() {
            (self.busy.assigned, self.busy.unfinished) = (0, self.unfinished(now));
            0
        } else if self.shares_cpus() {
            self.sharing.len().min(self.vcpus()) as u64 * length
        } else {
            let unfinished = self.unfinished(now);
            let worked = (self.busy.assigned + self.busy.unfinished).saturating_sub(unfinished);
            (self.busy.assigned, self.busy.unfinished) = (0, unfinished);
            worked
        };
        self.busy.since = now;
        let filled = self.filled_share();
        let used = if filled > 0.0 || self.is_throttled {
            let whole = (length * self.vcpus() as u64) as f64;
            (((whole - worked as f64) * filled + worked as f64) * self.cpu_share()) as u64
        } else {
            worked
        };
        self.busy.untold += used;
        self.busy.uncharged += used;
    }

    /// The work that those who have a CPU, now or by plan, still need.
    pub(super) fn unfinished(&self, now: u64) -> u64 {
        if self.shares_cpus() {
            return 0;
        }
        if self.plan.is_made() {
            return self.plan.unfinished(now);
        }
        self.jobs
            .iter()
            .take_while(|job| job.start != WAITS)
            .map(|job| job.end().saturating_sub(now.max(job.start)))
            .sum()
    }

    /// Begins a new reckoning from what it has.
    pub(in crate::traffic) fn begin_reckoning(&mut self, now: u64) {
        (self.busy.assigned, self.busy.unfinished) = (0, self.unfinished(now));
    }

    /// Counts work that is planned.
    #[inline]
    pub(in crate::traffic) fn assign(&mut self, length: u64) {
        self.busy.assigned += length;
    }

    /// Charges the credits for the time since the last charge. Returns whether its pace must change.
    pub(in crate::traffic) fn charge(&mut self, seconds: f64) -> bool {
        let used = std::mem::take(&mut self.busy.uncharged);
        let Some(credits) = &mut self.credits else { return false };
        let was_throttled = self.is_throttled;
        self.is_throttled = credits.charge(used as f64 / 60e6, seconds, was_throttled, f64::from(self.spec.vcpus));
        was_throttled != self.is_throttled
    }

    /// Takes the pace that its credits allow, while nothing is planned.
    pub(in crate::traffic) fn follow_credits(&mut self, now: u64) {
        self.change_pace(now);
        self.begin_reckoning(now);
    }

    pub(in crate::traffic) fn take_sample(&mut self, now: u64) -> ServerSample {
        self.reckon(now);
        ServerSample {
            busy_micros: std::mem::take(&mut self.busy.untold),
            vcpus: self.vcpus() as u32,
            finished: std::mem::take(&mut self.finished),
            failed: std::mem::take(&mut self.failed),
            in_flight: self.held() as u64,
            credits: self.credits.as_mut().map(Credits::take_sample),
        }
    }
}
