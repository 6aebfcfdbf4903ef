//! The wire: AWS API requests and answers in AWS's own shapes.
//!
//! One [`Request`] enum holds every operation of the lab. It comes in as JSON ([`Call::from_json`]), from a form or from a lesson, and is
//! kept as JSON in the journal. The member names, types and required members of `shapes/*.json` are AWS's published ones (API versions
//! 2016-11-15, 2011-01-01, 2015-12-01, 2010-08-01 and 2013-04-01); `lab.json` describes the lab's own small service in the same form.
#[macro_use]
mod shape;
pub mod autoscaling;
pub mod cloudwatch;
pub mod command;
pub mod ec2;
pub mod elbv2;
mod error;
pub mod lab;
pub mod route53;
pub mod sts;
pub mod validate;
pub mod wire;

use serde_json::{Map, Value, json};

pub use error::ApiError;

/// A region's code, such as `us-east-1`.
pub type RegionName = String;

/// One request to one region, as it is journaled.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The region that is asked; the `lab` service ignores it except where a name is looked up.
    pub region: RegionName,
    /// What is asked.
    pub request: Request,
}

services! {
    "ec2" => Ec2(ec2),
    "autoscaling" => AutoScaling(autoscaling),
    "elbv2" => Elbv2(elbv2),
    "cloudwatch" => CloudWatch(cloudwatch),
    "route53" => Route53(route53),
    "sts" => Sts(sts),
    "lab" => Lab(lab),
}

/// An operation's input type: knows its names and its answer's type.
pub trait Operation: Sized {
    /// The answer's shape.
    type Output;
    /// The service's name as the command line writes it, such as `ec2`.
    const SERVICE: &'static str;
    /// The operation's name, such as `RunInstances`.
    const NAME: &'static str;
    /// The input as a member of the one request enum.
    fn into_request(self) -> Request;
    /// This operation's answer, if `response` is one.
    fn output_of(response: Response) -> Option<Self::Output>;
}

impl Call {
    /// The call of `operation` in `region`.
    pub fn new(region: &str, operation: impl Operation) -> Self {
        Call { region: region.to_owned(), request: operation.into_request() }
    }

    /// Reads `{"region", "service", "operation", "parameters"}`. Without a region, [`DEFAULT_REGION`] is meant.
    ///
    /// # Errors
    /// `InvalidRequest` if the text is no such object, `UnknownOperation` if the service or the operation is not part of this lab, and
    /// `ParamValidation` in botocore's words if the parameters do not fit the operation's shape.
    pub fn from_json(envelope: &Value) -> Result<Self, ApiError> {
        let invalid = |what: &str| ApiError::new("InvalidRequest", format!("A request is an object with {what}."));
        let text = |name: &str| match envelope.get(name) {
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(other) => Err(invalid(&format!("a text as \"{name}\", not {other}"))),
            None => Ok(None),
        };
        let service = text("service")?.ok_or_else(|| invalid("a \"service\", such as \"ec2\""))?;
        let operation = text("operation")?.ok_or_else(|| invalid("an \"operation\", such as \"RunInstances\""))?;
        let region = text("region")?.unwrap_or(DEFAULT_REGION);
        let mut names = envelope.as_object().into_iter().flat_map(Map::keys);
        if let Some(unknown) = names.find(|name| !ENVELOPE.contains(&name.as_str())) {
            return Err(invalid(&format!("{}, and nothing else such as \"{unknown}\"", ENVELOPE.join(", "))));
        }
        let parameters = envelope.get("parameters").cloned().unwrap_or_else(|| Value::Object(Map::new()));
        let request = Request::from_parameters(service, operation, parameters)?;
        Ok(Call { region: region.to_owned(), request })
    }

    /// The call as [`Call::from_json`] reads it.
    pub fn to_json(&self) -> Value {
        json!({
            "region": self.region,
            "service": self.request.service(),
            "operation": self.request.operation(),
            "parameters": self.request.parameters(),
        })
    }
}

/// The region of a call that names none.
pub const DEFAULT_REGION: &str = "us-east-1";

/// The members of a call in JSON.
const ENVELOPE: [&str; 4] = ["region", "service", "operation", "parameters"];

/// The value without members that are null: AWS leaves out what is not set.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, member)| !member.is_null())
            .map(|(name, member)| (name, without_nulls(member)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// Does something in a function of its own. What takes one of a hundred ways would else be one large function, and a browser compiles a
/// function as a whole when it is first called.
#[inline(never)]
pub(crate) fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// A request's shape as JSON, without members that are not set and without empty lists: what the caller said, and no more.
fn to_parameters(shape: &impl wire::Wire) -> Value {
    match to_json(shape) {
        Value::Object(members) => without_empty_lists(Value::Object(members)),
        _ => Value::Object(Map::new()),
    }
}

fn without_empty_lists(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, member)| member.as_array().is_none_or(|items| !items.is_empty()))
            .map(|(name, member)| (name, without_empty_lists(member)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_empty_lists).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// A shape as JSON, without members that are not set.
fn to_json(shape: &impl wire::Wire) -> Value {
    without_nulls(shape.to_wire())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_survives_its_json() {
        let envelope = json!({"region": "eu-west-1", "service": "ec2", "operation": "RunInstances",
            "parameters": {"ImageId": "ami-1", "MinCount": 1, "MaxCount": 2}});
        let call = Call::from_json(&envelope).expect("a well-formed call");
        assert_eq!(call.to_json(), envelope);
    }

    #[test]
    fn a_call_without_an_operation_says_what_is_missing() {
        let error = Call::from_json(&json!({"service": "ec2"})).expect_err("no operation");
        assert_eq!(error.message, "A request is an object with an \"operation\", such as \"RunInstances\".");
    }

    #[test]
    fn an_operation_outside_the_lab_is_refused_by_name() {
        let error =
            Call::from_json(&json!({"service": "ec2", "operation": "CreateVpnGateway"})).expect_err("out of scope");
        assert_eq!(error.code, "UnknownOperation");
        assert!(error.message.contains("CreateVpnGateway"), "{}", error.message);
    }
}
