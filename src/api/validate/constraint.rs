//! What the services themselves check of every request: largest values, greatest lengths, known words.
//!
//! Auto Scaling, Elastic Load Balancing, CloudWatch and Route 53 speak alike (`ValidationError`, all faults in one sentence); EC2 names the
//! first wrong word only (`InvalidParameterValue`).
use serde_json::Value;

use super::{Kind, ServiceModel, Shape};
use crate::api::ApiError;

/// Words that an operation checks on its own, because the lab has not all of AWS's.
const CHECKED_BY_OPERATIONS: [&str; 1] = ["InstanceType"];

/// A value outside its limits.
struct Fault<'a> {
    /// The place, part by part, as the request writes it.
    path: Vec<String>,
    value: &'a Value,
    /// What the value must be.
    constraint: String,
    is_word: bool,
}

impl ServiceModel {
    pub(super) fn check_constraints(&self, service: &str, operation: &str, parameters: &Value) -> Result<(), ApiError> {
        let mut faults = Vec::new();
        if let Some(Some(input)) = self.operations.get(operation) {
            self.find_faults(input, parameters, &mut Vec::new(), &mut faults);
        }
        match (service, faults.as_slice()) {
            (_, []) => Ok(()),
            ("ec2", faults) => faults.iter().find(|fault| fault.is_word).map_or(Ok(()), |fault| Err(fault.in_ec2())),
            (_, faults) => Err(in_query_services(faults)),
        }
    }

    fn find_faults<'a>(&self, name: &str, value: &'a Value, path: &mut Vec<String>, faults: &mut Vec<Fault<'a>>) {
        let Some(shape) = self.shapes.get(name) else { return };
        if let Some(constraint) = shape.broken_constraint(value).filter(|_| !CHECKED_BY_OPERATIONS.contains(&name)) {
            let is_word = !shape.words.is_empty();
            faults.push(Fault { path: path.clone(), value, constraint, is_word });
        }
        let inner: Vec<(Vec<String>, &str, &Value)> = match (shape.kind, value) {
            (Kind::Structure, Value::Object(members)) => members
                .iter()
                .filter_map(|(member, value)| Some((vec![member.clone()], shape.members.get(member)?.as_str(), value)))
                .collect(),
            (Kind::List, Value::Array(items)) => {
                let member = shape.member.as_deref().unwrap_or_default();
                let place = |index: usize| vec![(index + 1).to_string(), "member".to_owned()];
                items.iter().enumerate().map(|(index, item)| (place(index), member, item)).collect()
            }
            (Kind::Map, Value::Object(entries)) => {
                let member = shape.value.as_deref().unwrap_or_default();
                entries.iter().map(|(key, entry)| (vec![key.clone()], member, entry)).collect()
            }
            _ => Vec::new(),
        };
        for (place, shape, value) in inner {
            let depth = path.len();
            path.extend(place);
            self.find_faults(shape, value, path, faults);
            path.truncate(depth);
        }
    }
}

impl Shape {
    fn broken_constraint(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) if !self.words.is_empty() => (!self.words.contains(text))
                .then(|| format!("Member must satisfy enum value set: [{}]", self.words.join(", "))),
            Value::String(text) => self
                .max
                .filter(|max| text.chars().count() as f64 > *max)
                .map(|max| format!("Member must have length less than or equal to {max}")),
            Value::Array(items) => self
                .max
                .filter(|max| items.len() as f64 > *max)
                .map(|max| format!("Member must have length less than or equal to {max}")),
            Value::Number(number) => self
                .max
                .filter(|max| number.as_f64().is_some_and(|number| number > *max))
                .map(|max| format!("Member must have value less than or equal to {max}")),
            Value::Null | Value::Bool(_) | Value::Object(_) => None,
        }
    }
}

impl Fault<'_> {
    fn shown(&self) -> String {
        match self.value {
            Value::String(text) => text.clone(),
            Value::Array(items) => {
                let texts: Vec<String> =
                    items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect();
                format!("[{}]", texts.join(", "))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => self.value.to_string(),
        }
    }

    fn in_query_service(&self) -> String {
        let path: Vec<String> = self.path.iter().map(|part| lower_first(part)).collect();
        format!("Value '{}' at '{}' failed to satisfy constraint: {}", self.shown(), path.join("."), self.constraint)
    }

    fn in_ec2(&self) -> ApiError {
        let names = self.path.iter().filter(|part| part.as_str() != "member" && part.parse::<usize>().is_err());
        let path: Vec<String> = names.map(|part| lower_first(part)).collect();
        let message = format!("Value ({}) for parameter {} is invalid.", self.shown(), path.join("."));
        ApiError::new("InvalidParameterValue", message)
    }
}

fn in_query_services(faults: &[Fault]) -> ApiError {
    let texts: Vec<String> = faults.iter().map(Fault::in_query_service).collect();
    let errors = if faults.len() == 1 { "error" } else { "errors" };
    ApiError::validation(format!("{} validation {errors} detected: {}", faults.len(), texts.join("; ")))
}

fn lower_first(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_ascii_lowercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::validate::check_parameters;

    fn refusal(service: &str, operation: &str, parameters: serde_json::Value) -> (String, String) {
        let error = check_parameters(service, operation, &parameters).expect_err("outside the limits");
        (error.code, error.message)
    }

    /// CloudWatch, recorded answer of SetAlarmState with an unknown state.
    #[test]
    fn an_unknown_word_is_refused_with_the_known_ones() {
        let parameters = json!({"AlarmName": "cpu", "StateValue": "INVALID", "StateReason": "test"});
        let (code, message) = refusal("cloudwatch", "SetAlarmState", parameters);
        assert_eq!(code, "ValidationError");
        assert!(
            message.starts_with(
                "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: ["
            ),
            "{message}"
        );
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let (_, message) =
            refusal("elbv2", "CreateTargetGroup", json!({"Name": "web", "Port": 70_000, "Protocol": "X"}));
        assert!(message.starts_with("2 validation errors detected: "), "{message}");
        assert!(message.contains("Value '70000' at 'port' failed to satisfy constraint: Member must have value less than or equal to 65535"), "{message}");
    }

    #[test]
    fn ec2_names_the_wrong_word() {
        let parameters = json!({"MinCount": 1, "MaxCount": 1, "InstanceInitiatedShutdownBehavior": "sleep"});
        assert_eq!(
            refusal("ec2", "RunInstances", parameters),
            (
                "InvalidParameterValue".into(),
                "Value (sleep) for parameter instanceInitiatedShutdownBehavior is invalid.".into()
            )
        );
    }
}
