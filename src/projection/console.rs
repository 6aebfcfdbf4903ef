//! The rows of the console's lists: plain texts, made from the session.
use std::cmp::Reverse;

use crate::cloud::autoscaling::{Activity, Group};
use crate::cloud::cloudwatch::{Alarm, AlarmState};
use crate::cloud::ec2::disk::INDEX_PAGE;
use crate::cloud::ec2::image::Platform;
use crate::cloud::ec2::security_group::{Rule, Source};
use crate::cloud::ec2::{Address, Image, Instance, LaunchTemplate, SecurityGroup, Snapshot};
use crate::cloud::elb::{LoadBalancer, TargetGroup};
use crate::cloud::{ACCOUNT_ID, Region};
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

/// An image.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Linux or Windows.
    pub platform: &'static str,
    /// Whether the account made it.
    pub is_own: bool,
    /// Its state in AWS's word.
    pub state: &'static str,
}

/// A snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotRow {
    /// Its id.
    pub id: String,
    /// What it says of itself.
    pub description: String,
    /// How much is copied, in per cent.
    pub progress: u64,
    /// The size of the volume in GiB.
    pub size_gib: i64,
}

/// A launch template.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The default and the latest version.
    pub versions: [i64; 2],
    /// The image of the default version.
    pub image_id: String,
    /// The type of the default version.
    pub instance_type: String,
}

/// An Elastic IP address.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressRow {
    /// Its id.
    pub allocation_id: String,
    /// The address.
    pub public_ip: String,
    /// The instance that has it; empty if none.
    pub instance_id: String,
    /// The bond's id; empty if there is none.
    pub association_id: String,
}

/// A security group.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityGroupRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What may come in, rule by rule.
    pub rules: String,
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

/// A scaling activity.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityRow {
    /// Its id.
    pub id: String,
    /// Its group's name.
    pub group: String,
    /// Its status in AWS's word.
    pub status: String,
    /// What is done.
    pub description: String,
    /// Why.
    pub cause: String,
    /// When it began.
    pub started: String,
}

/// An alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct AlarmRow {
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: AlarmState,
    /// When it rings.
    pub condition: String,
    /// Why it is in this state.
    pub reason: String,
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

/// The images of a region: the account's own first.
pub fn images(session: &Session, region: &str) -> Vec<ImageRow> {
    let row = |_: &Region, image: &Image| ImageRow {
        id: image.image_id.clone(),
        name: image.name.clone(),
        description: image.description.clone().unwrap_or_default(),
        platform: match image.platform {
            Platform::Linux => "Linux/UNIX",
            Platform::Windows => "Windows",
        },
        is_own: image.owner_id == ACCOUNT_ID,
        state: image.state.name(),
    };
    let mut found = rows(session, region, |region| region.ec2.images.values(), row);
    found.sort_by_key(|row| (!row.is_own, !row.name.contains("web-server"), row.name.clone()));
    found
}

/// The snapshots of a region.
pub fn snapshots(session: &Session, region: &str) -> Vec<SnapshotRow> {
    let row = |_: &Region, snapshot: &Snapshot| SnapshotRow {
        id: snapshot.snapshot_id.clone(),
        description: snapshot.description.clone(),
        progress: snapshot.progress(session.now()),
        size_gib: snapshot.size_gib,
    };
    rows(session, region, |region| region.ec2.snapshots.values(), row)
}

/// The launch templates of a region.
pub fn templates(session: &Session, region: &str) -> Vec<TemplateRow> {
    let row = |_: &Region, template: &LaunchTemplate| {
        let data = template.version("$Default").map(|version| version.data.clone()).unwrap_or_default();
        TemplateRow {
            id: template.launch_template_id.clone(),
            name: template.name.clone(),
            versions: [template.default_version, template.latest_version()],
            image_id: data.image_id.unwrap_or_default(),
            instance_type: data.instance_type.unwrap_or_default(),
        }
    };
    rows(session, region, |region| region.ec2.launch_templates.values(), row)
}

/// The Elastic IP addresses of a region.
pub fn addresses(session: &Session, region: &str) -> Vec<AddressRow> {
    let row = |_: &Region, address: &Address| {
        let bond = address.association.clone();
        let (instance_id, association_id) =
            bond.map(|bond| (bond.instance_id, bond.association_id)).unwrap_or_default();
        let (allocation_id, public_ip) = (address.allocation_id.clone(), address.public_ip.clone());
        AddressRow { allocation_id, public_ip, instance_id, association_id }
    };
    rows(session, region, |region| region.ec2.addresses.values(), row)
}

/// The security groups of a region.
pub fn security_groups(session: &Session, region: &str) -> Vec<SecurityGroupRow> {
    let row = |_: &Region, group: &SecurityGroup| SecurityGroupRow {
        id: group.group_id.clone(),
        name: group.name.clone(),
        description: group.description.clone(),
        rules: group.rules.iter().map(rule_text).collect::<Vec<_>>().join("; "),
    };
    rows(session, region, |region| region.ec2.security_groups.values(), row)
}

fn rule_text(rule: &Rule) -> String {
    let source = match &rule.source {
        Source::Cidr(block) => block,
        Source::Group(group_id) => group_id,
    };
    match rule.protocol.as_str() {
        "-1" => format!("All traffic from {source}"),
        protocol => format!("{} {} from {source}", protocol.to_uppercase(), rule.from_port),
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

/// The scaling activities of a region, those in progress and the newest first.
pub fn activities(session: &Session, region: &str) -> Vec<ActivityRow> {
    let Some(region) = session.cloud().region(region) else { return Vec::new() };
    let mut all: Vec<(&str, &Activity)> = region
        .autoscaling
        .groups
        .values()
        .flat_map(|group| group.activities.iter().map(|activity| (group.name.as_str(), activity)))
        .collect();
    all.sort_by_key(|(_, activity)| (activity.ended.is_some(), Reverse(activity.started)));
    let row = |(group, activity): (&str, &Activity)| ActivityRow {
        id: activity.activity_id.clone(),
        group: group.to_owned(),
        status: activity.status.clone(),
        description: activity.description.clone(),
        cause: activity.cause.clone(),
        started: clock(activity.started),
    };
    all.into_iter().map(row).collect()
}

/// The alarms of a region.
pub fn alarms(session: &Session, region: &str) -> Vec<AlarmRow> {
    let row = |_: &Region, alarm: &Alarm| {
        let (metric, sign, threshold) = (&alarm.key.name, alarm.comparison.sign(), alarm.threshold);
        let (points, of) = (alarm.needed(), alarm.evaluation_periods);
        AlarmRow {
            name: alarm.name.clone(),
            state: alarm.state,
            condition: format!("{metric} {sign} {threshold:.1} for {points} of {of} minutes"),
            reason: alarm.reason.clone(),
        }
    };
    rows(session, region, |region| region.cloudwatch.alarms.values(), row)
}

/// A moment as the clock shows it: `Day 1 · 10:42:15`.
pub fn clock(moment: SimTime) -> String {
    let (day, hour, minute, second) = moment.day_and_clock();
    format!("Day {day} · {hour:02}:{minute:02}:{second:02}")
}
