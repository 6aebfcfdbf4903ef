//! What becomes of a target as timelines: its state and reason with the second at which they are seen.
//!
//! `timelines/*.txt` hold what is expected. To renew them: `LAB_RENEW=1 cargo test --no-default-features --test it elb::timelines`.
use serde_json::json;

use super::{Scene, forward_to};
use crate::renewal;

fn assert_timeline(name: &str, found: &str) {
    let (file, found) = (format!("tests/it/elb/timelines/{name}.txt"), format!("{found}\n"));
    if renewal::is_asked_for() {
        renewal::write(&file, &found);
    }
    assert_eq!(found, renewal::read(&file), "{file}");
}

/// User Guide for Application Load Balancers, "Target health status": `unused` without a listener, `initial` while it is registered,
/// `healthy` after one good check.
#[test]
fn registered_to_healthy() {
    let mut scene = Scene::without_listener("a");
    let unused = scene.timeline(20);
    scene.listener = scene.listen(80, forward_to(&scene.target_group));
    let joined = scene.timeline(120);
    assert_timeline(
        "registered_to_healthy",
        &format!("Registered:\n{unused}\nA listener forwards to its group:\n{joined}"),
    );
}

/// "Health checks": two bad answers in a row make a target unhealthy (`UnhealthyThresholdCount`), five good ones healthy again
/// (`HealthyThresholdCount`).
#[test]
fn healthy_to_unhealthy_to_healthy() {
    let mut scene = Scene::with_servers("a");
    scene.open_to_the_world(false);
    let closed = scene.timeline(180);
    scene.open_to_the_world(true);
    let open = scene.timeline(240);
    assert_timeline("healthy_to_unhealthy_to_healthy", &format!("Port closed:\n{closed}\nPort open:\n{open}"));
}

/// "Deregistration delay": `draining` for 300 s by default, then `unused`.
#[test]
fn draining() {
    let mut scene = Scene::with_servers("ab");
    let target = json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": scene.servers[0]}]});
    scene.elb("DeregisterTargets", target.clone());
    let mut seen: Vec<String> = Vec::new();
    for second in 0..=330 {
        let health = scene.elb("DescribeTargetHealth", target.clone());
        let health = &health["TargetHealthDescriptions"][0]["TargetHealth"];
        let now = ["State", "Reason"].map(|name| health[name].as_str().unwrap_or_default()).join(" ");
        if seen.last().is_none_or(|last| last[5..] != *now) {
            seen.push(format!("{second:>4} {now}"));
        }
        scene.lab.pass(1.0);
    }
    assert_timeline("draining", &format!("Deregistered:\n{}", seen.join("\n")));
}
