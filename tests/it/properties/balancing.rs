//! Requests to Elastic Load Balancing: targets, target groups, balancers, listeners, rules.
use serde_json::{Value, json};

use super::Kind;
use super::player::{Asked, Player};

pub const KINDS: &[Kind] = &[
    (5, register),
    (4, deregister),
    (2, create_target_group),
    (1, delete_target_group),
    (2, modify_target_group),
    (2, modify_attributes),
    (1, create_balancer),
    (1, delete_balancer),
    (1, set_subnets),
    (2, create_listener),
    (1, delete_listener),
    (2, modify_listener),
    (4, create_rule),
    (2, modify_rule),
    (2, delete_rule),
    (3, target_health),
];

fn targets(player: &mut Player) -> Value {
    let port = 80 + player.below(2) * 8_000;
    let request = match player.is(4) {
        true => json!([{"Id": player.instance(), "Port": port}, {"Id": player.instance()}]),
        false => json!([{"Id": player.instance()}]),
    };
    json!({"TargetGroupArn": player.target_group(), "Targets": request})
}

fn register(player: &mut Player) -> Asked {
    ("elbv2", "RegisterTargets", targets(player))
}

fn deregister(player: &mut Player) -> Asked {
    ("elbv2", "DeregisterTargets", targets(player))
}

fn create_target_group(player: &mut Player) -> Asked {
    let name = player.word(&["web", "img", "api", "shop"]);
    let request = json!({"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": player.vpc,
        "HealthCheckIntervalSeconds": 5 + player.below(60), "HealthyThresholdCount": 2 + player.below(4)});
    ("elbv2", "CreateTargetGroup", request)
}

fn delete_target_group(player: &mut Player) -> Asked {
    ("elbv2", "DeleteTargetGroup", json!({"TargetGroupArn": player.target_group()}))
}

fn modify_target_group(player: &mut Player) -> Asked {
    let request = json!({"TargetGroupArn": player.target_group(), "HealthCheckPath": player.word(&["/", "/missing"]),
        "HealthCheckIntervalSeconds": 5 + player.below(60), "HealthCheckTimeoutSeconds": 2 + player.below(6)});
    ("elbv2", "ModifyTargetGroup", request)
}

fn modify_attributes(player: &mut Player) -> Asked {
    let (key, value) = match player.below(4) {
        0 => ("deregistration_delay.timeout_seconds", player.below(400).to_string()),
        1 => ("slow_start.duration_seconds", (player.below(2) * (30 + player.below(300))).to_string()),
        2 => ("stickiness.enabled", player.is(2).to_string()),
        _ => {
            let words = ["round_robin", "least_outstanding_requests", "weighted_random"];
            ("load_balancing.algorithm.type", player.word(&words).to_owned())
        }
    };
    let request = json!({"TargetGroupArn": player.target_group(), "Attributes": [{"Key": key, "Value": value}]});
    ("elbv2", "ModifyTargetGroupAttributes", request)
}

fn create_balancer(player: &mut Player) -> Asked {
    let (name, count) = (player.word(&["web", "shop", "api"]), 1 + player.below(3));
    ("elbv2", "CreateLoadBalancer", json!({"Name": name, "Subnets": player.subnets[..count]}))
}

fn delete_balancer(player: &mut Player) -> Asked {
    ("elbv2", "DeleteLoadBalancer", json!({"LoadBalancerArn": player.load_balancer()}))
}

fn set_subnets(player: &mut Player) -> Asked {
    let (from, count) = (player.below(2), 1 + player.below(3));
    let subnets = player.subnets[from..from + count].to_vec();
    ("elbv2", "SetSubnets", json!({"LoadBalancerArn": player.load_balancer(), "Subnets": subnets}))
}

/// Forward to one or to two, or answer at once.
fn actions(player: &mut Player) -> Value {
    match player.below(6) {
        0 => {
            json!([{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": player.word(&["200", "404", "503"])}}])
        }
        1 => {
            let redirect = json!({"Path": "/new", "StatusCode": "HTTP_302"});
            json!([{"Type": "redirect", "RedirectConfig": redirect}])
        }
        2 => {
            let two = json!([{"TargetGroupArn": player.target_group(), "Weight": player.below(4)},
                {"TargetGroupArn": player.target_group(), "Weight": 1}]);
            json!([{"Type": "forward", "ForwardConfig": {"TargetGroups": two}}])
        }
        _ => json!([{"Type": "forward", "TargetGroupArn": player.target_group()}]),
    }
}

fn listener(player: &mut Player) -> String {
    let arns = player.region().elb.listeners.keys().cloned().collect();
    player.pick(
        arns,
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/none/0123456789abcdef/0123456789abcdef",
    )
}

fn rule(player: &mut Player) -> String {
    let rules = player.region().elb.listeners.values().flat_map(|listener| &listener.rules);
    let arns = rules.map(|rule| rule.arn.clone()).collect();
    let none = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/none/0123456789abcdef/0123456789abcdef/0123456789abcdef";
    player.pick(arns, none)
}

fn create_listener(player: &mut Player) -> Asked {
    let request = json!({"LoadBalancerArn": player.load_balancer(), "Protocol": "HTTP", "Port": 80 + player.below(2) * 8_000,
        "DefaultActions": actions(player)});
    ("elbv2", "CreateListener", request)
}

fn delete_listener(player: &mut Player) -> Asked {
    ("elbv2", "DeleteListener", json!({"ListenerArn": listener(player)}))
}

fn modify_listener(player: &mut Player) -> Asked {
    ("elbv2", "ModifyListener", json!({"ListenerArn": listener(player), "DefaultActions": actions(player)}))
}

fn conditions(player: &mut Player) -> Value {
    json!([{"Field": "path-pattern", "Values": [player.word(&["/", "/img/*", "/api/?", "*"])]}])
}

fn create_rule(player: &mut Player) -> Asked {
    let request = json!({"ListenerArn": listener(player), "Priority": 1 + player.below(9), "Conditions": conditions(player),
        "Actions": actions(player)});
    ("elbv2", "CreateRule", request)
}

fn modify_rule(player: &mut Player) -> Asked {
    (
        "elbv2",
        "ModifyRule",
        json!({"RuleArn": rule(player), "Conditions": conditions(player), "Actions": actions(player)}),
    )
}

fn delete_rule(player: &mut Player) -> Asked {
    ("elbv2", "DeleteRule", json!({"RuleArn": rule(player)}))
}

fn target_health(player: &mut Player) -> Asked {
    ("elbv2", "DescribeTargetHealth", json!({"TargetGroupArn": player.target_group()}))
}
