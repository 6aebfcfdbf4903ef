//! What a visitor gets, and the codes that a load balancer makes itself ("Troubleshoot your Application Load Balancers").
use scaling_lab::cloud::elb::Mishap;
use serde_json::{Value, json};

use super::{Scene, ask, fixed};

fn header(visit: &Value, name: &str) -> String {
    let all = visit["Headers"].as_array().expect("headers");
    let found = all.iter().find(|header| header["Name"] == name);
    found.map(|header| header["Value"].as_str().expect("a text").to_owned()).unwrap_or_default()
}

/// "HTTP error codes", the table of what happened and what the visitor gets.
#[test]
fn each_mishap_has_its_code() {
    for (mishap, code) in [
        (Mishap::MalformedRequest, 400),
        (Mishap::TraceMethod, 405),
        (Mishap::IdleClient, 408),
        (Mishap::ClientGaveUp, 460),
        (Mishap::TooManyForwards, 463),
        (Mishap::ConnectionRefused, 502),
        (Mishap::ConnectionBroken, 502),
        (Mishap::MalformedAnswer, 502),
        (Mishap::DeregistrationDelayOver, 502),
        (Mishap::NoTarget, 503),
        (Mishap::ConnectTimeout, 504),
        (Mishap::NoAnswer, 504),
    ] {
        assert_eq!(mishap.status_code(), code, "{mishap:?}");
    }
}

/// HTTP 503: "The target groups for the load balancer have no registered targets."
#[test]
fn without_targets_the_load_balancer_answers_503_itself() {
    let mut scene = Scene::with_servers("");
    let visit = scene.visit("/");
    assert_eq!((&visit["StatusCode"], header(&visit, "Server")), (&json!(503), "awselb/2.0".into()));
    assert!(visit["Body"].as_str().is_some_and(|body| body.contains("503 Service Temporarily Unavailable")), "{visit}");
    assert_eq!(visit["Server"], Value::Null);
}

/// HTTP 504: "The load balancer failed to establish a connection to the target before the connection timeout expired (10 seconds)"; HTTP
/// 502: "The load balancer received a TCP RST from the target when attempting to establish a connection."
#[test]
fn a_shut_target_costs_504_and_a_port_without_a_program_502() {
    let mut scene = Scene::with_servers("a");
    let name = scene.dns_name.clone();
    let inner = ask(&mut scene.lab, "ec2", "CreateSecurityGroup", json!({"GroupName": "alb", "Description": "HTTP"}));
    let inner = super::text(&inner, "/GroupId");
    let rule = json!({"GroupId": inner, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(&mut scene.lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    let request = json!({"LoadBalancerArn": scene.load_balancer, "SecurityGroups": [inner]});
    scene.elb("SetSecurityGroups", request);
    scene.open_to_the_world(false);
    assert_eq!(scene.lab.visit(&name).status_code, Some(504));
    scene.open_to_the_world(true);
    let target = json!([{"Id": scene.servers[0], "Port": 8080}]);
    let rule = json!({"GroupId": scene.security_group, "IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "CidrIp": "0.0.0.0/0"});
    ask(&mut scene.lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    scene
        .elb("DeregisterTargets", json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": scene.servers[0]}]}));
    scene.elb("RegisterTargets", json!({"TargetGroupArn": scene.target_group, "Targets": target}));
    scene.lab.pass(400.0);
    assert_eq!(scene.health(), [["unhealthy", "Target.FailedHealthChecks", "Health checks failed"]]);
    assert_eq!(scene.lab.visit(&name).status_code, Some(502));
}

/// "HTTP headers and Application Load Balancers": X-Forwarded-For, -Proto, -Port, and the trace id.
#[test]
fn the_server_sees_the_visitor_in_the_headers() {
    let mut scene = Scene::with_servers("a");
    let url = format!("http://{}/", scene.dns_name);
    let request = json!({"Url": url, "SourceIp": "203.0.113.9", "Headers": {"X-Forwarded-For": "192.0.2.1"}});
    let visit = ask(&mut scene.lab, "lab", "Visit", request);
    let seen = visit["ForwardedHeaders"].as_array().expect("headers");
    assert_eq!(seen[0], json!({"Name": "X-Forwarded-For", "Value": "192.0.2.1, 203.0.113.9"}));
    assert_eq!((&seen[1]["Value"], &seen[2]["Value"]), (&json!("80"), &json!("http")));
    assert!(seen[3]["Value"].as_str().is_some_and(|id| id.starts_with("Root=1-695b7") && id.len() == 40), "{visit}");
    assert_eq!(header(&visit, "Server"), "Apache/2.4.62 (Amazon Linux)");
    assert_eq!(header(&visit, "Content-Type"), "text/html; charset=UTF-8");
}

/// "Sticky sessions for your Application Load Balancer": the cookie AWSALB leads back to the same target.
#[test]
fn the_cookie_leads_back_to_the_same_server() {
    let mut scene = Scene::with_servers("aabb");
    assert_eq!(header(&scene.visit("/"), "Set-Cookie"), "", "off by default");
    scene.set_attribute("stickiness.enabled", "true");
    let first = scene.visit("/");
    let cookie = header(&first, "Set-Cookie");
    assert!(cookie.starts_with("AWSALB=") && cookie.ends_with("; Max-Age=86400; Path=/"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a value").to_owned();
    let mut others = 0;
    for _ in 0..6 {
        scene.lab.pass(10.0);
        let url = format!("http://{}/", scene.dns_name);
        let again = ask(&mut scene.lab, "lab", "Visit", json!({"Url": url, "Headers": {"Cookie": cookie}}));
        assert_eq!(again["Server"], first["Server"]);
        others += usize::from(scene.visit("/")["Server"] != first["Server"]);
    }
    assert!(others > 0, "a visitor without the cookie goes elsewhere");
}

/// "Fixed-response actions", and a listener for each port: on another port nothing listens.
#[test]
fn a_port_has_a_listener_of_its_own() {
    let mut scene = Scene::without_listener("");
    let rule = json!({"GroupId": scene.security_group, "IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8081, "CidrIp": "0.0.0.0/0"});
    ask(&mut scene.lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    scene.listen(8080, fixed("418", "tea"));
    let visit = |scene: &mut Scene, port: u16| {
        let url = format!("http://{}:{port}/", scene.dns_name);
        ask(&mut scene.lab, "lab", "Visit", json!({"Url": url}))
    };
    let tea = visit(&mut scene, 8080);
    assert_eq!((&tea["StatusCode"], &tea["Body"]), (&json!(418), &json!("tea")));
    assert_eq!(visit(&mut scene, 8081)["Outcome"], "ConnectionRefused");
    assert_eq!(visit(&mut scene, 8082)["Outcome"], "TimedOut", "the security group drops the packets");
}
