//! Rules (User Guide, "Listener rules for your Application Load Balancer").
use serde_json::{Value, json};

use super::{Scene, ask, fixed, forward_to};

fn body(scene: &mut Scene, request: Value) -> String {
    let mut request = request;
    let path = request["Path"].as_str().unwrap_or("/").to_owned();
    request["Url"] = json!(format!("http://{}{path}", scene.dns_name));
    request.as_object_mut().expect("an object").remove("Path");
    ask(&mut scene.lab, "lab", "Visit", request)["Body"].as_str().unwrap_or_default().to_owned()
}

/// "Rules are evaluated in priority order, from the lowest value to the highest value. The default rule is evaluated last."
#[test]
fn the_lowest_priority_that_fits_decides() {
    let mut scene = Scene::without_listener("");
    scene.listener = scene.listen(80, fixed("404", "default"));
    let img = json!([{"Field": "path-pattern", "Values": ["/img/*"]}]);
    let second = scene.add_rule(20, img.clone(), fixed("200", "second"));
    assert_eq!(body(&mut scene, json!({"Path": "/img/a.png"})), "second");
    scene.add_rule(10, img, fixed("200", "first"));
    assert_eq!(body(&mut scene, json!({"Path": "/img/a.png"})), "first");
    scene.elb("SetRulePriorities", json!({"RulePriorities": [{"RuleArn": second, "Priority": 5}]}));
    assert_eq!(body(&mut scene, json!({"Path": "/img/a.png"})), "second");
    assert_eq!(body(&mut scene, json!({"Path": "/IMG/a.png"})), "default", "capitals matter in a path");
}

/// "Condition types for listener rules", each with a request that fits and one that does not.
#[test]
fn each_type_of_condition_holds_for_its_requests_alone() {
    let mut scene = Scene::without_listener("");
    scene.listener = scene.listen(80, fixed("404", "no"));
    let header = |name: &str, value: &str| json!({"Headers": {name: value}});
    let cases = [
        (
            json!({"Field": "host-header", "Values": ["*.example.com"]}),
            header("Host", "Shop.Example.com"),
            header("Host", "example.com"),
        ),
        (
            json!({"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a?", "/b/*"]}}),
            json!({"Path": "/ab"}),
            json!({"Path": "/a"}),
        ),
        (
            json!({"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "User-Agent", "Values": ["*mobile*"]}}),
            header("user-agent", "a Mobile one"),
            header("accept", "mobile"),
        ),
        (
            json!({"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["POST"]}}),
            json!({"Method": "POST"}),
            json!({"Method": "post"}),
        ),
        (
            json!({"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "version", "Value": "v1"}, {"Value": "*beta*"}]}}),
            json!({"Path": "/?x=1&Version=V1"}),
            json!({"Path": "/?version=v2"}),
        ),
        (
            json!({"Field": "source-ip", "SourceIpConfig": {"Values": ["203.0.113.0/28"]}}),
            json!({"SourceIp": "203.0.113.15"}),
            json!({"SourceIp": "203.0.113.16"}),
        ),
    ];
    for (condition, fitting, other) in cases {
        let rule = scene.add_rule(1, json!([condition]), fixed("200", "yes"));
        assert_eq!(body(&mut scene, fitting), "yes", "{condition}");
        assert_eq!(body(&mut scene, other), "no", "{condition}");
        scene.elb("DeleteRule", json!({"RuleArn": rule}));
    }
}

/// "Each rule can have ... conditions": all must hold.
#[test]
fn all_conditions_of_a_rule_must_hold() {
    let mut scene = Scene::without_listener("");
    scene.listener = scene.listen(80, fixed("404", "no"));
    let both = json!([{"Field": "path-pattern", "Values": ["/a"]}, {"Field": "host-header", "Values": ["x.y"]}]);
    scene.add_rule(1, both, fixed("200", "yes"));
    assert_eq!(body(&mut scene, json!({"Path": "/a"})), "no");
    assert_eq!(body(&mut scene, json!({"Path": "/a", "Headers": {"Host": "x.y"}})), "yes");
}

/// "Redirect actions": what is not named stays; the default port of a protocol is left out.
#[test]
fn a_redirect_keeps_what_it_does_not_name() {
    let mut scene = Scene::without_listener("");
    let to = json!({"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "Path": "/new/#{path}", "StatusCode": "HTTP_301"}});
    scene.listener = scene.listen(80, to);
    let visit = scene.visit("/old?q=1");
    assert_eq!((&visit["StatusCode"], &visit["Outcome"]), (&json!(301), &json!("Answered")));
    let location = json!({"Name": "Location", "Value": format!("https://{}/new/old?q=1", scene.dns_name)});
    assert!(visit["Headers"].as_array().expect("headers").contains(&location), "{visit}");
}

/// "Forward actions": a request goes to one of the target groups by weight; a group of weight 0 gets none.
#[test]
fn weights_share_requests_out_and_a_target_group_belongs_to_one_load_balancer() {
    let mut scene = Scene::without_listener("ab");
    let green = scene.create_target_group("green");
    let [first, second] = [scene.servers[0].clone(), scene.servers[1].clone()];
    scene.elb("DeregisterTargets", json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": second}]}));
    scene.elb("RegisterTargets", json!({"TargetGroupArn": green, "Targets": [{"Id": second}]}));
    let action = |blue: i64, green_weight: i64| {
        json!([{"Type": "forward", "ForwardConfig": {"TargetGroups": [
            {"TargetGroupArn": scene.target_group, "Weight": blue}, {"TargetGroupArn": green, "Weight": green_weight}]}}])
    };
    let (even, all_green) = (action(1, 1), action(0, 1));
    scene.listener = scene.listen(80, even[0].clone());
    scene.lab.settle();
    let answering = |scene: &mut Scene| {
        let visit = |scene: &mut Scene| {
            scene.lab.pass(10.0);
            scene.visit("/")["Server"].as_str().unwrap_or_default().to_owned()
        };
        (0..6).map(|_| visit(scene)).collect::<std::collections::BTreeSet<String>>()
    };
    assert_eq!(answering(&mut scene), [first, second.clone()].into());
    scene.elb("ModifyListener", json!({"ListenerArn": scene.listener, "DefaultActions": all_green}));
    assert_eq!(answering(&mut scene), [second].into());
    let other = json!({"Name": "other", "Subnets": scene.subnets[..2]});
    let other = super::text(&scene.elb("CreateLoadBalancer", other), "/LoadBalancers/0/LoadBalancerArn");
    let request =
        json!({"LoadBalancerArn": other, "Protocol": "HTTP", "Port": 80, "DefaultActions": [forward_to(&green)]});
    let (code, message) = scene.refused("CreateListener", request);
    assert_eq!(code, "TargetGroupAssociationLimit");
    assert!(message.ends_with(&green), "{message}");
}
