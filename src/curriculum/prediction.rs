//! What a learner predicts before a step, and how it compares with what the model did.
use serde::Deserialize;
use serde_json::Value;

use super::script::Ask;
use super::sight::Sight;

/// A question before a step.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    /// The question.
    pub ask: String,
    /// The answers to choose from; none if a number is asked for.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// The unit of the number, such as `seconds`.
    #[serde(default)]
    pub unit: Option<String>,
    /// How far a number may be off and still count as right.
    #[serde(default)]
    pub within: f64,
    /// What is asked of the model when the step is done.
    pub look: Ask,
    /// The expression over the answer that is what really happened.
    pub value: String,
    /// Why it happened so.
    pub explain: Vec<String>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the learner reads.
    pub text: String,
    /// What the expression says if this is what happened.
    pub value: Value,
}

/// A prediction and what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// What was predicted, if the learner did.
    pub guess: Option<Value>,
    /// What happened.
    pub actual: Value,
    /// Whether that is the same, or near enough.
    pub is_right: bool,
}

impl Prediction {
    /// Compares a guess with what the model did.
    pub fn score<'a>(&'a self, guess: Option<Value>, sight: &mut Sight<'a>) -> Score {
        let actual = sight.value(&self.look, &self.value);
        let is_right = guess.as_ref().is_some_and(|guess| self.is_near(guess, &actual));
        Score { guess, actual, is_right }
    }

    /// What a value is called among the choices, or the number with its unit.
    pub fn words(&self, value: &Value) -> String {
        let choice = self.choices.iter().find(|choice| choice.value == *value);
        let words = choice.map_or_else(|| super::variables::as_text(value), |choice| choice.text.clone());
        match &self.unit {
            Some(unit) if choice.is_none() => format!("{words} {unit}"),
            _ => words,
        }
    }

    fn is_near(&self, guess: &Value, actual: &Value) -> bool {
        match (guess.as_f64(), actual.as_f64()) {
            (Some(guess), Some(actual)) => (guess - actual).abs() <= self.within,
            _ => guess == actual,
        }
    }
}
