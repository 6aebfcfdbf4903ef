//! Instance refresh. EC2 Auto Scaling User Guide, "Use an instance refresh to update instances".
use serde_json::{Value, json};

use super::{Scene, refusal, text};
use crate::support::REGION;

fn status(scene: &mut Scene) -> Value {
    scene.asg("DescribeInstanceRefreshes", json!({})).expect("refreshes")["InstanceRefreshes"][0].clone()
}

fn until_status(scene: &mut Scene, wanted: &str) -> u64 {
    scene.until(wanted, |scene| status(scene)["Status"] == wanted)
}

fn new_version(scene: &mut Scene) -> Value {
    let request =
        json!({"LaunchTemplateName": "web", "SourceVersion": "1", "LaunchTemplateData": {"InstanceType": "t3.small"}});
    scene.ask(REGION, "ec2", "CreateLaunchTemplateVersion", request).expect("a version");
    json!({"LaunchTemplate": {"LaunchTemplateName": "web", "Version": "2"}})
}

/// "Understand the default values": 90 and 100 per cent; of two instances one at a time is terminated first.
#[test]
fn a_refresh_replaces_one_of_two_at_a_time() {
    let mut scene = Scene::with_group([2, 2, 4], json!({"DefaultInstanceWarmup": 60}));
    let old = scene.ids_in("InService");
    scene.asg("StartInstanceRefresh", json!({})).expect("a refresh");
    let second = scene.asg("StartInstanceRefresh", json!({}));
    assert!(refusal(second).starts_with("An Instance Refresh is already in progress"));
    let mut fewest = 2;
    scene.until("it is done", |scene| {
        fewest = fewest.min(scene.ids_in("InService").len());
        assert!(scene.members().iter().filter(|one| one["LifecycleState"] != "Terminating").count() <= 2);
        status(scene)["Status"] == "Successful"
    });
    assert_eq!((fewest, status(&mut scene)["PercentageComplete"].clone()), (1, json!(100)));
    assert!(scene.ids_in("InService").iter().all(|id| !old.contains(id)));
    assert!(scene.has_cause("an instance was taken out of service in response to an instance refresh."));
    assert!(scene.has_cause("an instance was launched in response to an instance refresh."));
}

/// RefreshPreferences: with a maximum above 100 per cent new instances are launched before old ones are terminated.
#[test]
fn a_refresh_over_the_desired_capacity_is_never_short() {
    let mut scene = Scene::with_group([2, 2, 4], json!({}));
    let preferences = json!({"MinHealthyPercentage": 100, "MaxHealthyPercentage": 150});
    scene.asg("StartInstanceRefresh", json!({"Preferences": preferences})).expect("a refresh");
    scene.until("it is done", |scene| {
        assert!(scene.ids_in("InService").len() >= 2);
        status(scene)["Status"] == "Successful"
    });
}

/// RefreshPreferences, SkipMatching: instances that are as they should be stay; the group has the new template afterwards.
#[test]
fn matching_instances_are_skipped() {
    let mut scene = Scene::with_group([1, 2, 4], json!({}));
    let desired = new_version(&mut scene);
    let request = json!({"DesiredConfiguration": desired, "Preferences": {"SkipMatching": true}});
    scene.asg("StartInstanceRefresh", request.clone()).expect("a refresh");
    until_status(&mut scene, "Successful");
    assert_eq!(scene.group()["LaunchTemplate"]["Version"], "2");
    let ids = scene.ids_in("InService");
    scene.asg("StartInstanceRefresh", request).expect("a refresh");
    until_status(&mut scene, "Successful");
    assert_eq!(scene.ids_in("InService"), ids, "nothing to do");
}

/// RefreshPreferences, CheckpointPercentages: the refresh waits where it is told to.
#[test]
fn a_refresh_waits_at_its_checkpoints() {
    let mut scene = Scene::with_group([2, 2, 4], json!({}));
    let preferences = json!({"CheckpointPercentages": [50, 100], "CheckpointDelay": 1_200});
    scene.asg("StartInstanceRefresh", json!({"Preferences": preferences})).expect("a refresh");
    scene.until("half of it", |scene| status(scene)["PercentageComplete"] == 50);
    scene.pass(1_100.0);
    assert_eq!(status(&mut scene)["PercentageComplete"], 50);
    until_status(&mut scene, "Successful");
}

/// CancelInstanceRefresh: what is replaced stays so, the rest is left alone.
#[test]
fn a_cancelled_refresh_leaves_the_rest_alone() {
    let mut scene = Scene::with_group([3, 3, 4], json!({"DefaultInstanceWarmup": 120}));
    let old = scene.ids_in("InService");
    scene.asg("StartInstanceRefresh", json!({})).expect("a refresh");
    scene.until("the first is gone", |scene| {
        scene.ids_in("InService").iter().filter(|id| old.contains(id)).count() == 2
    });
    scene.asg("CancelInstanceRefresh", json!({})).expect("an end");
    until_status(&mut scene, "Cancelled");
    scene.pass(600.0);
    assert_eq!(scene.ids_in("InService").iter().filter(|id| old.contains(id)).count(), 2);
    assert!(
        refusal(scene.asg("CancelInstanceRefresh", json!({})))
            .starts_with("No in progress or pending Instance Refresh found")
    );
}

/// RollbackInstanceRefresh: the new instances are replaced by those of the former version.
#[test]
fn a_refresh_goes_back() {
    let template = json!({"LaunchTemplateName": "web", "Version": "1"});
    let mut scene = Scene::with_group([2, 2, 4], json!({"LaunchTemplate": template, "DefaultInstanceWarmup": 120}));
    let desired = new_version(&mut scene);
    scene.asg("StartInstanceRefresh", json!({"DesiredConfiguration": desired})).expect("a refresh");
    scene.until("half of it", |scene| status(scene)["PercentageComplete"] == 50);
    scene.asg("RollbackInstanceRefresh", json!({})).expect("a way back");
    until_status(&mut scene, "RollbackSuccessful");
    assert!(scene.members().iter().all(|member| member["LaunchTemplate"]["Version"] == "1"));
    assert_eq!(text(&scene.group()["LaunchTemplate"]["Version"]), "1");
}

/// RollbackInstanceRefresh: a refresh without a desired configuration cannot go back.
#[test]
fn a_refresh_without_a_new_configuration_cannot_go_back() {
    let mut scene = Scene::with_group([1, 1, 4], json!({}));
    scene.asg("StartInstanceRefresh", json!({})).expect("a refresh");
    let error = scene.asg("RollbackInstanceRefresh", json!({})).expect_err("no way back");
    assert_eq!(error.code, "IrreversibleInstanceRefresh");
}

/// RefreshPreferences, AlarmSpecification: an alarm ends the refresh; with AutoRollback it goes back.
#[test]
fn an_alarm_ends_a_refresh() {
    let mut scene = Scene::with_group([2, 2, 4], json!({}));
    let alarm = json!({"AlarmName": "errors", "Namespace": "Shop", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanThreshold"});
    scene.ask(REGION, "cloudwatch", "PutMetricAlarm", alarm).expect("an alarm");
    let preferences = json!({"AlarmSpecification": {"Alarms": ["errors"]}});
    scene.asg("StartInstanceRefresh", json!({"Preferences": preferences})).expect("a refresh");
    until_status(&mut scene, "InProgress");
    let request = json!({"AlarmName": "errors", "StateValue": "ALARM", "StateReason": "a test"});
    scene.ask(REGION, "cloudwatch", "SetAlarmState", request).expect("a state");
    scene.pass(20.0);
    assert_eq!(status(&mut scene)["Status"], "Failed");
}

/// "Suspend processes": with `InstanceRefresh` suspended a refresh does not go on; resumed, it does.
#[test]
fn a_refresh_rests_while_its_process_is_suspended() {
    let mut scene = Scene::with_group([2, 2, 4], json!({}));
    let old = scene.ids_in("InService");
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["InstanceRefresh"]})).expect("a suspension");
    scene.asg("StartInstanceRefresh", json!({})).expect("a refresh");
    scene.pass(1_200.0);
    assert_eq!((scene.ids_in("InService"), status(&mut scene)["EndTime"].clone()), (old, Value::Null));
    scene.asg("ResumeProcesses", json!({})).expect("no suspension");
    until_status(&mut scene, "Successful");
}

/// RefreshPreferences, AutoRollback: a refresh that fails goes back to the former version by itself, and says why.
#[test]
fn a_failed_refresh_goes_back_by_itself() {
    let template = json!({"LaunchTemplateName": "web", "Version": "1"});
    let mut scene = Scene::with_group([2, 2, 4], json!({"LaunchTemplate": template, "DefaultInstanceWarmup": 120}));
    let alarm = json!({"AlarmName": "errors", "Namespace": "Shop", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanThreshold"});
    scene.ask(REGION, "cloudwatch", "PutMetricAlarm", alarm).expect("an alarm");
    let desired = new_version(&mut scene);
    let preferences = json!({"AutoRollback": true, "AlarmSpecification": {"Alarms": ["errors"]}});
    let request = json!({"DesiredConfiguration": desired, "Preferences": preferences});
    scene.asg("StartInstanceRefresh", request).expect("a refresh");
    scene.until("half of it", |scene| status(scene)["PercentageComplete"] == 50);
    let data = json!({"Namespace": "Shop", "MetricData": [{"MetricName": "Errors", "Value": 5.0}]});
    scene.ask(REGION, "cloudwatch", "PutMetricData", data).expect("a value");
    until_status(&mut scene, "RollbackInProgress");
    let details = status(&mut scene)["RollbackDetails"].clone();
    assert_eq!(details["PercentageCompleteOnRollback"], 50);
    assert!(text(&details["RollbackReason"]).contains("errors"), "{details}");
    until_status(&mut scene, "RollbackSuccessful");
    assert!(scene.members().iter().all(|member| member["LaunchTemplate"]["Version"] == "1"));
}

/// RefreshPreferences, AutoRollback: it needs a desired configuration, and no version that moves.
#[test]
fn a_way_back_needs_versions_that_stay() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let desired = new_version(&mut scene);
    let preferences = json!({"AutoRollback": true});
    for request in
        [json!({"Preferences": preferences}), json!({"Preferences": preferences, "DesiredConfiguration": desired})]
    {
        let error = scene.asg("StartInstanceRefresh", request).expect_err("no way back");
        assert_eq!(error.code, "IrreversibleInstanceRefresh");
    }
}

/// RefreshPreferences, BakeTime: with all replaced the refresh watches so long before it is successful.
#[test]
fn a_refresh_bakes_before_it_is_done() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    scene.asg("StartInstanceRefresh", json!({"Preferences": {"BakeTime": 600}})).expect("a refresh");
    until_status(&mut scene, "Baking");
    assert_eq!(status(&mut scene)["PercentageComplete"], 100);
    let seconds = until_status(&mut scene, "Successful");
    assert!((600..=620).contains(&seconds), "it baked for {seconds} s");
}

/// RefreshPreferences, BakeTime and AlarmSpecification: an alarm that rings while the refresh bakes makes it fail, though all is replaced.
#[test]
fn a_refresh_can_fail_while_it_bakes() {
    let mut scene = Scene::with_group([1, 1, 2], json!({}));
    let alarm = json!({"AlarmName": "errors", "Namespace": "Shop", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanThreshold"});
    scene.ask(REGION, "cloudwatch", "PutMetricAlarm", alarm).expect("an alarm");
    let preferences = json!({"BakeTime": 600, "AlarmSpecification": {"Alarms": ["errors"]}});
    scene.asg("StartInstanceRefresh", json!({"Preferences": preferences})).expect("a refresh");
    until_status(&mut scene, "Baking");
    scene.pass(300.0);
    let data = json!({"Namespace": "Shop", "MetricData": [{"MetricName": "Errors", "Value": 5.0}]});
    scene.ask(REGION, "cloudwatch", "PutMetricData", data).expect("a value");
    let seconds = until_status(&mut scene, "Failed");
    assert!(seconds < 200, "it failed {seconds} s after the first error");
    assert_eq!(status(&mut scene)["PercentageComplete"], 100);
    assert!(text(&status(&mut scene)["StatusReason"]).contains("errors"), "{:#}", status(&mut scene));
    assert_eq!(scene.ids_in("InService").len(), 1);
}
