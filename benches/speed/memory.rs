//! Memory over a month.
use scaling_lab::session::Session;
use scaling_lab::sim::SimDuration;
use serde_json::json;

use crate::clock::Rounds;
use crate::scene::{ask, build};

const DAY: u64 = 86_400;

/// A hundred instances with visitors for thirty days. After the first day little may be added.
pub fn a_month_of_a_hundred_instances(_: &Rounds) {
    println!("\nMemory of a session with 100 instances, 200 requests a second");
    let mut session = Session::new(1);
    let name = build(&mut session, "t3.micro", [100, 100], "round_robin");
    let profile = json!({"Type": "Day", "Night": 50.0, "Peak": 350.0});
    ask(&mut session, "lab", "SetTraffic", json!({"Target": name, "Profile": profile}));
    let mut first = 0;
    for day in 1..=30 {
        session.run_to(session.now() + SimDuration::from_secs(DAY));
        if [1, 2, 7, 30].contains(&day) {
            let now = resident_kib();
            first = if day == 1 { now } else { first };
            println!(
                "  after {day:>2} days {:>7.1} MB, {:+.1} MB since the first",
                now as f64 / 1e3,
                (now - first) as f64 / 1e3
            );
        }
    }
}

/// What the process holds in memory, as Linux counts it.
fn resident_kib() -> i64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("the benchmark runs on Linux");
    let line = text.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
    line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).expect("a number")
}
