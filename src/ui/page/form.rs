//! What the forms share: where what is wrong with them appears.
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::form::Faults;
use crate::ui::browser::{self, timer};

/// What is wrong with a form, for its fields.
#[derive(Clone, Copy, Default)]
pub struct FormState {
    faults: RwSignal<Faults>,
}

impl FormState {
    /// What is wrong with a field.
    pub fn at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.faults.with(|faults| faults.at(field)))
    }

    /// Shows what came of a try: nothing if all went well. The focus goes to the first field that wants a look.
    pub fn show(self, faults: Option<Faults>) {
        let faults = faults.unwrap_or_default();
        let is_fine = faults.is_empty();
        self.faults.set(faults);
        if !is_fine {
            // The fields are marked after this: then the focus finds them.
            timer::after(Duration::ZERO, focus_first_fault);
        }
    }

    /// What the form says below its fields: how many of them want a look, and what concerns none of them.
    fn summary(self) -> Vec<String> {
        self.faults.with(|faults| {
            let general: Vec<String> = faults.general().map(str::to_owned).collect();
            let marked = match faults.len() - general.len() {
                0 => None,
                1 => Some("One field wants a look.".to_owned()),
                many => Some(format!("{many} fields want a look.")),
            };
            marked.into_iter().chain(general).collect()
        })
    }
}

fn focus_first_fault() {
    let first =
        browser::document().query_selector(".form-place [data-invalid] :is(input, select, textarea)").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// Where the faults of a form without fields of their own appear.
#[component]
pub fn FormSummary(state: FormState) -> impl IntoView {
    let lines =
        move || state.summary().into_iter().map(|line| view! { <p class="form-error">{line}</p> }).collect_view();
    view! { <div class="form-summary" role="alert">{lines}</div> }
}
