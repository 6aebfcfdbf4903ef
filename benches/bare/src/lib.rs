//! The bare recursion: what remains of W1 round robin if there is no lab around it.
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Poisson arrivals at 80 % of eight servers with exponential service, round robin; the latencies in a histogram in constant memory.
///
/// Returns the number of requests and their mean latency in service times.
pub fn round_robin(requests: u64) -> (u64, f64) {
    let (mut gaps, mut works) = (Xoshiro256PlusPlus::seed_from_u64(1), Xoshiro256PlusPlus::seed_from_u64(2));
    let ziggurat = Ziggurat::new();
    let (mut now, mut sum, mut free_at, mut histogram) = (0.0, 0.0, [0f64; 8], vec![0u32; 64 * 128]);
    for request in 0..requests {
        now += ziggurat.draw(&mut gaps) / 6.4;
        let free = &mut free_at[(request % 8) as usize];
        // The later of two moments by their bits: no branch, and right for numbers that are not negative.
        let start = f64::from_bits(free.to_bits().max(now.to_bits()));
        *free = start + ziggurat.draw(&mut works);
        let took = *free - now;
        sum += took;
        // The exponent and seven bits behind it: 128 buckets for each doubling.
        histogram[((took.to_bits() >> 45) & 0x1fff) as usize] += 1;
    }
    std::hint::black_box(&histogram);
    (requests, sum / requests as f64)
}

/// The exponential law by the ziggurat method of Marsaglia and Tsang.
struct Ziggurat {
    edges: [f64; 257],
    densities: [f64; 257],
}

const TAIL: f64 = 7.697_117_470_131_05;

impl Ziggurat {
    fn new() -> Self {
        let at_tail = libm::exp(-TAIL);
        let area = TAIL * at_tail + at_tail;
        let mut edges = [0.0; 257];
        (edges[0], edges[1]) = (area / at_tail, TAIL);
        for layer in 2..256 {
            edges[layer] = -libm::log(libm::exp(-edges[layer - 1]) + area / edges[layer - 1]);
        }
        Ziggurat { edges, densities: edges.map(|edge| libm::exp(-edge)) }
    }

    #[inline]
    fn draw(&self, random: &mut Xoshiro256PlusPlus) -> f64 {
        loop {
            let bits = random.next_u64();
            let layer = (bits & 0xff) as usize;
            let x = (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64) * self.edges[layer];
            if x < self.edges[layer + 1] {
                return x;
            }
            let unit = (random.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64);
            if layer == 0 {
                return TAIL - libm::log(1.0 - unit);
            }
            let (low, high) = (self.densities[layer], self.densities[layer + 1]);
            if low + (high - low) * unit < libm::exp(-x) {
                return x;
            }
        }
    }
}
