//! Requests of a lesson, with names for what the answers say.
use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::expression::{self, Answer};
use super::variables::{self, Variables};
use super::{Asker, Mistake};
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

    /// Asks, with the lab's time where the parameters name it.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub(super) fn answer(&self, variables: &Variables, ask: &mut Asker<'_>) -> Result<Value, ApiError> {
        let call = match self.names_time() {
            true => self.to_call(&variables.at(clock(ask)?))?,
            false => self.to_call(variables)?,
        };
        ask(call)
    }

    /// The texts among the parameters.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.parameters.values().flat_map(texts_in).collect()
    }

    fn names_time(&self) -> bool {
        self.texts().into_iter().any(|text| variables::names_in(text).iter().any(|name| variables::is_time(name)))
    }

    /// Asks, keeps what is to be kept, and returns the answer.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn run(&self, variables: &mut Variables, ask: &mut Asker<'_>) -> Result<Value, ApiError> {
        let answer = self.unless_meant(self.answer(variables, ask))?;
        for (name, value) in &self.keep {
            let value = expression::evaluate(&variables.in_expression(value), &Answer::from(&answer));
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

    /// Carries out all requests and returns what was kept. `place` is what the list is called where a mistake is told.
    ///
    /// # Errors
    /// The place of the first request that is refused, and the refusal.
    pub fn run(mut self, place: &str, ask: &mut Asker<'_>) -> Result<Variables, Mistake> {
        let mut number = 0;
        while let Some(answer) = self.step(ask) {
            answer
                .map_err(|refusal| Mistake::new(format!("{place}[{number}]"), format!("it is refused: {refusal}")))?;
            number += 1;
        }
        Ok(self.variables)
    }
}

/// What the lab's clock shows. Of the operations that only read, the bill says it.
fn clock(ask: &mut Asker<'_>) -> Result<Value, ApiError> {
    let bill = Call::from_json(&json!({"service": "lab", "operation": "DescribeBill"}))?;
    Ok(ask(bill)?["Until"].take())
}

fn texts_in(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts_in).collect(),
        Value::Object(members) => members.values().flat_map(texts_in).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}
