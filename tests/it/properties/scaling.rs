//! Requests to Auto Scaling: groups, members, policies, actions, hooks, refreshes, warm pools.
use scaling_lab::cloud::autoscaling::Group;
use scaling_lab::sim::SimDuration;
use serde_json::{Value, json};

use super::Kind;
use super::player::{Asked, Player};
use crate::support::REGION;

pub const KINDS: &[Kind] = &[
    (8, create),
    (8, resize),
    (3, replace_settings),
    (2, move_to_subnets),
    (8, set_desired),
    (1, delete),
    (5, end_member),
    (4, enter_standby),
    (4, exit_standby),
    (4, attach),
    (4, detach),
    (2, launch_now),
    (3, set_health),
    (2, protect),
    (2, suspend),
    (4, resume),
    (2, attach_target_group),
    (2, detach_target_group),
    (5, put_policy),
    (2, execute_policy),
    (2, delete_policy),
    (3, put_scheduled),
    (1, delete_scheduled),
    (2, put_hook),
    (2, complete_action),
    (2, delete_hook),
    (3, start_refresh),
    (2, end_refresh),
    (1, put_warm_pool),
    (2, delete_warm_pool),
    (3, describe),
];

const GROUPS: [&str; 3] = ["web", "api", "jobs"];

fn ask(player: &mut Player, operation: &'static str, mut parameters: Value) -> Asked {
    let name = if player.is(20) { "none" } else { player.word(&GROUPS) };
    if parameters.get("AutoScalingGroupName").is_none() {
        parameters["AutoScalingGroupName"] = json!(name);
    }
    ("autoscaling", operation, parameters)
}

/// A group, and one or two of its members in a state that fits.
fn some_members(player: &mut Player, state: &str) -> (&'static str, Vec<String>) {
    let name = player.word(&GROUPS);
    let group = player.region().autoscaling.groups.get(name);
    let members = group.into_iter().flat_map(|group| &group.members);
    let fits = |lifecycle: &str| lifecycle.starts_with(state);
    let ids: Vec<String> = members
        .filter(|member| fits(&format!("{:?}", member.lifecycle)))
        .map(|member| member.instance_id.clone())
        .collect();
    let count = 1 + usize::from(player.is(3));
    let picked = (0..count).map(|_| match player.is(12) {
        true => player.instance(),
        false => player.pick(ids.clone(), "i-0123456789abcdef0"),
    });
    (name, picked.collect())
}

fn create(player: &mut Player) -> Asked {
    let (min, size, max) = (player.below(3), player.below(5), 3 + player.below(4));
    let name = player.word(&GROUPS);
    let mut request = json!({"AutoScalingGroupName": name, "MinSize": min, "MaxSize": max, "DesiredCapacity": min.max(size),
        "VPCZoneIdentifier": player.subnet_list(), "LaunchTemplate": {"LaunchTemplateName": "web", "Version": player.word(&["1", "$Default"])},
        "HealthCheckType": player.word(&["EC2", "ELB"]), "HealthCheckGracePeriod": player.below(200),
        "DefaultInstanceWarmup": player.below(120), "DefaultCooldown": player.below(300)});
    if player.is(2) {
        request["TargetGroupARNs"] = json!([player.target_group()]);
    }
    ask(player, "CreateAutoScalingGroup", request)
}

fn resize(player: &mut Player) -> Asked {
    let mut request = json!({"MinSize": player.below(4), "MaxSize": player.below(7)});
    if player.is(3) {
        request["DesiredCapacity"] = json!(player.below(6));
    }
    ask(player, "UpdateAutoScalingGroup", request)
}

fn replace_settings(player: &mut Player) -> Asked {
    let percentages =
        json!({"MinHealthyPercentage": 50 + player.below(60), "MaxHealthyPercentage": 100 + player.below(80)});
    let settings = [
        json!({"TerminationPolicies": [player.word(&["Default", "OldestInstance", "NewestInstance", "ClosestToNextInstanceHour"])]}),
        json!({"InstanceMaintenancePolicy": percentages}),
        json!({"MaxInstanceLifetime": 86_400 + player.below(10_000)}),
        json!({"NewInstancesProtectedFromScaleIn": player.is(3)}),
        json!({"LaunchTemplate": {"LaunchTemplateName": "web", "Version": player.word(&["1", "2", "$Latest", "$Default"])}}),
        json!({"AvailabilityZoneDistribution": {"CapacityDistributionStrategy": player.word(&["balanced-only", "balanced-best-effort"])}}),
    ];
    let place = player.below(settings.len());
    ask(player, "UpdateAutoScalingGroup", settings[place].clone())
}

fn move_to_subnets(player: &mut Player) -> Asked {
    let list = player.subnet_list();
    ask(player, "UpdateAutoScalingGroup", json!({"VPCZoneIdentifier": list}))
}

fn set_desired(player: &mut Player) -> Asked {
    let request = json!({"DesiredCapacity": player.below(7), "HonorCooldown": player.is(4)});
    ask(player, "SetDesiredCapacity", request)
}

fn delete(player: &mut Player) -> Asked {
    let forced = player.is(2);
    ask(player, "DeleteAutoScalingGroup", json!({"ForceDelete": forced}))
}

fn end_member(player: &mut Player) -> Asked {
    let (_, mut ids) = some_members(player, "");
    let request = json!({"InstanceId": ids.remove(0), "ShouldDecrementDesiredCapacity": player.is(2)});
    ("autoscaling", "TerminateInstanceInAutoScalingGroup", request)
}

fn enter_standby(player: &mut Player) -> Asked {
    let (name, ids) = some_members(player, "InService");
    let request =
        json!({"AutoScalingGroupName": name, "InstanceIds": ids, "ShouldDecrementDesiredCapacity": player.is(2)});
    ask(player, "EnterStandby", request)
}

fn exit_standby(player: &mut Player) -> Asked {
    let (name, ids) = some_members(player, "Standby");
    ask(player, "ExitStandby", json!({"AutoScalingGroupName": name, "InstanceIds": ids}))
}

fn attach(player: &mut Player) -> Asked {
    let id = player.instance();
    ask(player, "AttachInstances", json!({"InstanceIds": [id]}))
}

fn detach(player: &mut Player) -> Asked {
    let state = player.word(&["InService", "Standby"]);
    let (name, ids) = some_members(player, state);
    let request =
        json!({"AutoScalingGroupName": name, "InstanceIds": ids, "ShouldDecrementDesiredCapacity": player.is(2)});
    ask(player, "DetachInstances", request)
}

fn launch_now(player: &mut Player) -> Asked {
    let token = player.new_name("token");
    let zone = format!("{REGION}{}", player.word(&["a", "b", "c", "d"]));
    let request = json!({"RequestedCapacity": 1 + player.below(2), "ClientToken": token, "AvailabilityZones": [zone]});
    ask(player, "LaunchInstances", request)
}

fn set_health(player: &mut Player) -> Asked {
    let (_, mut ids) = some_members(player, "");
    let status = player.word(&["Healthy", "Unhealthy", "Unhealthy", "Ill"]);
    let request =
        json!({"InstanceId": ids.remove(0), "HealthStatus": status, "ShouldRespectGracePeriod": player.is(2)});
    ("autoscaling", "SetInstanceHealth", request)
}

fn protect(player: &mut Player) -> Asked {
    let (name, ids) = some_members(player, "InService");
    let request = json!({"AutoScalingGroupName": name, "InstanceIds": ids, "ProtectedFromScaleIn": player.is(3)});
    ask(player, "SetInstanceProtection", request)
}

fn suspend(player: &mut Player) -> Asked {
    let process = player.word(&[
        "Launch",
        "Terminate",
        "AddToLoadBalancer",
        "AlarmNotification",
        "AZRebalance",
        "HealthCheck",
        "InstanceRefresh",
        "ReplaceUnhealthy",
        "ScheduledActions",
    ]);
    ask(player, "SuspendProcesses", json!({"ScalingProcesses": [process]}))
}

fn resume(player: &mut Player) -> Asked {
    ask(player, "ResumeProcesses", json!({}))
}

fn attach_target_group(player: &mut Player) -> Asked {
    let arn = player.target_group();
    ask(player, "AttachLoadBalancerTargetGroups", json!({"TargetGroupARNs": [arn]}))
}

fn detach_target_group(player: &mut Player) -> Asked {
    let arn = player.target_group();
    ask(player, "DetachLoadBalancerTargetGroups", json!({"TargetGroupARNs": [arn]}))
}

fn policy(player: &mut Player) -> &'static str {
    player.word(&["track", "steps", "simple"])
}

/// A policy of each kind, on the CPU or on a metric of one's own.
fn put_policy(player: &mut Player) -> Asked {
    let change = player.below(5) as i64 - 2;
    let adjustment = player.word(&["ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"]);
    let mut request = match policy(player) {
        "track" => {
            let load = json!({"Namespace": "Shop", "MetricName": "Load", "Statistic": "Average"});
            let mut configuration =
                json!({"TargetValue": 20.0 + player.below(60) as f64, "DisableScaleIn": player.is(4)});
            match player.is(2) {
                true => configuration["CustomizedMetricSpecification"] = load,
                false => {
                    configuration["PredefinedMetricSpecification"] =
                        json!({"PredefinedMetricType": "ASGAverageCPUUtilization"});
                }
            }
            json!({"PolicyName": "track", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": configuration})
        }
        "steps" => {
            let steps = json!([{"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 20.0, "ScalingAdjustment": change},
                {"MetricIntervalLowerBound": 20.0, "ScalingAdjustment": change * 2}]);
            json!({"PolicyName": "steps", "PolicyType": "StepScaling", "AdjustmentType": adjustment, "StepAdjustments": steps})
        }
        _ => {
            json!({"PolicyName": "simple", "AdjustmentType": adjustment, "ScalingAdjustment": change, "Cooldown": player.below(300)})
        }
    };
    request["Enabled"] = json!(!player.is(6));
    ask(player, "PutScalingPolicy", request)
}

fn execute_policy(player: &mut Player) -> Asked {
    let mut request = json!({"PolicyName": policy(player), "HonorCooldown": false});
    if player.is(2) {
        (request["MetricValue"], request["BreachThreshold"]) = (json!(70.0), json!(50.0));
    }
    ask(player, "ExecutePolicy", request)
}

fn delete_policy(player: &mut Player) -> Asked {
    let name = policy(player);
    ask(player, "DeletePolicy", json!({"PolicyName": name}))
}

fn put_scheduled(player: &mut Player) -> Asked {
    let name = player.word(&["up", "down", "once"]);
    let mut request = json!({"ScheduledActionName": name, "DesiredCapacity": player.below(6)});
    if player.is(3) {
        (request["MinSize"], request["MaxSize"]) = (json!(player.below(3)), json!(2 + player.below(5)));
    }
    match name {
        "once" => {
            let start = player.lab.now() + SimDuration::from_secs(60 + 60 * player.below(300) as u64);
            request["StartTime"] = json!(start.to_iso8601());
        }
        _ => {
            request["Recurrence"] = json!(format!("{} {} * * *", player.below(60), player.word(&["*", "*/3", "8-17"])))
        }
    }
    ask(player, "PutScheduledUpdateGroupAction", request)
}

fn delete_scheduled(player: &mut Player) -> Asked {
    let name = player.word(&["up", "down", "once"]);
    ask(player, "DeleteScheduledAction", json!({"ScheduledActionName": name}))
}

fn put_hook(player: &mut Player) -> Asked {
    let (name, transition) = match player.is(2) {
        true => ("ready", "autoscaling:EC2_INSTANCE_LAUNCHING"),
        false => ("goodbye", "autoscaling:EC2_INSTANCE_TERMINATING"),
    };
    let request = json!({"LifecycleHookName": name, "LifecycleTransition": transition, "HeartbeatTimeout": 30 + player.below(120),
        "DefaultResult": player.word(&["CONTINUE", "CONTINUE", "ABANDON"])});
    ask(player, "PutLifecycleHook", request)
}

fn complete_action(player: &mut Player) -> Asked {
    let (name, mut ids) = some_members(player, "");
    let request = json!({"AutoScalingGroupName": name, "LifecycleHookName": player.word(&["ready", "goodbye"]),
        "InstanceId": ids.remove(0), "LifecycleActionResult": player.word(&["CONTINUE", "ABANDON"])});
    ask(player, "CompleteLifecycleAction", request)
}

fn delete_hook(player: &mut Player) -> Asked {
    let name = player.word(&["ready", "goodbye"]);
    ask(player, "DeleteLifecycleHook", json!({"LifecycleHookName": name}))
}

fn start_refresh(player: &mut Player) -> Asked {
    let preferences = json!({"MinHealthyPercentage": player.below(101), "InstanceWarmup": player.below(100),
        "SkipMatching": player.is(3), "ScaleInProtectedInstances": player.word(&["Refresh", "Ignore", "Wait"]),
        "StandbyInstances": player.word(&["Terminate", "Ignore", "Wait"])});
    let mut request = json!({"Preferences": preferences});
    if player.is(2) {
        let version = (1 + player.below(3)).to_string();
        request["DesiredConfiguration"] = json!({"LaunchTemplate": {"LaunchTemplateName": "web", "Version": version}});
        request["Preferences"]["AutoRollback"] = json!(player.is(2));
    }
    ask(player, "StartInstanceRefresh", request)
}

fn end_refresh(player: &mut Player) -> Asked {
    let operation = player.word(&["CancelInstanceRefresh", "RollbackInstanceRefresh", "RollbackInstanceRefresh"]);
    let is_under_way = |group: &&Group| group.refreshes.front().is_some_and(|refresh| refresh.ended.is_none());
    let groups = player.region().autoscaling.groups.values().filter(is_under_way);
    let names = groups.map(|group| group.name.clone()).collect();
    let name = player.pick(names, GROUPS[0]);
    ask(player, operation, json!({"AutoScalingGroupName": name}))
}

fn put_warm_pool(player: &mut Player) -> Asked {
    let request = json!({"PoolState": player.word(&["Stopped", "Running"]), "MinSize": player.below(2),
        "MaxGroupPreparedCapacity": player.below(5), "InstanceReusePolicy": {"ReuseOnScaleIn": player.is(2)}});
    ask(player, "PutWarmPool", request)
}

fn delete_warm_pool(player: &mut Player) -> Asked {
    let forced = player.is(2);
    ask(player, "DeleteWarmPool", json!({"ForceDelete": forced}))
}

fn describe(player: &mut Player) -> Asked {
    match player.below(4) {
        0 => ("autoscaling", "DescribeAutoScalingGroups", json!({})),
        1 => ("autoscaling", "DescribePolicies", json!({})),
        2 => ask(player, "DescribeInstanceRefreshes", json!({})),
        _ => ask(player, "DescribeScalingActivities", json!({"MaxRecords": 10})),
    }
}
