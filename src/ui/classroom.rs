//! The lesson that the learner is in: where they stand, what is reached, and what they asked for.
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use serde_json::Value;

use super::browser::{location, pointer, timer};
use super::component::Notices;
use super::lab::Lab;
use super::schoolbag;
use crate::api::{ApiError, Call};
use crate::console::Account;
use crate::curriculum::{Attempt, Lesson, Mistake, Progress, Score, Script, Verdict, lesson};
use crate::session::Timeline;

/// The classroom, for every component: in context, and `Copy`.
#[derive(Clone, Copy)]
pub struct Classroom {
    lab: Lab,
    lesson: RwSignal<Option<Arc<Lesson>>>,
    attempt: RwSignal<Attempt>,
    verdict: RwSignal<Option<Verdict>>,
    shown: RwSignal<Demonstration>,
    progress: RwSignal<Progress>,
    /// The learner has just gone on to a step, which is now to be read.
    has_moved: StoredValue<bool>,
}

/// A reference solution on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demonstration {
    /// Whether more requests are to come.
    pub is_running: bool,
    /// What was asked so far, and the refusal if it was one.
    pub lines: Vec<(String, Option<String>)>,
}

/// Between two requests of a demonstration, so that it can be followed.
const DEMONSTRATION_PACE: Duration = Duration::from_millis(900);

impl Classroom {
    /// Puts a classroom into context, with the lesson that was kept.
    pub fn provide(lab: Lab, kept: Option<String>) -> Self {
        let room = Classroom {
            lab,
            lesson: RwSignal::new(None),
            attempt: RwSignal::new(Attempt::default()),
            verdict: RwSignal::new(None),
            shown: RwSignal::new(Demonstration::default()),
            progress: RwSignal::new(schoolbag::load()),
            has_moved: StoredValue::new(false),
        };
        if let Some((known, attempt)) = kept.and_then(|text| restored(&text)) {
            room.lesson.set(Some(Arc::new(known)));
            room.attempt.set(attempt);
        }
        lab.tell_of_visits(move |call, answer| {
            room.attempt.update(|attempt| attempt.witness(call, answer));
            room.look();
        });
        room.look_when_something_happens();
        provide_context(room);
        room
    }

    /// The classroom in context.
    pub fn get() -> Self {
        expect_context()
    }

    /// The lesson that goes on.
    pub fn lesson(self) -> Signal<Option<Arc<Lesson>>> {
        self.lesson.into()
    }

    /// Where the learner stands in it.
    pub fn attempt(self) -> Signal<Attempt> {
        self.attempt.into()
    }

    /// How the step stands.
    pub fn verdict(self) -> Signal<Option<Verdict>> {
        self.verdict.into()
    }

    /// The solution that is shown.
    pub fn demonstration(self) -> Signal<Demonstration> {
        self.shown.into()
    }

    /// What the learner has reached in all lessons.
    pub fn progress(self) -> Signal<Progress> {
        self.progress.into()
    }

    /// Changes what the learner has reached, and keeps it.
    pub fn change_progress(self, change: impl FnOnce(&mut Progress)) {
        self.progress.update(change);
        self.progress.with_untracked(schoolbag::keep);
    }

    /// Takes over what was reached elsewhere.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn import_progress(self, text: &str) -> Result<(), Mistake> {
        let progress = Progress::import(text)?;
        self.change_progress(|kept| *kept = progress);
        Ok(())
    }

    /// Begins a lesson with an account of its own.
    ///
    /// # Errors
    /// What is wrong with the lesson; the lab is then as it was left, empty.
    pub fn begin(self, id: &str) -> Result<(), String> {
        let known = lesson(id).ok_or_else(|| format!("There is no lesson called {id}."))?;
        self.leave();
        self.lab.replace(Timeline::new(known.seed));
        let attempt = Attempt::begin(&known, &mut self.asker()).map_err(|mistake| mistake.to_string())?;
        self.has_moved.set_value(true);
        self.attempt.set(attempt);
        self.lesson.set(Some(Arc::new(known)));
        self.lab.running().set(true);
        self.go_to_page();
        Ok(())
    }

    /// Leaves the lesson; the account stays as it is, to play with.
    pub fn leave(self) {
        self.lesson.set(None);
        self.verdict.set(None);
        self.shown.set(Demonstration::default());
    }

    /// Goes on to the next step.
    pub fn proceed(self) {
        let Some(lesson) = self.lesson.get_untracked() else { return };
        let mut attempt = self.attempt.get_untracked();
        attempt.proceed(&lesson, &mut self.asker());
        self.has_moved.set_value(true);
        self.attempt.set(attempt);
        self.verdict.set(None);
        self.shown.set(Demonstration::default());
        self.go_to_page();
        self.look();
    }

    /// Whether the learner has just gone on to a step: not when a kept lesson appears again. Says so once.
    pub fn has_moved(self) -> bool {
        self.has_moved.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Goes to the page of the step and shows what a selector means there.
    pub fn point_at(self, selector: &str) {
        let selector = self.attempt.with_untracked(|attempt| attempt.in_words(selector));
        self.go_to_page();
        let notices: Notices = expect_context();
        pointer::point_at(selector, move || {
            notices.bad(
                "It is not here now",
                "Look at the region at the top of the page. Or it appears later in this step.",
            );
        });
    }

    /// Asks for one more hint.
    pub fn ask_for_hint(self) {
        self.with_lesson(|lesson, attempt| attempt.ask_for_hint(lesson));
    }

    /// Keeps what the learner predicts.
    pub fn predict(self, guess: Value) {
        self.with_lesson(|lesson, attempt| attempt.predict(lesson, guess));
    }

    /// How the prediction of this step compares with what happened.
    pub fn score(self) -> Option<Score> {
        let lesson = self.lesson.get_untracked()?;
        self.attempt.get_untracked().score(&lesson, &mut self.asker())
    }

    /// Does the step before the learner's eyes, request by request.
    pub fn show_me(self) {
        let Some(lesson) = self.lesson.get_untracked() else { return };
        if !self.shown.with_untracked(|shown| shown.is_running) {
            let script = self.attempt.with_untracked(|attempt| attempt.solution(&lesson));
            self.shown.set(Demonstration { is_running: true, lines: Vec::new() });
            self.show_next(script);
        }
    }

    /// What is kept of the lesson with the session.
    pub fn to_keep(self) -> Option<String> {
        self.lesson.with_untracked(Option::is_some).then(|| self.attempt.with_untracked(Attempt::write))
    }

    fn show_next(self, mut script: Script) {
        // The lesson may have been left meanwhile.
        if !self.shown.with_untracked(|shown| shown.is_running) {
            return;
        }
        let Some(next) = script.next() else {
            self.shown.update(|shown| shown.is_running = false);
            return;
        };
        let words = format!("{} {}", next.service, next.operation);
        let refusal = script.step(&mut self.learner()).and_then(Result::err).map(|refusal| refusal.to_string());
        self.shown.update(|shown| shown.lines.push((words, refusal)));
        timer::after(DEMONSTRATION_PACE, move || self.show_next(script));
    }

    fn with_lesson(self, change: impl FnOnce(&Lesson, &mut Attempt)) {
        if let Some(lesson) = self.lesson.get_untracked() {
            self.attempt.update(|attempt| change(&lesson, attempt));
        }
    }

    fn go_to_page(self) {
        let page = self.lesson.with_untracked(|lesson| {
            let lesson = lesson.as_ref()?;
            self.attempt.with_untracked(|attempt| attempt.step(lesson).and_then(|step| step.page.clone()))
        });
        if let Some(page) = page {
            location::go(&page);
        }
    }

    fn look_when_something_happens(self) {
        Effect::new(move |_| {
            self.lab.track();
            self.lesson.track();
            self.look();
        });
    }

    /// Looks how the step stands. Time stops when it is done: there is something to read.
    fn look(self) {
        let Some(lesson) = self.lesson.get_untracked() else { return };
        let mut attempt = self.attempt.get_untracked();
        let verdict = attempt.look(&lesson, &mut self.asker());
        let was_done = self.verdict.with_untracked(|before| before.as_ref().is_some_and(|before| before.is_done));
        if verdict.is_done && !was_done {
            self.lab.running().set(false);
            let score = attempt.score(&lesson, &mut self.asker());
            self.change_progress(|progress| progress.record(&lesson, &attempt, score.as_ref()));
        }
        if self.attempt.with_untracked(|before| *before != attempt) {
            self.attempt.set(attempt);
        }
        if self.verdict.with_untracked(|before| before.as_ref() != Some(&verdict)) {
            self.verdict.set(Some(verdict));
        }
    }

    /// Asks for the lesson.
    fn asker(self) -> impl FnMut(Call) -> Result<Value, ApiError> {
        move |call| self.lab.answer(call).map(|response| response.output())
    }

    /// Asks as the learner would.
    fn learner(self) -> impl FnMut(Call) -> Result<Value, ApiError> {
        let mut account = self.lab;
        move |call| Account::submit(&mut account, call).map(|response| response.output())
    }
}

/// The lesson of a kept attempt, if it still is one.
fn restored(text: &str) -> Option<(Lesson, Attempt)> {
    let attempt: Attempt = serde_json::from_str(text).ok()?;
    let known = lesson(attempt.lesson_id())?;
    let attempt = Attempt::restore(&known, text).ok()?;
    Some((known, attempt))
}
