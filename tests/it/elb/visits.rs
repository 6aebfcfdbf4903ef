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
        (Mishap::UnknownEncoding, 501),
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

/// "HTTP 400", "405", "408", "463", "501": what is wrong with the request itself; no target gets it. A rule that fits does not matter.
#[test]
fn a_request_that_is_wrong_in_itself_costs_its_code() {
    let mut scene = Scene::with_servers("a");
    let url = format!("http://{}/", scene.dns_name);
    let addresses = |count: usize| vec!["192.0.2.1"; count].join(", ");
    for (members, code) in [
        (json!({"Method": "GET /"}), 400),
        (json!({"Headers": {"Bad Name": "x"}}), 400),
        (json!({"Headers": {"X-Line": "a\nb"}}), 400),
        (json!({"Headers": {"X-Long": "x".repeat(17_000)}}), 400),
        (json!({"Headers": {"X-Long": "x".repeat(16_000)}}), 200),
        (
            json!({"Headers": {"A": "x".repeat(16_000), "B": "x".repeat(16_000), "C": "x".repeat(16_000), "D": "x".repeat(16_000), "E": "x".repeat(2_000)}}),
            400,
        ),
        (json!({"Url": format!("{url}?{}", "x".repeat(17_000))}), 400),
        (json!({"Method": "TRACE"}), 405),
        (json!({"SendAfterSeconds": 60.5}), 408),
        (json!({"SendAfterSeconds": 60.0}), 200),
        (json!({"Headers": {"X-Forwarded-For": addresses(31)}}), 463),
        (json!({"Headers": {"x-forwarded-for": addresses(30)}}), 200),
        (json!({"Headers": {"Transfer-Encoding": "gzip"}}), 501),
        (json!({"Headers": {"Transfer-Encoding": "Chunked"}}), 200),
    ] {
        let mut request = json!({"Url": url});
        members.as_object().expect("members").iter().for_each(|(name, value)| request[name] = value.clone());
        let visit = ask(&mut scene.lab, "lab", "Visit", request);
        let server = if code == 200 { "Apache/2.4.62 (Amazon Linux)" } else { "awselb/2.0" };
        let said = members.to_string().chars().take(80).collect::<String>();
        assert_eq!((&visit["StatusCode"], header(&visit, "Server").as_str()), (&json!(code), server), "{said}");
        assert_eq!(visit["Server"] == Value::Null, code != 200, "{said}");
    }
}

/// "Sticky sessions for your Application Load Balancer", "Application-based stickiness": the target sets its cookie, the load balancer adds
/// one of its own, kept for seven days; both lead back for as long as the target group says. Without either the session is not sticky.
#[test]
fn the_applications_cookie_leads_back_to_the_server_that_set_it() {
    let mut scene = Scene::with_servers("aabb");
    scene.elb(
        "ModifyTargetGroupAttributes",
        json!({"TargetGroupArn": scene.target_group, "Attributes": [
        {"Key": "stickiness.enabled", "Value": "true"}, {"Key": "stickiness.type", "Value": "app_cookie"},
        {"Key": "stickiness.app_cookie.cookie_name", "Value": "SESSION"},
        {"Key": "stickiness.app_cookie.duration_seconds", "Value": "600"}]}),
    );
    assert_eq!(cookies(&scene.visit("/")), [""; 0], "no target sets the cookie");
    for server in scene.servers.clone() {
        let write = json!({"InstanceId": server, "Path": "/etc/httpd/conf.d/session.conf", "Content": "Header add Set-Cookie \"SESSION=7; Path=/\"\n"});
        ask(&mut scene.lab, "lab", "WriteFile", write);
    }
    let first = scene.visit("/");
    let set = cookies(&first);
    assert_eq!((set.len(), set[0].as_str()), (2, "SESSION=7; Path=/"));
    assert!(set[1].starts_with("AWSALBAPP-0=") && set[1].ends_with("; Max-Age=604800; Path=/"), "{set:?}");
    let both = set.iter().filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ");
    let bond = both.split("; ").nth(1).expect("the second").to_owned();
    let mut goes_elsewhere = |cookie: &str| {
        (0..8).any(|turn| {
            let request =
                json!({"Url": format!("http://{}/", scene.dns_name), "Turn": turn, "Headers": {"Cookie": cookie}});
            ask(&mut scene.lab, "lab", "Visit", request)["Server"] != first["Server"]
        })
    };
    assert!(!goes_elsewhere(&both) && goes_elsewhere(&bond) && goes_elsewhere("SESSION=7"));
    scene.lab.pass(601.0);
    let mut goes_elsewhere = |cookie: &str| {
        (0..8).any(|turn| {
            let request =
                json!({"Url": format!("http://{}/", scene.dns_name), "Turn": turn, "Headers": {"Cookie": cookie}});
            ask(&mut scene.lab, "lab", "Visit", request)["Server"] != first["Server"]
        })
    };
    assert!(goes_elsewhere(&both), "the bond has held for ten minutes");
}

fn cookies(visit: &Value) -> Vec<String> {
    let headers = visit["Headers"].as_array().expect("headers").iter();
    let set = headers.filter(|header| header["Name"] == "Set-Cookie").filter_map(|header| header["Value"].as_str());
    set.map(str::to_owned).collect()
}
