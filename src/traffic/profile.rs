//! How many requests a second come, over time.
use serde::{Deserialize, Serialize};

use crate::sim::SimDuration;

/// Requests a second over the time since the stream began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "Type", rename_all_fields = "PascalCase", deny_unknown_fields)]
pub enum Profile {
    /// Always the same.
    Steady {
        /// The rate.
        requests_per_second: f64,
    },
    /// From one rate to another, and then on with that.
    Ramp {
        /// The rate at the beginning.
        from: f64,
        /// The rate at the end.
        to: f64,
        /// How long it takes.
        seconds: f64,
    },
}

/// More than this is not simulated; a typing error must not stop the page.
pub const MOST_REQUESTS_PER_SECOND: f64 = 100_000.0;

impl Profile {
    /// The rate when so much time has passed.
    pub fn rate_after(&self, passed: SimDuration) -> f64 {
        let rate = match *self {
            Profile::Steady { requests_per_second } => requests_per_second,
            Profile::Ramp { from, to, seconds } => {
                let share = if seconds > 0.0 { (passed.as_secs_f64() / seconds).min(1.0) } else { 1.0 };
                from + (to - from) * share
            }
        };
        rate.clamp(0.0, MOST_REQUESTS_PER_SECOND)
    }
}
