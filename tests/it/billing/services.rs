//! Load balancers, metrics, alarms, names.
use serde_json::{Value, json};

use super::{ask, bill, is_near, launch, lines, number, used, wait_for};
use crate::support::Lab;

fn balancer(lab: &mut Lab) -> Value {
    let subnets = ask(lab, "ec2", "DescribeSubnets", json!({}));
    let subnet = |index: usize| subnets["Subnets"][index]["SubnetId"].clone();
    ask(lab, "elbv2", "CreateLoadBalancer", json!({"Name": "web-lb", "Subnets": [subnet(0), subnet(1)]}))["LoadBalancers"][0].clone()
}

/// Elastic Load Balancing Pricing, and the price of public IPv4 addresses: the hours of the balancer and an address in each zone.
#[test]
fn a_balancer_costs_its_hours_and_an_address_in_each_zone() {
    let mut lab = Lab::default();
    balancer(&mut lab);
    lab.pass(36_000.0);
    let (hours, amount) = used(&mut lab, "LoadBalancerUsage");
    assert!(is_near(hours, 10.0) && is_near(amount, 0.225), "{hours} {amount}");
    let addresses = lines(&mut lab, "PublicIPv4:InUseAddress").remove(0);
    assert_eq!(
        (&addresses["Reason"], &addresses["Quantity"], &addresses["Amount"]),
        (&json!("address of a load balancer"), &json!("20"), &json!("0.1"))
    );
}

/// Elastic Load Balancing Pricing: a capacity unit holds 25 new connections a second or a GB an hour; the dimension of which most is used
/// counts.
#[test]
fn visitors_cost_capacity_units() {
    let mut lab = Lab::default();
    let balancer = balancer(&mut lab);
    lab.settle();
    let groups = ask(&mut lab, "ec2", "DescribeSecurityGroups", json!({}));
    let rule = json!({"GroupId": groups["SecurityGroups"][0]["GroupId"], "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(&mut lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    let vpc = ask(&mut lab, "ec2", "DescribeVpcs", json!({}))["Vpcs"][0]["VpcId"].clone();
    let group = ask(
        &mut lab,
        "elbv2",
        "CreateTargetGroup",
        json!({"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": vpc}),
    );
    let action = json!({"Type": "forward", "TargetGroupArn": group["TargetGroups"][0]["TargetGroupArn"]});
    let listener = json!({"LoadBalancerArn": balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": 80, "DefaultActions": [action]});
    ask(&mut lab, "elbv2", "CreateListener", listener);
    let profile = json!({"Type": "Steady", "RequestsPerSecond": 50.0});
    ask(&mut lab, "lab", "SetTraffic", json!({"Target": balancer["DNSName"], "Profile": profile}));
    lab.pass(1_800.0);
    let before = used(&mut lab, "LCUUsage").0;
    lab.pass(3_600.0);
    let units = used(&mut lab, "LCUUsage").0 - before;
    let of_bytes = 50.0 * 21_000.0 * 3_600.0 / 1e9;
    assert!(
        (units - of_bytes).abs() < 0.05 && units > 2.0,
        "50 a second are 2 units by connections and 3.78 by bytes, not {units}"
    );
}

/// Amazon CloudWatch Pricing: detailed monitoring is seven metrics of an instance, an alarm a tenth of a dollar a month.
#[test]
fn detailed_monitoring_and_alarms_cost_money_by_the_month() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "web-server", json!({"Monitoring": {"Enabled": true}}));
    wait_for(&mut lab, &id, "running");
    let alarm = json!({"AlarmName": "cpu", "Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Statistic": "Average", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 50.0, "ComparisonOperator": "GreaterThanThreshold"});
    ask(&mut lab, "cloudwatch", "PutMetricAlarm", alarm);
    let rate = |lab: &mut Lab, usage_type: &str| number(&lines(lab, usage_type).remove(0)["AmountPerHour"]) * 730.0;
    assert!((rate(&mut lab, "CW:MetricMonitorUsage") - 2.1).abs() < 1e-5);
    assert!((rate(&mut lab, "CW:AlarmMonitorUsage") - 0.1).abs() < 1e-5);
}

/// Amazon Route 53 Pricing: half a dollar a month for a hosted zone, not in parts, and nothing for one that is deleted within 12 hours.
#[test]
fn a_hosted_zone_costs_whole_months() {
    let mut lab = Lab::default();
    let zone = ask(&mut lab, "route53", "CreateHostedZone", json!({"Name": "example.com", "CallerReference": "one"}));
    lab.pass(3_600.0);
    assert_eq!(used(&mut lab, "HostedZone").1, 0.0, "it may still be deleted");
    lab.pass(86_400.0);
    assert_eq!(used(&mut lab, "HostedZone").1, 0.5);
    lab.pass(30.0 * 86_400.0);
    assert_eq!(used(&mut lab, "HostedZone").1, 1.0, "February has begun");
    ask(&mut lab, "route53", "DeleteHostedZone", json!({"Id": zone["HostedZone"]["Id"]}));
    lab.pass(60.0 * 86_400.0);
    assert_eq!(used(&mut lab, "HostedZone").1, 1.0);
}

/// Amazon Route 53 Pricing: queries are counted; a resolver with a cache asks once in each TTL.
#[test]
fn queries_are_counted_where_no_cache_answers() {
    let mut lab = Lab::default();
    let zone = ask(&mut lab, "route53", "CreateHostedZone", json!({"Name": "example.com", "CallerReference": "one"}));
    let record =
        json!({"Name": "www.example.com", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]});
    let change = json!({"HostedZoneId": zone["HostedZone"]["Id"], "ChangeBatch": {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}});
    ask(&mut lab, "route53", "ChangeResourceRecordSets", change);
    lab.pass(60.0);
    let profile = json!({"Type": "Steady", "RequestsPerSecond": 5.0});
    ask(&mut lab, "lab", "SetTraffic", json!({"Target": "http://www.example.com", "Profile": profile}));
    lab.pass(3_600.0);
    // Anything that happens lets the bill take stock.
    ask(&mut lab, "route53", "CreateHostedZone", json!({"Name": "example.org", "CallerReference": "two"}));
    let queries = used(&mut lab, "DNS-Queries").0 * 1e6;
    assert!((55.0..=61.0).contains(&queries), "{queries}");
}

/// The bill says what it leaves out.
#[test]
fn the_bill_says_what_is_not_part_of_it() {
    assert!(bill(&mut Lab::default())["Note"].as_str().is_some_and(|note| note.contains("Free tier")));
}
