//! What a lesson looks for: in a goal, or in a wrong turn.
use serde::Deserialize;

use super::script::Ask;
use super::sight::Sight;

/// Something that must be so.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is to be reached, as a learner reads it.
    pub goal: String,
    /// What is asked; a request that only reads.
    pub look: Ask,
    /// The expression over the answer that must be true.
    pub is: String,
    /// What is said while it is not; `{expression}` stands for what the answer says.
    pub not_yet: String,
}

/// Something that learners do and that does not lead there.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongTurn {
    /// What is asked; a request that only reads.
    pub look: Ask,
    /// The expression over the answer that is true after this turn.
    pub is: String,
    /// What is said then.
    pub say: String,
    /// Requests that take this turn from the step's beginning. The curriculum's test takes it; the page does not.
    pub example: Vec<Ask>,
}

impl Condition {
    /// What is missing, if something is.
    pub fn missing<'a>(&'a self, sight: &mut Sight<'a>) -> Option<String> {
        (!sight.holds(&self.look, &self.is)).then(|| sight.sentence(&self.look, &self.not_yet))
    }
}

impl WrongTurn {
    /// What to say, if this turn was taken.
    pub fn taken<'a>(&'a self, sight: &mut Sight<'a>) -> Option<String> {
        sight.holds(&self.look, &self.is).then(|| sight.sentence(&self.look, &self.say))
    }
}
