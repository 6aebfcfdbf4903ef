//! EC2: what its documentation says, rule by rule.
mod account;
mod address;
mod image;
mod instance;
mod invariants;
mod launch_template;
mod network;
mod scarcity;
mod security_group;

use serde_json::{Value, json};

use crate::support::{Lab, REGION};

/// The id of the newest image of this name.
fn image(lab: &mut Lab, region: &str, name: &str) -> String {
    let filter = json!({"Filters": [{"Name": "name", "Values": [name]}]});
    text(&ask(lab, region, "DescribeImages", filter)["Images"][0]["ImageId"])
}

/// An answer of EC2 in the region.
fn ask(lab: &mut Lab, region: &str, operation: &str, parameters: Value) -> Value {
    let answer = lab.ask(region, "ec2", operation, parameters.clone());
    answer.unwrap_or_else(|error| panic!("{operation} {parameters}: {error}"))
}

/// The code of a refusal of EC2.
fn refusal(lab: &mut Lab, operation: &str, parameters: Value) -> String {
    lab.ask(REGION, "ec2", operation, parameters).expect_err("a refusal").code
}

/// Launches an instance of the lab's web server image, with more parameters, and returns its id.
fn launch(lab: &mut Lab, more: Value) -> String {
    let mut parameters = json!({"MinCount": 1, "MaxCount": 1});
    if more.get("LaunchTemplate").is_none() {
        parameters["InstanceType"] = "t3.micro".into();
    }
    for (name, value) in more.as_object().expect("an object") {
        parameters[name] = value.clone();
    }
    if parameters.get("ImageId").is_none() && parameters.get("LaunchTemplate").is_none() {
        parameters["ImageId"] = image(lab, REGION, "scaling-lab-web-server-*").into();
    }
    text(&ask(lab, REGION, "RunInstances", parameters)["Instances"][0]["InstanceId"])
}

/// The instance as AWS shows it.
fn instance(lab: &mut Lab, id: &str) -> Value {
    ask(lab, REGION, "DescribeInstances", json!({"InstanceIds": [id]}))["Reservations"][0]["Instances"][0].clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}
