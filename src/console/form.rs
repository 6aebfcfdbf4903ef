//! Forms as data: their fields, where the values go, and what they begin with.
use std::collections::BTreeMap;

use serde_json::Value;

use super::ask::{Args, Asker, Context, Read};
use super::path;
use crate::cloud::ec2::base64;
use crate::form::{Check, Faults};

/// A form: what is typed, and the requests that it becomes.
#[derive(Debug)]
pub struct Form {
    /// Its title.
    pub title: &'static str,
    /// What its button says.
    pub label: &'static str,
    /// What to know before filling it in.
    pub note: &'static str,
    /// Its fields by group, as AWS groups them.
    pub groups: &'static [Group],
    /// The requests, one after the other.
    pub steps: &'static [Step],
}

/// Fields that belong together.
#[derive(Debug)]
pub struct Group {
    /// What they are about; empty for a form of one group.
    pub legend: &'static str,
    /// What to know before filling them in.
    pub note: &'static str,
    /// The fields.
    pub fields: &'static [Field],
}

/// One request of a form.
#[derive(Debug)]
pub struct Step {
    /// The service.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// What does not come from a field.
    pub with: Args,
    /// It is sent only if this field holds something (or, with a text, exactly this).
    pub only: Option<Only>,
}

/// A condition: a field by its label, and the texts of which it holds one; none for any text at all.
pub type Only = (&'static str, &'static [&'static str]);

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// What belongs in it; no two fields of a form share it.
    pub label: &'static str,
    /// Where its value goes in the request of its step; nowhere if empty.
    pub path: &'static str,
    /// Which request it belongs to.
    pub step: usize,
    /// What can be typed or chosen.
    pub input: Input,
    /// What it begins with.
    pub start: Start,
    /// What to know before filling it in.
    pub hint: &'static str,
    /// It must not be empty.
    pub is_needed: bool,
    /// It is there only under this condition.
    pub only: Option<Only>,
    /// Words in a refusal that point to it, besides the member's name.
    pub words: &'static [&'static str],
}

/// What can be typed or chosen.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// A line of text.
    Text,
    /// A whole number within bounds, and its unit.
    Whole(i64, i64, &'static str),
    /// A number with or without a decimal point, and its unit.
    Decimal(&'static str),
    /// A number within bounds that travels as a text, as attributes of balancers do.
    WholeText(i64, i64, &'static str),
    /// Several lines of text.
    Lines,
    /// Several lines of text that travel in base64.
    UserData,
    /// Lines of `key=value`.
    Tags,
    /// A box to tick.
    Tick,
    /// A box to tick whose value travels as the text `true` or `false`.
    TickText,
    /// One entry of a list.
    One(&'static Source),
    /// One entry of a list, or nothing: what nothing is called.
    OneOrNone(&'static Source, &'static str),
    /// Any number of entries of a list.
    Many(&'static Source),
    /// Any number of entries of a list, joined by commas in the request.
    Joined(&'static Source),
    /// The fewest, wanted and most instances on one axis; this field is the least, and the next two fields are the others.
    Sizes,
}

/// What a field begins with.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    /// This text.
    Text(&'static str),
    /// What stands at a path of the thing that the form changes.
    Item(&'static str),
    /// The user data at a path of the thing that the form changes.
    UserData(&'static str),
    /// The first entries of the list.
    First(usize),
}

/// Where the entries of a list come from.
#[derive(Debug)]
pub enum Entries {
    /// From an answer of the account.
    Read(Read),
    /// Always these: value, name, and a remark.
    Fixed(&'static [(&'static str, &'static str, &'static str)]),
}

/// The entries of a list, and where their values, names and remarks stand.
#[derive(Debug)]
pub struct Source {
    /// The entries.
    pub entries: Entries,
    /// Where an entry's value stands.
    pub value: &'static str,
    /// Where its name stands.
    pub label: &'static str,
    /// Where a remark on it stands, or a text with places in `{…}`; nothing if there is none.
    pub note: &'static str,
    /// An entry in front of the others: value and name.
    pub before: Option<(&'static str, &'static str)>,
    /// An entry behind the others.
    pub after: Option<(&'static str, &'static str)>,
}

/// An entry to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What the learner reads.
    pub label: String,
    /// A remark.
    pub note: String,
}

impl Choice {
    /// A choice without a note.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Choice { value: value.into(), label: label.into(), note: String::new() }
    }

    /// The choice with a note.
    pub fn note(self, note: impl Into<String>) -> Self {
        Choice { note: note.into(), ..self }
    }
}

impl Source {
    /// Entries from an answer.
    pub const fn read(read: Read, value: &'static str, label: &'static str, note: &'static str) -> Self {
        Source { entries: Entries::Read(read), value, label, note, before: None, after: None }
    }

    /// Always these entries.
    pub const fn fixed(entries: &'static [(&'static str, &'static str, &'static str)]) -> Self {
        let entries = Entries::Fixed(entries);
        Source { entries, value: "Value", label: "Label", note: "Note", before: None, after: None }
    }

    /// The entries as the account describes them; none if it refuses to.
    pub fn entries(&self, asker: &mut Asker, context: Context) -> Vec<Value> {
        match &self.entries {
            Entries::Read(read) => read.entries(asker, context).unwrap_or_default(),
            Entries::Fixed(entries) => entries
                .iter()
                .map(|(value, label, note)| serde_json::json!({"Value": value, "Label": label, "Note": note}))
                .collect(),
        }
    }

    /// The entries to choose from.
    pub fn options(&self, asker: &mut Asker, context: Context) -> Vec<Choice> {
        let entries = self.entries(asker, context);
        let choice = |entry: &Value| {
            let note = match self.note {
                "" => String::new(),
                template if template.contains('{') => path::filled(template, entry),
                place => path::text(entry, place),
            };
            Choice::new(path::text(entry, self.value), path::text(entry, self.label)).note(note)
        };
        let fixed = |entry: Option<(&'static str, &'static str)>| entry.map(|(value, label)| Choice::new(value, label));
        let mut options: Vec<Choice> = fixed(self.before).into_iter().collect();
        options.extend(entries.iter().map(choice));
        options.extend(fixed(self.after));
        options
    }
}

/// What was typed, by the labels of the fields. Several chosen entries have commas between them; a ticked box holds `true`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(pub BTreeMap<&'static str, String>);

impl Draft {
    /// What a field holds.
    pub fn get(&self, label: &str) -> &str {
        self.0.get(label).map_or("", |text| text.trim())
    }

    /// Writes into a field.
    pub fn set(&mut self, label: &'static str, text: impl Into<String>) {
        self.0.insert(label, text.into());
    }

    /// Whether a condition is met.
    pub fn meets(&self, only: Option<Only>) -> bool {
        only.is_none_or(|(label, texts)| {
            let held = self.get(label);
            if texts.is_empty() { !held.is_empty() } else { texts.contains(&held) }
        })
    }
}

impl Field {
    const fn new(label: &'static str, path: &'static str, input: Input) -> Self {
        Field {
            label,
            path,
            step: 0,
            input,
            start: Start::Text(""),
            hint: "",
            is_needed: false,
            only: None,
            words: &[],
        }
    }

    /// A line of text.
    pub const fn text(label: &'static str, path: &'static str) -> Self {
        Field::new(label, path, Input::Text)
    }

    /// A whole number within bounds.
    pub const fn whole(label: &'static str, path: &'static str, (low, high): (i64, i64), unit: &'static str) -> Self {
        Field::new(label, path, Input::Whole(low, high, unit))
    }

    /// A field of another kind.
    pub const fn of(label: &'static str, path: &'static str, input: Input) -> Self {
        Field::new(label, path, input)
    }

    /// One entry of a list.
    pub const fn one(label: &'static str, path: &'static str, source: &'static Source) -> Self {
        Field::new(label, path, Input::One(source)).first(1).needed()
    }

    /// The field that begins with a text.
    pub const fn start(self, text: &'static str) -> Self {
        Field { start: Start::Text(text), ..self }
    }

    /// The field that begins with what stands at a path of the thing that the form changes.
    pub const fn item(self, path: &'static str) -> Self {
        Field { start: Start::Item(path), ..self }
    }

    /// The field that begins as another way.
    pub const fn begin(self, start: Start) -> Self {
        Field { start, ..self }
    }

    /// The field that begins with the first entries of its list.
    pub const fn first(self, count: usize) -> Self {
        Field { start: Start::First(count), ..self }
    }

    /// The field with words to know before filling it in.
    pub const fn hint(self, hint: &'static str) -> Self {
        Field { hint, ..self }
    }

    /// The field, which must not be empty.
    pub const fn needed(self) -> Self {
        Field { is_needed: true, ..self }
    }

    /// The field of a later request.
    pub const fn step(self, step: usize) -> Self {
        Field { step, ..self }
    }

    /// The field, there only while another holds one of these texts.
    pub const fn only(self, label: &'static str, texts: &'static [&'static str]) -> Self {
        Field { only: Some((label, texts)), ..self }
    }

    /// The field with words by which refusals point to it.
    pub const fn words(self, words: &'static [&'static str]) -> Self {
        Field { words, ..self }
    }

    /// The list of its entries, if it has one.
    pub fn source(&self) -> Option<&'static Source> {
        match self.input {
            Input::One(source) | Input::OneOrNone(source, _) | Input::Many(source) | Input::Joined(source) => {
                Some(source)
            }
            Input::Text
            | Input::Whole(..)
            | Input::Decimal(_)
            | Input::WholeText(..)
            | Input::Lines
            | Input::UserData
            | Input::Tags
            | Input::Tick
            | Input::TickText
            | Input::Sizes => None,
        }
    }

    fn start_text(&self, asker: &mut Asker, context: Context) -> String {
        match self.start {
            Start::Text(text) => text.to_owned(),
            Start::Item(wanted) => {
                path::all(context.item, wanted).into_iter().map(path::text_of).collect::<Vec<_>>().join(",")
            }
            Start::UserData(wanted) => base64::decode(&path::text(context.item, wanted)).unwrap_or_default(),
            Start::First(count) => {
                let options = self.source().map_or_else(Vec::new, |source| source.options(asker, context));
                options.into_iter().take(count).map(|option| option.value).collect::<Vec<_>>().join(",")
            }
        }
    }

    /// Checks what was typed by itself: what AWS's console would not let through either.
    fn check(&self, check: &mut Check, typed: &str) {
        if typed.is_empty() {
            if self.is_needed {
                self.check_presence(check);
            }
            return;
        }
        match self.input {
            Input::Whole(low, high, _) | Input::WholeText(low, high, _) => {
                check.whole(self.label, typed, low..=high);
            }
            Input::Sizes => {
                check.whole(self.label, typed, 0..=MOST_INSTANCES);
            }
            Input::Decimal(_) if typed.parse::<f64>().is_err() => {
                check.fault(self.label, format!("“{typed}” is not a number."));
            }
            Input::Tags if typed.lines().any(|line| !line.contains('=')) => {
                check.fault(self.label, "Write one tag a line, as key=value.");
            }
            Input::Text
            | Input::Decimal(_)
            | Input::Tags
            | Input::Lines
            | Input::UserData
            | Input::Tick
            | Input::TickText
            | Input::One(_)
            | Input::OneOrNone(..)
            | Input::Many(_)
            | Input::Joined(_) => {}
        }
    }

    /// Says what is missing in a field that holds nothing.
    fn check_presence(&self, check: &mut Check) {
        match (self.input, self.source()) {
            (Input::Whole(low, high, _) | Input::WholeText(low, high, _), _) => {
                check.whole(self.label, "", low..=high);
            }
            (_, Some(_)) => check.fault(self.label, "Choose one, or create one first."),
            (_, None) => {
                check.text(self.label, "");
            }
        }
    }

    /// Puts what was typed into a request.
    fn put(&self, parameters: &mut Value, typed: &str) {
        let many = || typed.split(',').map(Value::from).collect::<Vec<_>>();
        let value: Value = match self.input {
            _ if typed.is_empty() && !matches!(self.input, Input::Tick | Input::TickText) => return,
            Input::Whole(..) | Input::Sizes => typed.parse::<i64>().map_or_else(|_| typed.into(), Value::from),
            Input::Decimal(_) => typed.parse::<f64>().map_or_else(|_| typed.into(), Value::from),
            Input::Tick => (typed == "true").into(),
            Input::TickText => if typed == "true" { "true" } else { "false" }.into(),
            Input::Many(_) => many().into(),
            Input::UserData => base64::encode(typed).into(),
            Input::Tags => return put_tags(parameters, self.path, typed),
            Input::Text
            | Input::WholeText(..)
            | Input::Lines
            | Input::One(_)
            | Input::OneOrNone(..)
            | Input::Joined(_) => typed.into(),
        };
        path::put(parameters, self.path, value);
    }
}

/// The most instances that a field for a group's size takes.
pub const MOST_INSTANCES: i64 = 500;

fn put_tags(parameters: &mut Value, place: &str, typed: &str) {
    for (key, value) in typed.lines().filter_map(|line| line.split_once('=')) {
        path::put(parameters, &format!("{place}[Key={}].Value", key.trim()), value.trim().into());
    }
}

impl Form {
    /// All its fields.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().flat_map(|group| group.fields)
    }

    /// What the form begins with.
    pub fn draft(&self, asker: &mut Asker, item: &Value, parent: &Value) -> Draft {
        let mut draft = Draft::default();
        for field in self.fields() {
            let before = draft.clone();
            let context = Context { item, parent, key: "", draft: &before, answers: &[] };
            draft.set(field.label, field.start_text(asker, context));
        }
        draft
    }

    /// What was typed into the fields that are there.
    pub fn shown(&self, draft: &Draft) -> Draft {
        let mut shown = draft.clone();
        for field in self.fields().filter(|field| !draft.meets(field.only)) {
            shown.0.remove(field.label);
        }
        shown
    }

    /// Checks what was typed by itself.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn check(&self, draft: &Draft) -> Result<(), Faults> {
        let mut check = Check::default();
        for field in self.fields().filter(|field| draft.meets(field.only)) {
            field.check(&mut check, draft.get(field.label));
        }
        check.finish(())
    }

    /// The parameters of a step.
    pub fn parameters(&self, step: usize, asker: &mut Asker, context: Context) -> Value {
        let mut parameters = Value::Object(serde_json::Map::new());
        for field in self.fields().filter(|field| field.step == step && !field.path.is_empty()) {
            if context.draft.meets(field.only) {
                field.put(&mut parameters, context.draft.get(field.label));
            }
        }
        if let Some(step) = self.steps.get(step) {
            super::Arg::put_all(step.with, &mut parameters, asker, context);
        }
        parameters
    }
}
