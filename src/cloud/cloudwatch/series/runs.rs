//! Runs: values at places in time, equal neighbours as one.
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use crate::sim::Weight;

/// Equal values in a row: what stays at zero for days takes no more room than one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run<T> {
    /// The place of the first, in periods of the resolution since the beginning of time.
    pub(super) first: u32,
    /// How many there are.
    pub(super) length: u32,
    pub(super) value: T,
}

/// The runs of a tier in order of time. Those that are complete lie in pieces of one size, which the copies of a session share: a
/// checkpoint costs little, and no long stretch of memory is ever moved.
#[derive(Clone)]
pub(super) struct Runs<T> {
    complete: VecDeque<Arc<[Run<T>]>>,
    open: Vec<Run<T>>,
}

/// How many runs a piece has.
const PIECE: usize = 64;

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Runs { complete: VecDeque::new(), open: Vec::new() }
    }
}

impl<T: Copy + fmt::Debug> fmt::Debug for Runs<T> {
    /// What there is; how it is cut into pieces tells nothing.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.complete.iter().flat_map(|piece| piece.iter()).chain(&self.open)).finish()
    }
}

impl<T> Run<T> {
    /// The place behind the last.
    fn end(&self) -> u32 {
        self.first + self.length
    }

    /// The same places with what is made of the value.
    pub(super) fn map<U>(self, make: impl FnOnce(T) -> U) -> Run<U> {
        Run { first: self.first, length: self.length, value: make(self.value) }
    }
}

impl<T: PartialEq> Run<T> {
    /// Whether the other one goes on with the same value.
    fn is_followed_by(&self, other: &Run<T>) -> bool {
        self.end() == other.first && self.value == other.value
    }
}

impl<T: Copy + PartialEq> Runs<T> {
    /// The last run.
    pub(super) fn last(&self) -> Option<&Run<T>> {
        self.open.last().or_else(|| self.complete.back()?.last())
    }

    /// The place behind the last value.
    pub(super) fn end(&self) -> u32 {
        self.last().map_or(0, Run::end)
    }

    /// How many runs there are.
    pub(super) fn count(&self) -> usize {
        self.complete.len() * PIECE + self.open.len()
    }

    /// Adds to a weight what the runs take, if each takes so many bytes.
    pub(super) fn weigh(&self, run_bytes: usize, weight: &mut Weight) {
        self.complete.iter().for_each(|piece| weight.add_shared(piece, PIECE * run_bytes));
        weight.add(self.open.len() * run_bytes);
    }

    /// Puts a value where none is.
    pub(super) fn put(&mut self, index: u32, value: T) {
        let run = Run { first: index, length: 1, value };
        if index < self.end() {
            return self.edit(index, |runs| {
                let place = runs.partition_point(|run| run.first <= index);
                match place.checked_sub(1).and_then(|before| runs.get_mut(before)) {
                    Some(before) if before.is_followed_by(&run) => before.length += 1,
                    _ => runs.insert(place, run),
                }
            });
        }
        match self.open.last_mut() {
            Some(last) if last.is_followed_by(&run) => last.length += 1,
            _ => {
                self.close();
                self.open.push(run);
            }
        }
    }

    /// Takes a value out, if there is one.
    pub(super) fn take(&mut self, index: u32) -> Option<T> {
        let Run { value, .. } = self.between(index, index + 1).next()?;
        self.edit(index, |runs| {
            let place = runs.partition_point(|run| run.first <= index) - 1;
            let run = runs.remove(place);
            let before = Run { length: index - run.first, ..run };
            let after = Run { first: index + 1, length: run.end() - index - 1, ..run };
            [after, before].into_iter().filter(|part| part.length > 0).for_each(|part| runs.insert(place, part));
        });
        Some(value)
    }

    /// Changes what is around a place. That is seldom in a complete piece: then all are opened.
    fn edit(&mut self, index: u32, change: impl FnOnce(&mut Vec<Run<T>>)) {
        if self.open.first().is_none_or(|first| first.first > index) {
            let mut all: Vec<Run<T>> = self.complete.drain(..).flat_map(|piece| piece.to_vec()).collect();
            all.append(&mut self.open);
            self.open = all;
        }
        change(&mut self.open);
        self.close();
    }

    /// Makes pieces of what is long enough, and leaves room for one more run.
    fn close(&mut self) {
        while self.open.len() >= PIECE {
            self.complete.push_back(self.open.drain(..PIECE).collect());
        }
    }

    /// Lets go all values before a place.
    pub(super) fn forget_before(&mut self, limit: u32) {
        while self.complete.front().and_then(|piece| piece.last()).is_some_and(|last| last.end() <= limit) {
            self.complete.pop_front();
        }
        if self.complete.is_empty() {
            self.open.retain(|run| run.end() > limit);
        }
    }

    /// The runs from `start` until before `end`; of those that lie across only what is inside.
    pub(super) fn between(&self, start: u32, end: u32) -> impl Iterator<Item = Run<T>> {
        let first = self.complete.partition_point(|piece| piece.last().is_some_and(|last| last.end() <= start));
        let runs = self.complete.range(first..).flat_map(|piece| piece.iter()).chain(&self.open);
        let inside = runs.skip_while(move |run| run.end() <= start).take_while(move |run| run.first.max(start) < end);
        inside.map(move |run| {
            let first = run.first.max(start);
            Run { first, length: run.end().min(end) - first, value: run.value }
        })
    }
}
