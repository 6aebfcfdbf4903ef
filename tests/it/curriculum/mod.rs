//! The curriculum: every lesson is gone through, by its reference solution and by its wrong turns.
mod coverage;
mod files;
mod progress;
mod scenarios;
mod sources;

use scaling_lab::api::{ApiError, Call};
use scaling_lab::console::help;
use scaling_lab::curriculum::{Ask, Attempt, CATALOG, Lesson, Verdict};
use scaling_lab::session::Session;
use scaling_lab::ui::route::Route;
use serde_json::Value;

use crate::renewal;
use crate::support::Lab;

/// A learner in a lesson, with an account whose requests and answers are checked against AWS's shapes.
#[derive(Clone)]
struct Learner {
    lesson: Lesson,
    lab: Lab,
    attempt: Attempt,
}

impl Learner {
    fn begin(lesson: &Lesson) -> Learner {
        let mut lab = Lab::with_seed(lesson.seed);
        let attempt = Attempt::begin(lesson, &mut |call| answer(&mut lab, call));
        Learner { lesson: lesson.clone(), attempt: attempt.unwrap_or_else(|mistake| panic!("{mistake}")), lab }
    }

    fn look(&mut self) -> Verdict {
        self.attempt.look(&self.lesson, &mut |call| answer(&mut self.lab, call))
    }

    fn place(&self) -> String {
        let step = self.attempt.step(&self.lesson).map_or("the end", |step| &step.id);
        format!("{}, {step}", self.lesson.id)
    }

    /// Does the step by its reference solution, and says how it stands then.
    fn solve(&mut self) -> Verdict {
        let script = self.attempt.solution(&self.lesson);
        let (lab, attempt) = (&mut self.lab, &mut self.attempt);
        let done = script.run("solution", &mut |call| seen(lab, attempt, call));
        assert!(done.is_ok(), "{}: the solution is refused: {done:?}", self.place());
        self.look()
    }

    /// Takes a wrong turn. Its requests may be refused: that can be the turn.
    fn stray(&mut self, example: &[Ask]) -> Verdict {
        let mut variables = self.attempt.variables().clone();
        let (lab, attempt) = (&mut self.lab, &mut self.attempt);
        for ask in example {
            let _refusal_or_answer = ask.run(&mut variables, &mut |call| seen(lab, attempt, call));
        }
        self.look()
    }

    fn proceed(&mut self) {
        self.attempt.proceed(&self.lesson, &mut |call| answer(&mut self.lab, call));
    }

    fn is_over(&self) -> bool {
        self.attempt.step(&self.lesson).is_none()
    }
}

fn answer(lab: &mut Lab, call: Call) -> Result<Value, ApiError> {
    lab.submit(call).map(|response| response.output())
}

/// The answer to what the learner asks; the attempt takes notice.
fn seen(lab: &mut Lab, attempt: &mut Attempt, call: Call) -> Result<Value, ApiError> {
    let answer = answer(lab, call.clone())?;
    attempt.witness(&call, &answer);
    Ok(answer)
}

/// The lessons in their order, as the files have them now.
fn lessons() -> Vec<Lesson> {
    let file = |id: &str| renewal::read(&format!("src/curriculum/lessons/{id}.json"));
    let read = |(id, _): &(&str, &str)| Lesson::read(&file(id)).unwrap_or_else(|mistake| panic!("{id}: {mistake}"));
    CATALOG.iter().map(read).collect()
}

#[test]
fn the_page_has_every_lesson_as_its_file_has_it() {
    let on_the_page = scaling_lab::curriculum::lessons();
    assert_eq!(on_the_page.len(), CATALOG.len());
    for (on_the_page, lesson) in on_the_page.into_iter().zip(lessons()) {
        assert!(on_the_page == lesson, "{}", lesson.id);
    }
}

#[test]
fn every_lesson_has_an_id_of_its_own_and_takes_five_to_twelve_minutes() {
    for ((file, _), lesson) in CATALOG.iter().zip(lessons()) {
        assert_eq!(*file, lesson.id);
        assert!((5..=12).contains(&lesson.minutes), "{file} takes {} minutes", lesson.minutes);
    }
    let mut ids: Vec<&str> = CATALOG.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CATALOG.len());
}

#[test]
fn no_step_is_done_before_it_is_done_and_the_reference_solution_does_it() {
    for lesson in lessons() {
        let mut learner = Learner::begin(&lesson);
        while !learner.is_over() {
            let before = learner.look();
            assert!(!before.is_done, "{}: the step is done at its beginning", learner.place());
            assert_eq!(before.wrong_turn, None, "{}: a wrong turn at its beginning", learner.place());
            let after = learner.solve();
            assert!(after.is_done, "{}: the solution does not lead there: {:?}", learner.place(), after.goals);
            learner.proceed();
        }
    }
}

#[test]
fn every_wrong_turn_is_told_in_its_own_words() {
    for lesson in lessons() {
        let mut learner = Learner::begin(&lesson);
        while !learner.is_over() {
            let step = learner.attempt.step(&lesson).expect("a step").clone();
            for (index, turn) in step.wrong_turns.iter().enumerate() {
                let place = format!("{}, wrong turn {index}", learner.place());
                let verdict = learner.clone().stray(&turn.example);
                let said = verdict.wrong_turn.unwrap_or_else(|| panic!("{place}: nothing is said"));
                assert!(!verdict.is_done, "{place}: the step is done by it");
                let words = turn.say.split(['{', '$']).next().unwrap_or_default();
                assert!(said.starts_with(words), "{place}: it says {said:?}");
                assert!(!said.contains("nothing"), "{place}: a value is missing in {said:?}");
            }
            learner.solve();
            learner.proceed();
        }
    }
}

#[test]
fn every_lesson_knows_at_least_three_wrong_turns() {
    for lesson in lessons() {
        let turns: usize = lesson.steps.iter().map(|step| step.wrong_turns.len()).sum();
        assert!(turns >= 3, "{} knows {turns}", lesson.id);
    }
}

#[test]
fn every_step_has_hints_of_which_each_says_more() {
    for lesson in lessons() {
        for step in &lesson.steps {
            let place = format!("{}, {}", lesson.id, step.id);
            assert!(step.hints.len() >= 2, "{place} has {} hints", step.hints.len());
            assert!(step.hints.windows(2).all(|pair| pair[0] != pair[1]), "{place} repeats a hint");
        }
    }
}

#[test]
fn every_lesson_asks_for_a_prediction_and_explains_three_terms() {
    for lesson in lessons() {
        assert!(lesson.steps.iter().any(|step| step.predict.is_some()), "{} asks for no prediction", lesson.id);
        assert!(lesson.terms().len() >= 3, "{} explains {:?}", lesson.id, lesson.terms());
    }
}

#[test]
fn every_term_that_a_lesson_names_has_its_help_and_every_page_is_one_of_the_lab() {
    for lesson in lessons() {
        let unknown: Vec<String> = lesson.terms().into_iter().filter(|id| help::term(id).is_none()).collect();
        assert_eq!(unknown, Vec::<String>::new(), "{}: terms without help", lesson.id);
        let leads_nowhere = |page: &String| matches!(Route::parse(page), Route::Unknown(_));
        let nowhere: Vec<String> = lesson.pages().into_iter().filter(leads_nowhere).collect();
        assert_eq!(nowhere, Vec::<String>::new(), "{}: pages that are not there", lesson.id);
    }
}

#[test]
fn what_is_predicted_is_scored_by_what_the_model_did() {
    for lesson in lessons() {
        let mut learner = Learner::begin(&lesson);
        while !learner.is_over() {
            let place = learner.place();
            let prediction = learner.attempt.step(&lesson).and_then(|step| step.predict.clone());
            learner.solve();
            if let Some(prediction) = prediction {
                let score = learner.attempt.score(&lesson, &mut |call| answer(&mut learner.lab, call));
                let actual = score.expect("a score of a step that is done").actual;
                let is_known = match prediction.choices.as_slice() {
                    [] => actual.is_number(),
                    choices => choices.iter().any(|choice| choice.value == actual),
                };
                assert!(is_known, "{place}: what happened, {actual}, is no answer to \"{}\"", prediction.ask);
            }
            learner.proceed();
        }
    }
}

#[test]
fn every_lesson_replays_to_the_same_bits() {
    for lesson in lessons() {
        let run = || {
            let mut learner = Learner::begin(&lesson);
            while !learner.is_over() {
                learner.solve();
                learner.proceed();
            }
            learner.lab
        };
        let (first, second) = (run(), run());
        assert_eq!(first.digest(), second.digest(), "{}", lesson.id);
        assert_eq!(first.digest(), Session::replay(first.journal()).digest(), "{}: the journal", lesson.id);
    }
}

#[test]
fn where_a_learner_stands_survives_its_written_form() {
    for lesson in lessons() {
        let mut learner = Learner::begin(&lesson);
        learner.attempt.ask_for_hint(&lesson);
        learner.attempt.predict(&lesson, Value::from(1));
        let restored = Attempt::restore(&lesson, &learner.attempt.write()).expect("the attempt");
        assert_eq!(restored, learner.attempt);
        assert_eq!(restored.hints(&lesson).len(), 1);
    }
}

#[test]
fn what_was_written_at_another_lesson_or_by_somebody_else_is_no_attempt() {
    let all = lessons();
    let written = Learner::begin(&all[0]).attempt.write();
    let elsewhere = written.replace("\"step\":0", "\"step\":99");
    assert_ne!(written, elsewhere);
    let texts = [(&all[1], written.as_str()), (&all[0], elsewhere.as_str()), (&all[0], "{}"), (&all[0], "no JSON")];
    for (lesson, text) in texts {
        let mistake = Attempt::restore(lesson, text).expect_err(text);
        assert_eq!(mistake.place, "the attempt");
    }
    let mut edited = all[0].clone();
    edited.steps[0].remember.insert("more".to_owned(), all[0].steps[1].remember["image"].clone());
    assert!(Attempt::restore(&edited, &written).is_err(), "the lesson remembers something new");
}

#[test]
fn two_goals_that_look_at_the_same_answer_ask_once() {
    let mut lesson = files::lesson();
    let goal = lesson["steps"][0]["goals"][0].clone();
    lesson["steps"][0]["goals"] = Value::from(vec![goal.clone(), goal]);
    let lesson = Lesson::read(&lesson.to_string()).expect("a lesson");
    let mut learner = Learner::begin(&lesson);
    let mut asked = 0;
    let verdict = learner.attempt.look(&lesson, &mut |call| {
        asked += 1;
        answer(&mut learner.lab, call)
    });
    assert_eq!((asked, verdict.goals.len()), (1, 2));
}
