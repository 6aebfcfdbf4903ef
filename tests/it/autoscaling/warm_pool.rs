//! Warm pools. EC2 Auto Scaling User Guide, "Decrease latency for applications with long boot times using warm pools".
use serde_json::{Value, json};

use super::{Scene, refusal, text};

fn pool(scene: &mut Scene) -> Vec<String> {
    let found = scene.asg("DescribeWarmPool", json!({})).expect("the pool");
    let instances = found["Instances"].as_array().cloned().unwrap_or_default();
    instances.iter().map(|instance| text(&instance["LifecycleState"])).collect()
}

fn with_pool(settings: Value) -> Scene {
    let mut scene = Scene::with_group([0, 1, 3], json!({}));
    scene.asg("PutWarmPool", settings).expect("a pool");
    scene.until("the pool is full", |scene| {
        let states = pool(scene);
        states.len() == 2 && states.iter().all(|state| state == "Warmed:Stopped" || state == "Warmed:Running")
    });
    scene
}

/// "Warm pool size": what the maximum has more than the desired capacity, stopped once it is prepared.
#[test]
fn the_pool_holds_what_the_maximum_has_more() {
    let mut scene = with_pool(json!({}));
    assert_eq!(pool(&mut scene), ["Warmed:Stopped", "Warmed:Stopped"]);
    assert_eq!((scene.members().len(), scene.group()["WarmPoolSize"].clone()), (1, json!(2)));
    let descriptions: Vec<String> = scene.activities().iter().map(|one| text(&one["Description"])).collect();
    assert!(
        descriptions.iter().filter(|one| one.starts_with("Launching a new EC2 instance into warm pool: i-")).count()
            == 2
    );
}

/// "Instance lifecycle": scale-out takes from the pool; with the reuse policy, scale-in gives back to it.
#[test]
fn scale_out_takes_from_the_pool_and_scale_in_gives_back() {
    let mut scene = with_pool(json!({"PoolState": "Running", "InstanceReusePolicy": {"ReuseOnScaleIn": true}}));
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 2})).expect("a change");
    scene.pass(90.0);
    assert_eq!((scene.ids_in("InService").len(), pool(&mut scene).len()), (2, 1));
    assert!(
        scene
            .activities()
            .iter()
            .any(|one| text(&one["Description"]).starts_with("Launching a new EC2 instance from warm pool: i-"))
    );
    let before: usize = scene.cloud().region("us-east-1").map_or(0, |region| region.ec2.instances.len());
    scene.asg("SetDesiredCapacity", json!({"DesiredCapacity": 1})).expect("a change");
    scene.pass(300.0);
    assert_eq!((scene.ids_in("InService").len(), pool(&mut scene)), (1, vec!["Warmed:Running".to_owned(); 2]));
    let after: usize = scene.cloud().region("us-east-1").map_or(0, |region| region.ec2.instances.len());
    assert_eq!(before, after, "no instance was launched or ended");
}

/// "Rebalancing activities": what makes the zones even is an instance in the emptier zone; one of the pool in the fuller zone is none.
#[test]
fn zones_are_not_balanced_with_instances_of_the_pool_in_the_fuller_zone() {
    let mut scene = Scene::new();
    let zone = scene.subnets[0].clone();
    scene.create([0, 2, 4], json!({"VPCZoneIdentifier": zone})).expect("a group");
    scene.settle();
    scene.asg("PutWarmPool", json!({"PoolState": "Running"})).expect("a pool");
    scene.until("the pool is full", |scene| pool(scene) == ["Warmed:Running"; 2]);
    let zones = scene.subnets[..2].join(",");
    scene.update(json!({"VPCZoneIdentifier": zones}));
    scene.pass(900.0);
    assert_eq!((scene.zones("ab"), pool(&mut scene)), (vec![1, 1], vec!["Warmed:Running".to_owned(); 2]));
    let described: Vec<String> = scene.activities().iter().map(|one| text(&one["Description"])).collect();
    assert!(!described.iter().any(|one| one.contains("from warm pool")), "{described:?}");
}

/// DeleteWarmPool: an occupied pool needs `ForceDelete`; hibernation is not part of the lab.
#[test]
fn a_pool_is_deleted_with_its_instances() {
    let mut scene = with_pool(json!({}));
    assert!(
        refusal(scene.asg("PutWarmPool", json!({"PoolState": "Hibernated"})))
            .contains("hibernated instances is not part of this lab")
    );
    assert_eq!(scene.asg("DeleteWarmPool", json!({})).expect_err("an occupied pool").code, "ResourceInUse");
    scene.asg("DeleteWarmPool", json!({"ForceDelete": true})).expect("an end");
    scene.pass(200.0);
    assert_eq!((pool(&mut scene).len(), scene.group()["WarmPoolConfiguration"].clone()), (0, Value::Null));
}
