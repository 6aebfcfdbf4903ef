//! The bill.
mod credits;
mod instances;
mod services;

use serde_json::{Value, json};

use crate::support::{Lab, REGION};

fn ask(lab: &mut Lab, service: &str, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, service, operation, parameters).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

fn bill(lab: &mut Lab) -> Value {
    ask(lab, "lab", "DescribeBill", json!({}))
}

/// The lines of a usage type.
fn lines(lab: &mut Lab, usage_type: &str) -> Vec<Value> {
    let bill = bill(lab);
    let lines = bill["Lines"].as_array().into_iter().flatten();
    lines.filter(|line| line["UsageType"] == usage_type).cloned().collect()
}

/// A decimal number of the bill.
fn number(value: &Value) -> f64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

/// Quantity and amount of the only line of a usage type; zero without one.
fn used(lab: &mut Lab, usage_type: &str) -> (f64, f64) {
    match lines(lab, usage_type).as_slice() {
        [] => (0.0, 0.0),
        [line] => (number(&line["Quantity"]), number(&line["Amount"])),
        lines => panic!("{usage_type} has {} lines", lines.len()),
    }
}

/// Whether two amounts are equal but for billionths.
fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-8
}

/// Launches an instance from the image with this in its name.
fn launch(lab: &mut Lab, image: &str, more: Value) -> String {
    let images = ask(lab, "ec2", "DescribeImages", json!({}));
    let images = images["Images"].as_array().cloned().unwrap_or_default();
    let found =
        images.iter().find(|found| found["Name"].as_str().is_some_and(|name| name.to_lowercase().contains(image)));
    let image_id = &found.unwrap_or_else(|| panic!("no image {image}"))["ImageId"];
    let mut parameters = json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    for (name, value) in more.as_object().into_iter().flatten() {
        parameters[name] = value.clone();
    }
    let launched = ask(lab, "ec2", "RunInstances", parameters);
    launched["Instances"][0]["InstanceId"].as_str().unwrap_or_default().to_owned()
}

/// Lets time pass in steps of a second until the instance is in this state.
fn wait_for(lab: &mut Lab, instance_id: &str, state: &str) {
    for _ in 0..600 {
        let found = ask(lab, "ec2", "DescribeInstances", json!({"InstanceIds": [instance_id]}));
        if found["Reservations"][0]["Instances"][0]["State"]["Name"] == state {
            return;
        }
        lab.pass(1.0);
    }
    panic!("{instance_id} is not {state}");
}
