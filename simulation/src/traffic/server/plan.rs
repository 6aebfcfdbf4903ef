//! The plan of the recursion: when each worker will have done all its work so far (Kiefer and Wolfowitz; Lindley for one worker).
use super::{Job, Server, WAITS};

/// What is known ahead of a server whose requests are never cancelled.
#[derive(Clone, Debug, Default)]
pub(in crate::traffic) struct Plan {
    /// When each worker will be free; empty while nothing is planned.
    free_at: Vec<u64>,
    /// The starts of the last requests, as many as may wait. They are in order, so the queue is full exactly if the oldest of them is still
    /// to come.
    starts: Vec<u64>,
    /// The place of the oldest.
    oldest: usize,
    /// How many requests in a row had to wait, up to the last one. No more than those wait now.
    in_a_row: usize,
}

impl Plan {
    /// Whether the recursion is at work.
    pub(super) fn is_made(&self) -> bool {
        !self.free_at.is_empty()
    }

    /// Gives a request that comes now a worker, and returns its start; none if the queue is full.
    ///
    /// Whether a request has to wait is as good as chance, so nothing here branches on it.
    #[inline]
    pub(in crate::traffic) fn add(&mut self, now: u64, length: u64) -> Option<u64> {
        let worker = match self.free_at.as_mut_slice() {
            [one] => one,
            [one, two] => {
                if *one <= *two {
                    one
                } else {
                    two
                }
            }
            many => many.iter_mut().min()?,
        };
        let start = now.max(*worker);
        let in_a_row = if start > now { self.in_a_row + 1 } else { 0 };
        if in_a_row > self.starts.len() && self.starts.get(self.oldest).is_none_or(|oldest| *oldest > now) {
            return None;
        }
        self.in_a_row = in_a_row;
        *worker = start + length;
        self.remember(start);
        Some(start)
    }

    #[inline]
    fn remember(&mut self, start: u64) {
        if let Some(oldest) = self.starts.get_mut(self.oldest) {
            *oldest = start;
            self.oldest = if self.oldest + 1 == self.starts.len() { 0 } else { self.oldest + 1 };
        }
    }

    /// Gives a request a worker that waits already, even if the queue has become shorter since it came. Returns its start.
    fn take_in(&mut self, length: u64) -> u64 {
        let Some(worker) = self.free_at.iter_mut().min() else { return WAITS };
        let start = *worker;
        *worker += length;
        self.in_a_row += 1;
        self.remember(start);
        start
    }

    /// How long a request that comes now would wait; none if the queue is full.
    pub(super) fn wait(&self, now: u64) -> Option<u64> {
        let free = self.free_at.iter().min().copied().unwrap_or(now);
        let has_room = free <= now || self.starts.get(self.oldest).is_some_and(|oldest| *oldest <= now);
        has_room.then(|| free.saturating_sub(now))
    }

    pub(super) fn unfinished(&self, now: u64) -> u64 {
        self.free_at.iter().map(|free| free.saturating_sub(now)).sum()
    }
}

impl Server {
    /// Plans all that it has.
    pub(in crate::traffic) fn make_plan(&mut self, now: u64) {
        let plan = &mut self.plan;
        plan.free_at.resize(self.spec.vcpus.max(1) as usize, now);
        plan.starts.fill(0);
        plan.starts.resize(self.spec.backlog as usize, 0);
        (plan.oldest, plan.in_a_row) = (0, 0);
        for (job, free) in self.jobs.iter().take_while(|job| job.start != WAITS).zip(&mut plan.free_at) {
            *free = job.end();
        }
        for job in self.jobs.iter_mut().filter(|job| job.start == WAITS) {
            job.start = plan.take_in(job.length);
        }
        self.begin_reckoning(now);
    }

    /// Forgets when those that wait will start.
    pub(in crate::traffic) fn drop_plan(&mut self, now: u64) {
        self.plan.free_at.clear();
        self.jobs.iter_mut().filter(|job| job.start > now).for_each(|job| job.start = WAITS);
        self.begin_reckoning(now);
    }

    /// Takes out what is done by now.
    pub(in crate::traffic) fn sweep(&mut self, now: u64, mut done: impl FnMut(&Job)) {
        self.jobs.retain(|job| {
            let is_done = job.end() <= now;
            if is_done {
                done(job);
            }
            !is_done
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(workers: usize, room: usize) -> Plan {
        Plan { free_at: vec![0; workers], starts: vec![0; room], oldest: 0, in_a_row: 0 }
    }

    #[test]
    fn each_request_gets_the_worker_that_is_free_first() {
        let mut plan = plan(2, 10);
        let starts: Vec<_> = [(0, 10), (1, 3), (2, 5), (3, 1), (20, 1)].map(|(at, length)| plan.add(at, length)).into();
        assert_eq!(starts, [Some(0), Some(1), Some(4), Some(9), Some(20)]);
    }

    #[test]
    fn a_full_queue_takes_no_more_until_one_has_started() {
        let mut plan = plan(1, 2);
        let starts: Vec<_> = [0, 1, 2, 3, 9, 10, 10].map(|at| plan.add(at, 10)).into();
        assert_eq!(starts, [Some(0), Some(10), Some(20), None, None, Some(30), None]);
        assert_eq!((plan.wait(15), plan.wait(20)), (None, Some(20)));
        let mut without_queue = Plan { free_at: vec![0], starts: Vec::new(), oldest: 0, in_a_row: 0 };
        assert_eq!([0, 5, 10].map(|at| without_queue.add(at, 10)), [Some(0), None, Some(10)]);
    }
}
