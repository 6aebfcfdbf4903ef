//! The settings of a group as requests name them, checked.
use super::group::{DeletionProtection, HealthSettings, Maintenance, ZoneDistribution, seconds};
use crate::api::ApiError;
use crate::api::autoscaling::{AvailabilityZoneDistribution, InstanceMaintenancePolicy};
use crate::sim::SimDuration;

/// Refuses sizes that do not fit each other.
pub(super) fn check_sizes(min: i64, max: i64, desired: i64) -> Result<(), ApiError> {
    check_not_negative("minSize", min)?;
    check_not_negative("maxSize", max)?;
    if min > max {
        return Err(ApiError::validation(format!(
            "Max bound, {max}, must be greater than or equal to min bound, {min}"
        )));
    }
    if !(min..=max).contains(&desired) {
        let message =
            format!("Desired capacity:{desired} must be between the specified min size:{min} and max size:{max}");
        return Err(ApiError::validation(message));
    }
    Ok(())
}

/// AWS's integers have 32 bits.
pub(super) const LARGEST: i64 = i32::MAX as i64;

/// Refuses a number below zero in the words of the query services.
pub(super) fn check_not_negative(member: &str, value: i64) -> Result<(), ApiError> {
    check_range(member, value, 0, LARGEST)
}

/// Refuses a number outside its limits in the words of the query services.
pub(super) fn check_range(member: &str, value: i64, min: i64, max: i64) -> Result<(), ApiError> {
    let constraint = if value < min {
        format!("greater than or equal to {min}")
    } else if value > max {
        format!("less than or equal to {max}")
    } else {
        return Ok(());
    };
    Err(ApiError::validation(format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must have value {constraint}"
    )))
}

/// A name of printable characters without a colon.
pub(super) fn check_name(member: &str, name: &str) -> Result<(), ApiError> {
    if name.chars().all(|letter| letter.is_ascii_graphic() && letter != ':') {
        return Ok(());
    }
    // The wording is a guess: AWS documents the letters, and not what it says of others.
    Err(ApiError::validation(format!(
        "1 validation error detected: Value '{name}' at '{member}' failed to satisfy constraint: Member must consist of ASCII characters \
         33 to 126 without a colon"
    )))
}

/// A length in whole seconds that may not be negative.
pub(super) fn checked_seconds(member: &str, number: Option<i64>) -> Result<Option<SimDuration>, ApiError> {
    number.map(|number| check_not_negative(member, number).map(|()| seconds(number))).transpose()
}

/// The warm-up; -1 takes it away.
pub(super) fn checked_warmup(number: Option<i64>) -> Result<Option<Option<SimDuration>>, ApiError> {
    let Some(number) = number else { return Ok(None) };
    check_range("defaultInstanceWarmup", number, -1, 3_600)?;
    Ok(Some((number >= 0).then(|| seconds(number))))
}

/// The longest life of an instance; 0 takes the limit away.
pub(super) fn checked_lifetime(number: Option<i64>) -> Result<Option<Option<SimDuration>>, ApiError> {
    match number {
        None => Ok(None),
        Some(0) => Ok(Some(None)),
        Some(number) => {
            check_range("maxInstanceLifetime", number, 86_400, 31_536_000)?;
            Ok(Some(Some(seconds(number))))
        }
    }
}

/// The kinds of health checks. Simplified: the lab has those of EC2 and of Elastic Load Balancing.
pub(super) fn checked_health(kinds: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(kinds) = kinds else { return Ok(None) };
    for kind in kinds.split(',').map(str::trim) {
        match kind {
            "EC2" | "ELB" => {}
            "EBS" | "VPC_LATTICE" => return Err(ApiError::not_in_this_lab(format!("The health check type {kind}"))),
            _ => {
                // The wording is a guess.
                return Err(ApiError::validation(format!("Invalid HealthCheckType: {kind}")));
            }
        }
    }
    Ok(Some(kinds.to_owned()))
}

impl Maintenance {
    /// The policy of a request; -1 for both takes it away.
    pub(super) fn read(policy: Option<&InstanceMaintenancePolicy>) -> Result<Option<Option<Self>>, ApiError> {
        let Some(policy) = policy else { return Ok(None) };
        let (Some(min), Some(max)) = (policy.min_healthy_percentage, policy.max_healthy_percentage) else {
            // The wording is a guess: AWS documents that both are needed.
            let message = "You must specify both MinHealthyPercentage and MaxHealthyPercentage.";
            return Err(ApiError::validation(message));
        };
        if (min, max) == (-1, -1) {
            return Ok(Some(None));
        }
        check_range("instanceMaintenancePolicy.minHealthyPercentage", min, 0, 100)?;
        check_range("instanceMaintenancePolicy.maxHealthyPercentage", max, 100, 200)?;
        check_spread(min, max)?;
        Ok(Some(Some(Maintenance { min_healthy: min, max_healthy: max })))
    }

    pub(super) fn shape(self) -> InstanceMaintenancePolicy {
        InstanceMaintenancePolicy {
            min_healthy_percentage: Some(self.min_healthy),
            max_healthy_percentage: Some(self.max_healthy),
        }
    }
}

/// Refuses percentages that lie more than a hundred apart. The wording is a guess.
pub(super) fn check_spread(min: i64, max: i64) -> Result<(), ApiError> {
    if max - min <= 100 {
        return Ok(());
    }
    let message = "The difference between MinHealthyPercentage and MaxHealthyPercentage cannot be greater than 100.";
    Err(ApiError::validation(message))
}

impl ZoneDistribution {
    /// The strategy of a request.
    pub(super) fn read(distribution: Option<&AvailabilityZoneDistribution>) -> Result<Option<Self>, ApiError> {
        match distribution.and_then(|distribution| distribution.capacity_distribution_strategy.as_deref()) {
            None => Ok(None),
            Some("balanced-best-effort") => Ok(Some(ZoneDistribution::BalancedBestEffort)),
            Some("balanced-only") => Ok(Some(ZoneDistribution::BalancedOnly)),
            Some(other) => Err(ApiError::not_in_this_lab(format!("The capacity distribution strategy {other}"))),
        }
    }

    pub(super) fn shape(self) -> AvailabilityZoneDistribution {
        let name = match self {
            ZoneDistribution::BalancedBestEffort => "balanced-best-effort",
            ZoneDistribution::BalancedOnly => "balanced-only",
        };
        AvailabilityZoneDistribution { capacity_distribution_strategy: Some(name.into()) }
    }
}

impl DeletionProtection {
    const ALL: [DeletionProtection; 3] =
        [DeletionProtection::None, DeletionProtection::PreventForceDeletion, DeletionProtection::PreventAllDeletion];

    /// AWS's word for it.
    pub fn name(self) -> &'static str {
        match self {
            DeletionProtection::None => "none",
            DeletionProtection::PreventForceDeletion => "prevent-force-deletion",
            DeletionProtection::PreventAllDeletion => "prevent-all-deletion",
        }
    }

    /// The protection of this name. The check of the published words has refused all others.
    pub(super) fn read(name: Option<&str>) -> Option<Self> {
        Self::ALL.into_iter().find(|protection| Some(protection.name()) == name)
    }
}

impl Default for HealthSettings {
    fn default() -> Self {
        HealthSettings { kinds: "EC2".into(), grace: SimDuration::ZERO }
    }
}
