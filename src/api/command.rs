//! A request as the `aws` command line writes it.
use serde_json::{Map, Value};

use super::DEFAULT_REGION;

/// The `aws` command that sends these parameters; `None` for the lab's own service, which AWS has not.
///
/// Lists of texts stand word by word, structures as JSON, as the user guide's "Specify parameter values for the AWS CLI" has it.
pub fn command(region: &str, service: &str, operation: &str, parameters: &Value) -> Option<String> {
    if service == "lab" {
        return None;
    }
    let mut words = vec!["aws".to_owned(), service.to_owned(), kebab(operation)];
    let members = parameters.as_object().cloned().unwrap_or_default();
    for (name, value) in with_one_count(operation, members) {
        push_option(&mut words, &name, &value);
    }
    if region != DEFAULT_REGION && service != "route53" {
        words.extend(["--region".to_owned(), region.to_owned()]);
    }
    Some(words.join(" "))
}

/// `run-instances` has one option for both counts.
fn with_one_count(operation: &str, mut members: Map<String, Value>) -> Map<String, Value> {
    if operation == "RunInstances"
        && let (Some(min), Some(max)) = (members.remove("MinCount"), members.remove("MaxCount"))
    {
        let count = if min == max { max } else { Value::from(format!("{min}:{max}")) };
        members.insert("Count".to_owned(), count);
    }
    members
}

fn push_option(words: &mut Vec<String>, name: &str, value: &Value) {
    let option = kebab(name);
    match value {
        Value::Bool(true) => words.push(format!("--{option}")),
        Value::Bool(false) => words.push(format!("--no-{option}")),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            words.push(format!("--{option}"));
            words.extend(items.iter().map(quoted));
        }
        other => words.extend([format!("--{option}"), quoted(other)]),
    }
}

/// A value as a word of a shell.
fn quoted(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=,@%+".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// `VPCZoneIdentifier` as `vpc-zone-identifier`: a new word begins before a capital that follows a small letter or precedes one.
fn kebab(name: &str) -> String {
    let letters: Vec<char> = name.replace("ARNs", "Arns").chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        let after_small = index > 0 && !letters[index - 1].is_ascii_uppercase();
        let before_small = index > 0 && letters.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if letter.is_ascii_uppercase() && (after_small || before_small) {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(service: &str, operation: &str, parameters: &Value) -> String {
        command("us-east-1", service, operation, parameters).expect("a command")
    }

    /// AWS CLI User Guide, "Specify parameter values for the AWS CLI"; AWS CLI Command Reference, `ec2 run-instances` (`--count`)
    #[test]
    fn a_request_reads_as_the_command_line_writes_it() {
        let launch = json!({"ImageId": "ami-1", "MinCount": 2, "MaxCount": 2, "SecurityGroupIds": ["sg-1", "sg-2"],
            "DisableApiTermination": false, "Monitoring": {"Enabled": true}});
        assert_eq!(
            line("ec2", "RunInstances", &launch),
            "aws ec2 run-instances --count 2 --no-disable-api-termination --image-id ami-1 --monitoring '{\"Enabled\":true}' \
             --security-group-ids sg-1 sg-2"
        );
    }

    #[test]
    fn names_of_several_capitals_are_one_word() {
        let group = json!({"VPCZoneIdentifier": "subnet-1,subnet-2", "TargetGroupARNs": ["arn:a"], "DNSName": "it's"});
        assert_eq!(
            line("autoscaling", "CreateAutoScalingGroup", &group),
            "aws autoscaling create-auto-scaling-group --dns-name 'it'\\''s' --target-group-arns arn:a \
             --vpc-zone-identifier subnet-1,subnet-2"
        );
    }

    #[test]
    fn another_region_is_named_and_the_lab_itself_has_no_command() {
        let stop = json!({"InstanceIds": ["i-1"]});
        let line = command("eu-west-1", "ec2", "StopInstances", &stop);
        assert_eq!(line.as_deref(), Some("aws ec2 stop-instances --instance-ids i-1 --region eu-west-1"));
        assert_eq!(command("eu-west-1", "lab", "WriteFile", &stop), None);
    }
}
