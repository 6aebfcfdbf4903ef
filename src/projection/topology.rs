//! The map of a region: visitors, names, addresses, balancers, zones, instances, and how they hang together.
mod broken;
mod doors;
pub mod street;
pub mod walkers;
mod ways;

pub use doors::DoorBox;
pub use ways::{Link, Walk, in_words};

use super::console::{self, BalancerRow, GroupRow, InstanceRow};
use super::faults;
use crate::cloud::Region;
use crate::session::{SAMPLE_PERIOD, Session, Visitors};
use crate::traffic::{Door, Outcome, ServerId, StreamId};
use broken::Gap;

/// What stands where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topology {
    /// The streams of visitors.
    pub visitors: Vec<VisitorsBox>,
    /// The names and addresses by which visitors come in.
    pub doors: Vec<DoorBox>,
    /// The balancers.
    pub balancers: Vec<BalancerBox>,
    /// The groups.
    pub groups: Vec<GroupRow>,
    /// The zones that have instances or a balancer.
    pub zones: Vec<ZoneBox>,
}

/// Something that requests come to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A stream of visitors, by its number.
    Visitors(u32),
    /// A record or an Elastic IP address, by its name and the id of its hosted zone or its allocation.
    Door(String, String),
    /// A balancer, by its ARN.
    Balancer(String),
    /// A zone, by its name.
    Zone(String),
    /// An instance, by its id.
    Instance(String),
}

/// A stream of visitors.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitorsBox {
    /// Which stream.
    pub stream: StreamId,
    /// Its name.
    pub name: String,
    /// Whom they visit, by a balancer's name or an instance's id, or else the address they typed.
    pub target: String,
    /// The address that they typed.
    pub address: String,
    /// How many requests they send in a second.
    pub requests_per_second: u64,
    /// Through which door they come, and to which balancer or instance; nothing if they come to none of this region.
    pub way: Vec<Place>,
    /// Why they come to nothing.
    pub broken: Vec<String>,
}

/// A balancer.
#[derive(Clone, Debug, PartialEq)]
pub struct BalancerBox {
    /// The balancer.
    pub row: BalancerRow,
    /// How many of its targets are healthy.
    pub healthy: usize,
    /// How many targets it has.
    pub targets: usize,
    /// How many requests a second come in.
    pub requests_per_second: u64,
    /// How the last ten seconds went; empty without requests.
    pub answers: String,
    /// What is broken at it.
    pub broken: Vec<String>,
}

/// A zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneBox {
    /// Its name.
    pub name: String,
    /// Whether a balancer reaches it.
    pub is_balanced: bool,
    /// What is in it, in words: `2 instances · mean CPU 45 %`.
    pub summary: String,
    /// Its instances, in the order of their launch.
    pub tiles: Vec<Tile>,
    /// What is broken in the zone as such.
    pub broken: Vec<String>,
}

/// An instance on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// The instance.
    pub row: InstanceRow,
    /// What it does, in a word or two: `serving`, `booting`, `unhealthy`, `stopped`.
    pub doing: String,
    /// The name of its image; the id of one that is no longer there.
    pub image: String,
    /// How many requests it finished or refused in a second; none before it was measured.
    pub requests_per_second: Option<f64>,
    /// The balancer that sends it requests, by its ARN.
    pub balancer: Option<String>,
    /// Its number in the data plane.
    pub server: ServerId,
    /// What is broken at it.
    pub broken: Vec<String>,
}

impl ZoneBox {
    fn is_shown(&self) -> bool {
        self.is_balanced || !self.tiles.is_empty() || !self.broken.is_empty()
    }
}

/// The map of a region.
pub fn topology(session: &Session, region: &str) -> Topology {
    let Some(found) = session.cloud().region(region) else { return Topology::default() };
    let gaps = broken::gaps(found);
    let balancers = console::balancers(session, region).into_iter();
    let balancers: Vec<BalancerBox> = balancers.map(|row| balancer_box(session, (found, &gaps), row)).collect();
    let mut tiles: Vec<Tile> =
        console::instances(session, region).into_iter().rev().map(|row| tile(session, found, row)).collect();
    tiles.retain(|tile| tile.row.state != "terminated");
    let zones = found.info.zones().map(|name| zone_box(session, (found, &gaps, name), (&mut tiles, &balancers)));
    let doors = doors::doors(session, found);
    let visitors = session.streams().iter();
    let visitors = visitors.map(|(id, visitors)| visitors_box(session, found, (*id, visitors), &doors));
    Topology {
        visitors: visitors.collect(),
        groups: console::groups(session, region),
        zones: zones.filter(ZoneBox::is_shown).collect(),
        balancers,
        doors,
    }
}

impl VisitorsBox {
    /// Their place on the map.
    pub fn place(&self) -> Place {
        Place::Visitors(self.stream.0)
    }
}

fn visitors_box(
    session: &Session,
    region: &Region,
    (id, visitors): (StreamId, &Visitors),
    doors: &[DoorBox],
) -> VisitorsBox {
    let address = visitors.resolution.addresses.first().map(String::as_str);
    let balancer = address.and_then(|address| region.elb.balancer_by_address(address));
    let server =
        region.ec2.instances.values().find(|instance| {
            address.is_some_and(|address| region.ec2.public_ip(&instance.instance_id) == Some(address))
        });
    let (known, end) = match (balancer, server) {
        (Some(balancer), _) => (Some(&balancer.name), Some(Place::Balancer(balancer.arn.clone()))),
        (None, Some(server)) => (Some(&server.instance_id), Some(Place::Instance(server.instance_id.clone()))),
        (None, None) => (None, None),
    };
    let door = doors.iter().find(|door| door.takes(visitors.host())).map(DoorBox::place);
    let target = if door.is_some() { None } else { known };
    let is_elsewhere =
        || session.fleet().doors.get(&id).is_some_and(|door| matches!(door, Door::Server(_) | Door::Balancer(_)));
    let broken = match (address, &end) {
        (None, _) => vec!["the name does not exist".to_owned()],
        (Some(address), None) if !is_elsewhere() => vec![format!("nobody answers at {address}")],
        (Some(_), _) => Vec::new(),
    };
    VisitorsBox {
        stream: id,
        name: visitors.name.clone(),
        target: target.unwrap_or(&visitors.target).clone(),
        address: visitors.target.clone(),
        requests_per_second: whole(session.traffic().rate(id)),
        way: door.into_iter().chain(end).collect(),
        broken,
    }
}

fn balancer_box(session: &Session, (region, gaps): (&Region, &[Gap]), row: BalancerRow) -> BalancerBox {
    let groups =
        region.elb.target_groups.values().filter(|group| region.elb.balancers_of(&group.arn).contains(&row.arn));
    let states: Vec<&str> = groups
        .flat_map(|group| group.targets.iter().map(move |target| (&group.arn, &target.instance_id)))
        .filter_map(|(arn, id)| region.elb.target_state(&region.ec2, arn, id).map(|state| state.state))
        .collect();
    let balancer = region.elb.load_balancers.get(&row.arn);
    let is_here = |visitors: &Visitors| {
        let address = visitors.resolution.addresses.first();
        address.and_then(|address| region.elb.balancer_by_address(address)).is_some_and(|found| found.arn == row.arn)
    };
    let streams = session.streams().iter().filter(|(_, visitors)| is_here(visitors));
    let rate: f64 = streams.map(|(id, _)| session.traffic().rate(*id)).sum();
    let mut broken = faults::broken_at_balancer(session, region, &row.arn);
    broken.extend(balancer.iter().flat_map(|balancer| broken::at_balancer(region, balancer, gaps)));
    BalancerBox {
        healthy: states.iter().filter(|state| **state == "healthy").count(),
        targets: states.len(),
        requests_per_second: whole(rate),
        broken,
        answers: if rate > 0.0 { answers(session) } else { String::new() },
        row,
    }
}

/// How the requests of the last ten seconds went: `99.2 % good · p95 212 ms`.
fn answers(session: &Session) -> String {
    let Some(point) = session.history().points().last() else { return String::new() };
    let ended: u64 = point.outcomes.iter().sum();
    if ended == 0 {
        return String::new();
    }
    let share = Outcome::count_good(&point.outcomes) as f64 / ended as f64 * 100.0;
    let slow = point.latency.map(|[_, p95, _]| format!(" · p95 {:.0} ms", p95 * 1_000.0)).unwrap_or_default();
    format!("{share:.1} % good{slow}")
}

fn zone_box(
    session: &Session,
    (region, gaps, name): (&Region, &[Gap], String),
    (tiles, balancers): (&mut Vec<Tile>, &[BalancerBox]),
) -> ZoneBox {
    let here: Vec<Tile> = tiles.extract_if(.., |tile| tile.row.zone == name).collect();
    ZoneBox {
        is_balanced: balancers.iter().any(|balancer| balancer.row.zones.contains(&name)),
        broken: [faults::broken_in_zone(session, &name), broken::in_zone(region, &name, gaps)].concat(),
        summary: zone_summary(&here),
        tiles: here,
        name,
    }
}

fn zone_summary(tiles: &[Tile]) -> String {
    let measured: Vec<u32> = tiles.iter().filter_map(|tile| tile.row.cpu).collect();
    let count = match tiles.len() {
        0 => return "no instances".to_owned(),
        1 => "1 instance".to_owned(),
        many => format!("{many} instances"),
    };
    let mean = measured.iter().sum::<u32>().checked_div(u32::try_from(measured.len()).unwrap_or(0));
    mean.map_or(count.clone(), |mean| format!("{count} · mean CPU {mean} %"))
}

fn tile(session: &Session, region: &Region, row: InstanceRow) -> Tile {
    let group = region.elb.target_groups.values().find(|group| group.target(&row.id).is_some());
    let health = group.and_then(|group| region.elb.target_state(&region.ec2, &group.arn, &row.id));
    let doing = match (row.state, row.server, health.as_ref().map(|health| health.state)) {
        ("running", "serving", Some("healthy") | None) => "serving",
        ("running", "serving", Some(health)) => health,
        ("running", server, _) => server,
        (state, ..) => state,
    };
    let instance = region.ec2.instances.get(&row.id);
    let mut broken = instance.map(|instance| faults::broken_at_instance(session, instance)).unwrap_or_default();
    broken.extend(health.as_ref().and_then(broken::of_target));
    let server = ServerId(instance.map(|instance| instance.number).unwrap_or_default());
    let seen = session.history().latest(server).filter(|_| row.state == "running");
    Tile {
        doing: doing.to_owned(),
        image: region.ec2.images.get(&row.image_id).map_or(&row.image_id, |image| &image.name).clone(),
        requests_per_second: seen.map(|seen| (seen.finished + seen.failed) as f64 / SAMPLE_PERIOD.as_secs_f64()),
        balancer: group.and_then(|group| group.balancer_arn.clone()),
        server,
        broken,
        row,
    }
}

fn whole(rate: f64) -> u64 {
    libm::round(rate.max(0.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_account_has_an_empty_map() {
        let session = Session::new(1);
        assert_eq!(topology(&session, "us-east-1"), Topology::default());
        assert_eq!(topology(&session, "nowhere"), Topology::default());
    }
}
