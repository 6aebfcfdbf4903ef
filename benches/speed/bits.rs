//! That what is measured computes what it should.
use crate::clock::Rounds;
use crate::machine::{SECONDS, say, seconds};
use crate::random_sessions::{Pace, SESSIONS, expected, line, play};

/// The random sessions of the tests, in the build that is measured.
pub fn two_hundred_random_sessions(_: &Rounds) {
    let start = seconds();
    for seed in 1..=SESSIONS {
        let pace = if seed % 10 == 0 { Pace::AtOnce } else { Pace::of_a_page(seed) };
        assert_eq!(line(&play(seed, pace)), expected(seed), "session {seed} with {pace:?}");
    }
    say(&format!("\n{SESSIONS} random sessions end in the expected bits ({:.1} {SECONDS})", seconds() - start));
}
