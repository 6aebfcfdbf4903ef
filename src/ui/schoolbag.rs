//! What the learner has reached in the lessons: kept apart from the session, so that starting over does not take it away.
use super::browser::storage;
use crate::curriculum::Progress;

const KEY: &str = "scaling-lab.lessons";

/// What was kept. What cannot be read counts as nothing.
pub fn load() -> Progress {
    storage::load(KEY).and_then(|text| Progress::import(&text).ok()).unwrap_or_default()
}

/// Writes it down.
pub fn keep(progress: &Progress) {
    storage::save(KEY, &progress.export());
}
