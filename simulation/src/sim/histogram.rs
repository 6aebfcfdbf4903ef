//! A histogram of durations in constant memory.
use super::SimDuration;

/// How many durations fell into which bucket.
///
/// Buckets are 1/128 of an octave of microseconds wide, and a quantile is interpolated within its bucket: with many durations it is off by
/// far less than the bucket's 0.8 %.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: Vec<u32>,
    count: u64,
    sum_micros: u64,
}

/// Buckets per octave, as a power of two.
const PRECISION_BITS: u32 = 7;

impl Histogram {
    /// Adds a duration.
    #[inline]
    pub fn record(&mut self, length: SimDuration) {
        self.mark(length.as_micros());
        self.count_marked(1, length.as_micros());
    }

    /// Puts a duration into its bucket. [`Histogram::count_marked`] must follow: many durations need to be counted and added up only once.
    #[inline]
    pub(crate) fn mark(&mut self, micros: u64) {
        let bucket = bucket_of(micros);
        match self.counts.get_mut(bucket) {
            Some(count) => *count += 1,
            None => self.open(bucket),
        }
    }

    /// Counts so many durations that have been marked, with their sum.
    #[inline]
    pub(crate) fn count_marked(&mut self, count: u64, sum_micros: u64) {
        self.count += count;
        self.sum_micros += sum_micros;
    }

    /// The first duration of a bucket beyond those so far.
    #[cold]
    fn open(&mut self, bucket: usize) {
        self.counts.resize((bucket + 1).next_multiple_of(1 << PRECISION_BITS), 0);
        self.counts[bucket] = 1;
    }

    /// An empty histogram with room for what this one has seen.
    pub fn emptied(&self) -> Histogram {
        Histogram { counts: vec![0; self.counts.len()], count: 0, sum_micros: 0 }
    }

    /// Adds all durations of another histogram.
    pub fn merge(&mut self, other: &Histogram) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine = mine.saturating_add(*theirs);
        }
        self.count += other.count;
        self.sum_micros += other.sum_micros;
    }

    /// How many durations were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The durations in seconds, the shortest first: the middle of each bucket that has some, with how many it has.
    pub fn values_secs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let middle = |bucket: usize| (lower_edge(bucket) + lower_edge(bucket + 1)) as f64 / 2.0 / 1e6;
        let filled = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        filled.map(move |(bucket, count)| (middle(bucket), f64::from(*count)))
    }

    /// The mean in seconds; zero without any.
    pub fn mean_secs(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum_micros as f64 / self.count as f64 / 1e6 }
    }

    /// The duration that the share `share` (0 to 1) of all does not exceed, in seconds; none without any.
    pub fn quantile_secs(&self, share: f64) -> Option<f64> {
        self.quantiles_secs([share]).map(|[found]| found)
    }

    /// The durations that these shares, in rising order, do not exceed, found in one pass.
    pub fn quantiles_secs<const N: usize>(&self, shares: [f64; N]) -> Option<[f64; N]> {
        let ranks = shares.map(|share| (share * self.count as f64).clamp(1.0, (self.count as f64).max(1.0)));
        let mut found = [0.0; N];
        let (mut octaves, mut octave, mut before_octave) = (self.counts.chunks(1 << PRECISION_BITS), 0, 0);
        let mut counts: &[u32] = octaves.next()?;
        for (rank, found) in ranks.into_iter().zip(&mut found) {
            // Most octaves hold none of the ranks, and need not be looked at bucket by bucket.
            let wanted = libm::ceil(rank) as u64;
            let mut through = before_octave + sum(counts);
            while through < wanted {
                counts = octaves.next()?;
                (octave, before_octave) = (octave + 1, through);
                through += sum(counts);
            }
            let mut below = before_octave;
            let reaches = |count: &u32| {
                let is_there = below + u64::from(*count) >= wanted;
                below += if is_there { 0 } else { u64::from(*count) };
                is_there
            };
            let place = counts.iter().position(reaches)?;
            let bucket = (octave << PRECISION_BITS) + place;
            let (low, high) = (lower_edge(bucket) as f64, lower_edge(bucket + 1) as f64);
            let inside = (rank - below as f64) / f64::from(*counts.get(place)?);
            // A duration of whole microseconds stands for those that were rounded to it.
            *found = (low - 0.5 + (high - low) * inside).max(0.0) / 1e6;
        }
        Some(found)
    }
}

fn sum(counts: &[u32]) -> u64 {
    counts.iter().map(|count| u64::from(*count)).sum()
}

#[inline]
fn bucket_of(micros: u64) -> usize {
    // Durations of less than two octaves have a bucket for each microsecond.
    // The exponent of a float and the first bits behind it, which is faster than to look for the first bit.
    const MANTISSA_BITS: u32 = 52;
    const FIRST_OCTAVE: u64 = (1_023 + PRECISION_BITS as u64 - 1) << PRECISION_BITS;
    let octaves = (micros as i64 as f64).to_bits() >> (MANTISSA_BITS - PRECISION_BITS);
    if micros < 1 << PRECISION_BITS { micros as usize } else { octaves.wrapping_sub(FIRST_OCTAVE) as usize }
}

fn lower_edge(bucket: usize) -> u64 {
    let (octave, rest) = (bucket >> PRECISION_BITS, bucket & ((1 << PRECISION_BITS) - 1));
    if octave == 0 { rest as u64 } else { ((1 << PRECISION_BITS) + rest as u64) << (octave - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_join_without_gap_or_overlap() {
        for micros in (0..5_000).chain([65_535, 65_536, 1_000_000, 59_999_999]) {
            let bucket = bucket_of(micros);
            assert!((lower_edge(bucket)..lower_edge(bucket + 1)).contains(&micros), "{micros} in {bucket}");
        }
    }

    #[test]
    fn a_quantile_is_within_a_tenth_of_one_per_cent() {
        let mut histogram = Histogram::default();
        (1..=100_000).for_each(|micros| histogram.record(SimDuration::from_micros(micros * 10)));
        for share in [0.5, 0.95, 0.99] {
            let found = histogram.quantile_secs(share).expect("there are durations");
            assert!((found / share - 1.0).abs() < 0.001, "{share}: {found}");
        }
        assert!((histogram.mean_secs() - 0.500_005).abs() < 1e-9);
        let each = [0.5, 0.95, 0.99].map(|share| histogram.quantile_secs(share).unwrap_or(0.0));
        assert_eq!(histogram.quantiles_secs([0.5, 0.95, 0.99]), Some(each), "one pass finds the same");
        assert_eq!(Histogram::default().quantiles_secs([0.5]), None);
    }
}
