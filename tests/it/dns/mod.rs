//! Amazon Route 53, and the resolvers of visitors.
mod records;
mod resolvers;

use serde_json::{Value, json};

use crate::support::{Lab, REGION};

/// Asks Route 53, which must not refuse.
fn dns(lab: &mut Lab, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, "route53", operation, parameters).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

/// The code and the message with which Route 53 refuses.
fn refused(lab: &mut Lab, operation: &str, parameters: Value) -> (String, String) {
    let error = lab.ask(REGION, "route53", operation, parameters).expect_err("a refusal");
    (error.code, error.message)
}

/// Makes the zone `example.com` and returns its id.
fn zone(lab: &mut Lab) -> String {
    let made = dns(lab, "CreateHostedZone", json!({"Name": "example.com", "CallerReference": "one"}));
    made["HostedZone"]["Id"].as_str().unwrap_or_default().to_owned()
}

/// The parameters that make one change.
fn change(zone: &str, action: &str, set: Value) -> Value {
    json!({"HostedZoneId": zone, "ChangeBatch": {"Changes": [{"Action": action, "ResourceRecordSet": set}]}})
}

/// An A record with one address.
fn a_record(name: &str, address: &str, ttl: u64) -> Value {
    json!({"Name": name, "Type": "A", "TTL": ttl, "ResourceRecords": [{"Value": address}]})
}
