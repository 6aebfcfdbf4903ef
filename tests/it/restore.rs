//! A kept session comes back step by step, to the same bits.
use scaling_lab::api::Call;
use scaling_lab::session::{Journal, Replay};

use crate::renewal;
use crate::support::Lab;

fn main_job() -> Lab {
    let mut session = Lab::default();
    for line in renewal::read("tests/lab_api/main_job.jsonl").lines().filter(|line| !line.is_empty()) {
        let envelope = serde_json::from_str(line).expect("a line of JSON");
        let _refusal_or_answer = session.submit(Call::from_json(&envelope).expect("a request"));
    }
    session
}

#[test]
fn a_session_comes_back_in_small_steps_to_the_same_bits_and_tells_how_far_it_is() {
    let session = main_job();
    let text = session.journal().to_json().to_string();
    let mut replay = Replay::new(Journal::from_json(&text).expect("the journal that was written"));
    let (mut steps, mut share) = (0, replay.share());
    assert_eq!(share, 0.0);
    while replay.step(500) {
        assert!(replay.share() >= share, "time goes on");
        (steps, share) = (steps + 1, replay.share());
    }
    assert!(steps > 20, "only {steps} steps: too long ones to show the page in between");
    assert_eq!(replay.share(), 1.0);
    assert_eq!(replay.into_session().digest(), session.digest());
}

#[test]
fn a_session_in_which_nothing_happened_comes_back_at_once() {
    let mut replay = Replay::new(Journal::new(1));
    assert!(!replay.step(1));
    assert_eq!(replay.into_session().digest(), Lab::default().digest());
}
