//! Two courses of events side by side, from the moment at which they part.
use super::STRIDE;
use super::branch::Branch;
use crate::session::{Progress, Session};
use crate::sim::{Histogram, SimDuration, SimTime};
use crate::traffic::{Outcome, Sample};

/// What a course of events came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Requests sent.
    pub sent: u64,
    /// Requests ended, by outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [u64; Outcome::ALL.len()],
    /// Response times of the successful ones.
    pub latency: Histogram,
    /// Running time over all instances, in microseconds.
    pub instance_micros: u64,
}

/// Two courses of events, as figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The moment at which they part.
    pub from: SimTime,
    /// The moment up to which they are compared.
    pub until: SimTime,
    /// What each came to.
    pub sides: [Tally; 2],
    /// What each cost, in billionths of a dollar.
    pub nano_dollars: [u128; 2],
}

/// A comparison under way: both courses are simulated from their parting on.
#[derive(Clone, Debug)]
pub struct Comparing {
    sides: [Branch; 2],
    from: SimTime,
    until: SimTime,
    /// What each had cost at the parting; none before it came there.
    bills: [Option<u128>; 2],
}

impl Tally {
    /// Adds what was seen while so many instances ran.
    pub fn add(&mut self, sample: &Sample, running: usize) {
        for seen in sample.streams.values() {
            self.sent += seen.sent;
            self.outcomes.iter_mut().zip(seen.outcomes).for_each(|(all, some)| *all += some);
            self.latency.merge(&seen.latency);
        }
        self.instance_micros += sample.end.since(sample.start).as_micros() * running as u64;
    }

    /// Requests that ended in an error.
    pub fn errors(&self) -> u64 {
        self.outcomes.iter().sum::<u64>() - Outcome::count_good(&self.outcomes)
    }

    /// Running time over all instances, in hours.
    pub fn instance_hours(&self) -> f64 {
        self.instance_micros as f64 / 3.6e9
    }
}

impl Comparing {
    pub(super) fn new(sides: [Branch; 2], from: SimTime, until: SimTime) -> Self {
        Comparing { sides, from, until: until.max(from), bills: [None; 2] }
    }

    /// Goes on until `budget` requests of visitors were sent on one side; says how far the slower side is.
    pub fn work(&mut self, budget: u64) -> Progress {
        for index in 0..self.sides.len() {
            let progress = self.work_on(index, budget);
            if !progress.is_done {
                return progress;
            }
        }
        Progress { reached: self.until, is_done: true }
    }

    fn work_on(&mut self, index: usize, budget: u64) -> Progress {
        let side = &mut self.sides[index];
        if self.bills[index].is_none() {
            let progress = stride(side, self.from, budget);
            if !progress.is_done {
                return progress;
            }
            self.bills[index] = Some(bill(&side.session));
            side.session.history.tally = Tally::default();
        }
        stride(side, self.until, budget)
    }

    /// The result; none before [`Comparing::work`] is done.
    pub fn result(&self) -> Option<Comparison> {
        let is_done = self.sides.iter().all(|side| side.session.now() >= self.until);
        let [Some(left), Some(right)] = self.bills else { return None };
        let [one, other] = &self.sides;
        let cost = |side: &Branch, before: u128| bill(&side.session).saturating_sub(before);
        is_done.then(|| Comparison {
            from: self.from,
            until: self.until,
            sides: [one.session.history.tally.clone(), other.session.history.tally.clone()],
            nano_dollars: [cost(one, left), cost(other, right)],
        })
    }

    /// How much of the work is behind, 0 to 1.
    pub fn share(&self) -> f64 {
        let whole = self.length().as_secs_f64().max(1.0);
        let behind = |side: &Branch| side.session.now().since(self.from).as_secs_f64() / whole;
        (behind(&self.sides[0]) + behind(&self.sides[1])) / 2.0
    }

    /// The second course as a session, once the work is done: what it showed on the way is in its history.
    pub fn into_second(self) -> Session {
        let [_, second] = self.sides;
        second.session
    }

    /// The length of time that is compared.
    pub fn length(&self) -> SimDuration {
        self.until.since(self.from)
    }
}

/// Goes on towards the moment, for [`STRIDE`] at most.
fn stride(side: &mut Branch, moment: SimTime, budget: u64) -> Progress {
    let horizon = moment.min(side.session.now() + STRIDE).max(side.session.now());
    let Progress { reached, is_done } = side.advance(horizon, budget);
    Progress { reached, is_done: is_done && horizon >= moment }
}

fn bill(session: &Session) -> u128 {
    session.cloud().billing().invoice(session.now()).total
}
