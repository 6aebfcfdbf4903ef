//! A kept session comes back step by step, to the same bits.
use scaling_lab::api::Call;
use scaling_lab::session::{Journal, START, Timeline};
use scaling_lab::sim::SimDuration;

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
fn a_session_comes_back_in_small_steps_to_the_same_bits() {
    let session = main_job();
    let text = session.journal().to_json().to_string();
    let mut timeline = Timeline::from_journal(&Journal::from_json(&text).expect("the journal that was written"));
    let (mut steps, mut reached) = (0, START);
    while !timeline.travel(500).is_done {
        let now = timeline.session().now();
        assert!(now.since(reached) <= SimDuration::from_secs(600), "too long a step to show the page in between");
        (steps, reached) = (steps + 1, now);
    }
    assert!(steps > 20, "only {steps} steps: too long ones to show the page in between");
    assert_eq!(timeline.session().digest(), session.digest());
}

#[test]
fn a_session_in_which_nothing_happened_comes_back_at_once() {
    let mut timeline = Timeline::from_journal(&Journal::new(1));
    assert!(timeline.travel(1).is_done);
    assert_eq!(timeline.session().digest(), Lab::default().digest());
}

#[test]
fn a_learner_who_stood_in_the_past_stands_there_again_with_the_future_ahead() {
    let session = main_job();
    let middle = START + SimDuration::from_secs(600);
    let mut timeline = Timeline::from_journal(session.journal());
    timeline.seek(middle);
    while !timeline.travel(500).is_done {}
    assert_eq!(timeline.session().now(), middle);
    assert!(timeline.is_in_the_past() && timeline.end() == session.now());
    timeline.seek(timeline.end());
    while !timeline.travel(500).is_done {}
    assert_eq!(timeline.session().digest(), session.digest());
}
