//! Checks a request's parameters against AWS's published shapes: first in botocore's words, then in the service's.
//!
//! As in botocore, the client checks what is missing, unknown, of a wrong type, too small or too short; the service checks what is too large,
//! too long, or none of the known words (see [`constraint`]).
mod constraint;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::ApiError;

/// The published input shapes of one service.
#[derive(Debug, Deserialize)]
struct ServiceModel {
    operations: BTreeMap<String, Option<String>>,
    shapes: BTreeMap<String, Shape>,
}

/// One published shape; members name other shapes.
#[derive(Debug, Deserialize)]
struct Shape {
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    members: BTreeMap<String, String>,
    member: Option<String>,
    value: Option<String>,
    min: Option<f64>,
    max: Option<f64>,
    #[serde(default, rename = "enum")]
    words: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Structure,
    List,
    Map,
    String,
    Blob,
    Timestamp,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
}

/// Checks `parameters` against the input shape of the operation.
///
/// # Errors
/// `ParamValidation` with every fault on a line of its own, and what the service says of values outside their limits. An operation that
/// AWS does not have passes: the caller says so by name.
pub fn check_parameters(service: &str, operation: &str, parameters: &Value) -> Result<(), ApiError> {
    thread_local! {
        static MODELS: [(&'static str, &'static str, OnceCell<Option<ServiceModel>>); 7] = const { [
            ("ec2", include_str!("../shapes/ec2.json"), OnceCell::new()),
            ("autoscaling", include_str!("../shapes/autoscaling.json"), OnceCell::new()),
            ("elbv2", include_str!("../shapes/elbv2.json"), OnceCell::new()),
            ("cloudwatch", include_str!("../shapes/cloudwatch.json"), OnceCell::new()),
            ("route53", include_str!("../shapes/route53.json"), OnceCell::new()),
            ("sts", include_str!("../shapes/sts.json"), OnceCell::new()),
            ("lab", include_str!("../shapes/lab.json"), OnceCell::new()),
        ] };
    }
    MODELS.with(|models| {
        let found = models.iter().find(|(name, ..)| *name == service);
        let model = found.and_then(|(_, text, model)| model.get_or_init(|| serde_json::from_str(text).ok()).as_ref());
        model.map_or(Ok(()), |model| {
            model.check(operation, parameters)?;
            model.check_constraints(service, operation, parameters)
        })
    })
}

impl ServiceModel {
    fn check(&self, operation: &str, parameters: &Value) -> Result<(), ApiError> {
        let mut faults = Vec::new();
        if let Some(Some(input)) = self.operations.get(operation) {
            self.check_shape(input, parameters, "", &mut faults);
        }
        if faults.is_empty() {
            return Ok(());
        }
        Err(ApiError::new("ParamValidation", format!("Parameter validation failed:\n{}", faults.join("\n"))))
    }

    fn check_shape(&self, name: &str, value: &Value, path: &str, faults: &mut Vec<String>) {
        let Some(shape) = self.shapes.get(name) else { return };
        if !shape.kind.accepts(value) {
            faults.push(wrong_type(shape.kind, value, path));
            return;
        }
        match shape.kind {
            Kind::Structure => self.check_structure(shape, value, path, faults),
            Kind::List => self.check_list(shape, value, path, faults),
            Kind::Map => self.check_map(shape, value, path, faults),
            Kind::String | Kind::Blob | Kind::Timestamp => check_length(shape, value, path, faults),
            Kind::Integer | Kind::Long | Kind::Float | Kind::Double => check_range(shape, value, path, faults),
            Kind::Boolean => {}
        }
    }

    fn check_structure(&self, shape: &Shape, value: &Value, path: &str, faults: &mut Vec<String>) {
        let Some(members) = value.as_object() else { return };
        let place = if path.is_empty() { "input" } else { path };
        for required in shape.required.iter().filter(|required| !members.contains_key(*required)) {
            faults.push(format!("Missing required parameter in {place}: \"{required}\""));
        }
        for (name, member) in members {
            match shape.members.get(name) {
                Some(member_shape) => self.check_shape(member_shape, member, &join(path, name), faults),
                None => {
                    let known: Vec<_> = shape.members.keys().map(String::as_str).collect();
                    faults.push(format!(
                        "Unknown parameter in {place}: \"{name}\", must be one of: {}",
                        known.join(", ")
                    ));
                }
            }
        }
    }

    fn check_list(&self, shape: &Shape, value: &Value, path: &str, faults: &mut Vec<String>) {
        check_length(shape, value, path, faults);
        let (Some(items), Some(member)) = (value.as_array(), &shape.member) else { return };
        for (index, item) in items.iter().enumerate() {
            self.check_shape(member, item, &format!("{path}[{index}]"), faults);
        }
    }

    fn check_map(&self, shape: &Shape, value: &Value, path: &str, faults: &mut Vec<String>) {
        let (Some(entries), Some(entry_shape)) = (value.as_object(), &shape.value) else { return };
        for (key, entry) in entries {
            self.check_shape(entry_shape, entry, &join(path, key), faults);
        }
    }
}

impl Kind {
    fn accepts(self, value: &Value) -> bool {
        match self {
            Kind::Structure | Kind::Map => value.is_object(),
            Kind::List => value.is_array(),
            Kind::String | Kind::Blob => value.is_string(),
            Kind::Timestamp => value.is_string() || value.is_number(),
            Kind::Integer | Kind::Long => value.is_i64() || value.is_u64(),
            Kind::Float | Kind::Double => value.is_number(),
            Kind::Boolean => value.is_boolean(),
        }
    }

    /// The types that botocore names for this kind.
    fn valid_types(self) -> &'static str {
        match self {
            Kind::Structure | Kind::Map => "<class 'dict'>",
            Kind::List => "<class 'list'>, <class 'tuple'>",
            Kind::String => "<class 'str'>",
            Kind::Blob => "<class 'bytes'>, <class 'bytearray'>, file-like object",
            Kind::Timestamp => "<class 'datetime.datetime'>, timestamp-string",
            Kind::Integer | Kind::Long => "<class 'int'>",
            Kind::Float | Kind::Double => "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
            Kind::Boolean => "<class 'bool'>",
        }
    }
}

fn wrong_type(kind: Kind, value: &Value, path: &str) -> String {
    let path = if path.is_empty() { "input" } else { path };
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!(
        "Invalid type for parameter {path}, value: {shown}, type: {}, valid types: {}",
        python_type(value),
        kind.valid_types()
    )
}

/// The Python type that botocore would have met.
fn python_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<class 'NoneType'>",
        Value::Bool(_) => "<class 'bool'>",
        Value::Number(number) if number.is_f64() => "<class 'float'>",
        Value::Number(_) => "<class 'int'>",
        Value::String(_) => "<class 'str'>",
        Value::Array(_) => "<class 'list'>",
        Value::Object(_) => "<class 'dict'>",
    }
}

fn check_length(shape: &Shape, value: &Value, path: &str, faults: &mut Vec<String>) {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return,
    };
    if let Some(min) = shape.min.filter(|min| (length as f64) < *min) {
        faults.push(format!("Invalid length for parameter {path}, value: {length}, valid min length: {min}"));
    }
}

fn check_range(shape: &Shape, value: &Value, path: &str, faults: &mut Vec<String>) {
    if let (Some(min), Some(number)) = (shape.min, value.as_f64())
        && number < min
    {
        faults.push(format!("Invalid value for parameter {path}, value: {value}, valid min value: {min}"));
    }
    // Python's integers have no end; AWS's largest one is this.
    if value.is_u64() && !value.is_i64() {
        faults.push(format!("Invalid value for parameter {path}, value: {value}, valid max value: {}", i64::MAX));
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(service: &str, operation: &str, parameters: Value) -> String {
        check_parameters(service, operation, &parameters).expect_err("the parameters do not fit").message
    }

    #[test]
    fn what_is_missing_unknown_or_of_a_wrong_type_is_said_as_botocore_says_it() {
        let message = faults("ec2", "RunInstances", json!({"MinCount": "one", "Filters": [{}]}));
        assert!(
            message.starts_with("Parameter validation failed:\nMissing required parameter in input: \"MaxCount\"\n"),
            "{message}"
        );
        assert!(message.contains("Unknown parameter in input: \"Filters\", must be one of: "), "{message}");
        assert!(
            message.contains(
                "Invalid type for parameter MinCount, value: one, type: <class 'str'>, valid types: <class 'int'>"
            ),
            "{message}"
        );
    }

    #[test]
    fn a_fault_inside_a_list_names_its_place() {
        let parameters = json!({"TargetGroupArn": "arn", "Targets": [{"Id": "i-1"}, {"Port": 80}]});
        assert_eq!(
            faults("elbv2", "RegisterTargets", parameters),
            "Parameter validation failed:\nMissing required parameter in Targets[1]: \"Id\""
        );
    }

    #[test]
    fn a_number_below_its_minimum_is_said() {
        let parameters = json!({"Name": "web", "HealthCheckIntervalSeconds": 1});
        assert_eq!(
            faults("elbv2", "CreateTargetGroup", parameters),
            "Parameter validation failed:\nInvalid value for parameter HealthCheckIntervalSeconds, value: 1, valid min value: 5"
        );
    }

    #[test]
    fn a_number_beyond_the_largest_is_said() {
        let message = faults("ec2", "RunInstances", json!({"MinCount": 1, "MaxCount": u64::MAX}));
        assert!(message.ends_with("MaxCount, value: 18446744073709551615, valid max value: 9223372036854775807"));
    }
}
