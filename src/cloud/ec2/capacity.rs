//! What AWS may lack: machines of a type in a zone, or a whole zone.
use super::instance_type::InstanceType;
use super::{Ec2, Instance};
use crate::api::ApiError;
use crate::cloud::{Context, Fact, RegionInfo};

/// The mark of every type.
const EVERY_TYPE: &str = "*";

impl Ec2 {
    /// Lets the zone run out of machines of this type, or of every type. Instances that run go on running.
    pub fn exhaust_capacity(&mut self, zone: &str, instance_type: Option<&str>) {
        self.exhausted.insert((zone.to_owned(), instance_type.unwrap_or(EVERY_TYPE).to_owned()));
    }

    /// Gives the zone machines of this type, or of every type, again.
    pub fn restore_capacity(&mut self, zone: &str, instance_type: Option<&str>) {
        let is_meant = |kind: &str| instance_type.is_none_or(|meant| meant == kind);
        self.exhausted.retain(|(known, kind)| known != zone || !is_meant(kind));
    }

    /// Whether the zone has machines of this type left.
    pub fn has_capacity(&self, zone: &str, instance_type: &InstanceType) -> bool {
        let is_exhausted = |kind: &str| self.exhausted.contains(&(zone.to_owned(), kind.to_owned()));
        !self.is_zone_lost(zone) && !is_exhausted(instance_type.name) && !is_exhausted(EVERY_TYPE)
    }

    /// Loses a zone: its instances run on and cannot be reached, all status checks fail, and nothing can be launched there.
    pub fn lose_zone(&mut self, context: &mut Context, zone: &str) {
        if self.lost_zones.insert(zone.to_owned()) {
            context.record(Fact::ZoneChanged { zone: zone.to_owned(), is_reachable: false });
        }
    }

    /// Brings a lost zone back.
    pub fn restore_zone(&mut self, context: &mut Context, zone: &str) {
        if self.lost_zones.remove(zone) {
            context.record(Fact::ZoneChanged { zone: zone.to_owned(), is_reachable: true });
        }
    }

    /// Whether the zone is lost.
    pub fn is_zone_lost(&self, zone: &str) -> bool {
        self.lost_zones.contains(zone)
    }

    /// Whether the network reaches the instance: it runs, and its zone is not lost.
    pub fn is_reachable(&self, instance: &Instance) -> bool {
        instance.is_running() && !self.is_zone_lost(&instance.zone)
    }

    /// Refuses a launch or a start where there are no machines.
    pub(super) fn check_capacity(
        &self,
        region: &RegionInfo,
        zone: &str,
        instance_type: &InstanceType,
    ) -> Result<(), ApiError> {
        if self.has_capacity(zone, instance_type) {
            return Ok(());
        }
        let name = instance_type.name;
        let others: Vec<_> = region
            .zones()
            .filter(|other| instance_type.is_offered_in(other) && self.has_capacity(other, instance_type))
            .collect();
        let mut message = format!(
            "We currently do not have sufficient {name} capacity in the Availability Zone you requested ({zone}). Our system will be \
             working on provisioning additional capacity."
        );
        if !others.is_empty() {
            message += &format!(
                " You can currently get {name} capacity by not specifying an Availability Zone in your request or choosing {}.",
                others.join(", ")
            );
        }
        Err(ApiError::new("InsufficientInstanceCapacity", message))
    }
}
