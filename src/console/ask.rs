//! Questions to the account by AWS's operations, as data.
use serde_json::{Map, Value, json};

use super::{Draft, Source, path};
use crate::api::{ApiError, Call, Response};
use crate::session::Session;

/// What answers: a session, or what holds one.
pub trait Account {
    /// Carries out a call.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    fn submit(&mut self, call: Call) -> Result<Response, ApiError>;

    /// Lets `look` see the session.
    fn look(&self, look: &mut dyn FnMut(&Session));
}

impl Account for Session {
    fn submit(&mut self, call: Call) -> Result<Response, ApiError> {
        Session::submit(self, call)
    }

    fn look(&self, look: &mut dyn FnMut(&Session)) {
        look(self);
    }
}

/// One who asks and orders in a region.
pub struct Asker<'a> {
    /// Who answers.
    pub account: &'a mut dyn Account,
    /// The region that is asked.
    pub region: &'a str,
}

impl Asker<'_> {
    /// Carries out an operation that is given by its names.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn ask(&mut self, service: &str, operation: &str, parameters: Value) -> Result<Value, ApiError> {
        let parameters = if parameters.is_null() { Value::Object(Map::new()) } else { parameters };
        let envelope =
            json!({"region": self.region, "service": service, "operation": operation, "parameters": parameters});
        Ok(self.account.submit(Call::from_json(&envelope)?)?.output())
    }

    /// A text that never comes twice: the moment, and how much was asked before.
    fn unique(&self) -> String {
        let mut text = String::new();
        self.account.look(&mut |session| {
            text = format!("lab-{}-{}", session.now().to_iso8601(), session.journal().entries.len());
        });
        text
    }
}

/// Where a value of a request comes from.
#[derive(Clone, Copy, Debug)]
pub enum Arg {
    /// It is always this text.
    Text(&'static str),
    /// It is always this number.
    Number(i64),
    /// It is always this.
    Flag(bool),
    /// It stands at a path of the thing in question.
    Item(&'static str),
    /// It stands at a path of the thing whose part the thing in question is.
    Parent(&'static str),
    /// It stands at a path of the thing in question, and travels as a text.
    Word(&'static str),
    /// The key of the thing in question.
    Key,
    /// It was typed into the field with this label.
    Typed(&'static str),
    /// It was typed into the field with this label, and is a whole number.
    Whole(&'static str),
    /// This text with the first number that makes it a name that no entry has.
    Free(&'static str, &'static Source),
    /// It stands at a path of the answer to an earlier step.
    Answer(usize, &'static str),
    /// It stands at a path of the entry that was chosen in the field with this label.
    Chosen(&'static Source, &'static str, &'static str),
    /// The moment by the lab's clock: it never comes twice.
    Unique,
}

/// What the values of a request come from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The thing in question.
    pub item: &'a Value,
    /// The thing whose part it is.
    pub parent: &'a Value,
    /// Its key.
    pub key: &'a str,
    /// What was typed.
    pub draft: &'a Draft,
    /// The answers to earlier steps; nothing for a step that was left out.
    pub answers: &'a [Value],
}

/// The values of a request and where they go.
pub type Args = &'static [(&'static str, Arg)];

impl Arg {
    /// The value; nothing if there is none.
    pub fn value(self, asker: &mut Asker, context: Context) -> Value {
        let at = |value: &Value, wanted: &str| path::first(value, wanted).cloned().unwrap_or(Value::Null);
        match self {
            Arg::Text(text) => text.into(),
            Arg::Number(number) => number.into(),
            Arg::Flag(flag) => flag.into(),
            Arg::Item(wanted) => at(context.item, wanted),
            Arg::Parent(wanted) => at(context.parent, wanted),
            Arg::Word(wanted) => path::text(context.item, wanted).into(),
            Arg::Key => context.key.into(),
            Arg::Typed(label) => context.draft.get(label).into(),
            Arg::Whole(label) => context.draft.get(label).parse::<i64>().map_or(Value::Null, Value::from),
            Arg::Free(prefix, source) => {
                let taken = source.options(asker, context);
                let names = (1..=taken.len() + 1).map(|number| format!("{prefix}{number}"));
                let is_free = |name: &String| taken.iter().all(|option| option.label != *name);
                names.into_iter().find(is_free).into()
            }
            Arg::Answer(step, wanted) => context.answers.get(step).map_or(Value::Null, |answer| at(answer, wanted)),
            Arg::Chosen(source, label, wanted) => {
                let chosen = context.draft.get(label);
                let entries = source.entries(asker, context);
                let entry = entries.into_iter().find(|entry| path::text(entry, source.value) == chosen);
                entry.map_or(Value::Null, |entry| at(&entry, wanted))
            }
            Arg::Unique => asker.unique().into(),
        }
    }

    /// Puts the values of a request where they go.
    pub fn put_all(args: Args, parameters: &mut Value, asker: &mut Asker, context: Context) {
        for (place, arg) in args {
            let value = arg.value(asker, context);
            if !value.is_null() {
                path::put(parameters, place, value);
            }
        }
    }
}

/// A question whose answer holds a list.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// The service.
    pub service: &'static str,
    /// The operation; it only reads.
    pub operation: &'static str,
    /// What it is asked about.
    pub with: Args,
    /// The way to the entries.
    pub list: &'static str,
}

impl Read {
    /// A question about everything.
    pub const fn new(service: &'static str, operation: &'static str, list: &'static str) -> Self {
        Read { service, operation, with: &[], list }
    }

    /// The question about something.
    pub const fn with(self, with: Args) -> Self {
        Read { with, ..self }
    }

    /// The whole answer.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn answer(&self, asker: &mut Asker, context: Context) -> Result<Value, ApiError> {
        let mut parameters = Value::Null;
        Arg::put_all(self.with, &mut parameters, asker, context);
        asker.ask(self.service, self.operation, parameters)
    }

    /// The entries.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn entries(&self, asker: &mut Asker, context: Context) -> Result<Vec<Value>, ApiError> {
        let answer = self.answer(asker, context)?;
        Ok(path::all(&answer, self.list).into_iter().cloned().collect())
    }
}
