//! CPU time, and medians of it.

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
    /// Runs all candidates in turn, once to warm up and then round after round. Prints a line for each and returns the medians of the CPU
    /// seconds per request.
    pub fn compare(&self, candidates: &mut [Candidate]) -> Vec<f64> {
        let mut seconds: Vec<Vec<f64>> = vec![Vec::new(); candidates.len()];
        for round in 0..=self.0 {
            for ((_, run), seconds) in candidates.iter_mut().zip(&mut seconds) {
                let start = cpu_seconds();
                let requests = run();
                let each = (cpu_seconds() - start) / requests as f64;
                if round > 0 {
                    seconds.push(each);
                }
            }
        }
        let medians: Vec<f64> = seconds.into_iter().map(median).collect();
        for ((name, _), each) in candidates.iter().zip(&medians) {
            println!("{name:<66} {:>7.1} ns {:>8.1} M/s", each * 1e9, 1e-6 / each);
        }
        medians
    }
}

/// The middle of them.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The time that this process has had a CPU, as Linux counts it.
pub fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").expect("the benchmark runs on Linux");
    let nanos: f64 = text.split(' ').next().and_then(|word| word.parse().ok()).expect("a number of nanoseconds");
    nanos / 1e9
}
