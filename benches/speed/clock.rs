//! Medians of times.
use crate::machine::{say, seconds};

/// How often what is measured runs.
pub struct Rounds(usize);

impl Default for Rounds {
    fn default() -> Self {
        Rounds(5)
    }
}

/// What is measured: a name, how many requests a run simulates, and the run.
pub type Candidate<'a> = (String, &'a mut dyn FnMut() -> u64);

impl Rounds {
    /// Runs all candidates in turn, once to warm up and then round after round. Prints a line for each and returns the medians of the
    /// seconds per request.
    pub fn compare(&self, candidates: &mut [Candidate]) -> Vec<f64> {
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); candidates.len()];
        for round in 0..=self.0 {
            for ((_, run), times) in candidates.iter_mut().zip(&mut times) {
                let start = seconds();
                let requests = run();
                let each = (seconds() - start) / requests as f64;
                if round > 0 {
                    times.push(each);
                }
            }
        }
        let medians: Vec<f64> = times.into_iter().map(median).collect();
        for ((name, _), each) in candidates.iter().zip(&medians) {
            say(&format!("{name:<66} {:>7.1} ns {:>8.1} M/s", each * 1e9, 1e-6 / each));
        }
        medians
    }
}

/// The middle of them.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
