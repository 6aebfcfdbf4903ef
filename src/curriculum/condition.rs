//! What a lesson looks for: in a goal, or in a wrong turn.
use serde::Deserialize;
use serde_json::Value;

use super::script::Ask;
use super::variables::Variables;
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
    pub fn missing(&self, variables: &Variables, ask: &mut Asker<'_>) -> Option<String> {
        let answer = answer(&self.look, variables, ask);
        (!holds(&self.is, variables, &answer)).then(|| sentence(&self.not_yet, variables, &answer))
    }
}

impl WrongTurn {
    /// What to say, if this turn was taken.
    pub fn taken(&self, variables: &Variables, ask: &mut Asker<'_>) -> Option<String> {
        let answer = answer(&self.look, variables, ask);
        holds(&self.is, variables, &answer).then(|| sentence(&self.say, variables, &answer))
    }
}

/// The answer; nothing if it is refused, as when what is asked about is not there yet.
pub(super) fn answer(look: &Ask, variables: &Variables, ask: &mut Asker<'_>) -> Value {
    look.to_call(variables).and_then(ask).unwrap_or_default()
}

fn holds(condition: &str, variables: &Variables, answer: &Value) -> bool {
    expression::is_true(&expression::evaluate(&variables.in_expression(condition), answer))
}

fn sentence(text: &str, variables: &Variables, answer: &Value) -> String {
    expression::fill(&variables.in_text(text), answer)
}
