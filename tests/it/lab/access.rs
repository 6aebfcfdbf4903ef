//! Refusals on purpose.
use serde_json::{Value, json};

use crate::support::{Lab, REGION};

fn lab_service(lab: &mut Lab, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, "lab", operation, parameters).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

fn refusal(lab: &mut Lab, service: &str, operation: &str, parameters: Value) -> Option<(String, String)> {
    let answer = lab.ask(REGION, service, operation, parameters);
    answer.err().map(|error| (error.code, error.message))
}

/// EC2 API Reference, "Error codes": `UnauthorizedOperation`.
#[test]
fn a_denied_operation_is_refused_until_it_is_allowed() {
    let mut lab = Lab::default();
    let denied = json!({"Service": "ec2", "Operation": "AllocateAddress"});
    lab_service(&mut lab, "DenyOperation", denied.clone());
    let (code, message) = refusal(&mut lab, "ec2", "AllocateAddress", json!({})).expect("a refusal");
    assert_eq!(code, "UnauthorizedOperation");
    assert!(
        message.starts_with("You are not authorized to perform this operation. User: arn:aws:iam::123456789012:"),
        "{message}"
    );
    assert_eq!(refusal(&mut lab, "ec2", "DescribeAddresses", json!({})), None, "only this operation");
    assert_eq!(lab_service(&mut lab, "DescribeAccess", json!({}))["DeniedOperations"], json!([denied.clone()]));
    lab_service(&mut lab, "AllowOperation", denied);
    assert_eq!(refusal(&mut lab, "ec2", "AllocateAddress", json!({})), None);
}

/// Common errors of the other services: `AccessDenied`, with the name that policies use.
#[test]
fn the_other_services_deny_access_in_their_own_words() {
    let mut lab = Lab::default();
    lab_service(&mut lab, "DenyOperation", json!({"Service": "elbv2", "Operation": "DescribeLoadBalancers"}));
    let (code, message) = refusal(&mut lab, "elbv2", "DescribeLoadBalancers", json!({})).expect("a refusal");
    assert_eq!(code, "AccessDenied");
    assert!(message.contains("is not authorized to perform: elasticloadbalancing:DescribeLoadBalancers"), "{message}");
}

/// EC2 API Reference, "Request throttling": `RequestLimitExceeded`; the other services say `Throttling`.
#[test]
fn a_throttled_service_refuses_for_a_time() {
    let mut lab = Lab::default();
    lab_service(&mut lab, "ThrottleApi", json!({"Service": "ec2", "Seconds": 30}));
    lab_service(&mut lab, "ThrottleApi", json!({"Service": "autoscaling", "Seconds": 30}));
    assert_eq!(
        refusal(&mut lab, "ec2", "DescribeInstances", json!({})),
        Some(("RequestLimitExceeded".into(), "Request limit exceeded.".into()))
    );
    assert_eq!(
        refusal(&mut lab, "autoscaling", "DescribeAutoScalingGroups", json!({})),
        Some(("Throttling".into(), "Rate exceeded".into()))
    );
    assert_eq!(refusal(&mut lab, "cloudwatch", "DescribeAlarms", json!({})), None);
    lab.pass(31.0);
    assert_eq!(refusal(&mut lab, "ec2", "DescribeInstances", json!({})), None);
    assert_eq!(lab_service(&mut lab, "DescribeAccess", json!({}))["ThrottledServices"], json!([]));
}

/// What the lab has not cannot be denied.
#[test]
fn an_unknown_operation_cannot_be_denied() {
    let mut lab = Lab::default();
    for (service, operation) in [("s3", "ListBuckets"), ("ec2", "CreateVpnGateway"), ("lab", "Advance")] {
        let refused = refusal(&mut lab, "lab", "DenyOperation", json!({"Service": service, "Operation": operation}));
        assert_eq!(refused.map(|(code, _)| code), Some("UnknownOperation".into()), "{service} {operation}");
    }
}
