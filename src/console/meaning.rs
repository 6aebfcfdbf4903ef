//! What AWS's words for states mean.

/// What a state means for the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It is as it should be.
    Good,
    /// It is on its way.
    Busy,
    /// It rests.
    Idle,
    /// It deserves a look.
    Warning,
    /// It is wrong.
    Bad,
    /// It is gone.
    Gone,
}

impl Meaning {
    /// Its name for the styles.
    pub fn name(self) -> &'static str {
        match self {
            Meaning::Good => "good",
            Meaning::Busy => "busy",
            Meaning::Idle => "idle",
            Meaning::Warning => "warning",
            Meaning::Bad => "bad",
            Meaning::Gone => "gone",
        }
    }
}

/// The words by what they mean. One list serves all services: none of them uses a word of another in a contrary sense.
const WORDS: [(Meaning, &[&str]); 5] = [
    (
        Meaning::Good,
        &[
            "running",
            "available",
            "active",
            "healthy",
            "Healthy",
            "InService",
            "OK",
            "ok",
            "passed",
            "completed",
            "Successful",
            "in-use",
            "serving",
            "INSYNC",
            "associated",
        ],
    ),
    (Meaning::Warning, &["draining", "Standby", "impaired", "Cancelled", "no web server", "RollbackSuccessful"]),
    (Meaning::Bad, &["unhealthy", "Unhealthy", "ALARM", "failed", "Failed", "error", "invalid", "RollbackFailed"]),
    (
        Meaning::Idle,
        &["stopped", "unused", "INSUFFICIENT_DATA", "Detached", "not-applicable", "disabled", "insufficient-data"],
    ),
    (Meaning::Gone, &["terminated", "Terminated", "deregistered"]),
];

/// What a word means; a word that is none of these says that something is on its way.
pub fn meaning(word: &str) -> Meaning {
    let known = WORDS.iter().find(|(_, words)| words.contains(&word));
    known.map_or(Meaning::Busy, |(meaning, _)| *meaning)
}
