//! A mistake in a lesson's file is told with its place.
use scaling_lab::curriculum::Lesson;
use serde_json::{Value, json};

fn lesson() -> Value {
    json!({
        "id": "x", "title": "X", "minutes": 5, "summary": "S.[^n]", "sources": {"n": "a page"},
        "start": [{"service": "ec2", "operation": "AllocateAddress", "let": {"address": "PublicIp"}}],
        "steps": [{
            "id": "one", "title": "One", "text": ["Do it with ${address}."],
            "goals": [{"goal": "It is there.", "look": {"service": "ec2", "operation": "DescribeAddresses"},
                "is": "Addresses[?PublicIp == ${address}]", "not_yet": "There are {length(Addresses)}."}],
            "hints": ["h"], "solution": [], "why": []
        }]
    })
}

fn mistake(change: impl FnOnce(&mut Value)) -> String {
    let mut value = lesson();
    change(&mut value);
    Lesson::read(&value.to_string()).expect_err("a mistake").to_string()
}

#[test]
fn a_lesson_without_a_mistake_is_read() {
    assert_eq!(Lesson::read(&lesson().to_string()).map(|lesson| lesson.id), Ok("x".to_owned()));
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let look = |operation: &str| json!({"service": "ec2", "operation": operation});
    let cases: Vec<(String, &str)> = vec![
        (mistake(|lesson| lesson["id"] = json!("A b")), "id: \"A b\" is no id"),
        (mistake(|lesson| lesson["steps"] = json!([])), "steps: a lesson has at least one step"),
        (mistake(|lesson| lesson["more"] = json!(1)), "the file: unknown field `more`"),
        (mistake(|lesson| lesson["start"][0]["operation"] = json!("Fly")), "start[0]: ec2 Fly is not part of this lab"),
        (
            mistake(|lesson| lesson["steps"][0]["goals"][0]["look"] = look("AllocateAddress")),
            "steps[0].goals[0].look: AllocateAddress changes something",
        ),
        (
            mistake(|lesson| lesson["steps"][0]["goals"][0]["is"] = json!("a[")),
            "steps[0].goals[0].is: this is no JMESPath",
        ),
        (
            mistake(|lesson| lesson["steps"][0]["goals"][0]["not_yet"] = json!("{a(}")),
            "steps[0].goals[0].not_yet: this is no JMESPath",
        ),
        (
            mistake(|lesson| lesson["steps"][0]["text"][0] = json!("${server}")),
            "steps[0]: \"server\" is not kept by the start",
        ),
        (mistake(|lesson| lesson["steps"][0]["hints"] = json!([])), "steps[0].hints: a step has at least one hint"),
        (mistake(|lesson| lesson["steps"][0]["page"] = json!("https://x")), "steps[0].page: a page begins with #/"),
        (mistake(|lesson| lesson["sources"] = json!({})), "sources: the note [^n] has no source"),
        (mistake(|lesson| lesson["summary"] = json!("S.")), "sources.n: no text has a note of this name"),
    ];
    for (told, expected) in cases {
        assert!(told.starts_with(expected), "{told:?} is not {expected:?}");
    }
}

#[test]
fn text_that_is_no_json_is_told_with_its_line() {
    let told = Lesson::read("{\n  \"id\": }").expect_err("no JSON").to_string();
    assert!(told.starts_with("the file: expected value at line 2"), "{told}");
}
