//! Forms of the bench: what a learner typed, to requests or to what is wrong with it, field by field. The console's forms are data.
//!
//! A draft holds texts and choices. [`TrafficDraft::read`] and the like check it alone; what only the cloud can refuse comes back as an
//! [`ApiError`](crate::api::ApiError) and is put beside its field by [`Faults::of_refusal`].
mod breakage;
mod fault;
mod moment;
mod traffic;

pub use breakage::{Amount, BREAKAGES, Breakage, BreakageDraft, Thing, breakage};
pub use fault::{Check, Fault, Faults, Words};
pub use moment::MomentDraft;
pub use traffic::TrafficDraft;

/// The fields of all forms, by the names that the learner reads.
pub mod field {
    /// Whom visitors visit.
    pub const TARGET: &str = "Target";
    /// How many requests visitors send.
    pub const RATE: &str = "Requests per second";
    /// What breaks.
    pub const BREAKAGE: &str = "What breaks";
    /// What a fault meets.
    pub const BROKEN_THING: &str = "Where";
    /// In how many minutes a fault begins.
    pub const START_IN: &str = "Begins in minutes";
    /// For how many minutes it lasts.
    pub const DURATION: &str = "Lasts for minutes";
    /// A day, counted from 1.
    pub const DAY: &str = "Day";
    /// A time of the day.
    pub const CLOCK: &str = "Time";
}
