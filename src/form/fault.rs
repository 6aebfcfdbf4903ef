//! What is wrong with a form, and at which field.
use std::ops::RangeInclusive;

use crate::api::ApiError;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name as the learner reads it; none if it concerns the form as a whole.
    pub field: Option<&'static str>,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// All that is wrong; empty if nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

/// A field, and the words in a refusal's code or message that point to it.
pub type Words = (&'static str, &'static [&'static str]);

impl Faults {
    /// One fault of a field.
    pub fn one(field: &'static str, message: impl Into<String>) -> Self {
        Faults(vec![Fault { field: Some(field), message: message.into() }])
    }

    /// One fault of the form as a whole.
    pub fn general_one(message: impl Into<String>) -> Self {
        Faults(vec![Fault { field: None, message: message.into() }])
    }

    /// AWS's refusal beside the first field that its words point to, or below all of them.
    pub fn of_refusal(refusal: &ApiError, words: &[Words]) -> Self {
        let text = refusal.to_string();
        let points = |(_, words): &&Words| words.iter().any(|word| text.contains(word));
        Faults(vec![Fault { field: words.iter().find(points).map(|(field, _)| *field), message: text }])
    }

    /// What is wrong with a field.
    pub fn at(&self, field: &str) -> Option<String> {
        self.0.iter().find(|fault| fault.field == Some(field)).map(|fault| fault.message.clone())
    }

    /// What is wrong with the form as a whole.
    pub fn general(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|fault| fault.field.is_none()).map(|fault| fault.message.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many things are wrong.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// Reads the fields of a draft and collects what is wrong with them, so that the learner sees all of it at once.
#[derive(Debug, Default)]
pub struct Check {
    faults: Vec<Fault>,
}

impl Check {
    /// Notes a fault of a field, unless it has one already.
    pub fn fault(&mut self, field: &'static str, message: impl Into<String>) {
        if self.faults.iter().all(|fault| fault.field != Some(field)) {
            self.faults.push(Fault { field: Some(field), message: message.into() });
        }
    }

    /// A text that must not be empty, without the spaces around it.
    pub fn text(&mut self, field: &'static str, text: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.fault(field, format!("{field} must not be empty."));
        }
        text.to_owned()
    }

    /// An entry of a list.
    pub fn choice(&mut self, field: &'static str, value: &str, first: &str) -> String {
        if value.is_empty() {
            self.fault(field, first);
        }
        value.to_owned()
    }

    /// A whole number within bounds.
    pub fn whole(&mut self, field: &'static str, text: &str, bounds: RangeInclusive<i64>) -> i64 {
        let (text, (low, high)) = (text.trim(), (*bounds.start(), *bounds.end()));
        match text.parse::<i64>() {
            Ok(number) if bounds.contains(&number) => return number,
            Ok(_) => self.fault(field, format!("Enter a whole number from {low} to {high}.")),
            Err(_) if text.is_empty() => self.fault(field, format!("Enter a whole number from {low} to {high}.")),
            Err(_) => self.fault(field, format!("“{text}” is not a whole number. Enter one from {low} to {high}.")),
        }
        low
    }

    /// The value, if nothing is wrong.
    ///
    /// # Errors
    /// What is wrong.
    pub fn finish<T>(self, value: T) -> Result<T, Faults> {
        if self.faults.is_empty() { Ok(value) } else { Err(Faults(self.faults)) }
    }
}
