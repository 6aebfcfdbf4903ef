//! Sizes, their rules, and what a request may not ask for.
use serde_json::json;

use super::{GROUP, Scene, refusal};

/// CreateAutoScalingGroup: without a desired capacity the minimum is wanted.
#[test]
fn the_minimum_is_wanted_if_nothing_is_said() {
    let mut scene = Scene::new();
    let request = json!({"MinSize": 1, "MaxSize": 3, "VPCZoneIdentifier": scene.subnets[0].clone(),
        "LaunchTemplate": {"LaunchTemplateName": "web"}});
    scene.asg("CreateAutoScalingGroup", request).expect("a group");
    assert_eq!(scene.desired(), 1);
}

/// UpdateAutoScalingGroup: a minimum above the desired capacity raises it, a maximum below it lowers it.
#[test]
fn the_desired_capacity_follows_the_limits() {
    let mut scene = Scene::with_group([1, 1, 4], json!({}));
    scene.update(json!({"MinSize": 3}));
    assert_eq!(scene.desired(), 3);
    scene.update(json!({"MinSize": 0, "MaxSize": 2}));
    assert_eq!(scene.desired(), 2);
}

/// UpdateAutoScalingGroup: a request that is refused changes nothing.
#[test]
fn a_refused_update_changes_nothing() {
    let mut scene = Scene::with_group([1, 1, 4], json!({}));
    let before = scene.group();
    let request = json!({"MaxSize": 8, "DefaultCooldown": 60, "MaxInstanceLifetime": 5});
    assert!(refusal(scene.asg("UpdateAutoScalingGroup", request)).contains("greater than or equal to 86400"));
    assert_eq!(scene.group(), before);
}

/// EC2 Auto Scaling User Guide, "Scaling cooldowns": a manual change waits for the cooldown only if it is asked to.
#[test]
fn a_change_by_hand_honours_the_cooldown_only_if_asked_to() {
    let mut scene = Scene::with_group([1, 1, 4], json!({"DefaultCooldown": 300}));
    let honour = json!({"DesiredCapacity": 2, "HonorCooldown": true});
    assert!(
        refusal(scene.asg("SetDesiredCapacity", honour.clone())).ends_with("is in progress and blocks this action")
    );
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 3})).expect("a change that does not ask");
    scene.pass(600.0);
    scene.asg("SetDesiredCapacity", honour).expect("a change after the cooldown");
    assert_eq!(scene.desired(), 2);
}

/// DeleteAutoScalingGroup: `ForceDelete` ends the instances, and the history stays to be read.
#[test]
fn a_forced_delete_ends_the_instances_and_keeps_the_history() {
    let mut scene = Scene::with_group([1, 2, 4], json!({}));
    let ids = scene.ids_in("InService");
    scene.asg("DeleteAutoScalingGroup", json!({"ForceDelete": true})).expect("an end");
    assert_eq!(scene.group()["Status"], "Delete in progress");
    let again = scene.create([1, 1, 1], json!({}));
    assert!(refusal(again).ends_with(&format!("A group with the name {GROUP} already exists and is pending delete")));
    scene.pass(300.0);
    assert!(scene.group().is_null());
    let request = json!({"IncludeDeletedGroups": true});
    let history = scene.asg("DescribeScalingActivities", request).expect("the history")["Activities"].clone();
    assert_eq!(history[0]["AutoScalingGroupState"], "Deleted");
    assert!(ids.iter().all(|id| history.to_string().contains(id)));
}

/// CreateAutoScalingGroup: deletion protection refuses a forced delete, or any.
#[test]
fn deletion_protection_keeps_the_group() {
    let mut scene = Scene::with_group([0, 0, 1], json!({"DeletionProtection": "prevent-force-deletion"}));
    assert!(refusal(scene.asg("DeleteAutoScalingGroup", json!({"ForceDelete": true}))).contains("deletion protection"));
    scene.update(json!({"DeletionProtection": "prevent-all-deletion"}));
    assert!(refusal(scene.asg("DeleteAutoScalingGroup", json!({}))).contains("deletion protection"));
    scene.update(json!({"DeletionProtection": "none"}));
    scene.asg("DeleteAutoScalingGroup", json!({})).expect("an end");
}

/// CreateAutoScalingGroup: tags with `PropagateAtLaunch` are on the instances, others on the group alone.
#[test]
fn tags_reach_the_instances_only_if_they_propagate() {
    let tags = json!([{"Key": "team", "Value": "shop", "PropagateAtLaunch": true}, {"Key": "cost", "Value": "7", "PropagateAtLaunch": false}]);
    let mut scene = Scene::with_group([1, 1, 1], json!({"Tags": tags}));
    let id = scene.ids_in("InService").remove(0);
    let found =
        scene.ask(crate::support::REGION, "ec2", "DescribeInstances", json!({"InstanceIds": [id]})).expect("it");
    let shown = found["Reservations"][0]["Instances"][0]["Tags"].to_string();
    assert!(
        shown.contains("team") && shown.contains("aws:autoscaling:groupName") && !shown.contains("cost"),
        "{shown}"
    );
}

/// CreateAutoScalingGroup, InstanceMaintenancePolicy: both percentages, at most a hundred apart.
#[test]
fn a_maintenance_policy_has_its_limits() {
    let mut scene = Scene::with_group([0, 0, 1], json!({}));
    for policy in [
        json!({"MinHealthyPercentage": 90}),
        json!({"MinHealthyPercentage": 50, "MaxHealthyPercentage": 90}),
        json!({"MinHealthyPercentage": 20, "MaxHealthyPercentage": 200}),
    ] {
        refusal(scene.asg("UpdateAutoScalingGroup", json!({"InstanceMaintenancePolicy": policy})));
    }
    scene.update(json!({"InstanceMaintenancePolicy": {"MinHealthyPercentage": 100, "MaxHealthyPercentage": 120}}));
    assert_eq!(scene.group()["InstanceMaintenancePolicy"]["MaxHealthyPercentage"], 120);
}

/// CreateLaunchConfiguration is closed for accounts made after 2023, and the lab's account is one of them.
#[test]
fn there_are_no_launch_configurations() {
    let mut scene = Scene::new();
    let request =
        json!({"MinSize": 0, "MaxSize": 1, "AvailabilityZones": ["us-east-1a"], "LaunchConfigurationName": "old"});
    let message = refusal(scene.asg("CreateAutoScalingGroup", request));
    assert_eq!(message, "Launch configuration name not found - Launch configuration old not found");
    let limits = scene.ask(crate::support::REGION, "autoscaling", "DescribeAccountLimits", json!({})).expect("limits");
    assert_eq!(
        (&limits["MaxNumberOfAutoScalingGroups"], &limits["NumberOfLaunchConfigurations"]),
        (&json!(500), &json!(0))
    );
}

/// CloudWatch metrics of groups: eight and more under AWS/AutoScaling, once they are enabled.
#[test]
fn a_group_publishes_its_metrics_once_they_are_enabled() {
    let mut scene = Scene::with_group([1, 2, 4], json!({}));
    let request = json!({"Granularity": "1Minute", "Metrics": ["GroupInServiceInstances", "GroupMaxSize"]});
    scene.asg("EnableMetricsCollection", request).expect("metrics");
    scene.pass(180.0);
    let found = scene
        .ask(crate::support::REGION, "cloudwatch", "ListMetrics", json!({"Namespace": "AWS/AutoScaling"}))
        .expect("metrics");
    assert_eq!(found["Metrics"].as_array().map(Vec::len), Some(2));
    let request = json!({"Namespace": "AWS/AutoScaling", "MetricName": "GroupInServiceInstances", "Statistics": ["Average"], "Period": 60,
        "Dimensions": [{"Name": "AutoScalingGroupName", "Value": GROUP}],
        "StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T09:00:00Z"});
    let found = scene.ask(crate::support::REGION, "cloudwatch", "GetMetricStatistics", request).expect("points");
    assert_eq!(found["Datapoints"][0]["Average"], 2.0);
    scene.asg("DisableMetricsCollection", json!({})).expect("no metrics");
    assert_eq!(scene.group()["EnabledMetrics"], json!([]));
}

/// CreateAutoScalingGroup: AWS's integers have 32 bits; larger ones are refused and upset nothing.
#[test]
fn numbers_without_measure_are_refused() {
    let mut scene = Scene::with_group([0, 0, 1], json!({}));
    for member in
        ["MaxSize", "DefaultCooldown", "HealthCheckGracePeriod", "DefaultInstanceWarmup", "MaxInstanceLifetime"]
    {
        for number in [i64::MAX, -5] {
            refusal(scene.asg("UpdateAutoScalingGroup", json!({member: number})));
        }
    }
    refusal(scene.asg("LaunchInstances", json!({"RequestedCapacity": i64::MAX, "ClientToken": "once"})));
    refusal(scene.asg("PutWarmPool", json!({"MaxGroupPreparedCapacity": i64::MAX})));
    let policy = json!({"PolicyName": "p", "AdjustmentType": "PercentChangeInCapacity", "ScalingAdjustment": i64::MAX});
    scene.asg("PutScalingPolicy", policy).expect("a policy");
    scene.asg("ExecutePolicy", json!({"PolicyName": "p"})).expect("an execution within the limits");
    assert_eq!(scene.desired(), 0);
}

/// "Quotas for Auto Scaling resources and groups": 50 policies, 50 hooks and 125 scheduled actions a group; 20 instances a request to attach,
/// detach or put into standby, 50 to protect.
#[test]
fn a_group_and_a_request_have_their_quotas() {
    let mut scene = Scene::with_group([0, 0, 4], json!({}));
    let policy = |number: u32| json!({"PolicyName": format!("p{number}"), "AdjustmentType": "ChangeInCapacity", "ScalingAdjustment": 1});
    let hook = |number: u32| json!({"LifecycleHookName": format!("h{number}"), "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING"});
    let action = |number: u32| {
        let minute = format!("2026-01-06T{:02}:{:02}:00Z", number / 60, number % 60);
        json!({"ScheduledActionName": format!("a{number}"), "StartTime": minute, "DesiredCapacity": 1})
    };
    type Members<'a> = &'a dyn Fn(u32) -> serde_json::Value;
    let kinds: [(&str, u32, Members); 3] = [
        ("PutScalingPolicy", 50, &policy),
        ("PutLifecycleHook", 50, &hook),
        ("PutScheduledUpdateGroupAction", 125, &action),
    ];
    for (operation, most, request) in kinds {
        for number in 0..most {
            scene.asg(operation, request(number)).unwrap_or_else(|error| panic!("{operation} {number}: {error}"));
        }
        assert_eq!(scene.asg(operation, request(most)).expect_err("one too many").code, "LimitExceeded", "{operation}");
        scene.asg(operation, request(0)).expect("a change of one that is there");
    }
    let ids = |count: usize| (0..count).map(|number| format!("i-{number:017x}")).collect::<Vec<String>>();
    for (operation, most, more) in [
        ("AttachInstances", 20, json!({})),
        ("DetachInstances", 20, json!({"ShouldDecrementDesiredCapacity": true})),
        ("EnterStandby", 20, json!({"ShouldDecrementDesiredCapacity": true})),
        ("SetInstanceProtection", 50, json!({"ProtectedFromScaleIn": true})),
    ] {
        let mut said = |count: usize| {
            let mut request = more.clone();
            request["InstanceIds"] = json!(ids(count));
            scene.asg(operation, request).expect_err("no such instances").message
        };
        let too_many = format!("Member must have length less than or equal to {most}");
        assert_eq!([most, most + 1].map(|count| said(count).contains(&too_many)), [false, true], "{operation}");
    }
}
