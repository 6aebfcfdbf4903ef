//! A mistake in a lesson's file is told with its place.
use scaling_lab::curriculum::Lesson;
use serde_json::{Value, json};

pub fn lesson() -> Value {
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
        (
            mistake(|lesson| lesson["steps"][0]["text"][0] = json!("It is ${now}.")),
            "steps[0]: \"now\" can stand in the parameters of a request only",
        ),
        (
            mistake(|lesson| lesson["start"][0]["let"] = json!({"now": "PublicIp"})),
            "start[0].let.now: \"now\" is a moment of the lab",
        ),
        (mistake(|lesson| lesson["topics"] = json!(["Two words"])), "topics[0]: \"Two words\" is no id"),
        (
            mistake(|lesson| {
                let belief = json!({"id": "b", "belief": "B.", "truth": "T."});
                lesson["beliefs"] = json!([belief, belief]);
            }),
            "beliefs[1].id: \"b\" is the id of an earlier belief",
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
fn every_mistake_in_a_prediction_is_told_with_its_place() {
    let mistake = |change: &dyn Fn(&mut Value)| {
        let choice = |value: i32| json!({"text": "T", "value": value});
        let mut predict = json!({
            "ask": "How many?", "choices": [choice(1), choice(2)], "value": "length(Addresses)", "explain": [],
            "look": {"service": "ec2", "operation": "DescribeAddresses"}
        });
        change(&mut predict);
        mistake(|lesson| lesson["steps"][0]["predict"] = predict)
    };
    let cases: [(String, &str); 6] = [
        (mistake(&|predict| predict["ask"] = json!("${x}?")), "steps[0].predict.ask: \"x\" is not kept"),
        (mistake(&|predict| predict["explain"] = json!(["${x}"])), "steps[0].predict.explain: \"x\" is not kept"),
        (
            mistake(&|predict| predict["choices"][1]["text"] = json!("${x}")),
            "steps[0].predict.choices[1].text: \"x\" is not kept",
        ),
        (
            mistake(&|predict| predict["choices"][1]["value"] = json!(1)),
            "steps[0].predict.choices[1].value: an earlier choice has the same value",
        ),
        (
            mistake(&|predict| predict["choices"] = json!([{"text": "T", "value": 1}])),
            "steps[0].predict.choices: give at least two choices",
        ),
        (mistake(&|predict| predict["value"] = json!("a[")), "steps[0].predict.value: this is no JMESPath"),
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
