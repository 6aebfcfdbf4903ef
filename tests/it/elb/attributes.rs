//! Attributes of target groups, as the data plane gets them ("Edit target group attributes").
use scaling_lab::cloud::elb::{Algorithm, Forward, Pool, Stickiness};
use scaling_lab::sim::{SimDuration, SimTime};
use serde_json::json;

use super::Scene;
use crate::support::REGION;

fn pools(scene: &Scene) -> Vec<Pool> {
    let region = scene.lab.cloud().region(REGION).expect("the region");
    let forward = Forward { target_groups: vec![(scene.target_group.clone(), 1)], stickiness: None };
    region.elb.pools(&region.ec2, &forward)
}

/// "Routing algorithms", "Sticky sessions", with AWS's defaults and with what is set.
#[test]
fn the_data_plane_gets_algorithm_and_stickiness() {
    let mut scene = Scene::with_servers("ab");
    let pool = &pools(&scene)[0];
    assert_eq!((pool.algorithm, pool.stickiness.clone(), pool.targets.len()), (Algorithm::RoundRobin, None, 2));
    for (key, value) in [
        ("load_balancing.algorithm.type", "weighted_random"),
        ("load_balancing.algorithm.anomaly_mitigation", "on"),
        ("stickiness.enabled", "true"),
        ("stickiness.lb_cookie.duration_seconds", "600"),
    ] {
        scene.set_attribute(key, value);
    }
    let pool = &pools(&scene)[0];
    assert_eq!(pool.algorithm, Algorithm::WeightedRandom { mitigates_anomalies: true });
    assert_eq!(pool.stickiness, Some(Stickiness::ByBalancer(SimDuration::from_secs(600))));
}

/// "Slow start mode": a target that becomes healthy beside others grows; the first targets of a group do not.
#[test]
fn a_target_that_joins_others_starts_slowly() {
    let mut scene = Scene::with_servers("a");
    scene.set_attribute("slow_start.duration_seconds", "60");
    assert_eq!(pools(&scene)[0].targets[0].growing_since, SimTime::ZERO);
    let new = scene.launch('b');
    scene.lab.settle();
    let request = json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": new}]});
    scene.elb("RegisterTargets", request);
    scene.lab.settle();
    let pool = &pools(&scene)[0];
    assert_eq!(pool.slow_start, SimDuration::from_secs(60));
    assert_eq!(pool.targets[0].growing_since, SimTime::ZERO);
    assert!(pool.targets[1].growing_since > SimTime::ZERO, "{pool:?}");
}

/// "Cross-zone load balancing": turned off for the group, each node serves the targets of its own zone.
#[test]
fn without_cross_zone_each_zone_has_its_own_share() {
    let mut scene = Scene::with_servers("aab");
    assert_eq!(pools(&scene).len(), 1);
    scene.set_attribute("load_balancing.cross_zone.enabled", "false");
    let shares: Vec<(u32, usize)> = pools(&scene).iter().map(|pool| (pool.weight, pool.targets.len())).collect();
    assert_eq!(shares, [(30, 2), (30, 1)], "half of the requests for two servers, half for one");
}

/// "Target group health", DNS failover: a zone whose targets are not fit leaves the DNS name; if none is fit, all stay.
#[test]
fn a_zone_without_fit_targets_leaves_the_name() {
    let mut scene = Scene::with_servers("ab");
    scene.set_attribute("load_balancing.cross_zone.enabled", "false");
    let name = scene.dns_name.clone();
    assert_eq!(scene.lab.visit(&name).resolved_addresses.len(), 2);
    super::ask(&mut scene.lab, "ec2", "StopInstances", json!({"InstanceIds": [scene.servers[0]]}));
    scene.lab.pass(90.0);
    assert_eq!(scene.lab.visit(&name).resolved_addresses.len(), 1);
    super::ask(&mut scene.lab, "ec2", "StopInstances", json!({"InstanceIds": [scene.servers[1]]}));
    scene.lab.pass(90.0);
    assert_eq!(scene.lab.visit(&name).resolved_addresses.len(), 2);
}

/// "Edit target group attributes": what does not go together.
#[test]
fn slow_start_needs_round_robin_and_stickiness_needs_cross_zone() {
    let mut scene = Scene::without_listener("");
    for pairs in [
        [("slow_start.duration_seconds", "30"), ("load_balancing.algorithm.type", "least_outstanding_requests")],
        [("load_balancing.algorithm.anomaly_mitigation", "on"), ("load_balancing.algorithm.type", "round_robin")],
        [("stickiness.enabled", "true"), ("load_balancing.cross_zone.enabled", "false")],
    ] {
        let attributes = pairs.map(|(key, value)| json!({"Key": key, "Value": value}));
        let request = json!({"TargetGroupArn": scene.target_group, "Attributes": attributes});
        assert_eq!(scene.refused("ModifyTargetGroupAttributes", request).0, "ValidationError", "{pairs:?}");
    }
}

/// `TargetGroupAttribute`: names that begin with AWSALB are reserved; application-based stickiness needs a name, and "does not work with
/// weighted target groups".
#[test]
fn application_based_stickiness_has_its_rules() {
    let mut scene = Scene::with_servers("a");
    let set = |scene: &Scene, pairs: &[(&str, &str)]| {
        let attributes: Vec<_> = pairs.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
        json!({"TargetGroupArn": scene.target_group, "Attributes": attributes})
    };
    for (pairs, words) in [
        (&[("stickiness.type", "app_cookie")][..], "must be specified"),
        (&[("stickiness.app_cookie.cookie_name", "AWSALBTG-mine")], "does not begin with 'AWSALB'"),
        (&[("stickiness.app_cookie.cookie_name", "a b")], "must be the name of a cookie"),
        (&[("stickiness.app_cookie.duration_seconds", "604801")], "must be between '1-604800' inclusive"),
    ] {
        let (code, message) = scene.refused("ModifyTargetGroupAttributes", set(&scene, pairs));
        assert!(code == "ValidationError" && message.contains(words), "{code}: {message}");
    }
    let pairs = [
        ("stickiness.enabled", "true"),
        ("stickiness.type", "app_cookie"),
        ("stickiness.app_cookie.cookie_name", "ID"),
    ];
    scene.elb("ModifyTargetGroupAttributes", set(&scene, &pairs));
    let length = SimDuration::from_secs(86_400);
    assert_eq!(pools(&scene)[0].stickiness, Some(Stickiness::ByApplication { cookie_name: "ID".into(), length }));
    let other = scene.create_target_group("other");
    let forward = Forward { target_groups: vec![(scene.target_group.clone(), 1), (other, 1)], stickiness: None };
    let region = scene.lab.cloud().region(REGION).expect("the region");
    assert!(region.elb.pools(&region.ec2, &forward).iter().all(|pool| pool.stickiness.is_none()));
}
