//! Faults: what breaks at once or at a planned time, and what is mended again.
//!
//! A fault changes nothing that belongs to the learner. It lies over the model as long as it is active: over what the data plane is told of
//! servers (`effect.rs`), over the capacity of a zone, over the rules of a security group. Only a killed instance stays dead.
mod effect;
mod parse;

use std::collections::BTreeMap;

pub use parse::{NAMES, id};

use super::{Session, Work};
use crate::api::ApiError;
use crate::api::lab::{
    ClearFaultRequest, ClearFaultResult, DescribeFaultsResult, FaultDescription, InjectFaultRequest, InjectFaultResult,
};
use crate::cloud::ec2::Instance;
use crate::sim::SimTime;

/// What breaks.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The instance dies: its machine has failed.
    KillInstance(String),
    /// The program of these servers has ended: connections are refused.
    CrashApp(Victims),
    /// The program hangs: it takes connections and never answers.
    HangApp(Victims),
    /// The program takes so many per cent of its normal time.
    SlowApp(Victims, u32),
    /// Another program takes so many per cent of the CPUs.
    FillCpu(Victims, u32),
    /// The health check's path is answered with 500, all others as before.
    BreakHealthPath(Victims),
    /// The network adds so many milliseconds to each answer.
    SlowNetwork(Victims, u32),
    /// Nothing in the zone can be reached, and nothing can be launched there.
    LoseZone(String),
    /// No instances of the type, or of any, can be launched in the zone.
    NoCapacity(String, Option<String>),
    /// The security group lets nothing in.
    CloseSecurityGroup(String),
}

/// Whom a fault meets.
#[derive(Clone, Debug, PartialEq)]
pub enum Victims {
    /// One instance.
    Instance(String),
    /// All members of the Auto Scaling group of this region and name, those too that come later.
    Group(String, String),
    /// All instances in a zone.
    Zone(String),
}

/// A fault with its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What breaks.
    pub fault: Fault,
    /// From when on.
    pub start: SimTime,
    /// Until when; none if it stays until it is cleared.
    pub end: Option<SimTime>,
    /// How far it is.
    pub stage: Stage,
}

/// How far a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is still to come.
    Planned,
    /// It is there.
    Active,
    /// It is over, or was cleared.
    Over,
}

/// The faults of a session by number.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    all: BTreeMap<u32, Planned>,
}

/// When a fault begins or ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It begins.
    Begins(u32),
    /// It ends.
    Ends(u32),
}

/// More faults are not kept.
const MOST: usize = 1_000;

impl Fault {
    /// Its name in requests.
    pub fn name(&self) -> &'static str {
        match self {
            Fault::KillInstance(_) => "KillInstance",
            Fault::CrashApp(_) => "CrashApp",
            Fault::HangApp(_) => "HangApp",
            Fault::SlowApp(..) => "SlowApp",
            Fault::FillCpu(..) => "FillCpu",
            Fault::BreakHealthPath(_) => "BreakHealthPath",
            Fault::SlowNetwork(..) => "SlowNetwork",
            Fault::LoseZone(_) => "LoseZone",
            Fault::NoCapacity(..) => "NoCapacity",
            Fault::CloseSecurityGroup(_) => "CloseSecurityGroup",
        }
    }
}

impl Faults {
    /// All faults, the oldest first.
    pub fn all(&self) -> impl Iterator<Item = (u32, &Planned)> {
        self.all.iter().map(|(number, planned)| (*number, planned))
    }

    /// The faults that are there now.
    pub fn active(&self) -> impl Iterator<Item = &Fault> {
        self.all.values().filter(|planned| planned.stage == Stage::Active).map(|planned| &planned.fault)
    }

    fn describe(&self, number: u32) -> Option<FaultDescription> {
        self.all.get(&number).map(|planned| parse::description(number, planned))
    }
}

impl Stage {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Planned => "planned",
            Stage::Active => "active",
            Stage::Over => "over",
        }
    }
}

impl Session {
    /// The faults so far.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    pub(super) fn inject_fault(
        &mut self,
        region: &str,
        input: &InjectFaultRequest,
    ) -> Result<InjectFaultResult, ApiError> {
        if self.faults.all.len() >= MOST {
            return Err(ApiError::validation(format!("There are {MOST} faults already.")));
        }
        let fault = self.checked_fault(region, input)?;
        let start = self.now + parse::length("StartSeconds", input.start_seconds)?.unwrap_or_default();
        let end = parse::length("DurationSeconds", input.duration_seconds)?.map(|length| start + length);
        let number = self.faults.all.len() as u32 + 1;
        self.faults.all.insert(number, Planned { fault, start, end, stage: Stage::Planned });
        if start == self.now {
            self.turn_fault(Turn::Begins(number));
        } else {
            self.calendar.schedule(start, Work::Fault(Turn::Begins(number)));
        }
        if let Some(end) = end {
            self.calendar.schedule(end, Work::Fault(Turn::Ends(number)));
        }
        self.faults
            .describe(number)
            .map(|fault| InjectFaultResult { fault })
            .ok_or_else(|| unknown(&number.to_string()))
    }

    pub(super) fn clear_fault(&mut self, input: &ClearFaultRequest) -> Result<ClearFaultResult, ApiError> {
        let number = parse::number(&input.fault_id).ok_or_else(|| unknown(&input.fault_id))?;
        if !self.faults.all.contains_key(&number) {
            return Err(unknown(&input.fault_id));
        }
        self.turn_fault(Turn::Ends(number));
        self.faults.describe(number).map(|fault| ClearFaultResult { fault }).ok_or_else(|| unknown(&input.fault_id))
    }

    pub(super) fn describe_faults(&self) -> DescribeFaultsResult {
        DescribeFaultsResult {
            faults: self.faults.all().map(|(number, planned)| parse::description(number, planned)).collect(),
        }
    }

    /// Lets a fault begin or end. What was cleared before its time does nothing more.
    pub(super) fn turn_fault(&mut self, turn: Turn) {
        let (Turn::Begins(number) | Turn::Ends(number)) = turn;
        let Some(planned) = self.faults.all.get_mut(&number).filter(|planned| planned.stage != Stage::Over) else {
            return;
        };
        let fault = planned.fault.clone();
        match (turn, &fault) {
            (Turn::Begins(_), Fault::KillInstance(instance_id)) => {
                planned.stage = Stage::Over;
                self.kill(instance_id);
            }
            (Turn::Begins(_), _) => planned.stage = Stage::Active,
            (Turn::Ends(_), _) => {
                planned.stage = Stage::Over;
                planned.end = Some(planned.end.map_or(self.now, |end| end.min(self.now)));
            }
        }
        self.tell_cloud(&fault);
    }

    /// Simplified: the instance is terminated at once; in AWS the instance of a failed machine fails its status checks first.
    fn kill(&mut self, instance_id: &str) {
        let Ok(name) = self.region_of(instance_id) else { return };
        if let Ok((region, mut context)) = self.cloud.enter(self.now, &name, None) {
            region.ec2.terminate(&mut context, instance_id);
        }
    }

    /// Tells the control plane of a fault that begins or ends there. One that another fault keeps up does not end.
    fn tell_cloud(&mut self, fault: &Fault) {
        let is_there = self.faults.active().any(|active| active == fault);
        let names: Vec<String> = self.cloud.regions().map(|region| region.info.name.to_owned()).collect();
        for name in names {
            let Ok((region, mut context)) = self.cloud.enter(self.now, &name, None) else { continue };
            let has_zone = |zone: &str| region.info.zones().any(|known| known == zone);
            match (fault, is_there) {
                (Fault::LoseZone(zone), true) if has_zone(zone) => region.ec2.lose_zone(&mut context, zone),
                (Fault::LoseZone(zone), false) if has_zone(zone) => region.ec2.restore_zone(&mut context, zone),
                (Fault::NoCapacity(zone, kind), true) if has_zone(zone) => {
                    region.ec2.exhaust_capacity(zone, kind.as_deref());
                }
                (Fault::NoCapacity(zone, kind), false) if has_zone(zone) => {
                    region.ec2.restore_capacity(zone, kind.as_deref());
                }
                (Fault::CloseSecurityGroup(group_id), true) => region.ec2.close_security_group(group_id),
                (Fault::CloseSecurityGroup(group_id), false) => region.ec2.open_security_group(group_id),
                (
                    Fault::LoseZone(_)
                    | Fault::NoCapacity(..)
                    | Fault::KillInstance(_)
                    | Fault::CrashApp(_)
                    | Fault::HangApp(_)
                    | Fault::SlowApp(..)
                    | Fault::FillCpu(..)
                    | Fault::BreakHealthPath(_)
                    | Fault::SlowNetwork(..),
                    true | false,
                ) => {}
            }
        }
    }

    /// Whether the fault meets the instance.
    pub fn meets(&self, fault: &Fault, instance: &Instance) -> bool {
        match fault {
            Fault::KillInstance(instance_id) => *instance_id == instance.instance_id,
            Fault::CrashApp(victims)
            | Fault::HangApp(victims)
            | Fault::SlowApp(victims, _)
            | Fault::FillCpu(victims, _)
            | Fault::BreakHealthPath(victims)
            | Fault::SlowNetwork(victims, _) => self.is_victim(victims, instance),
            Fault::LoseZone(zone) => *zone == instance.zone,
            Fault::NoCapacity(..) => false,
            Fault::CloseSecurityGroup(group_id) => instance.security_groups.contains(group_id),
        }
    }

    /// Whether the health check's path is broken on the instance with this number.
    pub(super) fn health_path_is_broken(&self, region: &str, number: u64) -> bool {
        self.faults.active().any(|fault| {
            let Fault::BreakHealthPath(victims) = fault else { return false };
            let mut instances = self.cloud.region(region).into_iter().flat_map(|region| region.ec2.instances.values());
            instances.any(|instance| instance.number == number && self.is_victim(victims, instance))
        })
    }

    fn is_victim(&self, victims: &Victims, instance: &Instance) -> bool {
        match victims {
            Victims::Instance(instance_id) => *instance_id == instance.instance_id,
            Victims::Zone(zone) => *zone == instance.zone,
            Victims::Group(region, name) => {
                let group = self.cloud.region(region).and_then(|region| region.autoscaling.groups.get(name));
                group.is_some_and(|group| group.member(&instance.instance_id).is_some())
            }
        }
    }
}

fn unknown(fault_id: &str) -> ApiError {
    ApiError::new("FaultNotFound", format!("There is no fault '{fault_id}'."))
}
