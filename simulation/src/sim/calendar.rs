//! The calendar: what becomes due, and when.
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::SimTime;

/// Entries in order of time; entries of the same moment come out in the order in which they were scheduled.
#[derive(Clone, Debug)]
pub struct Calendar<T> {
    heap: BinaryHeap<Reverse<Entry<T>>>,
    next_sequence: u64,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    due: SimTime,
    sequence: u64,
    item: T,
}

impl<T> Calendar<T> {
    /// An empty calendar.
    pub fn new() -> Self {
        Calendar { heap: BinaryHeap::new(), next_sequence: 0 }
    }

    /// Puts `item` down for the moment `due`.
    pub fn schedule(&mut self, due: SimTime, item: T) {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        self.heap.push(Reverse(Entry { due, sequence, item }));
    }

    /// Takes the earliest entry if it is due at `now` or before.
    pub fn pop_due(&mut self, now: SimTime) -> Option<(SimTime, T)> {
        if self.next_due()? > now {
            return None;
        }
        self.heap.pop().map(|Reverse(entry)| (entry.due, entry.item))
    }

    /// The moment of the earliest entry.
    pub fn next_due(&self) -> Option<SimTime> {
        self.heap.peek().map(|Reverse(entry)| entry.due)
    }

    /// How many entries wait.
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }
}

impl<T> Default for Calendar<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.due, self.sequence) == (other.due, other.sequence)
    }
}

impl<T> Eq for Entry<T> {}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.due, self.sequence).cmp(&(other.due, other.sequence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_moments_come_out_in_scheduling_order() {
        let mut calendar = Calendar::new();
        for (second, name) in [(2, "c"), (1, "a"), (1, "b")] {
            calendar.schedule(SimTime::from_secs(second), name);
        }
        let due: Vec<_> =
            std::iter::from_fn(|| calendar.pop_due(SimTime::from_secs(2))).map(|(_, name)| name).collect();
        assert_eq!(due, ["a", "b", "c"]);
    }

    #[test]
    fn nothing_comes_out_before_it_is_due() {
        let mut calendar = Calendar::new();
        calendar.schedule(SimTime::from_secs(5), ());
        assert!(calendar.pop_due(SimTime::from_secs(4)).is_none());
        assert_eq!(calendar.len(), 1);
    }
}
