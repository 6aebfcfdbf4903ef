//! What a learner has reached is kept, carried away, and brought back; what is no progress is refused with its place.
use scaling_lab::curriculum::{Progress, Standing};
use serde_json::{Value, json};

use super::{Learner, answer, lessons};

/// A learner who has done the first lesson, and predicted wrongly each time.
fn after_the_first_lesson() -> Progress {
    let lesson = &lessons()[0];
    let (mut learner, mut progress) = (Learner::begin(lesson), Progress::default());
    while !learner.is_over() {
        learner.attempt.predict(lesson, json!("wrong"));
        assert!(learner.solve().is_done);
        let score = learner.attempt.score(lesson, &mut |call| answer(&mut learner.lab, call));
        progress.record(lesson, &learner.attempt, score.as_ref());
        learner.proceed();
    }
    progress
}

#[test]
fn the_steps_that_are_done_and_the_predictions_are_counted() {
    let lessons = lessons();
    let (progress, first) = (after_the_first_lesson(), &lessons[0]);
    let predictions = first.steps.iter().filter(|step| step.predict.is_some()).count();
    let steps = first.steps.len();
    assert_eq!(progress.standing(first), Standing { done: steps, steps, right: 0, predicted: predictions });
    assert!(progress.standing(first).is_done() && predictions > 0);
    assert!(progress.has_done(first, &first.steps[0].id) && !progress.has_done(first, "nowhere"));
    let second = Standing { steps: lessons[1].steps.len(), ..Standing::default() };
    assert_eq!(progress.standing(&lessons[1]), second);
}

#[test]
fn whoever_predicts_nothing_has_no_score_and_who_repeats_a_step_has_the_newer_one() {
    let lesson = &lessons()[0];
    let mut progress = after_the_first_lesson();
    let mut learner = Learner::begin(lesson);
    learner.solve();
    learner.proceed();
    learner.attempt.predict(lesson, json!(false));
    learner.solve();
    let score = learner.attempt.score(lesson, &mut |call| answer(&mut learner.lab, call)).expect("a score");
    assert!(score.is_right);
    progress.record(lesson, &learner.attempt, Some(&score));
    assert_eq!(progress.standing(lesson).right, 1);
    let mut silent = Progress::default();
    let score = scaling_lab::curriculum::Score { guess: None, ..score };
    silent.record(lesson, &learner.attempt, Some(&score));
    assert_eq!((silent.standing(lesson).done, silent.standing(lesson).predicted), (1, 0));
}

#[test]
fn progress_survives_being_carried_away_and_can_be_forgotten() {
    let lessons = lessons();
    let mut progress = after_the_first_lesson();
    assert_eq!(Progress::import(&progress.export()), Ok(progress.clone()));
    assert_eq!(Progress::import(&Progress::default().export()), Ok(Progress::default()));
    progress.reset(&lessons[1].id);
    assert!(progress.standing(&lessons[0]).is_done());
    progress.reset(&lessons[0].id);
    assert_eq!(progress, Progress::default());
    let mut progress = after_the_first_lesson();
    progress.reset_all();
    assert_eq!(progress, Progress::default());
}

#[test]
fn a_lesson_of_a_teacher_is_kept_when_progress_is_brought_back() {
    let text = json!({"format": "scaling-lab progress 1",
        "lessons": {"of-my-teacher": {"steps": ["a", "b"], "predictions": {"a": true}}}});
    let progress = Progress::import(&text.to_string()).expect("progress");
    assert_eq!(serde_json::from_str::<Value>(&progress.export()).expect("JSON"), text);
}

#[test]
fn what_is_no_progress_is_refused_with_its_place() {
    let lesson = |lesson: Value| json!({"format": "scaling-lab progress 1", "lessons": {"x": lesson}}).to_string();
    let named = |name: &str| {
        let lesson = json!({"steps": [], "predictions": {}});
        json!({"format": "scaling-lab progress 1", "lessons": {name: lesson}}).to_string()
    };
    let cases: Vec<(String, &str)> = vec![
        (String::new(), "the text: no JSON"),
        ("[".repeat(100_000), "the text: no JSON"),
        (" ".repeat(100_001), "the text: it is longer than 100000 bytes"),
        ("[]".to_owned(), "the text: it should be an object"),
        (
            json!({"format": "scaling-lab progress 1", "lessons": {}, "more": 1}).to_string(),
            "the text: unknown member \"more\"",
        ),
        (
            json!({"format": "scaling-lab progress 2", "lessons": {}}).to_string(),
            "format: it should be \"scaling-lab progress 1\"",
        ),
        (json!({"format": "scaling-lab progress 1"}).to_string(), "lessons: it should be an object"),
        (named("<script>"), "lessons: \"<script>\" is no id"),
        (named(&"a".repeat(81)), "lessons: \"aaa"),
        (lesson(json!(7)), "lessons.x: it should be an object"),
        (lesson(json!({"steps": "a", "predictions": {}})), "lessons.x.steps: it should be a list"),
        (lesson(json!({"steps": [1], "predictions": {}})), "lessons.x.steps: \"1\" is no id of a step"),
        (lesson(json!({"steps": ["A B"], "predictions": {}})), "lessons.x.steps: \"A B\" is no id"),
        (lesson(json!({"steps": []})), "lessons.x.predictions: it should be an object"),
        (lesson(json!({"steps": [], "predictions": {"a": 1}})), "lessons.x.predictions: a prediction is true or false"),
    ];
    for (text, expected) in cases {
        let told = Progress::import(&text).expect_err(expected).to_string();
        assert!(told.starts_with(expected), "{told:?} is not {expected:?}");
        assert!(told.len() < 300, "{} letters", told.len());
    }
}
