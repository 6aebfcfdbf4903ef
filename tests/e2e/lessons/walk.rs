//! A walk through a lesson: step by step as the panel leads, each done at the page.
use std::cell::Cell;

use scaling_lab::curriculum::{Lesson, Step, lesson};

use crate::hand::Hand;
use crate::harness::{Browser, Find};
use crate::learner::Learner;

/// The panel of the lesson.
pub const PANEL: &str = ".lesson-panel";

/// A learner on the way through a lesson.
pub struct Walk<'page> {
    pub learner: Learner<'page>,
    lesson: Lesson,
    number: Cell<usize>,
}

impl<'page> Walk<'page> {
    /// Begins a lesson from its own page.
    pub fn begin(page: &'page Browser, hand: Hand, id: &str) -> Self {
        page.go(&format!("#/lessons/{id}"));
        hand.press(&page.find("main").button("Begin"));
        page.wait_until("the lesson begins", |page| {
            // What was built before would be gone: the page asks.
            if page.find("dialog[open]").exists() {
                hand.press(&page.find("dialog[open]").button("Begin the lesson"));
            }
            page.find(PANEL).exists()
        });
        let known = lesson(id).expect("a lesson of the catalog");
        Walk { learner: Learner { hand, page }, lesson: known, number: Cell::new(0) }
    }

    /// Does the next step, which has this id: predicts, does it, reads what came of it, and goes on.
    pub fn step(&self, id: &str, act: impl FnOnce(&Learner<'page>)) {
        let step = self.enter(id);
        self.look_where(&step);
        if let Some(prediction) = &step.predict {
            self.predict(prediction.choices.is_empty());
        }
        act(&self.learner);
        self.read_and_go_on(&step);
    }

    /// Does the next step by the lab's own solution.
    pub fn watch(&self, id: &str) {
        let step = self.enter(id);
        if let Some(prediction) = &step.predict {
            self.predict(prediction.choices.is_empty());
        }
        self.press("Show me");
        self.read_and_go_on(&step);
    }

    /// The end is there, and the list of lessons knows it.
    pub fn end(&self) {
        let page = self.learner.page;
        assert_eq!(self.number.get(), self.lesson.steps.len(), "steps that were done");
        page.find_text("Close this panel to play on with it.").wait();
        self.learner.hand.press(&page.find(PANEL).link("All lessons"));
        let mark = format!("main li:has(a[href='#/lessons/{}']) .lesson-mark", self.lesson.id);
        page.find(&mark).wait();
        page.assert_no_console_errors();
    }

    /// Presses a button of the panel.
    pub fn press(&self, name: &str) {
        self.learner.hand.press(&self.learner.page.find(PANEL).button(name));
    }

    fn enter(&self, id: &str) -> Step {
        let page = self.learner.page;
        let step = self.lesson.steps[self.number.get()].clone();
        assert_eq!(step.id, id, "the step whose turn it is");
        let heading = page.find(&format!("{PANEL} h3"));
        page.wait_until(&format!("{} is read", step.title), |_| {
            heading.text_now().as_deref() == Some(step.title.as_str()) && heading.has_focus()
        });
        step
    }

    /// The panel shows what it means, if it points at something.
    fn look_where(&self, step: &Step) {
        if step.point.is_some() {
            self.press("Show me where");
            self.learner.page.find("[data-pointed]:focus").wait();
        }
    }

    fn predict(&self, is_number: bool) {
        let (hand, page) = (self.learner.hand, self.learner.page);
        if is_number {
            hand.fill(&page.find(&format!("{PANEL} input[type=text]")), "3");
        } else {
            hand.tick(&page.find(&format!("{PANEL} input[type=radio]")).first());
        }
        self.press("Predict");
        page.find(&format!("{PANEL} .lesson-guess")).wait();
    }

    fn read_and_go_on(&self, step: &Step) {
        let page = self.learner.page;
        page.find(&format!("{PANEL} .lesson-done")).wait();
        assert_eq!(page.find(&format!("{PANEL} .lesson-score")).exists(), step.predict.is_some(), "a score is there");
        self.number.set(self.number.get() + 1);
        self.press(if self.number.get() < self.lesson.steps.len() { "Next step" } else { "Finish" });
    }
}
