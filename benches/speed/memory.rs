//! Memory over a month.
use scaling_lab::session::Session;
use scaling_lab::sim::SimDuration;
use serde_json::json;

use crate::clock::Rounds;
use crate::machine::{PLEDGES, memory_bytes, say};
use crate::scene::{ask, build};

const DAY: u64 = 86_400;

/// A hundred instances with visitors for thirty days. After the first day little may be added.
pub fn a_month_of_a_hundred_instances(_: &Rounds) {
    say(&format!(
        "\nMemory of a session with 100 instances, 200 requests a second (pledged for a month: at most {} MB more than after a day)",
        PLEDGES.month_megabytes
    ));
    let mut session = Session::new(1);
    let name = build(&mut session, "t3.micro", [100, 100], "round_robin");
    let profile = json!({"Type": "Day", "Night": 50.0, "Peak": 350.0});
    ask(&mut session, "lab", "SetTraffic", json!({"Target": name, "Profile": profile}));
    let mut first = 0.0;
    for day in 1..=30 {
        session.run_to(session.now() + SimDuration::from_secs(DAY));
        if [1, 2, 7, 30].contains(&day) {
            let now = memory_bytes() / 1e6;
            first = if day == 1 { now } else { first };
            say(&format!("  after {day:>2} days {now:>7.1} MB, {:+.1} MB since the first", now - first));
        }
    }
}
