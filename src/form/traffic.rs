//! The form that sends visitors.
use std::collections::BTreeMap;

use serde_json::json;

use super::field::{RATE, TARGET};
use super::{Check, Faults, Words};
use crate::api::lab::SetTrafficRequest;

/// The draft of a steady stream of visitors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrafficDraft {
    /// The name or address that they visit.
    pub target: String,
    /// How many requests a second they send.
    pub rate: String,
}

impl TrafficDraft {
    /// The most requests a second that the form takes.
    pub const MOST: i64 = 10_000;
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[(RATE, &["RequestsPerSecond", "profile"]), (TARGET, &["target", "Target"])];

    /// The request.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<SetTrafficRequest, Faults> {
        let mut check = Check::default();
        let target = check.choice(TARGET, &self.target, "Choose whom they visit: a load balancer or a server.");
        let rate = check.whole(RATE, &self.rate, 0..=Self::MOST);
        let profile =
            BTreeMap::from([("Type".to_owned(), json!("Steady")), ("RequestsPerSecond".to_owned(), json!(rate))]);
        check.finish(SetTrafficRequest { target, profile, ..Default::default() })
    }

    /// The same visitors, `factor` times as many.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn times(&self, factor: i64) -> Result<Self, Faults> {
        let mut check = Check::default();
        let rate = check.whole(RATE, &self.rate, 0..=Self::MOST);
        check.finish(TrafficDraft { rate: (rate * factor).min(Self::MOST).to_string(), ..self.clone() })
    }
}
