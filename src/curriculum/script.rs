//! Requests of a lesson, with names for what the answers say.
use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::variables::Variables;
use super::{Asker, expression};
use crate::api::{ApiError, Call, DEFAULT_REGION};

/// A request in the form of `lab api`, and what to keep of its answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The region, if it is not the usual one.
    #[serde(default)]
    pub region: Option<String>,
    /// The service, such as `ec2`.
    pub service: String,
    /// The operation, such as `RunInstances`.
    pub operation: String,
    /// The parameters; `${name}` stands for a kept value.
    #[serde(default)]
    pub parameters: Map<String, Value>,
    /// The error code that AWS refuses it with, if the refusal is what is to be seen.
    #[serde(default)]
    pub refused: Option<String>,
    /// Expressions over the answer, by the name that their value is kept under.
    #[serde(default, rename = "let")]
    pub keep: BTreeMap<String, String>,
}

impl Ask {
    /// The call, with the values in their places.
    ///
    /// # Errors
    /// As [`Call::from_json`].
    pub fn to_call(&self, variables: &Variables) -> Result<Call, ApiError> {
        Call::from_json(&json!({
            "region": self.region.as_deref().unwrap_or(DEFAULT_REGION),
            "service": self.service,
            "operation": self.operation,
            "parameters": variables.in_members(&self.parameters),
        }))
    }

    /// Asks, keeps what is to be kept, and returns the answer.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn run(&self, variables: &mut Variables, ask: &mut Asker<'_>) -> Result<Value, ApiError> {
        let answer = self.unless_meant(ask(self.to_call(variables)?))?;
        for (name, value) in &self.keep {
            let value = expression::evaluate(&variables.in_expression(value), &answer);
            variables.set(name, value);
        }
        Ok(answer)
    }

    /// A refusal that is meant is an answer that says nothing; an answer in its place is a fault of the lesson.
    fn unless_meant(&self, answer: Result<Value, ApiError>) -> Result<Value, ApiError> {
        match (&self.refused, answer) {
            (Some(code), Err(refusal)) if refusal.code == *code => Ok(Value::Null),
            (Some(code), Ok(_)) => {
                Err(ApiError::validation(format!("{} was to be refused with {code}", self.operation)))
            }
            (_, answer) => answer,
        }
    }
}

/// Requests on their way, one after the other: so that a learner can watch.
#[derive(Clone, Debug)]
pub struct Script {
    rest: VecDeque<Ask>,
    variables: Variables,
}

impl Script {
    /// These requests, which may use these values.
    pub fn new(asks: &[Ask], variables: Variables) -> Self {
        Script { rest: asks.iter().cloned().collect(), variables }
    }

    /// The request that comes next.
    pub fn next(&self) -> Option<&Ask> {
        self.rest.front()
    }

    /// Carries out the next request; none when all are done. After a refusal the rest still can be carried out.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn step(&mut self, ask: &mut Asker<'_>) -> Option<Result<Value, ApiError>> {
        let next = self.rest.pop_front()?;
        Some(next.run(&mut self.variables, ask))
    }

    /// Carries out all requests and returns what was kept.
    ///
    /// # Errors
    /// The first refusal.
    pub fn run(mut self, ask: &mut Asker<'_>) -> Result<Variables, ApiError> {
        while let Some(answer) = self.step(ask) {
            answer?;
        }
        Ok(self.variables)
    }
}
