//! Tiers: the datapoints of one resolution.
use super::reading::Reading;
use super::runs::{Run, Runs};
use crate::cloud::cloudwatch::Statistics;
use crate::sim::Weight;

/// The datapoints of one resolution in order of time. Those of one value and those of several lie apart, each as short as it can be.
#[derive(Clone, Debug, Default)]
pub(super) struct Tier {
    /// Earlier datapoints are at home in the next tier.
    from: u32,
    ones: Runs<f64>,
    sets: Runs<Statistics>,
}

/// What a datapoint holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Datum {
    /// One value.
    One(f64),
    /// Several values.
    Set(Statistics),
}

/// What a run takes, as it is counted for the budget; on each machine it takes about as much.
const ONE_BYTES: usize = 16;
const SET_BYTES: usize = 40;

impl Datum {
    pub(super) fn of(reading: &Reading) -> Datum {
        match reading {
            Reading::One(value) => Datum::One(*value),
            Reading::Many(statistics, _) => Datum::Set(*statistics),
        }
    }

    pub(super) fn statistics(self) -> Statistics {
        match self {
            Datum::One(value) => Statistics::of(value),
            Datum::Set(statistics) => statistics,
        }
    }

    pub(super) fn merge(self, other: Datum) -> Datum {
        Datum::Set(self.statistics().merge(other.statistics()))
    }

    /// The same values so many times.
    pub(super) fn times(self, times: u32) -> Datum {
        if times == 1 { self } else { Datum::Set(self.statistics().times(f64::from(times))) }
    }
}

impl Tier {
    /// Whether a datapoint at this place is at home here.
    pub(super) fn is_home_of(&self, index: u32) -> bool {
        index >= self.from
    }

    /// Whether all datapoints are earlier.
    pub(super) fn ends_before(&self, index: u32) -> bool {
        self.ones.end().max(self.sets.end()) <= index
    }

    /// Puts a datapoint where none is.
    pub(super) fn put(&mut self, index: u32, datum: Datum) {
        match datum {
            Datum::One(value) => self.ones.put(index, value),
            Datum::Set(statistics) => self.sets.put(index, statistics),
        }
    }

    /// Takes a datapoint out, if there is one.
    pub(super) fn take(&mut self, index: u32) -> Option<Datum> {
        self.ones.take(index).map(Datum::One).or_else(|| self.sets.take(index).map(Datum::Set))
    }

    /// Adds to a datapoint.
    pub(super) fn add(&mut self, index: u32, datum: Datum) {
        let before = if self.ends_before(index) { None } else { self.take(index) };
        self.put(index, before.map_or(datum, |before| before.merge(datum)));
    }

    /// The datapoints from `start` until before `end`.
    pub(super) fn between(&self, start: u32, end: u32) -> impl Iterator<Item = Run<Datum>> {
        let start = start.max(self.from);
        let mut ones = self.ones.between(start, end).map(|run| run.map(Datum::One)).peekable();
        let mut sets = self.sets.between(start, end).map(|run| run.map(Datum::Set)).peekable();
        std::iter::from_fn(move || match (ones.peek(), sets.peek()) {
            (Some(one), Some(set)) if set.first < one.first => sets.next(),
            (None, _) => sets.next(),
            (Some(_), _) => ones.next(),
        })
    }

    /// Lets go all datapoints before a place.
    pub(super) fn forget_before(&mut self, limit: u32) {
        self.from = self.from.max(limit);
        self.ones.forget_before(limit);
        self.sets.forget_before(limit);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ones.count() + self.sets.count() == 0
    }

    /// The newest datapoint with its place.
    pub(super) fn last(&self) -> Option<(u32, Statistics)> {
        let one = self.ones.last().map(|run| (run.first + run.length - 1, Statistics::of(run.value)));
        let set = self.sets.last().map(|run| (run.first + run.length - 1, run.value));
        one.into_iter().chain(set).max_by_key(|(index, _)| *index)
    }

    /// Adds to a weight what it takes.
    pub(super) fn weigh(&self, weight: &mut Weight) {
        self.ones.weigh(ONE_BYTES, weight);
        self.sets.weigh(SET_BYTES, weight);
    }

    /// How much room it takes.
    pub(super) fn bytes(&self) -> usize {
        self.ones.count() * ONE_BYTES + self.sets.count() * SET_BYTES
    }
}
