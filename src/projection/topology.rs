//! The map of a region: visitors, balancers, zones, instances, and how they hang together.
use super::console::{self, BalancerRow, GroupRow, InstanceRow};
use super::faults;
use crate::cloud::Region;
use crate::session::{Session, Visitors};
use crate::traffic::{Outcome, StreamId};

/// What stands where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topology {
    /// The streams of visitors.
    pub visitors: Vec<VisitorsBox>,
    /// The balancers.
    pub balancers: Vec<BalancerBox>,
    /// The groups.
    pub groups: Vec<GroupRow>,
    /// The zones that have instances or a balancer.
    pub zones: Vec<ZoneBox>,
}

/// A stream of visitors.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitorsBox {
    /// Its name.
    pub name: String,
    /// Whom they visit, by a balancer's name or an instance's id, or else the address they typed.
    pub target: String,
    /// How many requests they send in a second.
    pub requests_per_second: u64,
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
    let balancers: Vec<BalancerBox> =
        console::balancers(session, region).into_iter().map(|row| balancer_box(session, found, row)).collect();
    let mut tiles: Vec<Tile> =
        console::instances(session, region).into_iter().rev().map(|row| tile(session, found, row)).collect();
    tiles.retain(|tile| tile.row.state != "terminated");
    let zones = found.info.zones().map(|name| zone_box(session, name, (&mut tiles, &balancers)));
    Topology {
        visitors: session.streams().iter().map(|(id, visitors)| visitors_box(session, found, *id, visitors)).collect(),
        groups: console::groups(session, region),
        zones: zones.filter(ZoneBox::is_shown).collect(),
        balancers,
    }
}

fn visitors_box(session: &Session, region: &Region, id: StreamId, visitors: &Visitors) -> VisitorsBox {
    let balancer = region.elb.load_balancers.values().find(|balancer| balancer.dns_name == visitors.target);
    let server =
        region.ec2.instances.values().find(|instance| {
            region.ec2.public_ip(&instance.instance_id).is_some_and(|address| address == visitors.target)
        });
    let known = balancer.map(|found| found.name.clone()).or_else(|| server.map(|found| found.instance_id.clone()));
    VisitorsBox {
        name: visitors.name.clone(),
        target: known.unwrap_or_else(|| visitors.target.clone()),
        requests_per_second: whole(session.traffic().rate(id)),
    }
}

fn balancer_box(session: &Session, region: &Region, row: BalancerRow) -> BalancerBox {
    let groups =
        region.elb.target_groups.values().filter(|group| region.elb.balancers_of(&group.arn).contains(&row.arn));
    let states: Vec<&str> = groups
        .flat_map(|group| group.targets.iter().map(move |target| (&group.arn, &target.instance_id)))
        .filter_map(|(arn, id)| region.elb.target_state(&region.ec2, arn, id).map(|state| state.state))
        .collect();
    let streams = session.streams().iter().filter(|(_, visitors)| visitors.target == row.dns_name);
    let rate: f64 = streams.map(|(id, _)| session.traffic().rate(*id)).sum();
    BalancerBox {
        healthy: states.iter().filter(|state| **state == "healthy").count(),
        targets: states.len(),
        requests_per_second: whole(rate),
        broken: faults::broken_at_balancer(session, region, &row.arn),
        answers: if rate > 0.0 { answers(session) } else { String::new() },
        row,
    }
}

/// How the requests of the last ten seconds went: `99.2 % good · p95 212 ms`.
fn answers(session: &Session) -> String {
    let Some(point) = session.history().points().back() else { return String::new() };
    let ended: u64 = point.outcomes.iter().sum();
    if ended == 0 {
        return String::new();
    }
    let share = Outcome::count_good(&point.outcomes) as f64 / ended as f64 * 100.0;
    let slow = point.latency.map(|[_, p95, _]| format!(" · p95 {:.0} ms", p95 * 1_000.0)).unwrap_or_default();
    format!("{share:.1} % good{slow}")
}

fn zone_box(session: &Session, name: String, (tiles, balancers): (&mut Vec<Tile>, &[BalancerBox])) -> ZoneBox {
    let here: Vec<Tile> = tiles.extract_if(.., |tile| tile.row.zone == name).collect();
    ZoneBox {
        is_balanced: balancers.iter().any(|balancer| balancer.row.zones.contains(&name)),
        broken: faults::broken_in_zone(session, &name),
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
    let doing = match (row.state, row.server, health.map(|health| health.state)) {
        ("running", "serving", Some("healthy") | None) => "serving",
        ("running", "serving", Some(health)) => health,
        ("running", server, _) => server,
        (state, ..) => state,
    };
    let instance = region.ec2.instances.get(&row.id);
    let broken = instance.map(|instance| faults::broken_at_instance(session, instance)).unwrap_or_default();
    Tile { doing: doing.to_owned(), broken, row }
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
