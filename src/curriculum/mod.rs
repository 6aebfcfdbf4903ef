//! The curriculum: lessons as data, and the engine that goes through them with a learner.
//!
//! A lesson is one JSON file in `lessons/`; `docs/lesson-file.md` describes it. It holds a start as a list of requests, steps with goals,
//! hints, wrong turns and the reference solution, and what the learner predicts. Goals are JMESPath expressions over what `Describe*`
//! operations say, so a lesson judges only what a learner can see, and a step is done however its outcome was reached. Exercises of teachers
//! are files of the same kind.
mod attempt;
mod catalog;
mod check;
mod condition;
mod expression;
mod lesson;
mod prediction;
mod progress;
mod scenario;
mod script;
mod sight;
pub mod text;
mod variables;

pub use attempt::{Attempt, Verdict};
pub use catalog::{CATALOG, lesson, lessons};
pub use condition::{Condition, WrongTurn};
pub use lesson::{Belief, Lesson, Step};
pub use prediction::{Choice, Prediction, Score};
pub use progress::{Progress, Standing};
pub use scenario::Scenario;
pub use script::{Ask, Script};
pub use sight::Sight;
pub use variables::Variables;

use crate::api::{ApiError, Call};
use serde_json::Value;

/// Whoever carries out a lesson's requests: a session, a timeline, or the page's lab.
pub type Asker<'a> = dyn FnMut(Call) -> Result<Value, ApiError> + 'a;

/// A mistake in a lesson's file: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The place, such as `steps[2].goals[0].is`.
    pub place: String,
    /// What is wrong there, and the remedy.
    pub problem: String,
}

impl Mistake {
    fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Mistake { place: place.into(), problem: problem.into() }
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for Mistake {}
