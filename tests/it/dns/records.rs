//! Hosted zones and their records.
use serde_json::{Value, json};

use super::{a_record, change, dns, refused, zone};
use crate::support::{Lab, REGION};

fn names(lab: &mut Lab, zone: &str) -> Vec<String> {
    let listed = dns(lab, "ListResourceRecordSets", json!({"HostedZoneId": zone}));
    let name = |set: &Value| {
        format!("{} {}", set["Name"].as_str().unwrap_or_default(), set["Type"].as_str().unwrap_or_default())
    };
    listed["ResourceRecordSets"].as_array().into_iter().flatten().map(name).collect()
}

/// Route 53 Developer Guide, "SOA and NS records that Amazon Route 53 creates for a public hosted zone".
#[test]
fn a_new_zone_has_its_name_servers_and_its_start_of_authority() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    assert!(id.starts_with("/hostedzone/Z"), "{id}");
    assert_eq!(names(&mut lab, &id), ["example.com. NS", "example.com. SOA"]);
}

/// Route 53 API Reference, ListResourceRecordSets: names are sorted "with the labels reversed".
#[test]
fn records_are_listed_by_their_names_from_the_right_and_in_pages() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    for name in ["www.example.com", "b.a.example.com.", "A.example.com"] {
        dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record(name, "192.0.2.1", 300)));
    }
    assert_eq!(
        names(&mut lab, &id),
        ["example.com. NS", "example.com. SOA", "a.example.com. A", "b.a.example.com. A", "www.example.com. A"]
    );
    let page = dns(&mut lab, "ListResourceRecordSets", json!({"HostedZoneId": id, "MaxItems": "3"}));
    assert_eq!(
        (&page["IsTruncated"], &page["NextRecordName"], &page["NextRecordType"]),
        (&json!(true), &json!("b.a.example.com."), &json!("A"))
    );
    let rest = json!({"HostedZoneId": id, "StartRecordName": "b.a.example.com.", "StartRecordType": "A"});
    assert_eq!(dns(&mut lab, "ListResourceRecordSets", rest)["ResourceRecordSets"].as_array().map(Vec::len), Some(2));
}

/// Route 53 API Reference, ChangeResourceRecordSets: a change is `PENDING` until it has reached all name servers, in general within 60
/// seconds.
#[test]
fn a_change_is_pending_for_up_to_a_minute() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    let made =
        dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("www.example.com", "192.0.2.1", 300)));
    assert_eq!(made["ChangeInfo"]["Status"], "PENDING");
    let resolved = |lab: &mut Lab| lab.visit("http://www.example.com").resolved_addresses;
    assert_eq!(resolved(&mut lab), [""; 0], "the name servers have nothing yet");
    lab.pass(60.0);
    let change = dns(&mut lab, "GetChange", json!({"Id": made["ChangeInfo"]["Id"]}));
    assert_eq!(change["ChangeInfo"]["Status"], "INSYNC");
    assert_eq!(resolved(&mut lab), ["192.0.2.1"]);
}

/// Route 53 API Reference, ChangeResourceRecordSets: "If any of the changes in the batch fails, none is made".
#[test]
fn a_batch_is_made_as_a_whole_or_not_at_all() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    let create = |name: &str| json!({"Action": "CREATE", "ResourceRecordSet": a_record(name, "192.0.2.1", 300)});
    let batch =
        json!({"HostedZoneId": id, "ChangeBatch": {"Changes": [create("a.example.com"), create("a.example.com")]}});
    assert_eq!(
        refused(&mut lab, "ChangeResourceRecordSets", batch),
        (
            "InvalidChangeBatch".into(),
            "[Tried to create resource record set [name='a.example.com.', type='A'] but it already exists]".into()
        )
    );
    assert_eq!(names(&mut lab, &id).len(), 2);
}

/// Route 53 Developer Guide, "Supported DNS record types" (CNAME), and the answers of the real service in public logs.
#[test]
fn records_that_may_not_stand_where_they_are_put_are_refused() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("www.example.com", "192.0.2.1", 300)));
    let cname = |name: &str| json!({"Name": name, "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": "www.example.com"}]});
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", cname("alias.example.com")));
    for (action, set, code, words) in [
        (
            "CREATE",
            cname("example.com"),
            "InvalidChangeBatch",
            "[RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.]",
        ),
        (
            "UPSERT",
            cname("www.example.com"),
            "InvalidChangeBatch",
            "is not permitted as it conflicts with other records with the same DNS name",
        ),
        (
            "UPSERT",
            a_record("alias.example.com", "192.0.2.1", 60),
            "InvalidChangeBatch",
            "because a conflicting RRSet of type  CNAME",
        ),
        (
            "CREATE",
            a_record("www.example.org", "192.0.2.1", 60),
            "InvalidChangeBatch",
            "[RRSet with DNS name www.example.org. is not permitted in zone example.com.]",
        ),
        ("CREATE", a_record("x.example.com", "192.0.2", 60), "InvalidChangeBatch", "Value is not a valid IPv4 address"),
        (
            "DELETE",
            a_record("x.example.com", "192.0.2.1", 60),
            "InvalidChangeBatch",
            "[Tried to delete resource record set [name='x.example.com.', type='A'] but it was not found]",
        ),
        (
            "DELETE",
            a_record("www.example.com", "192.0.2.1", 60),
            "InvalidChangeBatch",
            "but the values provided do not match the current values",
        ),
        (
            "CREATE",
            json!({"Name": "x.example.com", "Type": "A"}),
            "InvalidInput",
            "but found none in Change with [Action=CREATE, Name=x.example.com, Type=A, SetIdentifier=null]",
        ),
        ("CREATE", json!({"Name": "x..example.com", "Type": "A"}), "InvalidDomainName", "x..example.com"),
        (
            "CREATE",
            json!({"Name": "x.example.com", "Type": "MX", "TTL": 60, "ResourceRecords": [{"Value": "10 mail"}]}),
            "UnknownOperation",
            "The record type MX",
        ),
    ] {
        let (found, message) = refused(&mut lab, "ChangeResourceRecordSets", change(&id, action, set.clone()));
        assert!(found == code && message.contains(words), "{action} {set}: {found} {message}");
    }
}

/// Route 53 API Reference, CreateHostedZone, DeleteHostedZone, GetChange.
#[test]
fn zones_that_cannot_be_made_found_or_deleted_are_refused() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    let again = json!({"Name": "example.org", "CallerReference": "one"});
    assert_eq!(refused(&mut lab, "CreateHostedZone", again).0, "HostedZoneAlreadyExists");
    assert_eq!(
        refused(&mut lab, "CreateHostedZone", json!({"Name": "a b", "CallerReference": "two"})).0,
        "InvalidDomainName"
    );
    assert_eq!(
        refused(&mut lab, "ListResourceRecordSets", json!({"HostedZoneId": "Z404"})),
        ("NoSuchHostedZone".into(), "No hosted zone found with ID: Z404".into())
    );
    assert_eq!(refused(&mut lab, "GetChange", json!({"Id": "C404"})).0, "NoSuchChange");
    let record = a_record("www.example.com", "192.0.2.1", 300);
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", record.clone()));
    assert_eq!(refused(&mut lab, "DeleteHostedZone", json!({"Id": id})).0, "HostedZoneNotEmpty");
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "DELETE", record));
    dns(&mut lab, "DeleteHostedZone", json!({"Id": id}));
    assert_eq!(dns(&mut lab, "ListHostedZones", json!({}))["HostedZones"], json!([]));
}

/// Route 53 is a global service.
#[test]
fn every_region_answers_the_same() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    let elsewhere = lab.ask("eu-west-1", "route53", "ListHostedZones", json!({})).expect("the zones");
    assert_eq!(elsewhere["HostedZones"][0]["Id"], id);
    assert_eq!(lab.ask(REGION, "route53", "ListHostedZones", json!({})), Ok(elsewhere));
}
