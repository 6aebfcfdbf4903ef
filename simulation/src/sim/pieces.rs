//! Pieces: a record that grows at its end, of which copies share what is old.
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::sync::Arc;

/// Items in the order in which they came. Those that are complete lie in pieces that copies share, so that a copy costs little more than what is
/// new since the last one.
#[derive(Clone)]
pub struct Pieces<T> {
    complete: VecDeque<Arc<[T]>>,
    /// How many items of the first piece have been let go.
    gone: usize,
    open: Vec<T>,
    len: usize,
}

/// How many items a piece has when it is made.
const PIECE: usize = 64;

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Pieces { complete: VecDeque::new(), gone: 0, open: Vec::new(), len: 0 }
    }
}

impl<T: fmt::Debug> fmt::Debug for Pieces<T> {
    /// What there is; how it is cut into pieces tells nothing.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}

impl<T> Pieces<T> {
    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        if self.open.len() >= PIECE {
            self.complete.push_back(self.open.drain(..).collect());
        }
        self.open.push(item);
        self.len += 1;
    }

    /// Lets the first item go.
    pub fn forget_first(&mut self) {
        let Some(first) = self.complete.front() else {
            if !self.open.is_empty() {
                self.open.remove(0);
                self.len -= 1;
            }
            return;
        };
        self.gone += 1;
        self.len -= 1;
        if self.gone >= first.len() {
            self.complete.pop_front();
            self.gone = 0;
        }
    }

    /// The last item, to be changed.
    pub fn last_mut(&mut self) -> Option<&mut T> {
        // What was added last is in no piece: those are made when another is added.
        self.open.last_mut()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first item.
    pub fn first(&self) -> Option<&T> {
        self.iter().next()
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.open.last().or_else(|| self.complete.back()?.last())
    }

    /// All items, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.parts().flatten()
    }

    /// The items from the first one on for which `is_before` does not hold; it holds for none behind that.
    pub fn iter_from(&self, is_before: impl Fn(&T) -> bool) -> impl DoubleEndedIterator<Item = &T> + Clone {
        let first = self.complete.partition_point(|piece| piece.last().is_some_and(&is_before));
        let inside = self.parts_from(first).next().map_or(0, |part| part.partition_point(&is_before));
        let mut parts = self.parts_from(first);
        let head = parts.next().and_then(|part| part.get(inside..)).unwrap_or_default();
        head.iter().chain(parts.flatten())
    }

    fn parts(&self) -> impl DoubleEndedIterator<Item = &[T]> + Clone {
        self.parts_from(0)
    }

    fn parts_from(&self, first: usize) -> impl DoubleEndedIterator<Item = &[T]> + Clone {
        let gone = if first == 0 { self.gone } else { 0 };
        let pieces = self.complete.range(first..).enumerate();
        let complete =
            pieces.map(move |(index, piece)| piece.get(if index == 0 { gone } else { 0 }..).unwrap_or_default());
        complete.chain(std::iter::once(self.open.as_slice()))
    }
}

impl<T: Clone> Pieces<T> {
    /// Lets go all items for which `is_kept` does not hold. Pieces of which all are kept stay as they are.
    pub fn retain(&mut self, is_kept: impl Fn(&T) -> bool) {
        let gone = std::mem::take(&mut self.gone);
        for (index, piece) in self.complete.iter_mut().enumerate() {
            let here = piece.get(if index == 0 { gone } else { 0 }..).unwrap_or_default();
            if here.len() < piece.len() || !here.iter().all(&is_kept) {
                *piece = here.iter().filter(|item| is_kept(item)).cloned().collect();
            }
        }
        self.complete.retain(|piece| !piece.is_empty());
        self.open.retain(is_kept);
        self.len = self.complete.iter().map(|piece| piece.len()).sum::<usize>() + self.open.len();
    }
}

impl<T> Pieces<T> {
    /// Adds to a weight what all items take, if each takes so many bytes.
    pub fn weigh(&self, item_bytes: usize, weight: &mut Weight) {
        for piece in &self.complete {
            weight.add_shared(piece, piece.len() * item_bytes);
        }
        weight.add(self.open.len() * item_bytes);
    }
}

/// What several copies of a record take together: what they share counts once.
#[derive(Debug, Default)]
pub struct Weight {
    known: BTreeSet<usize>,
    bytes: usize,
}

impl Weight {
    /// Adds what nothing else has.
    pub fn add(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    /// Adds a piece that others may have too, with a pointer to it.
    pub fn add_shared<T: ?Sized>(&mut self, piece: &Arc<T>, bytes: usize) {
        if self.known.insert(Arc::as_ptr(piece).addr()) {
            self.bytes += bytes + POINTER_BYTES;
        } else {
            self.bytes += POINTER_BYTES;
        }
    }

    /// What all comes to.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

/// What a copy has to note of each piece.
const POINTER_BYTES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: u32) -> Pieces<u32> {
        let mut pieces = Pieces::default();
        (0..count).for_each(|number| pieces.push(number));
        pieces
    }

    #[test]
    fn the_items_are_those_of_a_plain_list() {
        let (mut pieces, mut list) = (numbers(0), std::collections::VecDeque::new());
        for number in 0..1_000 {
            pieces.push(number);
            list.push_back(number);
            if number % 3 == 0 {
                pieces.forget_first();
                list.pop_front();
            }
            if number % 200 == 199 {
                pieces.retain(|number| number % 7 != 0);
                list.retain(|number| number % 7 != 0);
            }
            assert!(pieces.iter().eq(&list) && pieces.iter().rev().eq(list.iter().rev()), "after {number}");
            assert_eq!((pieces.len(), pieces.first(), pieces.last()), (list.len(), list.front(), list.back()));
            let after: Vec<&u32> = pieces.iter_from(|item| *item < number / 2).collect();
            assert!(list.iter().filter(|item| **item >= number / 2).eq(after), "after {number}");
        }
    }

    #[test]
    fn a_copy_shares_what_is_complete() {
        let pieces = numbers(10_000);
        let mut weight = Weight::default();
        pieces.weigh(4, &mut weight);
        let alone = weight.bytes();
        let mut copy = pieces.clone();
        (0..100).for_each(|number| copy.push(number));
        copy.retain(|number| *number > 0);
        copy.weigh(4, &mut weight);
        assert!((40_000..44_000).contains(&alone) && weight.bytes() < alone + 4_000, "{alone}, {}", weight.bytes());
    }
}
