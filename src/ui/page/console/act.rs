//! What can be done to a thing: a menu, a question or a form, and what came of it.
use leptos::prelude::*;
use serde_json::Value;

use super::dialog::FormDialogs;
use crate::console::{Action, Run};
use crate::projection::marks::Subject as Asked;
use crate::ui::browser::location;
use crate::ui::component::{Menu, MenuItem, Notices, Question, Questions};
use crate::ui::lab::Lab;
use crate::ui::route::Route;
use crate::ui::why::Inquiry;

/// A thing, what it is part of, and its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The thing.
    pub item: Value,
    /// The thing whose part it is.
    pub parent: Value,
    /// Its key.
    pub key: String,
}

/// Where the learner goes when the thing of the page is gone; nowhere from a list.
pub type Back = Option<Route>;

/// The menu of a thing. What fits is found when it is opened.
pub fn menu(
    label: String,
    compact: bool,
    actions: &'static [Action],
    subject: impl Fn() -> Option<Subject> + Copy + Send + Sync + 'static,
    back: Back,
) -> AnyView {
    let back = StoredValue::new(back);
    let item = move |action: &'static Action| {
        let disabled = Signal::derive(move || !subject().is_some_and(|subject| action.fits(&subject.item)));
        let choose = move || {
            if let Some(subject) = subject() {
                begin(action, vec![subject], back.get_value());
            }
        };
        MenuItem::new(action.label, choose).disabled(disabled)
    };
    let items: Vec<MenuItem> = actions.iter().map(item).collect();
    view! { <Menu label=label compact=compact items=items /> }.into_any()
}

/// Does something to things: at once, after a question, or through a form.
pub fn begin(action: &'static Action, subjects: Vec<Subject>, back: Back) {
    let Some(first) = subjects.first().cloned() else { return };
    match action.run {
        Run::Form(form) => FormDialogs::get().open(form, first),
        Run::Why => Inquiry::get().ask(&Asked::Activity(first.key)),
        Run::Call(..) if action.ask.is_empty() => perform(action, &subjects, back),
        Run::Call(..) => Questions::get().ask(Question {
            title: match subjects.as_slice() {
                [one] => format!("{} {}?", action.label, short_key(&one.key)),
                many => format!("{} {} of them?", action.label, many.len()),
            },
            text: action.question(&first.item),
            yes: action.label,
            on_yes: Callback::new(move |()| perform(action, &subjects, back.clone())),
        }),
    }
}

/// A key for people: of an ARN its last word but the random part.
pub fn short_key(key: &str) -> &str {
    let parts: Vec<&str> = key.split('/').collect();
    match parts.as_slice() {
        [start, .., name, _] if start.starts_with("arn:") => name,
        _ => key,
    }
}

fn perform(action: &'static Action, subjects: &[Subject], back: Back) {
    let notices: Notices = expect_context();
    let mut is_done = true;
    for Subject { item, parent, key } in subjects {
        let done = Lab::get().ask(|asker| action.perform(asker, (item, parent, key)));
        match done {
            Ok(_) => notices.good(action.label, short_key(key)),
            Err(refusal) => {
                is_done = false;
                notices.bad(refusal.code, refusal.message);
            }
        }
    }
    if let (true, true, Some(back)) = (is_done, action.is_end, back) {
        location::go(&back.to_string());
    }
}
