//! What is broken, what will be, and what could be broken.
use super::console::clock;
use crate::cloud::Region;
use crate::cloud::ec2::Instance;
use crate::session::fault::{Fault, Planned, Stage, Victims};
use crate::session::{Session, fault};

/// A fault as the learner reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultRow {
    /// Its id, to clear it by.
    pub id: String,
    /// Its name in requests.
    pub name: &'static str,
    /// What it meets.
    pub thing: String,
    /// How far it is.
    pub stage: Stage,
    /// From when until when.
    pub period: String,
}

/// Something that a fault can meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakable {
    /// Its id or name.
    pub id: String,
    /// More about it.
    pub note: String,
}

/// What of a region a fault can meet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Breakables {
    /// The running instances.
    pub instances: Vec<Breakable>,
    /// The Auto Scaling groups.
    pub groups: Vec<Breakable>,
    /// The zones.
    pub zones: Vec<Breakable>,
    /// The security groups.
    pub security_groups: Vec<Breakable>,
}

/// All faults, the newest first.
pub fn faults(session: &Session) -> Vec<FaultRow> {
    let row = |(number, planned): (u32, &Planned)| FaultRow {
        id: fault::id(number),
        name: planned.fault.name(),
        thing: thing(&planned.fault),
        stage: planned.stage,
        period: period(planned),
    };
    let mut rows: Vec<FaultRow> = session.faults().all().map(row).collect();
    rows.reverse();
    rows
}

/// What of a region a fault can meet.
pub fn breakables(session: &Session, region: &str) -> Breakables {
    let Some(region) = session.cloud().region(region) else { return Breakables::default() };
    let one = |id: &str, note: &str| Breakable { id: id.to_owned(), note: note.to_owned() };
    let running = region.ec2.instances.values().filter(|instance| instance.is_running());
    Breakables {
        instances: running.map(|instance| one(&instance.instance_id, &instance.zone)).collect(),
        groups: region.autoscaling.groups.keys().map(|name| one(name, "all members")).collect(),
        zones: region.info.zones().map(|zone| one(&zone, "the whole zone")).collect(),
        security_groups: region.ec2.security_groups.iter().map(|(id, group)| one(id, &group.name)).collect(),
    }
}

/// What is broken at an instance, in a few words each.
pub fn broken_at_instance(session: &Session, instance: &Instance) -> Vec<String> {
    session.faults().active().filter(|fault| session.meets(fault, instance)).map(words).collect()
}

/// What is broken in a zone as such.
pub fn broken_in_zone(session: &Session, zone: &str) -> Vec<String> {
    let is_it = |fault: &&Fault| matches!(fault, Fault::LoseZone(lost) | Fault::NoCapacity(lost, _) if lost == zone);
    session.faults().active().filter(is_it).map(words).collect()
}

/// What is broken at the load balancer with this ARN.
pub fn broken_at_balancer(session: &Session, region: &Region, arn: &str) -> Vec<String> {
    let Some(balancer) = region.elb.load_balancers.values().find(|balancer| balancer.arn == arn) else {
        return Vec::new();
    };
    let is_it =
        |fault: &&Fault| matches!(fault, Fault::CloseSecurityGroup(id) if balancer.security_groups.contains(id));
    session.faults().active().filter(is_it).map(words).collect()
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::KillInstance(_) => "killed".to_owned(),
        Fault::CrashApp(_) => "app crashed".to_owned(),
        Fault::HangApp(_) => "app hangs".to_owned(),
        Fault::SlowApp(_, percent) => format!("app {}× as slow", f64::from(*percent) / 100.0),
        Fault::FillCpu(_, percent) => format!("CPU filled to {percent} %"),
        Fault::BreakHealthPath(_) => "health check path broken".to_owned(),
        Fault::SlowNetwork(_, millis) => format!("network {millis} ms slower"),
        Fault::LoseZone(_) => "zone lost".to_owned(),
        Fault::NoCapacity(_, None) => "no capacity".to_owned(),
        Fault::NoCapacity(_, Some(kind)) => format!("no capacity for {kind}"),
        Fault::CloseSecurityGroup(id) => format!("{id} closed"),
    }
}

fn thing(fault: &Fault) -> String {
    match fault {
        Fault::KillInstance(id) | Fault::LoseZone(id) | Fault::NoCapacity(id, _) | Fault::CloseSecurityGroup(id) => {
            id.clone()
        }
        Fault::CrashApp(victims)
        | Fault::HangApp(victims)
        | Fault::SlowApp(victims, _)
        | Fault::FillCpu(victims, _)
        | Fault::BreakHealthPath(victims)
        | Fault::SlowNetwork(victims, _) => match victims {
            Victims::Instance(name) | Victims::Group(_, name) | Victims::Zone(name) => name.clone(),
        },
    }
}

fn period(planned: &Planned) -> String {
    let end = planned.end.map_or_else(|| "until it is cleared".to_owned(), |end| format!("to {}", clock(end)));
    match planned.stage {
        // What was killed stays dead.
        Stage::Over if planned.end.is_none() => clock(planned.start),
        Stage::Planned | Stage::Active | Stage::Over => format!("{} {end}", clock(planned.start)),
    }
}
