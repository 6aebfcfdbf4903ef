//! The same seed and the same requests give the same bits: here natively; `tests/web.rs` asks the browsers.
use scaling_lab::session::{Journal, Timeline};

use crate::random_sessions::{Pace, SESSIONS, expected, line, play};
use crate::renewal;

#[test]
fn two_hundred_random_sessions_end_in_the_expected_bits() {
    let lines: Vec<String> = (1..=SESSIONS).map(|seed| line(&play(seed, Pace::AtOnce))).collect();
    if renewal::is_asked_for() {
        return renewal::write("tests/common/random_sessions.digests", &(lines.join("\n") + "\n"));
    }
    let others: Vec<u64> = (1..=SESSIONS).filter(|seed| lines[*seed as usize - 1] != expected(*seed)).collect();
    assert!(others.is_empty(), "these sessions end otherwise: {others:?}");
}

#[test]
fn speed_and_frame_rate_make_no_difference_to_a_bit() {
    for seed in 1..=SESSIONS {
        let pace = Pace::of_a_page(seed);
        assert_eq!(line(&play(seed, pace)), expected(seed), "session {seed} with {pace:?}");
    }
}

#[test]
fn a_written_journal_of_random_requests_comes_back_to_the_same_bits() {
    for seed in (1..=SESSIONS).step_by(10) {
        let session = play(seed, Pace::AtOnce);
        let journal = Journal::from_json(&session.journal().to_json().to_string()).expect("a journal");
        let mut timeline = Timeline::from_journal(&journal);
        while !timeline.travel(100).is_done {}
        assert_eq!(line(timeline.session()), line(&session), "session {seed}");
    }
}
