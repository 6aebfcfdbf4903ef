//! What can be done to a thing: at once, after a question, or through a form.
use serde_json::Value;

use super::ask::{Arg, Args, Asker, Context};
use super::{Draft, Form, path};
use crate::api::ApiError;

/// Something that can be done to a thing.
#[derive(Debug)]
pub struct Action {
    /// What it is called.
    pub label: &'static str,
    /// How it is done.
    pub run: Run,
    /// What follows from it, for the question before; empty if it needs no question. `{…}` stands for what is at a path of the thing.
    pub ask: &'static str,
    /// It can be done only while the text at this path is one of these.
    pub when: Option<(&'static str, &'static [&'static str])>,
    /// The thing is gone afterwards.
    pub is_end: bool,
}

/// How something is done.
#[derive(Debug)]
pub enum Run {
    /// By a request.
    Call(&'static str, &'static str, Args),
    /// By a form.
    Form(&'static Form),
    /// By asking why the activity took place.
    Why,
}

impl Action {
    /// A request without a question.
    pub const fn call(label: &'static str, service: &'static str, operation: &'static str, with: Args) -> Self {
        Action { label, run: Run::Call(service, operation, with), ask: "", when: None, is_end: false }
    }

    /// A form.
    pub const fn form(label: &'static str, form: &'static Form) -> Self {
        Action { label, run: Run::Form(form), ask: "", when: None, is_end: false }
    }

    /// The question why an activity took place.
    pub const fn why() -> Self {
        Action { label: "Why?", run: Run::Why, ask: "", when: None, is_end: false }
    }

    /// The action after a question.
    pub const fn ask(self, ask: &'static str) -> Self {
        Action { ask, ..self }
    }

    /// The action that ends the thing, after a question.
    pub const fn end(self, ask: &'static str) -> Self {
        Action { ask, is_end: true, ..self }
    }

    /// The action under a condition.
    pub const fn when(self, path: &'static str, texts: &'static [&'static str]) -> Self {
        Action { when: Some((path, texts)), ..self }
    }

    /// Whether it can be done to a thing now.
    pub fn fits(&self, item: &Value) -> bool {
        self.when.is_none_or(|(wanted, texts)| texts.contains(&path::text(item, wanted).as_str()))
    }

    /// The question before it, with the thing's own words.
    pub fn question(&self, item: &Value) -> String {
        path::filled(self.ask, item)
    }

    /// Does it, if it is done by a request.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn perform(&self, asker: &mut Asker, (item, parent, key): (&Value, &Value, &str)) -> Result<Value, ApiError> {
        let Run::Call(service, operation, with) = self.run else { return Ok(Value::Null) };
        let mut parameters = Value::Null;
        let draft = Draft::default();
        Arg::put_all(with, &mut parameters, asker, Context { item, parent, key, draft: &draft, answers: &[] });
        asker.ask(service, operation, parameters)
    }
}
