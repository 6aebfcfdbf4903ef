//! Failures that visitors see only after a while: a connection that is not taken, an answer that does not come.
use std::collections::BTreeMap;

use super::Outcome;

/// Failures that are still to be seen, counted by the moment, the stream and the outcome.
///
/// Simplified: the moments are rounded up to tenths of a second, so that a crowd before a closed door needs no more memory than one visitor.
#[derive(Clone, Debug, Default)]
pub(super) struct Late {
    counts: BTreeMap<(u64, u32, Outcome), u64>,
}

const GRID: u64 = 100_000;

impl Late {
    /// One more of them.
    pub(super) fn add(&mut self, at: u64, stream: u32, outcome: Outcome) {
        *self.counts.entry((at.next_multiple_of(GRID), stream, outcome)).or_default() += 1;
    }

    /// One less: it has ended otherwise.
    pub(super) fn cancel(&mut self, at: u64, stream: u32, outcome: Outcome) {
        let key = (at.next_multiple_of(GRID), stream, outcome);
        if let Some(count) = self.counts.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&key);
            }
        }
    }

    /// Takes those that are seen by now.
    pub(super) fn take_until(&mut self, now: u64, mut seen: impl FnMut(u32, Outcome, u64)) {
        while let Some(entry) = self.counts.first_entry().filter(|entry| entry.key().0 <= now) {
            let ((_, stream, outcome), count) = entry.remove_entry();
            seen(stream, outcome, count);
        }
    }

    /// How many are still to be seen.
    pub(super) fn len(&self) -> u64 {
        self.counts.values().sum()
    }
}
