//! Memory over a month.
use scaling_lab::session::{Session, Timeline};
use scaling_lab::sim::{SimDuration, Weight};
use serde_json::json;

use crate::clock::Rounds;
use crate::machine::{PLEDGES, memory_bytes, say};
use crate::scene::{ask, build};

const DAY: u64 = 86_400;

/// A hundred instances with visitors for thirty days, as the page holds them: with checkpoints to go back to. After the first day little may be
/// added.
pub fn a_month_of_a_hundred_instances(_: &Rounds) {
    say(&format!(
        "\nMemory of a session with 100 instances, 200 requests a second (pledged for a month: at most {} MB more than after a day)",
        PLEDGES.month_megabytes
    ));
    let mut session = Session::new(1);
    let name = build(&mut session, "t3.micro", [100, 100], "round_robin");
    let profile = json!({"Type": "Day", "Night": 50.0, "Peak": 350.0});
    ask(&mut session, "lab", "SetTraffic", json!({"Target": name, "Profile": profile}));
    let mut timeline = Timeline::from_journal(session.journal());
    while !timeline.travel(u64::MAX).is_done {}
    drop(session);
    let mut first = 0.0;
    for day in 1..=30 {
        let goal = timeline.session().now() + SimDuration::from_secs(DAY);
        while !timeline.advance(goal, u64::MAX).is_done {}
        if [1, 2, 7, 14, 30].contains(&day) {
            let now = memory_bytes() / 1e6;
            first = if day == 1 { now } else { first };
            let (mut whole, mut alone) = (Weight::default(), Weight::default());
            timeline.weigh(&mut whole);
            timeline.session().weigh(&mut alone);
            let [counted, alone] = [whole, alone].map(|weight| weight.bytes() as f64 / 1e6);
            say(&format!(
                "  after {day:>2} days {now:>7.1} MB, {:+.1} MB since the first; by count {counted:.1} MB, {alone:.1} MB without checkpoints",
                now - first
            ));
        }
    }
}
