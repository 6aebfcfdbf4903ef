//! Answers against the published output shapes of `tests/shapes/*.json`: no unknown member, no wrong type, no unknown word.
//!
//! The shapes are those of the API versions 2016-11-15 (EC2), 2011-01-01 (Auto Scaling), 2015-12-01 (Elastic Load Balancing),
//! 2010-08-01 (CloudWatch) and 2013-04-01 (Route 53), reduced to types, members and enumerations of what the lab's operations answer.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use scaling_lab::sim::SimTime;
use serde::Deserialize;
use serde_json::Value;

use crate::renewal;

/// The output shapes of a service.
#[derive(Deserialize)]
struct ServiceModel {
    operations: BTreeMap<String, Option<String>>,
    shapes: BTreeMap<String, Shape>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Shape {
    Structure {
        members: BTreeMap<String, String>,
    },
    List {
        member: String,
    },
    Map {
        value: String,
    },
    String {
        #[serde(default, rename = "enum")]
        words: Vec<String>,
    },
    Timestamp,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
}

static MODELS: LazyLock<BTreeMap<&str, ServiceModel>> = LazyLock::new(|| {
    let read = |name| (name, serde_json::from_str(&renewal::read(&format!("tests/shapes/{name}.json"))).expect(name));
    ["ec2", "autoscaling", "elbv2", "cloudwatch", "route53", "sts"].map(read).into()
});

/// Words that the documentation of a member gives otherwise than the published enumeration: "`windows` for Windows AMIs" (`Image`).
/// "`available`" for the attachment of an internet gateway (`InternetGatewayAttachment`).
const DOCUMENTED_WORDS: &[(&str, &str)] = &[("PlatformValues", "windows"), ("AttachmentStatus", "available")];

/// Fails if the answer has what AWS's answer to the operation cannot have. Nothing is published about the `lab` service.
pub fn assert_fits(service: &str, operation: &str, answer: &Value) {
    let faults = faults(service, operation, answer);
    assert!(faults.is_empty(), "the answer of {service} {operation}:\n{}\n{answer:#}", faults.join("\n"));
}

fn faults(service: &str, operation: &str, answer: &Value) -> Vec<String> {
    if service == "lab" {
        return Vec::new();
    }
    let mut faults = Vec::new();
    match MODELS.get(service).and_then(|model| Some((model, model.operations.get(operation)?))) {
        Some((model, Some(shape))) => model.check(shape, answer, operation, &mut faults),
        Some((_, None)) if answer.as_object().is_some_and(serde_json::Map::is_empty) => {}
        Some((_, None)) => faults.push(format!("{operation} answers nothing in AWS")),
        None => faults.push(format!("no published shape of {service} {operation}")),
    }
    faults
}

impl ServiceModel {
    fn check(&self, name: &str, value: &Value, path: &str, faults: &mut Vec<String>) {
        match (&self.shapes[name], value) {
            (Shape::Structure { members }, Value::Object(found)) => {
                for (member, value) in found {
                    match members.get(member) {
                        Some(shape) => self.check(shape, value, &format!("{path}.{member}"), faults),
                        None => faults.push(format!("{path}: {name} has no member {member}")),
                    }
                }
            }
            (Shape::List { member }, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.check(member, item, &format!("{path}[{index}]"), faults);
                }
            }
            (Shape::Map { value: shape }, Value::Object(entries)) => {
                for (key, value) in entries {
                    self.check(shape, value, &format!("{path}.{key}"), faults);
                }
            }
            (shape, value) if shape.accepts(value) => {}
            (_, Value::String(word)) if DOCUMENTED_WORDS.contains(&(name, word)) => {}
            (_, value) => faults.push(format!("{path}: {value} is no {name}")),
        }
    }
}

impl Shape {
    /// Whether the value is one of this simple shape.
    fn accepts(&self, value: &Value) -> bool {
        match self {
            Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. } => false,
            Shape::String { words } => {
                value.as_str().is_some_and(|text| words.is_empty() || words.iter().any(|word| word == text))
            }
            Shape::Timestamp => value.as_str().is_some_and(is_moment),
            Shape::Integer | Shape::Long => value.is_i64() || value.is_u64(),
            Shape::Float | Shape::Double => value.is_number(),
            Shape::Boolean => value.is_boolean(),
        }
    }
}

/// Whether the text is a moment such as `2026-01-05T10:42:15Z`.
fn is_moment(text: &str) -> bool {
    SimTime::parse_iso8601(text).is_some()
}

#[test]
fn an_unknown_member_a_wrong_type_and_an_unknown_word_are_found() {
    let found = |answer: Value| faults("ec2", "DescribeInstances", &answer);
    let with = |instance: Value| serde_json::json!({"Reservations": [{"Instances": [instance]}]});
    let place = "DescribeInstances.Reservations[0].Instances[0]";
    assert_eq!(
        found(with(serde_json::json!({"InstanceId": "i-1", "State": {"Code": 16, "Name": "running"}}))),
        [""; 0]
    );
    for (instance, fault) in [
        (serde_json::json!({"Colour": "red"}), ": Instance has no member Colour"),
        (serde_json::json!({"InstanceId": 7}), ".InstanceId: 7 is no String"),
        (serde_json::json!({"State": {"Name": "asleep"}}), ".State.Name: \"asleep\" is no InstanceStateName"),
        (serde_json::json!({"LaunchTime": "today"}), ".LaunchTime: \"today\" is no DateTime"),
        (serde_json::json!({"Tags": {}}), ".Tags: {} is no TagList"),
    ] {
        assert_eq!(found(with(instance)), [format!("{place}{fault}")]);
    }
    assert_eq!(
        faults("ec2", "CreateTags", &serde_json::json!({"Return": true})),
        ["CreateTags answers nothing in AWS"]
    );
}
