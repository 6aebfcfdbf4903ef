//! From a request to a fault, and from a fault to an answer.
use super::{Fault, Planned, Session, Victims};
use crate::api::ApiError;
use crate::api::lab::{FaultDescription, InjectFaultRequest};
use crate::sim::SimDuration;

/// The names of the faults in requests.
pub const NAMES: [&str; 10] = [
    "KillInstance",
    "CrashApp",
    "HangApp",
    "SlowApp",
    "FillCpu",
    "LoseZone",
    "NoCapacity",
    "BreakHealthPath",
    "CloseSecurityGroup",
    "SlowNetwork",
];
/// A fault begins and ends within a leap year.
const MOST_SECONDS: f64 = 366.0 * 86_400.0;

impl Session {
    /// The fault that is asked for.
    ///
    /// # Errors
    /// `ValidationError` with what is missing or wrong; the service's own error for an instance or a security group that does not exist.
    pub(super) fn checked_fault(&self, region: &str, input: &InjectFaultRequest) -> Result<Fault, ApiError> {
        let victims = || self.victims(region, input);
        Ok(match input.fault.as_str() {
            "KillInstance" => {
                let instance_id = required("InstanceId", input.instance_id.as_ref())?;
                self.region_of(instance_id)?;
                Fault::KillInstance(instance_id.clone())
            }
            "CrashApp" => Fault::CrashApp(victims()?),
            "HangApp" => Fault::HangApp(victims()?),
            "SlowApp" => {
                let factor = input.factor.unwrap_or(4.0);
                let percent = checked_number("Factor", factor, [1.0, 1_000.0])? * 100.0;
                Fault::SlowApp(victims()?, percent as u32)
            }
            "FillCpu" => {
                let percent = checked_number("Percent", input.percent.unwrap_or(90) as f64, [1.0, 99.0])?;
                Fault::FillCpu(victims()?, percent as u32)
            }
            "BreakHealthPath" => Fault::BreakHealthPath(victims()?),
            "SlowNetwork" => {
                let millis = checked_number("Millis", input.millis.unwrap_or(200) as f64, [1.0, 60_000.0])?;
                Fault::SlowNetwork(victims()?, millis as u32)
            }
            "LoseZone" => Fault::LoseZone(self.checked_zone(input)?),
            "NoCapacity" => Fault::NoCapacity(self.checked_zone(input)?, input.instance_type.clone()),
            "CloseSecurityGroup" => {
                let group_id = required("GroupId", input.group_id.as_ref())?;
                let mut regions = self.cloud.regions();
                if !regions.any(|region| region.ec2.security_groups.contains_key(group_id)) {
                    let message = format!("The security group '{group_id}' does not exist");
                    return Err(ApiError::new("InvalidGroup.NotFound", message));
                }
                Fault::CloseSecurityGroup(group_id.clone())
            }
            other => {
                let names = NAMES.join(", ");
                return Err(ApiError::validation(format!("There is no fault {other}. There are {names}.")));
            }
        })
    }

    fn victims(&self, region: &str, input: &InjectFaultRequest) -> Result<Victims, ApiError> {
        if let Some(instance_id) = &input.instance_id {
            self.region_of(instance_id)?;
            return Ok(Victims::Instance(instance_id.clone()));
        }
        if let Some(name) = &input.auto_scaling_group_name {
            let found = self.cloud.region(region).filter(|region| region.autoscaling.groups.contains_key(name));
            let message = || ApiError::validation(format!("There is no Auto Scaling group {name} in {region}."));
            return found.map(|_| Victims::Group(region.to_owned(), name.clone())).ok_or_else(message);
        }
        if input.availability_zone.is_some() {
            return self.checked_zone(input).map(Victims::Zone);
        }
        let message = "InstanceId, AutoScalingGroupName or AvailabilityZone must say whom the fault meets.";
        Err(ApiError::validation(message))
    }

    fn checked_zone(&self, input: &InjectFaultRequest) -> Result<String, ApiError> {
        let zone = required("AvailabilityZone", input.availability_zone.as_ref())?;
        let is_known = self.cloud.regions().any(|region| region.info.zones().any(|known| known == *zone));
        if is_known { Ok(zone.clone()) } else { Err(ApiError::validation(format!("There is no zone {zone}."))) }
    }
}

fn required<'a>(name: &str, value: Option<&'a String>) -> Result<&'a String, ApiError> {
    value.ok_or_else(|| ApiError::validation(format!("{name} is required for this fault.")))
}

fn checked_number(name: &str, number: f64, [least, most]: [f64; 2]) -> Result<f64, ApiError> {
    let message = || ApiError::validation(format!("{name} must be between {least} and {most}, not {number}."));
    (least..=most).contains(&number).then_some(number).ok_or_else(message)
}

/// A length of time, if one is given.
pub(super) fn length(name: &str, seconds: Option<f64>) -> Result<Option<SimDuration>, ApiError> {
    seconds
        .map(|seconds| checked_number(name, seconds, [0.0, MOST_SECONDS]).map(SimDuration::from_secs_f64))
        .transpose()
}

/// A fault's id.
pub fn id(number: u32) -> String {
    format!("fault-{number}")
}

/// The number of a fault's id.
pub(super) fn number(fault_id: &str) -> Option<u32> {
    fault_id.strip_prefix("fault-")?.parse().ok()
}

pub(super) fn description(number: u32, planned: &Planned) -> FaultDescription {
    let mut shape = FaultDescription {
        fault_id: id(number),
        state: planned.stage.name().into(),
        start_time: planned.start.to_iso8601(),
        end_time: planned.end.map(|end| end.to_iso8601()),
        ..FaultDescription::default()
    };
    let victims = match &planned.fault {
        Fault::KillInstance(instance_id) => {
            shape.instance_id = Some(instance_id.clone());
            None
        }
        Fault::CrashApp(victims) => Some(victims),
        Fault::HangApp(victims) => Some(victims),
        Fault::SlowApp(victims, percent) => {
            shape.factor = Some(f64::from(*percent) / 100.0);
            Some(victims)
        }
        Fault::FillCpu(victims, percent) => {
            shape.percent = Some(i64::from(*percent));
            Some(victims)
        }
        Fault::BreakHealthPath(victims) => Some(victims),
        Fault::SlowNetwork(victims, millis) => {
            shape.millis = Some(i64::from(*millis));
            Some(victims)
        }
        Fault::LoseZone(zone) => {
            shape.availability_zone = Some(zone.clone());
            None
        }
        Fault::NoCapacity(zone, instance_type) => {
            (shape.availability_zone, shape.instance_type) = (Some(zone.clone()), instance_type.clone());
            None
        }
        Fault::CloseSecurityGroup(group_id) => {
            shape.group_id = Some(group_id.clone());
            None
        }
    };
    shape.fault = planned.fault.name().into();
    match victims {
        Some(Victims::Instance(instance_id)) => shape.instance_id = Some(instance_id.clone()),
        Some(Victims::Group(_, name)) => shape.auto_scaling_group_name = Some(name.clone()),
        Some(Victims::Zone(zone)) => shape.availability_zone = Some(zone.clone()),
        None => {}
    }
    shape
}
