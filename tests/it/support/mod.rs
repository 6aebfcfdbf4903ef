//! What the scenario tests share: a session whose every request and answer is checked against AWS's published shapes.
mod shape_check;

use std::ops::Deref;

use scaling_lab::api::validate::check_parameters;
use scaling_lab::api::{ApiError, Call, Operation, Request, Response};
use scaling_lab::session::{Progress, Session};
use scaling_lab::sim::SimTime;
use serde_json::{Value, json};

pub use shape_check::assert_fits as assert_answer_fits;

/// The region of the tests that care for one alone.
pub const REGION: &str = "us-east-1";

/// A session under test. It reads as a [`Session`]; what changes it goes through the shape check.
#[derive(Clone, Debug)]
pub struct Lab(Session);

impl Deref for Lab {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl Default for Lab {
    fn default() -> Self {
        Lab::with_seed(1)
    }
}

impl Lab {
    /// A new account with this seed.
    pub fn with_seed(seed: u64) -> Self {
        Lab(Session::new(seed))
    }

    /// The session alone.
    pub fn into_session(self) -> Session {
        self.0
    }

    /// Carries out an operation as [`Session::run`] does.
    pub fn run<T: Operation>(&mut self, region: &str, operation: T) -> Result<T::Output, ApiError> {
        let response = self.submit(Call::new(region, operation))?;
        Ok(T::output_of(response).expect("the answer of the operation"))
    }

    /// Carries out a request as [`Session::submit`] does.
    pub fn submit(&mut self, call: Call) -> Result<Response, ApiError> {
        let (service, operation) = (call.request.service(), call.request.operation());
        assert_fits_its_shape(&call.request);
        let response = self.0.submit(call)?;
        assert_answer_fits(service, operation, &response.output());
        Ok(response)
    }

    /// Carries out a request that is given as JSON, as `lab api` does.
    pub fn ask(&mut self, region: &str, service: &str, operation: &str, parameters: Value) -> Result<Value, ApiError> {
        let envelope = json!({"region": region, "service": service, "operation": operation, "parameters": parameters});
        Ok(self.submit(Call::from_json(&envelope)?)?.output())
    }

    /// Lets so many seconds pass.
    pub fn pass(&mut self, seconds: f64) {
        self.ask(REGION, "lab", "Advance", json!({"Seconds": seconds})).expect("time passes");
    }

    /// Lets time pass until nothing is in transition.
    pub fn settle(&mut self) {
        let result = self.ask(REGION, "lab", "AdvanceUntilSettled", json!({})).expect("time passes");
        assert_eq!(result["Settled"], true, "{result}");
    }

    /// Simulates as [`Session::advance`] does.
    pub fn advance(&mut self, until: SimTime, budget: u64) -> Progress {
        self.0.advance(until, budget)
    }
}

/// A request that a client of AWS could not send is a fault of the test.
fn assert_fits_its_shape(request: &Request) {
    let fits = check_parameters(request.service(), request.operation(), &request.parameters());
    assert_eq!(fits, Ok(()), "{request:?}");
}

#[test]
fn every_scenario_goes_through_the_shape_check() {
    let own = "tests/it/support/mod.rs";
    let around = sources_below("tests/it")
        .into_iter()
        .filter(|file| file != own && crate::renewal::read(file).contains("Session::new("))
        .collect::<Vec<_>>();
    assert_eq!(around, Vec::<String>::new(), "these make a session of their own; use support::Lab");
}

fn sources_below(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(crate::renewal::path(folder)).expect("the tests").flatten() {
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(sources_below(&name));
        } else if name.ends_with(".rs") {
            found.push(name);
        }
    }
    found
}
