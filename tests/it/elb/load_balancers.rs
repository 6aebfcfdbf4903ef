//! Load balancers: states, names, idempotent creation, deletion.
use serde_json::json;

use super::{Scene, ask, open_group, text, texts};
use crate::support::Lab;

/// User Guide, "Application Load Balancers": `provisioning`, then `active`. Real ones took 126 to 187 s. Until then the name leads nowhere.
#[test]
fn a_load_balancer_is_provisioning_for_two_to_three_minutes() {
    let mut lab = Lab::default();
    let subnets = texts(&ask(&mut lab, "ec2", "DescribeSubnets", json!({})), "/Subnets", "SubnetId");
    ask(&mut lab, "elbv2", "CreateLoadBalancer", json!({"Name": "web-alb", "Subnets": subnets[..2]}));
    let state = |lab: &mut Lab| {
        let found = ask(lab, "elbv2", "DescribeLoadBalancers", json!({"Names": ["web-alb"]}));
        [text(&found, "/LoadBalancers/0/State/Code"), text(&found, "/LoadBalancers/0/DNSName")]
    };
    lab.pass(125.0);
    let [before, name] = state(&mut lab);
    assert_eq!((before.as_str(), lab.visit(&name).outcome.as_str()), ("provisioning", "NameNotFound"));
    lab.pass(63.0);
    assert_eq!(state(&mut lab)[0], "active");
    assert_eq!(lab.visit(&name).resolved_addresses.len(), 2, "one address for each zone");
}

/// `CreateLoadBalancer`: "This operation is idempotent, which means that it completes at most one time."
#[test]
fn the_same_request_again_answers_with_the_same_load_balancer() {
    let mut scene = Scene::without_listener("");
    let request = json!({"Name": "web-alb", "Subnets": [scene.subnets[1], scene.subnets[0]],
        "SecurityGroups": [scene.security_group]});
    let again = scene.elb("CreateLoadBalancer", request);
    assert_eq!(text(&again, "/LoadBalancers/0/LoadBalancerArn"), scene.load_balancer);
    let other = json!({"Name": "web-alb", "Subnets": scene.subnets[..2], "Scheme": "internal"});
    assert_eq!(scene.refused("CreateLoadBalancer", other).0, "DuplicateLoadBalancerName");
}

/// `CreateLoadBalancer`, `SecurityGroups`: without any, the load balancer gets the default one of its VPC, which lets no visitor in.
#[test]
fn without_a_security_group_visitors_wait_in_vain() {
    let mut scene = Scene::without_listener("");
    let made = scene.elb("CreateLoadBalancer", json!({"Name": "plain", "Subnets": scene.subnets[..2]}));
    scene.lab.settle();
    let visit = scene.lab.visit(&text(&made, "/LoadBalancers/0/DNSName"));
    assert_eq!((visit.outcome.as_str(), visit.status_code), ("TimedOut", None));
}

/// `DeleteLoadBalancer`: "You can't delete a load balancer if deletion protection is enabled. If the load balancer does not exist or has
/// already been deleted, the call succeeds." Its target groups stay.
#[test]
fn a_deleted_load_balancer_leaves_its_target_groups() {
    let mut scene = Scene::with_servers("a");
    let arn = json!({"LoadBalancerArn": scene.load_balancer});
    for value in ["true", "false"] {
        let attributes = json!([{"Key": "deletion_protection.enabled", "Value": value}]);
        let request = json!({"LoadBalancerArn": scene.load_balancer, "Attributes": attributes});
        scene.elb("ModifyLoadBalancerAttributes", request);
        if value == "true" {
            assert_eq!(scene.refused("DeleteLoadBalancer", arn.clone()).0, "OperationNotPermitted");
        }
    }
    scene.elb("DeleteLoadBalancer", arn.clone());
    scene.elb("DeleteLoadBalancer", arn);
    assert_eq!(scene.first(), ["unused", "Target.NotInUse"]);
    assert_eq!(scene.refused("DescribeListeners", json!({"ListenerArns": [scene.listener]})).0, "ListenerNotFound");
    scene.elb("DeleteTargetGroup", json!({"TargetGroupArn": scene.target_group}));
}

/// `SetSecurityGroups` takes effect at once: a closed group costs the visitor a timeout, without any status code.
#[test]
fn the_load_balancers_own_security_group_shuts_visitors_out_without_a_code() {
    let mut scene = Scene::with_servers("a");
    let closed =
        ask(&mut scene.lab, "ec2", "CreateSecurityGroup", json!({"GroupName": "closed", "Description": "nothing"}));
    let open = open_group(&mut scene.lab, "open");
    for (group, outcome) in [(text(&closed, "/GroupId"), "TimedOut"), (open, "Answered")] {
        let request = json!({"LoadBalancerArn": scene.load_balancer, "SecurityGroups": [group]});
        scene.elb("SetSecurityGroups", request);
        assert_eq!(scene.visit("/")["Outcome"], outcome);
    }
}

/// Quotas: "Application Load Balancers per Region: 50".
#[test]
fn the_51st_load_balancer_is_refused() {
    let mut lab = Lab::default();
    let subnets = texts(&ask(&mut lab, "ec2", "DescribeSubnets", json!({})), "/Subnets", "SubnetId");
    for number in 0..50 {
        let request = json!({"Name": format!("alb-{number}"), "Subnets": subnets[..2]});
        ask(&mut lab, "elbv2", "CreateLoadBalancer", request);
    }
    let request = json!({"Name": "alb-50", "Subnets": subnets[..2]});
    let error = lab.ask(crate::support::REGION, "elbv2", "CreateLoadBalancer", request).expect_err("one too many");
    assert_eq!(error.code, "TooManyLoadBalancers");
    assert_eq!(error.message, "The maximum number of load balancers has been reached");
}

/// How Elastic Load Balancing works: "as traffic to your application changes over time, Elastic Load Balancing scales your load balancer and
/// updates the DNS entry". An address that has left the name still answers for a while.
#[test]
fn an_address_changes_when_the_load_balancer_grows() {
    let mut scene = Scene::with_servers("ab");
    let name = scene.dns_name.clone();
    let before = scene.lab.visit(&name).resolved_addresses;
    let profile = json!({"Type": "Steady", "RequestsPerSecond": 150.0});
    let request = json!({"Target": name, "Profile": profile, "RequestClass": "StaticPage"});
    ask(&mut scene.lab, "lab", "SetTraffic", request);
    scene.lab.pass(120.0);
    let after = scene.lab.visit(&name).resolved_addresses;
    let gone: Vec<&String> = before.iter().filter(|address| !after.contains(address)).collect();
    assert_eq!((gone.len(), after.len()), (1, 2), "{before:?} {after:?}");
    assert_eq!(scene.lab.visit(gone[0]).status_code, Some(200));
    scene.lab.pass(300.0);
    assert_eq!(scene.lab.visit(gone[0]).outcome, "TimedOut");
}
