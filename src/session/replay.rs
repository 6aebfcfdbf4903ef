//! A journal brought back to life, step by step: a long one must not hold up the page.
use std::collections::VecDeque;

use super::{Entry, Journal, START, Session};
use crate::sim::{SimDuration, SimTime};

/// A session on its way to a journal's last moment.
#[derive(Clone, Debug)]
pub struct Replay {
    session: Session,
    entries: VecDeque<Entry>,
    reached: SimTime,
}

/// How much simulated time one step takes at most.
const STEP: SimDuration = SimDuration::from_secs(600);

impl Replay {
    /// At the journal's beginning.
    pub fn new(journal: Journal) -> Self {
        Replay { session: Session::new(journal.seed), entries: journal.entries.into(), reached: journal.reached }
    }

    /// Takes a step of at most `budget` requests of visitors; says whether there is more to do.
    pub fn step(&mut self, budget: u64) -> bool {
        let horizon = self.entries.front().map_or(self.reached, |entry| entry.at);
        let horizon = horizon.min(self.session.now() + STEP);
        if !self.session.advance(horizon, budget).is_done {
            return true;
        }
        while let Some(entry) = self.entries.pop_front_if(|entry| entry.at <= horizon) {
            // A refusal is part of the record: it is met again.
            let _refusal_or_answer = self.session.submit(entry.call);
        }
        !self.entries.is_empty() || self.session.now() < self.reached
    }

    /// How much of the time is behind, 0 to 1.
    pub fn share(&self) -> f64 {
        let whole = self.reached.since(START).as_secs_f64();
        if whole > 0.0 { self.session.now().since(START).as_secs_f64() / whole } else { 1.0 }
    }

    /// The session as far as it came.
    pub fn into_session(self) -> Session {
        self.session
    }
}
