//! Health checks (User Guide for Application Load Balancers, "Health checks for Application Load Balancer target groups").
use serde_json::json;

use super::{Scene, ask, forward_to};

/// "Target health status": a target of a group that no listener uses is `unused`; joined, it is `initial`, and "after each target is
/// registered, it must pass one health check to be considered healthy".
#[test]
fn one_good_check_makes_a_new_target_healthy() {
    let mut scene = Scene::without_listener("a");
    assert_eq!(scene.first(), ["unused", "Target.NotInUse"]);
    scene.listener = scene.listen(80, forward_to(&scene.target_group));
    let seen = scene.timeline(40);
    let lines: Vec<&str> = seen.lines().map(|line| &line[5..]).collect();
    assert_eq!(lines, ["initial Elb.RegistrationInProgress", "healthy"], "{seen}");
    let second: u32 = seen.lines().last().expect("a line")[..4].trim().parse().expect("a second");
    assert!(second <= 10, "within a third of the interval, though the healthy threshold is five: {seen}");
}

/// Two failed checks in a row (`UnhealthyThresholdCount`) of each node, 30 s apart, the last of them waited for 5 s
/// (`HealthCheckTimeoutSeconds`); then five good ones (`HealthyThresholdCount`).
#[test]
fn a_target_behind_a_closed_group_times_out_and_comes_back_after_five_checks() {
    let mut scene = Scene::with_servers("a");
    scene.open_to_the_world(false);
    let closed = scene.timeline(120);
    let lines: Vec<&str> = closed.lines().collect();
    assert_eq!((lines.len(), &lines[1][5..]), (2, "unhealthy Target.Timeout"), "{closed}");
    let second = |line: &str| line[..4].trim().parse::<u32>().expect("a second");
    assert!((35..=65).contains(&second(lines[1])), "{closed}");
    scene.open_to_the_world(true);
    let open = scene.timeline(200);
    let lines: Vec<&str> = open.lines().collect();
    assert_eq!((lines.len(), &lines[1][5..]), (2, "healthy"), "{open}");
    assert!((120..=150).contains(&second(lines[1])), "five good answers of one node, 30 s apart: {open}");
}

/// The golden timeline of a path that is missing: "Health checks failed with these codes: [404]".
#[test]
fn a_health_path_that_is_no_file_answers_404() {
    let mut scene = Scene::with_servers("a");
    let request = json!({"TargetGroupArn": scene.target_group, "HealthCheckPath": "/health"});
    scene.elb("ModifyTargetGroup", request);
    scene.lab.pass(70.0);
    let expected = ["unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [404]"];
    assert_eq!(scene.health(), [expected]);
    let write = json!({"InstanceId": scene.servers[0], "Path": "/var/www/html/health", "Content": "ok"});
    ask(&mut scene.lab, "lab", "WriteFile", write);
    scene.lab.pass(160.0);
    assert_eq!(scene.first(), ["healthy", ""]);
}

/// `Matcher`: "You can specify multiple values (for example, "200,202") or a range of values (for example, "200-299")".
#[test]
fn the_matcher_decides_which_codes_are_good() {
    let mut scene = Scene::with_servers("a");
    let arn = scene.target_group.clone();
    let mut state_with = |codes: &str| {
        let matcher = json!({"TargetGroupArn": arn, "HealthCheckPath": "/health", "Matcher": {"HttpCode": codes}});
        scene.elb("ModifyTargetGroup", matcher);
        scene.lab.pass(180.0);
        scene.first()[0].clone()
    };
    assert_eq!(state_with("200"), "unhealthy");
    assert_eq!(state_with("200,404"), "healthy");
    assert_eq!(state_with("200-299"), "unhealthy");
    assert_eq!(state_with("300-499"), "healthy");
}

/// `HealthCheckPort`: the port that is asked instead of the traffic port. Nothing listens there: `Target.FailedHealthChecks`.
#[test]
fn a_port_where_nothing_listens_fails_at_once() {
    let mut scene = Scene::with_servers("a");
    let rule = json!({"GroupId": scene.security_group, "IpProtocol": "tcp", "FromPort": 81, "ToPort": 81, "CidrIp": "0.0.0.0/0"});
    ask(&mut scene.lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    let request = json!({"TargetGroupArn": scene.target_group, "HealthCheckPort": "81"});
    scene.elb("ModifyTargetGroup", request);
    scene.lab.pass(70.0);
    assert_eq!(scene.health(), [["unhealthy", "Target.FailedHealthChecks", "Health checks failed"]]);
}

/// "If a target group contains only unhealthy registered targets, the load balancer routes requests to all those targets, regardless of
/// their health status."
#[test]
fn a_load_balancer_with_unhealthy_targets_alone_fails_open() {
    let mut scene = Scene::with_servers("ab");
    let request = json!({"TargetGroupArn": scene.target_group, "HealthCheckPath": "/health"});
    scene.elb("ModifyTargetGroup", request);
    scene.lab.pass(90.0);
    assert!(scene.health().iter().all(|[state, ..]| state == "unhealthy"));
    assert_eq!(scene.visit("/")["StatusCode"], 200, "the page is served though the check fails");
}

/// "Target group health": requests go to the healthy targets alone as long as enough are healthy
/// (`unhealthy_state_routing.minimum_healthy_targets.count`).
#[test]
fn below_the_minimum_of_healthy_targets_requests_go_to_all() {
    let mut scene = Scene::with_servers("ab");
    ask(&mut scene.lab, "ec2", "CreateSecurityGroup", json!({"GroupName": "closed", "Description": "nothing"}));
    let write = json!({"InstanceId": scene.servers[0], "Path": "/var/www/html/health", "Content": "ok"});
    ask(&mut scene.lab, "lab", "WriteFile", write);
    let request = json!({"TargetGroupArn": scene.target_group, "HealthCheckPath": "/health"});
    scene.elb("ModifyTargetGroup", request);
    scene.lab.pass(90.0);
    let answering = |scene: &mut Scene| {
        let mut servers: Vec<String> = (0..4)
            .map(|_| {
                scene.lab.pass(10.0);
                scene.visit("/")["Server"].as_str().expect("a server").to_owned()
            })
            .collect();
        servers.sort();
        servers.dedup();
        servers.len()
    };
    assert_eq!(answering(&mut scene), 1);
    scene.set_attribute("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "2");
    assert_eq!(answering(&mut scene), 2);
}
