//! Requests to CloudWatch, Route 53 and the lab: alarms, names, visitors, faults, quotas, rights, the bill.
use scaling_lab::session::fault::NAMES;
use serde_json::{Value, json};

use super::Kind;
use super::player::{Asked, Player};
use crate::support::REGION;

pub const KINDS: &[Kind] = &[
    (5, put_alarm),
    (1, delete_alarm),
    (2, set_alarm),
    (6, put_metric),
    (3, change_record),
    (4, set_traffic),
    (9, inject),
    (5, clear),
    (1, set_quota),
    (1, deny),
    (3, allow),
    (1, throttle),
    (2, write_file),
    (2, visit),
    (2, describe_bill),
];

const ALARMS: [&str; 3] = ["busy", "idle", "broken"];

/// An alarm on the load or on the CPU, that sets off a policy or ends an instance.
fn put_alarm(player: &mut Player) -> Asked {
    let groups = player.region().autoscaling.groups.values();
    let arns: Vec<String> = groups.flat_map(|group| &group.policies).map(|policy| policy.arn.clone()).collect();
    let mut request = json!({"AlarmName": player.word(&ALARMS), "Statistic": "Average", "Period": 60, "EvaluationPeriods": 1 + player.below(3),
        "Threshold": 20 + player.below(60), "ComparisonOperator": player.word(&["GreaterThanThreshold", "LessThanThreshold"]),
        "TreatMissingData": player.word(&["missing", "breaching", "notBreaching", "ignore"])});
    let is_of_instance = player.is(3);
    let (namespace, metric) = if is_of_instance { ("AWS/EC2", "CPUUtilization") } else { ("Shop", "Load") };
    (request["Namespace"], request["MetricName"]) = (json!(namespace), json!(metric));
    let action = match is_of_instance {
        true => format!("arn:aws:automate:{REGION}:ec2:{}", player.word(&["stop", "reboot", "terminate"])),
        false => player.pick(arns, "arn:aws:sns:us-east-1:123456789012:alarms"),
    };
    request["AlarmActions"] = json!([action]);
    if is_of_instance {
        request["Dimensions"] = json!([{"Name": "InstanceId", "Value": player.instance()}]);
    }
    ("cloudwatch", "PutMetricAlarm", request)
}

fn delete_alarm(player: &mut Player) -> Asked {
    ("cloudwatch", "DeleteAlarms", json!({"AlarmNames": [player.word(&ALARMS)]}))
}

fn set_alarm(player: &mut Player) -> Asked {
    let state = player.word(&["OK", "ALARM", "INSUFFICIENT_DATA"]);
    (
        "cloudwatch",
        "SetAlarmState",
        json!({"AlarmName": player.word(&ALARMS), "StateValue": state, "StateReason": "a test"}),
    )
}

fn put_metric(player: &mut Player) -> Asked {
    let data = json!([{"MetricName": "Load", "Value": player.below(100)}]);
    ("cloudwatch", "PutMetricData", json!({"Namespace": "Shop", "MetricData": data}))
}

/// The public address of an instance.
fn public_ip(player: &mut Player) -> String {
    let id = player.instance();
    player.region().ec2.public_ip(&id).unwrap_or("192.0.2.1").to_owned()
}

fn change_record(player: &mut Player) -> Asked {
    let name = player.word(&["example.com", "www.example.com", "shop.example.com"]);
    let mut set = json!({"Name": name, "Type": "A"});
    let arn = player.load_balancer();
    let balancer = player.region().elb.load_balancers.get(&arn).map(|one| one.dns_name.clone());
    match balancer.filter(|_| player.is(2)) {
        Some(dns_name) => {
            set["AliasTarget"] =
                json!({"HostedZoneId": "Z35SXDOTRQ7X7K", "DNSName": dns_name, "EvaluateTargetHealth": player.is(2)});
        }
        None => {
            (set["TTL"], set["ResourceRecords"]) = (json!(player.below(300)), json!([{"Value": public_ip(player)}]))
        }
    }
    let change = json!({"Action": player.word(&["UPSERT", "UPSERT", "CREATE", "DELETE"]), "ResourceRecordSet": set});
    let request = json!({"HostedZoneId": player.hosted_zone, "ChangeBatch": {"Changes": [change]}});
    ("route53", "ChangeResourceRecordSets", request)
}

/// A balancer, a name, or a server itself.
fn site(player: &mut Player) -> String {
    match player.below(4) {
        0 => "www.example.com".to_owned(),
        1 => public_ip(player),
        _ => {
            let balancers = player.region().elb.load_balancers.values();
            let names = balancers.map(|balancer| balancer.dns_name.clone()).collect();
            player.pick(names, "nowhere.example.com")
        }
    }
}

/// Few visitors, as the laws do not need many.
fn set_traffic(player: &mut Player) -> Asked {
    let rate = player.below(20) as f64 / 10.0;
    let profile: Value = match player.below(4) {
        0 => json!({"Type": "Ramp", "From": 0.0, "To": rate, "Seconds": 600.0}),
        1 => json!({"Type": "Spike", "Base": 0.1, "Peak": 4.0 * rate, "AtSeconds": 60.0, "Seconds": 60.0}),
        _ => json!({"Type": "Steady", "RequestsPerSecond": rate}),
    };
    let class = player.word(&["Page", "StaticPage", "CpuHeavyPage"]);
    let request = json!({"Name": player.word(&["crowd", "others"]), "Target": site(player), "Profile": profile, "RequestClass": class});
    ("lab", "SetTraffic", request)
}

/// A fault, at once or planned, for a while or until it is cleared.
fn inject(player: &mut Player) -> Asked {
    let zone = format!("{REGION}{}", player.word(&["a", "b", "c"]));
    let kind = player.word(&NAMES);
    let mut request = json!({"Fault": kind});
    match kind {
        "KillInstance" => request["InstanceId"] = json!(player.instance()),
        "LoseZone" | "NoCapacity" => request["AvailabilityZone"] = json!(zone),
        "CloseSecurityGroup" => request["GroupId"] = json!(player.security_group),
        _ => match player.below(3) {
            0 => request["InstanceId"] = json!(player.instance()),
            1 => request["AutoScalingGroupName"] = json!(player.word(&["web", "api"])),
            _ => request["AvailabilityZone"] = json!(zone),
        },
    }
    if player.is(2) {
        request["StartSeconds"] = json!(player.below(900));
    }
    if !player.is(3) {
        request["DurationSeconds"] = json!(player.below(1_200));
    }
    ("lab", "InjectFault", request)
}

fn clear(player: &mut Player) -> Asked {
    let numbers = player.lab.faults().all().map(|(number, _)| format!("fault-{number}")).collect();
    ("lab", "ClearFault", json!({"FaultId": player.pick(numbers, "fault-0")}))
}

fn set_quota(player: &mut Player) -> Asked {
    let (code, value) = match player.is(2) {
        true => ("L-0263D0A3", 2 + player.below(5)),
        false => ("L-1216C47A", 16 + player.below(64)),
    };
    ("lab", "SetQuota", json!({"QuotaCode": code, "Value": value}))
}

const DENIED: [(&str, &str); 3] =
    [("ec2", "RunInstances"), ("autoscaling", "UpdateAutoScalingGroup"), ("elbv2", "RegisterTargets")];

fn right(player: &mut Player) -> Value {
    let (service, operation) = DENIED[player.below(DENIED.len())];
    json!({"Service": service, "Operation": operation})
}

fn deny(player: &mut Player) -> Asked {
    ("lab", "DenyOperation", right(player))
}

fn allow(player: &mut Player) -> Asked {
    ("lab", "AllowOperation", right(player))
}

fn throttle(player: &mut Player) -> Asked {
    let service = player.word(&["ec2", "autoscaling", "elbv2", "cloudwatch", "s3"]);
    ("lab", "ThrottleApi", json!({"Service": service, "Seconds": player.below(60)}))
}

fn write_file(player: &mut Player) -> Asked {
    let path = player.word(&["/var/www/html/index.html", "/var/www/html/api"]);
    ("lab", "WriteFile", json!({"InstanceId": player.instance(), "Path": path, "Content": "<h1>Hello</h1>"}))
}

fn visit(player: &mut Player) -> Asked {
    let url = format!("http://{}/", site(player));
    ("lab", "Visit", json!({"Url": url}))
}

fn describe_bill(player: &mut Player) -> Asked {
    ("lab", player.word(&["DescribeBill", "DescribeQuotas", "DescribeFaults", "DescribeTraffic"]), json!({}))
}
