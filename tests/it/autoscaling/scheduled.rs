//! Scheduled actions. EC2 Auto Scaling User Guide, "Scheduled scaling".
use serde_json::json;

use super::{Scene, refusal, text};
use crate::support::REGION;

/// PutScheduledUpdateGroupAction: once at its time, then it is gone; the history says `Executing scheduled action`.
#[test]
fn an_action_is_carried_out_once_at_its_time() {
    let mut scene = Scene::with_group([0, 0, 4], json!({}));
    let request = json!({"ScheduledActionName": "morning", "StartTime": "2026-01-05T09:00:00Z", "MinSize": 1, "MaxSize": 5, "DesiredCapacity": 2});
    scene.asg("PutScheduledUpdateGroupAction", request).expect("an action");
    scene.pass(3_500.0);
    assert_eq!(scene.desired(), 0);
    scene.until("nine o'clock", |scene| scene.desired() == 2);
    let group = scene.group();
    assert_eq!((&group["MinSize"], &group["MaxSize"]), (&json!(1), &json!(5)));
    assert_eq!(scene.activities()[0]["Description"], "Executing scheduled action morning");
    scene.settle();
    let words = "a scheduled action update of AutoScalingGroup constraints to min: 1, max: 5, desired: 2 changing the desired capacity from 0 to 2.  At ";
    assert!(scene.has_cause(words), "{:#?}", scene.activities());
    let left = scene.asg("DescribeScheduledActions", json!({})).expect("actions");
    assert_eq!(left["ScheduledUpdateGroupActions"], json!([]));
}

/// "Scheduled scaling": a recurrence of five fields, in UTC unless a time zone says otherwise; two actions cannot have the same time.
#[test]
fn an_action_recurs() {
    let mut scene = Scene::with_group([0, 0, 4], json!({}));
    let request = json!({"ScheduledActionName": "up", "Recurrence": "0 9-17 * * MON-FRI", "DesiredCapacity": 2});
    scene.asg("PutScheduledUpdateGroupAction", request).expect("an action");
    let same = json!({"ScheduledActionName": "down", "StartTime": "2026-01-05T09:00:00Z", "DesiredCapacity": 0});
    assert!(
        refusal(scene.asg("PutScheduledUpdateGroupAction", same))
            .contains("up already exists for 2026-01-05T09:00:00Z")
    );
    let actions = json!([
        {"ScheduledActionName": "down", "Recurrence": "30 9 * * *", "TimeZone": "Etc/UTC", "DesiredCapacity": 0},
        {"ScheduledActionName": "wrong", "Recurrence": "30 9 * *", "DesiredCapacity": 0}]);
    let answer = scene
        .asg("BatchPutScheduledUpdateGroupAction", json!({"ScheduledUpdateGroupActions": actions}))
        .expect("actions");
    assert_eq!(answer["FailedScheduledUpdateGroupActions"][0]["ScheduledActionName"], "wrong");
    let mut seen = Vec::new();
    for _ in 0..5 {
        scene.pass(1_800.0);
        seen.push(scene.desired());
    }
    // An action comes a few seconds after its time.
    assert_eq!(seen, [0, 0, 2, 0, 2], "at 8:30, 9:00, 9:30, 10:00, 10:30: {:#?}", scene.activities());
    let next = scene.asg("DescribeScheduledActions", json!({"ScheduledActionNames": ["up"]})).expect("actions");
    assert_eq!(text(&next["ScheduledUpdateGroupActions"][0]["StartTime"]), "2026-01-05T11:00:00Z");
    let answer =
        scene.asg("BatchDeleteScheduledAction", json!({"ScheduledActionNames": ["up", "none"]})).expect("an end");
    assert_eq!(answer["FailedScheduledActions"][0]["ScheduledActionName"], "none");
}

/// "Suspend processes": an action that is missed while `ScheduledActions` is suspended is not made up for.
#[test]
fn a_missed_action_is_not_made_up_for() {
    let mut scene = Scene::with_group([0, 0, 4], json!({}));
    let request = json!({"ScheduledActionName": "up", "StartTime": "2026-01-05T09:00:00Z", "DesiredCapacity": 2});
    scene.asg("PutScheduledUpdateGroupAction", request).expect("an action");
    scene.asg("SuspendProcesses", json!({"ScalingProcesses": ["ScheduledActions"]})).expect("a suspension");
    scene.pass(4_000.0);
    scene.asg("ResumeProcesses", json!({})).expect("no suspension");
    scene.pass(4_000.0);
    assert_eq!(scene.desired(), 0);
}

/// PutScheduledUpdateGroupAction: what does not fit is refused, a named time zone by its name.
#[test]
fn an_action_that_cannot_be_is_refused() {
    let mut scene = Scene::with_group([0, 0, 4], json!({}));
    for (request, words) in [
        (
            json!({"Recurrence": "0 9 * * *", "DesiredCapacity": 1, "TimeZone": "Europe/Berlin"}),
            "The time zone Europe/Berlin",
        ),
        (json!({"StartTime": "2026-01-05T07:00:00Z", "DesiredCapacity": 1}), "Given start time is in the past"),
        (json!({"StartTime": "2026-01-05T10:00:00Z"}), "At least one of"),
        (json!({"DesiredCapacity": 1}), "You must specify a start time or a recurrence"),
        (
            json!({"StartTime": "2026-01-05T10:00:00Z", "MinSize": 2, "DesiredCapacity": 1}),
            "Desired capacity must be greater than or equal to min size",
        ),
    ] {
        let mut request = request;
        request["ScheduledActionName"] = json!("a");
        let message = refusal(scene.asg("PutScheduledUpdateGroupAction", request));
        assert!(message.starts_with(words), "{message}");
    }
    assert!(scene.ask(REGION, "autoscaling", "DescribeScheduledActions", json!({})).is_ok());
}
