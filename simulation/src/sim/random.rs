//! Named random streams: one for each process that draws, so that two policies meet the very same luck.
use std::convert::Infallible;

use rand::{Rng, RngExt, SeedableRng, TryRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

/// The source of all randomness of a session.
///
/// It has no state: a stream follows from the seed, a name and a number alone, whoever asked before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Randomness {
    /// The seed of the session.
    pub seed: u64,
}

/// A sequence of random numbers with an algorithm that never changes (xoshiro256++), hence equal bits on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream(Xoshiro256PlusPlus);

impl Randomness {
    /// The stream of the process `name`, number `index` (an instance, a traffic stream), from its beginning.
    pub fn stream(&self, name: &str, index: u64) -> Stream {
        let mut state = mix(self.seed ^ mix(hash_name(name) ^ mix(index)));
        let mut seed = [0; 32];
        for word in seed.chunks_exact_mut(8) {
            state = state.wrapping_add(GOLDEN_RATIO);
            word.copy_from_slice(&mix(state).to_le_bytes());
        }
        Stream(Xoshiro256PlusPlus::from_seed(seed))
    }
}

impl Stream {
    /// A number from 0 up to, but not including, 1.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// A whole number below `limit`, each equally likely; 0 if `limit` is 0.
    #[inline]
    pub fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.0.random_range(0..limit) }
    }

    /// A text of `digits` lower-case hexadecimal digits, as AWS puts behind the prefix of an id.
    pub fn hex(&mut self, digits: usize) -> String {
        (0..digits).filter_map(|_| char::from_digit(self.below(16) as u32, 16)).collect()
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.next_u32())
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

/// 2^64 divided by the golden ratio: the step of the SplitMix64 generator.
const GOLDEN_RATIO: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input stirs every bit of the result.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// FNV-1a with 64 bits.
fn hash_name(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANDOMNESS: Randomness = Randomness { seed: 7 };

    #[test]
    fn a_stream_follows_from_seed_name_and_number_alone() {
        let draw = |seed: u64, name: &str, index| Randomness { seed }.stream(name, index).next_u64();
        assert_eq!(draw(7, "boot", 3), draw(7, "boot", 3));
        let others = [draw(8, "boot", 3), draw(7, "boots", 3), draw(7, "boot", 4)];
        assert!(others.iter().all(|other| *other != draw(7, "boot", 3)), "{others:x?}");
    }

    #[test]
    fn a_number_is_below_its_limit_and_reaches_every_value() {
        let mut stream = RANDOMNESS.stream("dice", 0);
        let mut seen = [0; 6];
        for _ in 0..6_000 {
            seen[stream.below(6) as usize] += 1;
        }
        assert!(seen.iter().all(|count| (850..1_150).contains(count)), "{seen:?}");
        assert_eq!(stream.below(0), 0);
    }

    #[test]
    fn the_mean_of_unit_draws_is_one_half() {
        let mut stream = RANDOMNESS.stream("unit", 0);
        let mean = (0..100_000).map(|_| stream.unit()).sum::<f64>() / 100_000.0;
        assert!((mean - 0.5).abs() < 0.004, "{mean}");
    }

    #[test]
    fn hexadecimal_digits_look_like_an_id() {
        let text = RANDOMNESS.stream("id", 0).hex(17);
        assert_eq!(text.len(), 17);
        assert!(text.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f')), "{text}");
    }
}
