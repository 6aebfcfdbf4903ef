//! What a lesson looks for: in a goal, or in a wrong turn.
use serde::Deserialize;
use serde_json::Value;

use super::script::Ask;
use super::sight::Sight;
use super::{Asker, expression};

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
    pub fn missing(&self, sight: Sight<'_>, ask: &mut Asker<'_>) -> Option<String> {
        let answer = sight.answer(&self.look, ask);
        (!holds(&self.is, sight, &answer)).then(|| sentence(&self.not_yet, sight, &answer))
    }
}

impl WrongTurn {
    /// What to say, if this turn was taken.
    pub fn taken(&self, sight: Sight<'_>, ask: &mut Asker<'_>) -> Option<String> {
        let answer = sight.answer(&self.look, ask);
        holds(&self.is, sight, &answer).then(|| sentence(&self.say, sight, &answer))
    }
}

fn holds(condition: &str, sight: Sight<'_>, answer: &Value) -> bool {
    expression::is_true(&expression::evaluate(&sight.variables.in_expression(condition), answer))
}

fn sentence(text: &str, sight: Sight<'_>, answer: &Value) -> String {
    expression::fill(&sight.variables.in_text(text), answer)
}
