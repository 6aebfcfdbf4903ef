//! A draw by weight.
use crate::sim::Stream;

/// Weights, added up from the first on.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    sums: Vec<f64>,
}

impl Weights {
    pub(super) fn new(weights: impl Iterator<Item = f64>) -> Self {
        let add = |sum: &mut f64, weight: f64| {
            *sum += weight;
            Some(*sum)
        };
        Weights { sums: weights.scan(0.0, add).collect() }
    }

    /// The place of one of them, by chance.
    pub(super) fn draw(&self, chance: &mut Stream) -> usize {
        let point = chance.unit() * self.sums.last().copied().unwrap_or(0.0);
        self.sums.partition_point(|sum| *sum <= point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Randomness;

    #[test]
    fn each_place_comes_as_often_as_its_weight_says() {
        let weights = Weights::new([1.0, 0.0, 2.0, 5.0].into_iter());
        let mut chance = Randomness { seed: 9 }.stream("weights", 0);
        let mut seen = [0u32; 4];
        (0..80_000).for_each(|_| seen[weights.draw(&mut chance)] += 1);
        // Four standard deviations.
        for (count, expected) in seen.iter().zip([10_000.0, 0.0, 20_000.0, 50_000.0]) {
            assert!((f64::from(*count) - expected).abs() <= 4.0 * libm::sqrt(expected), "{seen:?}");
        }
    }
}
