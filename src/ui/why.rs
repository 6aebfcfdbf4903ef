//! Asking why: from the list of activities, from a mark or a moment on a chart.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::browser;
use super::lab::Lab;
use crate::projection::marks::{Subject, marks, near};
use crate::projection::why::{Why, why};
use crate::sim::{SimDuration, SimTime};

/// What was asked and answered last; in context, see [`Inquiry::provide`].
#[derive(Clone, Copy)]
pub struct Inquiry {
    lab: Lab,
    answer: RwSignal<Option<Result<Why, String>>>,
    asker: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl Inquiry {
    /// Puts an inquiry into context.
    pub fn provide(lab: Lab) {
        provide_context(Inquiry { lab, answer: RwSignal::new(None), asker: StoredValue::new_local(None) });
    }

    /// The inquiry in context.
    pub fn get() -> Self {
        expect_context()
    }

    /// Asks why.
    pub fn ask(self, subject: &Subject) {
        let answer = self.lab.look(|session, _| why(session, subject));
        self.show(answer.map_err(|refusal| refusal.message));
    }

    /// Asks about a moment of a chart: the mark within reach, or what the first group of the region did or did not do then.
    pub fn ask_at(self, moment: SimTime, reach: SimDuration) {
        let subject = self.lab.look(|session, view| {
            let marked = near(&marks(session, &view.region), moment, reach).and_then(|mark| mark.event);
            let region = session.cloud().region(&view.region);
            let group = region.and_then(|region| region.autoscaling.groups.keys().next().cloned());
            marked.map(Subject::Event).or(group.map(|group| Subject::Group(group, moment)))
        });
        match subject {
            Some(subject) => self.ask(&subject),
            None => self.show(Err("There is no Auto Scaling group here that could have done something.".to_owned())),
        }
    }

    /// The answer, or why there is none.
    pub fn answer(self) -> Signal<Option<Result<Why, String>>> {
        self.answer.into()
    }

    /// Closes the answer, and gives the focus back.
    pub fn close(self) {
        self.answer.set(None);
        if let Some(asker) = self.asker.try_update_value(Option::take).flatten() {
            let _ = asker.focus();
        }
    }

    fn show(self, answer: Result<Why, String>) {
        if self.answer.with_untracked(Option::is_none) {
            let asker = browser::document().active_element().and_then(|element| element.dyn_into().ok());
            self.asker.set_value(asker);
        }
        self.answer.set(Some(answer));
    }
}
