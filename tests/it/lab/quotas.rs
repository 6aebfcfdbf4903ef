//! Quotas, seen and set.
use serde_json::{Value, json};

use crate::support::{Lab, REGION};

fn set(lab: &mut Lab, parameters: Value) -> Result<Value, (String, String)> {
    lab.ask(REGION, "lab", "SetQuota", parameters).map_err(|error| (error.code, error.message))
}

fn quota(lab: &mut Lab, region: &str, code: &str) -> Value {
    let answer = lab.ask(region, "lab", "DescribeQuotas", json!({})).expect("the quotas");
    let mut quotas = answer["Quotas"].as_array().into_iter().flatten();
    quotas.find(|quota| quota["QuotaCode"] == code).cloned().unwrap_or_default()
}

/// Amazon EC2 service quotas: "All AWS accounts have a quota of five (5) Elastic IP addresses per Region".
#[test]
fn a_quota_that_is_set_holds_in_its_region_at_once() {
    let mut lab = Lab::default();
    let allocate = |lab: &mut Lab| lab.ask(REGION, "ec2", "AllocateAddress", json!({})).map_err(|error| error.code);
    (0..5).for_each(|_| drop(allocate(&mut lab).expect("an address")));
    assert_eq!(allocate(&mut lab), Err("AddressLimitExceeded".into()));
    set(&mut lab, json!({"QuotaCode": "L-0263D0A3", "Value": 6})).expect("the quota");
    allocate(&mut lab).expect("the sixth address");
    assert_eq!(allocate(&mut lab), Err("AddressLimitExceeded".into()));
    assert_eq!(quota(&mut lab, REGION, "L-0263D0A3")["Value"], 6);
    assert_eq!(quota(&mut lab, "eu-west-1", "L-0263D0A3")["Value"], 5);
}

/// The sandbox starts with room to play; what AWS gives a new account stands beside it.
#[test]
fn quotas_are_shown_with_the_defaults_of_aws() {
    let mut lab = Lab::default();
    let vcpus = quota(&mut lab, REGION, "L-1216C47A");
    assert_eq!(
        vcpus,
        json!({"ServiceCode": "ec2", "QuotaCode": "L-1216C47A", "Value": 256, "DefaultValue": 5,
            "QuotaName": "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances"})
    );
    let name = vcpus["QuotaName"].clone();
    assert_eq!(set(&mut lab, json!({"QuotaName": name, "Value": 5})).expect("the quota")["Value"], 5);
}

/// Service Quotas API Reference: `NoSuchResourceException`.
#[test]
fn a_quota_that_does_not_exist_cannot_be_set() {
    let mut lab = Lab::default();
    let refused = set(&mut lab, json!({"QuotaName": "Elastic wishes", "Value": 1})).expect_err("a refusal");
    assert_eq!(refused.0, "NoSuchResourceException");
    for parameters in [json!({"Value": 1}), json!({"Value": 1, "QuotaName": "AMIs", "QuotaCode": "L-B665C33B"})] {
        assert_eq!(set(&mut lab, parameters).expect_err("a refusal").0, "ValidationError");
    }
}
