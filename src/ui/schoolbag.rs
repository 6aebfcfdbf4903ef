//! Which lessons were finished: kept apart from the session, so that starting over does not take it away.
use std::collections::BTreeSet;

use super::browser::storage;

const KEY: &str = "scaling-lab.lessons";

/// The lessons that were finished. What cannot be read counts as none.
pub fn finished() -> BTreeSet<String> {
    storage::load(KEY).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Writes them down.
pub fn keep(finished: &BTreeSet<String>) {
    storage::save(KEY, &serde_json::json!(finished).to_string());
}
