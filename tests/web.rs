//! The model in wasm: the same answers as natively.
#![cfg(target_arch = "wasm32")]

#[path = "common/random_sessions.rs"]
mod random_sessions;
#[path = "common/replay.rs"]
mod replay;

use random_sessions::{Pace, SESSIONS, expected, line, play};
use scaling_lab::sim::SimTime;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_moment_survives_its_text_in_wasm() {
    let moment = SimTime::from_secs(10 * 3_600 + 42 * 60 + 15);
    assert_eq!(moment.to_iso8601(), "2026-01-05T10:42:15Z");
    assert_eq!(SimTime::parse_iso8601("2026-01-05T10:42:15Z"), Some(moment));
}

#[wasm_bindgen_test]
fn the_main_job_ends_in_the_same_bits_in_wasm() {
    let (script, digest) = (include_str!("lab_api/main_job.jsonl"), include_str!("lab_api/main_job.digest"));
    assert_eq!(replay::digest_after(script), digest);
}

#[wasm_bindgen_test]
fn two_hundred_random_sessions_end_in_the_same_bits_in_wasm_at_whatever_pace() {
    for seed in 1..=SESSIONS {
        let pace = if seed % 10 == 0 { Pace::AtOnce } else { Pace::of_a_page(seed) };
        assert_eq!(line(&play(seed, pace)), expected(seed), "session {seed} with {pace:?}");
    }
}
