//! The plan of the recursion: when each worker will have done all its work so far (Kiefer and Wolfowitz; Lindley for one worker).
use std::collections::VecDeque;

use super::{Job, RequestClass, Server, WAITS};

/// What is known ahead of a server whose requests are never cancelled.
#[derive(Clone, Debug, Default)]
pub(in crate::traffic) struct Plan {
    /// When each worker will be free; empty while nothing is planned.
    free_at: Vec<u64>,
    /// How many requests may wait.
    room: usize,
    /// How many requests in a row had to wait, up to the last one. No more than those wait now.
    in_a_row: usize,
    /// The starts of these, as many as may wait; then the newest overwrites the oldest. They are in order, so the queue is full exactly if
    /// there are so many and the oldest of them is still to come. The list grows as they do: few servers ever have a long queue.
    starts: Vec<u64>,
}

/// The fewest starts that are made room for.
const FEWEST_STARTS: usize = 8;

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
        if !line_up(&mut self.starts, (&mut self.in_a_row, self.room), start, now) {
            return None;
        }
        *worker = start + length;
        Some(start)
    }

    /// Gives a request a worker that waits already, even if the queue has become shorter since it came. Returns its start.
    fn take_in(&mut self, length: u64) -> u64 {
        let Some(worker) = self.free_at.iter_mut().min() else { return WAITS };
        let start = *worker;
        *worker += length;
        take_place(&mut self.starts, (self.in_a_row, self.room), start, WAITS);
        self.in_a_row += 1;
        start
    }

    /// How long a request that comes now would wait; none if the queue is full.
    pub(super) fn wait(&self, now: u64) -> Option<u64> {
        let free = self.free_at.iter().min().copied().unwrap_or(now);
        let has_room = free <= now || self.in_a_row < self.room || self.oldest().is_some_and(|oldest| oldest <= now);
        has_room.then(|| free.saturating_sub(now))
    }

    /// The start of the oldest of as many as may wait.
    fn oldest(&self) -> Option<u64> {
        self.starts.get(self.in_a_row.checked_rem(self.room)?).copied()
    }

    pub(super) fn unfinished(&self, now: u64) -> u64 {
        self.free_at.iter().map(|free| free.saturating_sub(now)).sum()
    }
}

/// What becomes of a request that a server takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::traffic) enum Fate {
    /// It is answered after so many microseconds.
    Answered(u64),
    /// It starts then, and ends beyond the goal or too late.
    Kept(u64),
    /// The queue is full.
    Dropped,
}

/// Counts a request that comes now among those that had to wait in a row, or begins to count anew if it need not. Returns whether the queue
/// had room.
#[inline]
fn line_up(starts: &mut Vec<u64>, (in_a_row, room): (&mut usize, usize), start: u64, now: u64) -> bool {
    if let Some(place) = starts.get_mut(*in_a_row) {
        // Of one that need not wait this will not be read.
        *place = start;
    } else if !line_up_behind_many(starts, (*in_a_row, room), start, now) {
        return false;
    }
    // Whether it waits is as good as chance, so this must not become a branch.
    *in_a_row = (*in_a_row + 1) & usize::from(start > now).wrapping_neg();
    true
}

/// The same behind more than ever waited, or as many as may wait. Returns whether there is room.
#[inline(never)]
fn line_up_behind_many(starts: &mut Vec<u64>, lined_up: (usize, usize), start: u64, now: u64) -> bool {
    start <= now || take_place(starts, lined_up, start, now)
}

fn take_place(starts: &mut Vec<u64>, (in_a_row, room): (usize, usize), start: u64, now: u64) -> bool {
    let Some(place) = in_a_row.checked_rem(room) else { return false };
    if place >= starts.len() {
        starts.resize((place + 1).next_power_of_two().max(FEWEST_STARTS).min(room), 0);
    }
    let is_full = in_a_row >= room && starts[place] > now;
    if !is_full {
        starts[place] = start;
    }
    !is_full
}

impl Server {
    /// Whether requests from this moment on take exactly their work, on one CPU or two.
    pub(in crate::traffic) fn is_plain_from(&self, now: u64, class: RequestClass) -> bool {
        now >= self.plain_from && class != RequestClass::Inference && matches!(self.plan.free_at.len(), 1 | 2)
    }

    /// Takes requests in the order in which they come, each with its moment and its work, if it is plain from the first of them on.
    /// `goal` and `patience` are the last moment and the longest time of a request that is answered; `tell` hears what becomes of each.
    ///
    /// All that a request needs is in registers, as it would not be if requests of several servers came in turn.
    #[inline]
    pub(in crate::traffic) fn take_plain(
        &mut self,
        requests: impl Iterator<Item = (u64, u64)>,
        (goal, patience): (u64, u64),
        mut tell: impl FnMut(&mut VecDeque<Job>, (u64, u64), Fate),
    ) {
        let Plan { free_at, room, in_a_row, starts } = &mut self.plan;
        let [mut one, mut two] = [0, 1].map(|worker| free_at.get(worker).copied().unwrap_or(u64::MAX));
        let (mut waited, room, network, mut assigned) = (*in_a_row, *room, self.network, 0);
        let mut answered = 0;
        for (now, length) in requests {
            let start = now.max(one.min(two));
            if !line_up(starts, (&mut waited, room), start, now) {
                tell(&mut self.jobs, (now, length), Fate::Dropped);
                continue;
            }
            let end = start + length;
            (one, two) = if one <= two { (end, two) } else { (one, end) };
            assigned += length;
            let took = end - now + network;
            if end <= goal && took <= patience {
                answered += 1;
                tell(&mut self.jobs, (now, length), Fate::Answered(took));
            } else {
                tell(&mut self.jobs, (now, length), Fate::Kept(start));
            }
        }
        free_at.iter_mut().zip([one, two]).for_each(|(free, worker)| *free = worker);
        *in_a_row = waited;
        self.busy.assigned += assigned;
        self.finished += answered;
    }

    /// Plans all that it has.
    pub(in crate::traffic) fn make_plan(&mut self, now: u64) {
        let (workers, places) = (self.workers(), self.places());
        let plan = &mut self.plan;
        plan.free_at.resize(workers, now);
        plan.room = places - workers;
        plan.starts.truncate(plan.room);
        plan.in_a_row = 0;
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
        Plan { free_at: vec![0; workers], room, ..Plan::default() }
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
        let mut without_queue = self::plan(1, 0);
        assert_eq!([0, 5, 10].map(|at| without_queue.add(at, 10)), [Some(0), None, Some(10)]);
    }
}
