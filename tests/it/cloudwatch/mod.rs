//! Amazon CloudWatch: metrics, statistics, alarms.
mod alarms;
mod instances;
mod statistics;

use serde_json::{Value, json};

use crate::support::{Lab, REGION};

/// Asks CloudWatch, which must not refuse.
fn watch(lab: &mut Lab, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, "cloudwatch", operation, parameters).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

/// The code and the message with which CloudWatch refuses.
fn refused(lab: &mut Lab, operation: &str, parameters: Value) -> (String, String) {
    let error = lab.ask(REGION, "cloudwatch", operation, parameters).expect_err("a refusal");
    (error.code, error.message)
}

/// Puts a value into the metric `Lab Load` at the present minute.
fn put(lab: &mut Lab, value: f64) {
    let data = json!({"Namespace": "Lab", "MetricData": [{"MetricName": "Load", "Value": value}]});
    watch(lab, "PutMetricData", data);
}

/// Launches an instance of this type from the Amazon Linux image, and waits until it is up.
fn launch(lab: &mut Lab, instance_type: &str, is_detailed: bool) -> String {
    let images = lab.ask(REGION, "ec2", "DescribeImages", json!({})).expect("images");
    let images = images["Images"].as_array().cloned().unwrap_or_default();
    let image = images.iter().find(|image| image["Name"].as_str().is_some_and(|name| name.contains("web-server")));
    let launched = lab.ask(
        REGION,
        "ec2",
        "RunInstances",
        json!({"ImageId": image.expect("an image")["ImageId"], "InstanceType": instance_type, "MinCount": 1, "MaxCount": 1,
            "Monitoring": {"Enabled": is_detailed}}),
    );
    lab.settle();
    launched.expect("a launch")["Instances"][0]["InstanceId"].as_str().unwrap_or_default().to_owned()
}
