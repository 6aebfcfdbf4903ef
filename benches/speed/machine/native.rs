//! This machine, as Linux tells of it.
use std::fs;

use super::Pledges;

/// What [`seconds`] counts.
pub const SECONDS: &str = "CPU s";

/// What is pledged natively.
pub const PLEDGES: Pledges = Pledges { event_loop_millions: 12.0, day_seconds: [0.3, 1.4], month_megabytes: 8.0 };

/// The time that this process has had a CPU.
pub fn seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/schedstat").expect("the benchmark runs on Linux");
    let nanos: f64 = text.split(' ').next().and_then(|word| word.parse().ok()).expect("a number of nanoseconds");
    nanos / 1e9
}

/// What this process holds in memory.
pub fn memory_bytes() -> f64 {
    let text = fs::read_to_string("/proc/self/status").expect("the benchmark runs on Linux");
    let line = text.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
    let kib: f64 = line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).expect("a number");
    kib * 1_024.0
}

/// Prints a line.
pub fn say(line: &str) {
    println!("{line}");
}
