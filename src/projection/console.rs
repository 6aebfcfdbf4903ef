//! The rows of the console's lists: plain texts, made from the session.
use std::cmp::Reverse;

use crate::cloud::Region;
use crate::cloud::autoscaling::Group;
use crate::cloud::ec2::Instance;
use crate::cloud::ec2::disk::INDEX_PAGE;
use crate::cloud::elb::{LoadBalancer, TargetGroup};
use crate::session::{SAMPLE_PERIOD, Session};
use crate::sim::SimTime;
use crate::traffic::ServerId;

/// An instance.
#[derive(Clone, Debug, PartialEq)]
pub struct InstanceRow {
    /// Its id.
    pub id: String,
    /// Its `Name` tag.
    pub name: String,
    /// Its state in AWS's word.
    pub state: &'static str,
    /// What its server does: `booting`, `serving`, `no web server`; empty unless it runs.
    pub server: &'static str,
    /// Its type.
    pub instance_type: &'static str,
    /// Its zone.
    pub zone: String,
    /// Its public address.
    pub public_ip: String,
    /// Whether that is an Elastic IP address.
    pub is_elastic: bool,
    /// Its private address.
    pub private_ip: String,
    /// Its image.
    pub image_id: String,
    /// Its group's name.
    pub group: String,
    /// Its CPU utilisation in whole per cent; none before it was measured.
    pub cpu: Option<u32>,
    /// The page that it serves.
    pub page: String,
}

/// A load balancer.
#[derive(Clone, Debug, PartialEq)]
pub struct BalancerRow {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Its state in AWS's word.
    pub state: &'static str,
    /// The name that visitors use.
    pub dns_name: String,
    /// Its zones.
    pub zones: Vec<String>,
    /// The names of the target groups to which it forwards.
    pub target_groups: Vec<String>,
}

/// A target group.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetGroupRow {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Its port.
    pub port: i64,
    /// The path that tells whether a target is well.
    pub health_path: String,
    /// Its targets.
    pub targets: Vec<TargetRow>,
}

/// A target of a target group.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRow {
    /// Its instance.
    pub instance_id: String,
    /// Its state in AWS's word.
    pub state: &'static str,
    /// The reason in words; empty for a healthy target.
    pub reason: String,
}

/// An Auto Scaling group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    /// Its name.
    pub name: String,
    /// The template that it launches from.
    pub template: String,
    /// Members in service.
    pub in_service: i64,
    /// The fewest, wanted and most instances.
    pub sizes: [i64; 3],
    /// Its zones.
    pub zones: String,
    /// Its policies.
    pub policies: String,
    /// `Updating capacity`, `Deleting`, or nothing.
    pub status: &'static str,
}

/// The rows that `row` makes of what `all` finds in the region.
fn rows<'a, T: 'a, R, I: Iterator<Item = &'a T>>(
    session: &'a Session,
    region: &str,
    all: impl Fn(&'a Region) -> I,
    row: impl Fn(&'a Region, &'a T) -> R,
) -> Vec<R> {
    let Some(region) = session.cloud().region(region) else { return Vec::new() };
    all(region).map(|one| row(region, one)).collect()
}

/// The instances of a region, the newest first.
pub fn instances(session: &Session, region: &str) -> Vec<InstanceRow> {
    let Some(region) = session.cloud().region(region) else { return Vec::new() };
    let mut all: Vec<&Instance> = region.ec2.instances.values().collect();
    all.sort_by_key(|instance| Reverse(instance.number));
    all.into_iter().map(|instance| instance_row(session, region, instance)).collect()
}

/// One instance of a region.
pub fn instance(session: &Session, region: &str, id: &str) -> Option<InstanceRow> {
    let region = session.cloud().region(region)?;
    Some(instance_row(session, region, region.ec2.instances.get(id)?))
}

fn instance_row(session: &Session, region: &Region, instance: &Instance) -> InstanceRow {
    let seen = session.history().latest(ServerId(instance.number)).filter(|_| instance.is_running());
    let group = region.autoscaling.group_of(&instance.instance_id);
    let server = match (instance.is_running(), instance.is_booted(), instance.serves_web()) {
        (false, ..) => "",
        (true, false, _) => "booting",
        (true, true, true) => "serving",
        (true, true, false) => "no web server",
    };
    InstanceRow {
        id: instance.instance_id.clone(),
        name: instance.name().unwrap_or_default().to_owned(),
        state: instance.state.name(),
        server,
        instance_type: instance.instance_type.name,
        zone: instance.zone.clone(),
        public_ip: region.ec2.public_ip(&instance.instance_id).unwrap_or_default().to_owned(),
        is_elastic: region.ec2.elastic_ip(&instance.instance_id).is_some(),
        private_ip: instance.private_ip.clone().unwrap_or_default(),
        image_id: instance.image_id.clone(),
        group: group.map(|group| group.name.clone()).unwrap_or_default(),
        cpu: seen.map(|seen| libm::round(seen.cpu_percent(SAMPLE_PERIOD)) as u32),
        page: instance.disk.read(INDEX_PAGE).unwrap_or_default().to_owned(),
    }
}

/// The load balancers of a region.
pub fn balancers(session: &Session, region: &str) -> Vec<BalancerRow> {
    let forwards = |region: &Region, balancer: &LoadBalancer| {
        let groups = region.elb.target_groups.values();
        let groups = groups.filter(|group| group.balancer_arn.as_ref() == Some(&balancer.arn));
        groups.map(|group| group.name.clone()).collect()
    };
    let row = |region: &Region, balancer: &LoadBalancer| BalancerRow {
        target_groups: forwards(region, balancer),
        arn: balancer.arn.clone(),
        name: balancer.name.clone(),
        state: balancer.state(),
        dns_name: balancer.dns_name.clone(),
        zones: balancer.zones.iter().map(|node| node.zone.clone()).collect(),
    };
    rows(session, region, |region| region.elb.load_balancers.values(), row)
}

/// The target groups of a region.
pub fn target_groups(session: &Session, region: &str) -> Vec<TargetGroupRow> {
    rows(session, region, |region| region.elb.target_groups.values(), target_group_row)
}

fn target_group_row(region: &Region, group: &TargetGroup) -> TargetGroupRow {
    let target = |id: &str| {
        let state = region.elb.target_state(&region.ec2, &group.arn, id)?;
        Some(TargetRow { instance_id: id.to_owned(), state: state.state, reason: state.description })
    };
    TargetGroupRow {
        arn: group.arn.clone(),
        name: group.name.clone(),
        port: group.port,
        health_path: group.check.path.clone(),
        targets: group.targets.iter().filter_map(|one| target(&one.instance_id)).collect(),
    }
}

/// The Auto Scaling groups of a region.
pub fn groups(session: &Session, region: &str) -> Vec<GroupRow> {
    rows(session, region, |region| region.autoscaling.groups.values(), group_row)
}

fn group_row(region: &Region, group: &Group) -> GroupRow {
    let zones =
        group.subnets.iter().filter_map(|id| region.ec2.network.subnet(id).ok()).map(|subnet| subnet.zone.clone());
    let template = &group.launch_template;
    let policies = group.policies.iter().map(|policy| format!("{}: {}", policy.name, policy.summary()));
    GroupRow {
        name: group.name.clone(),
        template: format!(
            "{} · {}",
            template.launch_template_name.as_deref().unwrap_or_default(),
            template.version.as_deref().unwrap_or("$Default")
        ),
        in_service: group.in_service(),
        sizes: [group.min, group.desired, group.max],
        zones: zones.collect::<Vec<_>>().join(", "),
        policies: policies.collect::<Vec<_>>().join(", "),
        status: match (group.is_deleting, group.actual() == group.desired && group.in_service() == group.desired) {
            (true, _) => "Deleting",
            (false, false) => "Updating capacity",
            (false, true) => "",
        },
    }
}

/// A moment as the clock shows it: `Day 1 · 10:42:15`.
pub fn clock(moment: SimTime) -> String {
    let (day, hour, minute, second) = moment.day_and_clock();
    format!("Day {day} · {hour:02}:{minute:02}:{second:02}")
}
