//! The map: what stands where, what leads where, what is broken, and how single requests go.
use scaling_lab::projection::topology::street::{Edges, Ground};
use scaling_lab::projection::topology::walkers::{Look, Walkers};
use scaling_lab::projection::topology::{DoorBox, Place, Topology, topology};
use scaling_lab::sim::SimDuration;
use scaling_lab::traffic::Outcome;
use serde_json::{Value, json};

use crate::main_job::{Scene, group, scene, send};
use crate::support::{Lab, REGION};

fn map(lab: &Lab) -> Topology {
    topology(lab, REGION)
}

fn ask(lab: &mut Lab, service: &str, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, service, operation, parameters).unwrap_or_else(|refusal| panic!("{operation}: {refusal}"))
}

/// A hosted zone with an A record for each of these names.
fn records(lab: &mut Lab, names: &[(&str, &str)]) {
    let zone = ask(lab, "route53", "CreateHostedZone", json!({"Name": "shop.example", "CallerReference": "1"}));
    for (name, address) in names {
        let set = json!({"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": address}]});
        let changes = json!([{"Action": "CREATE", "ResourceRecordSet": set}]);
        let change = json!({"HostedZoneId": zone["HostedZone"]["Id"], "ChangeBatch": {"Changes": changes}});
        ask(lab, "route53", "ChangeResourceRecordSets", change);
    }
    lab.pass(70.0);
}

fn address(lab: &mut Lab) -> (String, String) {
    let made = ask(lab, "ec2", "AllocateAddress", json!({}));
    let text = |name: &str| made[name].as_str().expect("a text").to_owned();
    (text("AllocationId"), text("PublicIp"))
}

fn door<'a>(map: &'a Topology, name: &str) -> &'a DoorBox {
    map.doors.iter().find(|door| door.name == name).unwrap_or_else(|| panic!("{name} is not in {:?}", map.doors))
}

fn member(scene: &mut Scene) -> String {
    group(&mut scene.lab).instances.remove(0).instance_id
}

#[test]
fn names_and_addresses_tell_where_they_lead() {
    let mut scene = scene();
    let instance = member(&mut scene);
    let (allocation, elastic) = address(&mut scene.lab);
    let bond = json!({"AllocationId": allocation, "InstanceId": instance});
    ask(&mut scene.lab, "ec2", "AssociateAddress", bond);
    records(&mut scene.lab, &[("www.shop.example", &elastic)]);
    let map = map(&scene.lab);
    let place = Place::Instance(instance.clone());
    for (name, kind) in [("www.shop.example", "A record"), (elastic.as_str(), "Elastic IP")] {
        let found = door(&map, name);
        assert_eq!((found.kind, &found.leads_to), (kind, &instance));
        assert_eq!((found.ends.as_slice(), found.broken.len()), ([place.clone()].as_slice(), 0));
        assert!(map.links().iter().any(|link| link.from == found.place() && link.to == place), "a line from {name}");
    }
}

/// EC2 User Guide, "Elastic IP addresses"; Route 53 Developer Guide, "Protection from dangling delegation records".
#[test]
fn an_address_and_a_record_that_lead_nowhere_say_so() {
    let mut lab = Lab::default();
    let (kept, (released, lost)) = (address(&mut lab).1, address(&mut lab));
    ask(&mut lab, "ec2", "ReleaseAddress", json!({"AllocationId": released}));
    records(&mut lab, &[("a.shop.example", &kept), ("b.shop.example", &lost)]);
    let map = map(&lab);
    assert_eq!(door(&map, &kept).broken, ["not associated: leads nowhere"]);
    assert_eq!(door(&map, "a.shop.example").broken, [format!("leads nowhere: {kept} is not associated")]);
    assert_eq!(door(&map, "b.shop.example").broken, [format!("leads nowhere: no instance has {lost}")]);
    assert!(map.doors.iter().all(|door| door.ends.is_empty()));
    for (name, told) in [
        ("b.shop.example", format!("nobody answers at {lost}")),
        ("c.shop.example", "the name does not exist".to_owned()),
    ] {
        send(&mut lab, name, 5.0);
        assert_eq!(self::map(&lab).visitors[0].broken, [told]);
    }
}

#[test]
fn a_stopped_instance_with_an_elastic_address_is_named_at_the_address() {
    let mut scene = scene();
    let image = scene.lab.cloud().region(REGION).expect("the region").ec2.images.keys().next().expect("one").clone();
    let launch = json!({"ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    let made = ask(&mut scene.lab, "ec2", "RunInstances", launch);
    let id = made["Instances"][0]["InstanceId"].as_str().expect("an id").to_owned();
    scene.lab.settle();
    let (allocation, elastic) = address(&mut scene.lab);
    ask(&mut scene.lab, "ec2", "AssociateAddress", json!({"AllocationId": allocation, "InstanceId": id}));
    ask(&mut scene.lab, "ec2", "StopInstances", json!({"InstanceIds": [id]}));
    scene.lab.settle();
    assert_eq!(door(&map(&scene.lab), &elastic).broken, [format!("nobody answers: {id} is stopped")]);
}

/// User Guide for Application Load Balancers, "Target health status": Target.NotInUse.
#[test]
fn a_zone_of_the_group_that_the_balancer_lacks_is_named_at_the_zone_the_balancer_and_the_instances() {
    let mut scene = scene();
    let subnets = ask(&mut scene.lab, "ec2", "DescribeSubnets", json!({}));
    let subnets: Vec<&str> =
        subnets["Subnets"].as_array().into_iter().flatten().filter_map(|subnet| subnet["SubnetId"].as_str()).collect();
    let zones = json!({"AutoScalingGroupName": "web-asg", "VPCZoneIdentifier": subnets[..3].join(","),
        "MinSize": 3, "DesiredCapacity": 3, "MaxSize": 6});
    ask(&mut scene.lab, "autoscaling", "UpdateAutoScalingGroup", zones);
    scene.lab.pass(300.0);
    let map = map(&scene.lab);
    let lacking = map.zones.iter().find(|zone| !zone.is_balanced).expect("a zone without the balancer");
    assert_eq!(lacking.broken, ["web-lb does not reach this zone"]);
    assert_eq!(map.balancers[0].broken, [format!("not in {}, where web-asg launches", lacking.name)]);
    let tile = lacking.tiles.first().expect("an instance there");
    assert_eq!(
        (tile.doing.as_str(), tile.broken.as_slice()),
        ("unused", ["unused: the balancer lacks this zone".to_owned()].as_slice())
    );
    let balanced = || map.zones.iter().filter(|zone| zone.is_balanced);
    assert!(balanced().all(|zone| zone.broken.is_empty() && zone.tiles.iter().all(|tile| tile.broken.is_empty())));
}

#[test]
fn a_listener_that_forwards_to_an_empty_group_and_a_balancer_without_a_listener_are_named() {
    let mut scene = scene();
    let vpc = ask(&mut scene.lab, "ec2", "DescribeVpcs", json!({}))["Vpcs"][0]["VpcId"].clone();
    let request = json!({"Name": "empty", "Protocol": "HTTP", "Port": 80, "VpcId": vpc});
    let empty = ask(&mut scene.lab, "elbv2", "CreateTargetGroup", request)["TargetGroups"][0]["TargetGroupArn"].clone();
    let arn = map(&scene.lab).balancers[0].row.arn.clone();
    let listeners = ask(&mut scene.lab, "elbv2", "DescribeListeners", json!({"LoadBalancerArn": arn}));
    let listener = listeners["Listeners"][0]["ListenerArn"].clone();
    let forward = json!({"ListenerArn": listener, "DefaultActions": [{"Type": "forward", "TargetGroupArn": empty}]});
    ask(&mut scene.lab, "elbv2", "ModifyListener", forward);
    let told = map(&scene.lab);
    assert_eq!(told.balancers[0].broken, ["port 80 forwards to empty, which has no targets"]);
    let tiles: Vec<_> = told.zones.iter().flat_map(|zone| &zone.tiles).collect();
    assert!(tiles.iter().all(|tile| tile.broken == ["unused: no listener forwards to its target group"]), "{tiles:?}");
    ask(&mut scene.lab, "elbv2", "DeleteListener", json!({"ListenerArn": listener}));
    assert_eq!(map(&scene.lab).balancers[0].broken, ["no listener: nobody gets in"]);
}

#[test]
fn an_unhealthy_target_tells_its_reason() {
    let mut scene = scene();
    let victim = member(&mut scene);
    ask(&mut scene.lab, "lab", "InjectFault", json!({"Fault": "CrashApp", "InstanceId": victim}));
    scene.lab.pass(80.0);
    let map = map(&scene.lab);
    let tile = map.zones.iter().flat_map(|zone| &zone.tiles).find(|tile| tile.row.id == victim).expect("the tile");
    assert_eq!(tile.broken, ["app crashed", "Health checks failed"]);
    assert_eq!(map.balancers[0].broken, ["1 unhealthy"]);
}

#[test]
fn tiles_tell_their_image_and_their_share_of_the_requests() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    scene.lab.pass(60.0);
    let map = map(&scene.lab);
    let tiles: Vec<_> = map.zones.iter().flat_map(|zone| &zone.tiles).collect();
    assert!(tiles.iter().all(|tile| tile.image == "web-v1"), "{tiles:?}");
    let rates: f64 = tiles.iter().filter_map(|tile| tile.requests_per_second).sum();
    assert!((12.0..28.0).contains(&rates), "{rates}");
    let links = map.links();
    let from = |place: Place| links.iter().filter(move |link| link.from == place).map(|link| link.requests_per_second);
    let balancer = Place::Balancer(map.balancers[0].row.arn.clone());
    assert_eq!(from(map.visitors[0].place()).collect::<Vec<_>>(), [20.0]);
    assert!(
        (from(balancer).sum::<f64>() - rates).abs() < 1e-9,
        "what the balancer passes on is what the instances get"
    );
}

/// Boxes in four columns; where exactly does not matter.
fn ground(map: &Topology) -> Ground {
    let column = |index: f64| Edges { left: index * 200.0, top: 0.0, right: index * 200.0 + 150.0, bottom: 400.0 };
    let mut spots = Vec::new();
    spots.extend(map.visitors.iter().map(|visitors| (visitors.place().key(), column(0.0))));
    spots.extend(map.balancers.iter().map(|one| (Place::Balancer(one.row.arn.clone()).key(), column(1.0))));
    for (row, zone) in map.zones.iter().enumerate() {
        let top = row as f64 * 100.0;
        let edges = Edges { top, bottom: top + 90.0, ..column(2.0) };
        spots.push((Place::Zone(zone.name.clone()).key(), edges));
        let inside = Edges { left: edges.left + 20.0, top: top + 30.0, right: edges.left + 40.0, bottom: top + 60.0 };
        spots.extend(zone.tiles.iter().map(|tile| (Place::Instance(tile.row.id.clone()).key(), inside)));
    }
    spots.sort_by(|one, other| one.0.cmp(&other.0));
    Ground { columns: (0..3).map(|index| column(f64::from(index))).collect(), spots }
}

#[test]
fn a_request_walks_to_its_instance_and_back_with_its_answer() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 1.0);
    scene.lab.pass(60.0);
    let mut session = scene.lab.into_session();
    session.watch_requests(true);
    let (map, mut walkers, mut looks) = (topology(&session, REGION), Walkers::default(), Vec::new());
    let ground = ground(&map);
    for _ in 0..400 {
        session.run_to(session.now() + SimDuration::from_micros(16_000));
        walkers.go_on(session.now(), (&map, &ground), (session.traffic().watched(), 1));
        looks.extend(walkers.dots(session.now()).map(|(_, look)| look));
    }
    let ended: Vec<_> = session.traffic().watched().filter(|request| request.end.is_some()).copied().collect();
    assert!((2..20).contains(&ended.len()), "{}", ended.len());
    for request in &ended {
        let walk = map.walk(request).expect("a way");
        let server = map.zones.iter().flat_map(|zone| &zone.tiles).find(|tile| Some(tile.server) == request.server);
        let instance = Place::Instance(server.expect("its server is on the map").row.id.clone());
        assert_eq!((walk.stops.len(), walk.stops.last()), (4, Some(&instance)));
        assert!(matches!(walk.stops[1], Place::Balancer(_)), "{walk:?}");
    }
    assert!(looks.contains(&Look::Sent) && looks.contains(&Look::Good) && !looks.contains(&Look::Bad));
    let latest = map.latest_answer(&session);
    assert!(latest.contains(" → web-lb → i-") && latest.contains(": answered in "), "{latest}");
}

#[test]
fn a_failure_comes_back_as_such_and_one_that_leads_nowhere_turns_at_the_visitors() {
    let mut lab = Lab::default();
    send(&mut lab, "nowhere.example", 5.0);
    let mut session = lab.into_session();
    session.watch_requests(true);
    let (map, mut walkers, mut looks) = (topology(&session, REGION), Walkers::default(), Vec::new());
    let ground = ground(&map);
    for _ in 0..200 {
        session.run_to(session.now() + SimDuration::from_micros(16_000));
        walkers.go_on(session.now(), (&map, &ground), (session.traffic().watched(), 1));
        looks.extend(walkers.dots(session.now()).map(|(_, look)| look));
    }
    assert!(looks.contains(&Look::Bad) && !looks.contains(&Look::Good));
    let request = session.traffic().watched().next().copied().expect("a request");
    assert_eq!(request.end.map(|(_, outcome)| outcome), Some(Outcome::NameNotFound));
    assert_eq!(map.walk(&request).expect("a way").stops, [map.visitors[0].place()]);
    // A journey to another moment takes nobody along.
    session.run_to(session.now() + SimDuration::MINUTE);
    walkers.go_on(session.now(), (&map, &ground), ([].iter(), 1));
    assert_eq!(walkers.dots(session.now()).count(), 0);
}

#[test]
fn watching_is_no_part_of_the_session() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 30.0);
    let session = scene.lab.into_session();
    let run = |is_watched: bool| {
        let mut session = session.clone();
        for _ in 0..120 {
            session.watch_requests(is_watched);
            session.run_to(session.now() + SimDuration::from_secs(1));
        }
        (session.digest(), session.journal().entries.len())
    };
    assert_eq!(run(true), run(false));
}
