//! Laws of random durations.
use serde::{Deserialize, Serialize};

use super::exponential::Ziggurat;
use super::{SimDuration, Stream};

/// The law of a random duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Distribution {
    /// Always the same.
    Constant(SimDuration),
    /// Every duration from `min` to `max` equally likely.
    Uniform {
        /// The shortest.
        min: SimDuration,
        /// The longest.
        max: SimDuration,
    },
    /// From `min` to `max`, most often around `mode`: what one assumes who knows no more than these three.
    Triangular {
        /// The shortest.
        min: SimDuration,
        /// The most likely.
        mode: SimDuration,
        /// The longest.
        max: SimDuration,
    },
    /// Without memory: times between independent arrivals, and very uneven work.
    Exponential {
        /// The mean.
        mean: SimDuration,
    },
}

impl Distribution {
    /// A triangular law with its three corners in seconds.
    pub const fn triangular_secs(min: u64, mode: u64, max: u64) -> Self {
        let (min, mode, max) = (SimDuration::from_secs(min), SimDuration::from_secs(mode), SimDuration::from_secs(max));
        Distribution::Triangular { min, mode, max }
    }

    /// A uniform law with its two ends in seconds.
    pub const fn uniform_secs(min: u64, max: u64) -> Self {
        Distribution::Uniform { min: SimDuration::from_secs(min), max: SimDuration::from_secs(max) }
    }

    /// One draw, rounded to whole microseconds.
    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> SimDuration {
        match *self {
            Distribution::Constant(length) => length,
            Distribution::Uniform { min, max } => uniform(min, max, stream),
            Distribution::Triangular { min, mode, max } => triangular(min, mode, max, stream),
            Distribution::Exponential { mean } => SimDuration::from_micros(exponential(Ziggurat::get(), mean, stream)),
        }
    }
}

/// A draw of [`Distribution::Exponential`] in microseconds, for those who draw many in a row and have the tables at hand.
#[inline]
pub(crate) fn exponential(ziggurat: &Ziggurat, mean: SimDuration, stream: &mut Stream) -> u64 {
    whole(mean.as_micros() as f64 * ziggurat.draw(stream))
}

/// The nearest whole number to a number from 0 to 2^51. Adding 2^52 leaves no bits behind the point, so the bits before it are the number:
/// a conversion with a check costs several times as much, in wasm above all.
#[inline]
pub fn whole(number: f64) -> u64 {
    const BITS: u32 = 52;
    (number + (1u64 << BITS) as f64).to_bits() & ((1 << BITS) - 1)
}

fn uniform(min: SimDuration, max: SimDuration, stream: &mut Stream) -> SimDuration {
    let span = max.as_micros().saturating_sub(min.as_micros());
    min + SimDuration::from_micros(stream.below(span.saturating_add(1)))
}

/// By inversion: the distribution function is a parabola on either side of the mode.
fn triangular(min: SimDuration, mode: SimDuration, max: SimDuration, stream: &mut Stream) -> SimDuration {
    let (low, peak, high) = (min.as_secs_f64(), mode.as_secs_f64(), max.as_secs_f64());
    let (width, rising, falling) = (high - low, peak - low, high - peak);
    let unit = stream.unit();
    let seconds = if unit * width < rising {
        low + libm::sqrt(unit * width * rising)
    } else {
        high - libm::sqrt((1.0 - unit) * width * falling)
    };
    SimDuration::from_secs_f64(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Randomness;

    fn draws(law: Distribution) -> Vec<f64> {
        let mut stream = Randomness { seed: 3 }.stream("law", 0);
        (0..100_000).map(|_| law.draw(&mut stream).as_secs_f64()).collect()
    }

    fn mean(draws: &[f64]) -> f64 {
        draws.iter().sum::<f64>() / draws.len() as f64
    }

    #[test]
    fn a_triangular_law_keeps_within_its_corners_and_has_their_mean() {
        let draws = draws(Distribution::triangular_secs(20, 30, 70));
        assert!(draws.iter().all(|draw| (20.0..=70.0).contains(draw)));
        assert!((mean(&draws) - 40.0).abs() < 0.14, "{}", mean(&draws));
        let below_mode = draws.iter().filter(|draw| **draw < 30.0).count() as f64 / draws.len() as f64;
        assert!((below_mode - 0.2).abs() < 0.0051, "{below_mode}");
    }

    #[test]
    fn a_uniform_law_has_the_mean_of_its_ends() {
        let draws = draws(Distribution::uniform_secs(10, 20));
        assert!(draws.iter().all(|draw| (10.0..=20.0).contains(draw)));
        assert!((mean(&draws) - 15.0).abs() < 0.037, "{}", mean(&draws));
    }

    #[test]
    fn an_exponential_law_has_its_mean() {
        let draws = draws(Distribution::Exponential { mean: SimDuration::from_secs(5) });
        assert!((mean(&draws) - 5.0).abs() < 0.064, "{}", mean(&draws));
    }

    #[test]
    fn a_number_is_rounded_to_the_nearest_whole_one() {
        for (number, nearest) in [(0.0, 0), (0.4, 0), (0.6, 1), (1.0, 1), (49_999.7, 50_000), (1e12, 1_000_000_000_000)]
        {
            assert_eq!(whole(number), nearest);
        }
    }

    #[test]
    fn a_law_without_width_is_a_constant() {
        let second = SimDuration::from_secs(1);
        for law in
            [Distribution::triangular_secs(1, 1, 1), Distribution::uniform_secs(1, 1), Distribution::Constant(second)]
        {
            let mut stream = Randomness { seed: 3 }.stream("law", 0);
            assert_eq!(law.draw(&mut stream), second, "{law:?}");
        }
    }
}
