//! The journal: what was asked, and when.
use std::sync::Arc;

use serde_json::{Value, json};

use crate::api::{ApiError, Call};
use crate::sim::SimTime;

use super::START;

/// The seed and the requests that make a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// The seed of all chance.
    pub seed: u64,
    /// The requests in order.
    pub entries: Vec<Entry>,
    /// The last simulated moment.
    pub reached: SimTime,
}

/// A request and its moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it came.
    pub at: SimTime,
    /// What was asked. Copies of a session share it.
    pub call: Arc<Call>,
}

/// The version of the written form.
const FORMAT: u64 = 1;

impl Journal {
    /// Nothing asked yet.
    pub fn new(seed: u64) -> Self {
        Journal { seed, entries: Vec::new(), reached: START }
    }

    pub(super) fn push(&mut self, at: SimTime, call: Call) {
        self.entries.push(Entry { at, call: Arc::new(call) });
    }

    /// The written form.
    pub fn to_json(&self) -> Value {
        let entries: Vec<Value> = self
            .entries
            .iter()
            .map(|entry| json!({"at": entry.at.as_micros(), "call": entry.call.to_json()}))
            .collect();
        json!({"format": FORMAT, "seed": self.seed, "reached": self.reached.as_micros(), "entries": entries})
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `InvalidJournal`, with the place, if the text is not a journal of this format.
    pub fn from_json(text: &str) -> Result<Self, ApiError> {
        let invalid = |what: &str| ApiError::new("InvalidJournal", format!("The journal cannot be read: {what}."));
        let value: Value = serde_json::from_str(text).map_err(|error| invalid(&error.to_string()))?;
        if value["format"].as_u64() != Some(FORMAT) {
            return Err(invalid("its format is not 1"));
        }
        let number = |value: &Value, what: &str| value.as_u64().ok_or_else(|| invalid(what));
        let mut journal = Journal::new(number(&value["seed"], "it has no seed")?);
        for (index, entry) in value["entries"].as_array().into_iter().flatten().enumerate() {
            let at = SimTime::from_micros(number(&entry["at"], &format!("entry {index} has no moment"))?);
            if at < journal.entries.last().map_or(START, |last| last.at) || at > LATEST {
                return Err(invalid(&format!("the moment of entry {index} is out of order")));
            }
            let call = Call::from_json(&entry["call"]).map_err(|error| invalid(&format!("entry {index}: {error}")))?;
            journal.push(at, call);
        }
        let last = journal.entries.last().map_or(START, |last| last.at);
        journal.reached = SimTime::from_micros(number(&value["reached"], "it has no last moment")?).clamp(last, LATEST);
        Ok(journal)
    }
}

/// A journal from outside may not ask for more than a year.
const LATEST: SimTime = SimTime::from_secs(366 * 86_400);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_survives_its_text() {
        let mut journal = Journal::new(7);
        let call = json!({"region": "us-east-1", "service": "ec2", "operation": "AllocateAddress", "parameters": {}});
        journal.push(START, Call::from_json(&call).expect("a call"));
        assert_eq!(Journal::from_json(&journal.to_json().to_string()), Ok(journal));
    }

    #[test]
    fn what_is_no_journal_is_refused_with_its_place() {
        for (text, place) in [
            ("[", "line 1"),
            ("{}", "format"),
            (r#"{"format":1,"seed":1,"reached":0,"entries":[{"at":0}]}"#, "entry 0"),
        ] {
            let error = Journal::from_json(text).expect_err("no journal");
            assert!(error.message.contains(place), "{}", error.message);
        }
    }
}
