//! A heap of whole numbers: the smallest comes out first.

/// Keys in a heap where each has up to four children: half as deep as one with two, and a key's children lie side by side.
///
/// A key holds a moment in its high bits and what happens then in its low ones ([`key`]), so that keys of one moment come out in an order
/// that does not depend on how they went in.
#[derive(Clone, Debug, Default)]
pub struct Heap {
    keys: Vec<u64>,
}

/// Children of a key.
const ARITY: usize = 4;
/// Bits of a key that say what happens; the rest are microseconds, enough for eight years.
pub const WHAT_BITS: u32 = 16;

/// The key of something (below 65,536) at a moment in microseconds.
#[inline]
pub fn key(micros: u64, what: u32) -> u64 {
    (micros << WHAT_BITS) | u64::from(what)
}

/// The moment and the thing of a key.
#[inline]
pub fn moment_and_what(key: u64) -> (u64, u32) {
    (key >> WHAT_BITS, (key & ((1 << WHAT_BITS) - 1)) as u32)
}

impl Heap {
    /// The smallest key; `u64::MAX` if there is none.
    #[inline]
    pub fn first(&self) -> u64 {
        self.keys.first().copied().unwrap_or(u64::MAX)
    }

    /// The smallest key but one; `u64::MAX` if there is none.
    #[inline]
    pub fn second(&self) -> u64 {
        self.keys.iter().skip(1).take(ARITY).copied().min().unwrap_or(u64::MAX)
    }

    /// Adds a key.
    #[inline]
    pub fn push(&mut self, key: u64) {
        let mut hole = self.keys.len();
        self.keys.push(key);
        while hole > 0 {
            let parent = (hole - 1) / ARITY;
            let above = self.keys[parent];
            if above <= key {
                break;
            }
            self.keys[hole] = above;
            hole = parent;
        }
        self.keys[hole] = key;
    }

    /// Takes the smallest key out.
    #[inline]
    pub fn pop(&mut self) -> Option<u64> {
        let last = self.keys.pop()?;
        let Some(first) = self.keys.first().copied() else { return Some(last) };
        self.sift_down(last);
        Some(first)
    }

    /// Takes the smallest key out and puts another in: cheaper than both alone.
    #[inline]
    pub fn replace_first(&mut self, key: u64) {
        if self.keys.is_empty() {
            self.keys.push(key);
        } else {
            self.sift_down(key);
        }
    }

    /// Lets `key` sink from the top to its place.
    #[inline]
    fn sift_down(&mut self, key: u64) {
        let keys = self.keys.as_mut_slice();
        let mut hole = 0;
        loop {
            let child = hole * ARITY + 1;
            let Some(children) = keys.get(child..(child + ARITY).min(keys.len())) else { break };
            let (mut least, mut place) = (u64::MAX, 0);
            for (index, candidate) in children.iter().enumerate() {
                let is_less = *candidate < least;
                least = if is_less { *candidate } else { least };
                place = if is_less { index } else { place };
            }
            if least >= key {
                break;
            }
            keys[hole] = least;
            hole = child + place;
        }
        keys[hole] = key;
    }

    /// All keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.keys.iter().copied()
    }

    /// Takes all keys out.
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Randomness;

    #[test]
    fn keys_come_out_in_order_however_they_went_in() {
        let mut stream = Randomness { seed: 5 }.stream("heap", 0);
        let (mut heap, mut sorted) = (Heap::default(), Vec::new());
        for round in 0..2_000 {
            let key = stream.below(500);
            match stream.below(3) {
                0 if !sorted.is_empty() => assert_eq!(heap.pop(), Some(sorted.remove(0)), "round {round}"),
                1 if !sorted.is_empty() => {
                    assert_eq!(heap.first(), sorted[0]);
                    heap.replace_first(key);
                    sorted[0] = key;
                }
                _ => {
                    heap.push(key);
                    sorted.push(key);
                }
            }
            sorted.sort_unstable();
            assert_eq!((heap.len(), heap.first()), (sorted.len(), sorted.first().copied().unwrap_or(u64::MAX)));
        }
    }

    #[test]
    fn a_key_keeps_its_moment_and_its_thing() {
        assert_eq!(moment_and_what(key(86_400_000_000 * 2_900, 65_535)), (86_400_000_000 * 2_900, 65_535));
        assert!(key(7, 65_535) < key(8, 0));
    }
}
