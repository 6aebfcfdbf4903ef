//! The exponential distribution by the ziggurat method.
//!
//! `rand_distr` has one too, but it takes `exp` and `ln` from the standard library as soon as any crate of the build asks
//! `num-traits` for it (plotters does), and those give other bits on other machines. This one draws on `libm` always.
use std::sync::LazyLock;

use rand::Rng;

use super::Stream;

/// Layers of the ziggurat; one byte of each draw chooses among them.
const LAYERS: usize = 256;
/// Where the tail begins, for 256 layers (Marsaglia and Tsang, "The Ziggurat Method", 2000).
const TAIL: f64 = 7.697_117_470_131_05;
/// A random number of 53 bits is a multiple of this.
const UNIT_STEP: f64 = 1.0 / (1u64 << 53) as f64;

/// Far more than what rounding can be off by.
const SURELY: f64 = 1e-12;

/// The outline of the ziggurat: constant tables that cost a few microseconds once.
#[derive(Debug)]
pub(crate) struct Ziggurat {
    /// The right edge of each layer, falling to 0; layer 0 is widened so that it also holds the area of the tail.
    edges: [f64; LAYERS + 1],
    /// What the 53 random bits of a draw are multiplied with, to fall between 0 and the edge. The factor is a power of two smaller than the
    /// edge, so nothing is lost by multiplying it in beforehand.
    steps: [f64; LAYERS],
    /// The density `e^-x` at each edge.
    densities: [f64; LAYERS + 1],
}

static ZIGGURAT: LazyLock<Ziggurat> = LazyLock::new(Ziggurat::new);

impl Ziggurat {
    /// The tables; take them once before a loop of draws.
    pub(crate) fn get() -> &'static Ziggurat {
        &ZIGGURAT
    }

    fn new() -> Self {
        let density_at_tail = libm::exp(-TAIL);
        let area = TAIL * density_at_tail + density_at_tail;
        let mut edges = [0.0; LAYERS + 1];
        edges[0] = area / density_at_tail;
        edges[1] = TAIL;
        for layer in 2..LAYERS {
            edges[layer] = -libm::log(libm::exp(-edges[layer - 1]) + area / edges[layer - 1]);
        }
        let mut steps = [0.0; LAYERS];
        steps.iter_mut().zip(edges).for_each(|(step, edge)| *step = edge * UNIT_STEP);
        Ziggurat { edges, steps, densities: edges.map(|edge| libm::exp(-edge)) }
    }

    /// A draw with mean 1.
    #[inline]
    pub(crate) fn draw(&self, stream: &mut Stream) -> f64 {
        let bits = stream.next_u64();
        let layer = (bits & 0xff) as usize;
        // A conversion from a signed number takes one instruction.
        let x = (bits >> 11) as i64 as f64 * self.steps[layer];
        if x < self.edges[layer + 1] {
            return x;
        }
        // Given away by value, the stream may stay in registers in all other cases.
        let (x, after) = self.draw_at_the_rim(stream.clone(), layer, x);
        *stream = after;
        x
    }

    /// The rare rest: the tail, the wedge between a layer and the curve, or another try.
    #[cold]
    #[inline(never)]
    fn draw_at_the_rim(&self, mut stream: Stream, layer: usize, x: f64) -> (f64, Stream) {
        if layer == 0 {
            return (TAIL - libm::log(1.0 - stream.unit()), stream);
        }
        let (low, high) = (self.densities[layer], self.densities[layer + 1]);
        let height = low + (high - low) * stream.unit();
        // The curve is above its tangent at the layer's inner edge and below its chord: what is surely outside needs no exponential.
        let (outer, inner) = (self.edges[layer], self.edges[layer + 1]);
        let tangent = high * (1.0 + inner - x);
        let chord = low + (high - low) * (outer - x) / (outer - inner);
        let is_below = height < tangent - SURELY || height < chord + SURELY && height < libm::exp(-x);
        let x = if is_below { x } else { self.draw(&mut stream) };
        (x, stream)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Randomness;

    #[test]
    fn draws_have_the_mean_the_variance_and_the_tail_of_the_exponential_law() {
        let (ziggurat, mut stream) = (Ziggurat::get(), Randomness { seed: 1 }.stream("exponential", 0));
        let draws: Vec<f64> = (0..400_000).map(|_| ziggurat.draw(&mut stream)).collect();
        let share = |limit: f64| draws.iter().filter(|draw| **draw > limit).count() as f64 / draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let square = draws.iter().map(|draw| draw * draw).sum::<f64>() / draws.len() as f64;
        // Four standard deviations each.
        assert!((mean - 1.0).abs() < 0.0064, "{mean}");
        assert!((square - 2.0).abs() < 0.029, "{square}");
        for limit in [0.01, 0.5, 2.0, 5.0, TAIL] {
            let (found, exact) = (share(limit), libm::exp(-limit));
            let tolerance = 4.0 * libm::sqrt(exact * (1.0 - exact) / draws.len() as f64);
            assert!((found - exact).abs() < tolerance, "P(x > {limit}): {found} instead of {exact}");
        }
    }

    #[test]
    fn the_first_draws_of_a_seed_are_these_bits_on_every_machine() {
        let mut stream = Randomness { seed: 2_026 }.stream("golden", 5);
        let sum = (0..10_000).map(|_| Ziggurat::get().draw(&mut stream).to_bits()).fold(0u64, u64::wrapping_add);
        assert_eq!(sum, 6_023_471_240_067_669_278);
    }
}
