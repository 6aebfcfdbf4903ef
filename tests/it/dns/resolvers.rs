//! Who still goes to the old address, and for how long.
use serde_json::{Value, json};

use super::{a_record, change, dns, refused, zone};
use crate::support::{Lab, REGION};

fn ask(lab: &mut Lab, service: &str, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, service, operation, parameters).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

fn launch(lab: &mut Lab) -> (String, String) {
    let images = ask(lab, "ec2", "DescribeImages", json!({}));
    let images = images["Images"].as_array().cloned().unwrap_or_default();
    let image = images
        .iter()
        .find(|image| image["Name"].as_str().is_some_and(|name| name.contains("web-server")))
        .expect("an image");
    let launched = ask(
        lab,
        "ec2",
        "RunInstances",
        json!({"ImageId": image["ImageId"], "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}),
    );
    lab.settle();
    let id = launched["Instances"][0]["InstanceId"].as_str().unwrap_or_default().to_owned();
    let found = ask(lab, "ec2", "DescribeInstances", json!({"InstanceIds": [id]}));
    (id, found["Reservations"][0]["Instances"][0]["PublicIpAddress"].as_str().unwrap_or_default().to_owned())
}

fn balancer(lab: &mut Lab) -> Value {
    let subnets = ask(lab, "ec2", "DescribeSubnets", json!({}));
    let subnet = |index: usize| subnets["Subnets"][index]["SubnetId"].clone();
    let made = ask(lab, "elbv2", "CreateLoadBalancer", json!({"Name": "web-lb", "Subnets": [subnet(0), subnet(1)]}));
    lab.settle();
    made["LoadBalancers"][0].clone()
}

/// What a visitor of the stream `visitors` resolves `www.example.com` to, and whether that came from the cache.
fn seen(lab: &mut Lab) -> (Vec<String>, bool) {
    let visit = ask(lab, "lab", "Visit", json!({"Url": "http://www.example.com/", "Visitors": "visitors"}));
    let addresses = visit["ResolvedAddresses"].as_array().into_iter().flatten();
    let addresses = addresses.filter_map(|address| address.as_str().map(str::to_owned)).collect();
    (addresses, visit["FromCache"] == true)
}

fn send_visitors(lab: &mut Lab, target: &str) {
    let profile = json!({"Type": "Steady", "RequestsPerSecond": 1.0});
    ask(lab, "lab", "SetTraffic", json!({"Target": target, "Profile": profile}));
}

/// Route 53 Developer Guide, "TTL (seconds)": resolvers keep a record for the time to live, and only then ask again.
#[test]
fn visitors_go_to_the_old_address_until_the_ttl_ends() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("www.example.com", "192.0.2.1", 300)));
    lab.pass(60.0);
    send_visitors(&mut lab, "http://www.example.com/");
    assert_eq!(seen(&mut lab), (vec!["192.0.2.1".into()], true));
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "UPSERT", a_record("www.example.com", "192.0.2.2", 300)));
    lab.pass(240.0);
    assert_eq!(seen(&mut lab).0, ["192.0.2.1"], "the name servers know better by now");
    assert_eq!(lab.visit("http://www.example.com/").resolved_addresses, ["192.0.2.2"], "a visitor with an empty cache");
    lab.pass(70.0);
    assert_eq!(seen(&mut lab).0, ["192.0.2.2"]);
}

/// EC2 User Guide, "Elastic IP addresses": an address that moves needs no change of any record.
#[test]
fn an_elastic_address_moves_without_a_change_of_records() {
    let mut lab = Lab::default();
    let (first, _) = launch(&mut lab);
    let (second, _) = launch(&mut lab);
    let address = ask(&mut lab, "ec2", "AllocateAddress", json!({}));
    let associate = |lab: &mut Lab, instance: &str| {
        ask(
            lab,
            "ec2",
            "AssociateAddress",
            json!({"AllocationId": address["AllocationId"], "InstanceId": instance, "AllowReassociation": true}),
        )
    };
    associate(&mut lab, &first);
    let id = zone(&mut lab);
    let ip = address["PublicIp"].as_str().unwrap_or_default();
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("www.example.com", ip, 86_400)));
    lab.pass(60.0);
    let groups = ask(&mut lab, "ec2", "DescribeSecurityGroups", json!({}));
    let rule = json!({"GroupId": groups["SecurityGroups"][0]["GroupId"], "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(&mut lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    send_visitors(&mut lab, "http://www.example.com/");
    let server = |lab: &mut Lab| {
        ask(lab, "lab", "Visit", json!({"Url": "http://www.example.com/", "Visitors": "visitors"}))["Server"].clone()
    };
    assert_eq!(server(&mut lab), first);
    associate(&mut lab, &second);
    assert_eq!(server(&mut lab), second);
}

/// EC2 User Guide, "Amazon EC2 instance IP addressing": an automatic address changes over stop and start, and a record with it leads
/// nowhere.
#[test]
fn a_record_of_an_automatic_address_leads_nowhere_after_a_stop() {
    let mut lab = Lab::default();
    let (instance, address) = launch(&mut lab);
    let id = zone(&mut lab);
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("www.example.com", &address, 60)));
    lab.pass(60.0);
    ask(&mut lab, "ec2", "StopInstances", json!({"InstanceIds": [instance]}));
    lab.settle();
    ask(&mut lab, "ec2", "StartInstances", json!({"InstanceIds": [instance]}));
    lab.settle();
    let visit = lab.visit("http://www.example.com/");
    assert_eq!((visit.resolved_addresses, visit.outcome.as_str()), (vec![address], "TimedOut"));
}

/// Route 53 Developer Guide, "Choosing between alias and non-alias records": allowed at the apex, follows the balancer, and has the
/// balancer's TTL of 60 seconds.
#[test]
fn an_alias_follows_a_balancer_and_is_allowed_at_the_apex() {
    let mut lab = Lab::default();
    let balancer = balancer(&mut lab);
    let id = zone(&mut lab);
    let alias = |zone_id: &Value, name: &str| json!({"Name": "example.com", "Type": "A", "AliasTarget": {"HostedZoneId": zone_id, "DNSName": name, "EvaluateTargetHealth": true}});
    let name = balancer["DNSName"].as_str().unwrap_or_default();
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", alias(&balancer["CanonicalHostedZoneId"], name)));
    lab.pass(60.0);
    let visit = lab.visit("http://example.com/");
    assert_eq!((visit.resolved_addresses.len(), visit.ttl_seconds), (2, Some(60.0)));
    assert_eq!(visit.resolved_addresses, lab.visit(name).resolved_addresses);
    // The zone of an alias is the balancer's, not one's own; and the balancer must be there.
    for (zone_id, name, words) in [
        (
            &json!(id.trim_start_matches("/hostedzone/")),
            name,
            "the alias target name does not lie within the target zone",
        ),
        (&balancer["CanonicalHostedZoneId"], "no-such-lb-1.us-east-1.elb.amazonaws.com", "that target was not found"),
    ] {
        let (code, message) =
            refused(&mut lab, "ChangeResourceRecordSets", change(&id, "UPSERT", alias(zone_id, name)));
        assert!(code == "InvalidChangeBatch" && message.contains(words), "{message}");
    }
}

/// Route 53 Developer Guide, "CNAME record type": a name for a name; the answer lives as long as the shorter of both.
#[test]
fn a_cname_leads_to_where_its_name_leads() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("one.example.com", "192.0.2.1", 300)));
    let cname = json!({"Name": "www.example.com", "Type": "CNAME", "TTL": 120, "ResourceRecords": [{"Value": "one.example.com"}]});
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", cname));
    lab.pass(60.0);
    let visit = lab.visit("http://www.example.com/");
    assert_eq!((visit.resolved_addresses, visit.ttl_seconds), (vec!["192.0.2.1".into()], Some(120.0)));
}

/// RFC 2308, and the SOA record of a hosted zone: that a name does not exist is kept too, for 900 seconds.
#[test]
fn resolvers_remember_that_a_name_does_not_exist() {
    let mut lab = Lab::default();
    let id = zone(&mut lab);
    send_visitors(&mut lab, "http://www.example.com/");
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("www.example.com", "192.0.2.1", 300)));
    lab.pass(800.0);
    assert_eq!(seen(&mut lab), (Vec::new(), true));
    lab.pass(120.0);
    assert_eq!(seen(&mut lab).0, ["192.0.2.1"]);
}

/// A session is its journal: what a reader asks must not move a cache.
#[test]
fn looking_at_a_name_changes_nothing() {
    let play = |looks: bool| {
        let mut lab = Lab::default();
        let id = zone(&mut lab);
        dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", a_record("www.example.com", "192.0.2.1", 60)));
        lab.pass(65.0);
        send_visitors(&mut lab, "http://www.example.com/");
        for _ in 0..20 {
            lab.pass(63.0);
            if looks {
                seen(&mut lab);
                dns(&mut lab, "ListHostedZones", json!({}));
            }
        }
        (lab.digest(), format!("{:?}", lab.streams()))
    };
    assert_eq!(play(true), play(false));
}

/// A change of DNS reaches the metrics of the balancer: visitors of an alias count as its requests.
#[test]
fn visitors_of_an_alias_are_requests_of_the_balancer() {
    let mut lab = Lab::default();
    let balancer = balancer(&mut lab);
    let id = zone(&mut lab);
    let target = json!({"HostedZoneId": balancer["CanonicalHostedZoneId"], "DNSName": balancer["DNSName"], "EvaluateTargetHealth": false});
    let alias = json!({"Name": "www.example.com", "Type": "A", "AliasTarget": target});
    dns(&mut lab, "ChangeResourceRecordSets", change(&id, "CREATE", alias));
    lab.pass(60.0);
    send_visitors(&mut lab, "http://www.example.com/");
    let resolved = seen(&mut lab).0;
    assert_eq!(resolved.len(), 2, "{resolved:?}");
    assert_eq!(lab.fleet().doors.len(), 1);
}
