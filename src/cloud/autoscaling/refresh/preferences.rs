//! How careful a refresh is.
use crate::api::ApiError;
use crate::api::autoscaling::{AlarmSpecification, RefreshPreferences};
use crate::cloud::autoscaling::Group;
use crate::cloud::autoscaling::group::{Maintenance, seconds, whole_seconds};
use crate::cloud::autoscaling::settings::{check_not_negative, check_range, check_spread};
use crate::sim::SimDuration;

/// How careful a refresh is.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// How many instances there may be.
    pub percentages: Maintenance,
    /// How long a new instance does not count.
    pub warmup: Option<SimDuration>,
    /// Where it waits, in per cent.
    pub checkpoints: Vec<i64>,
    /// How long it waits there.
    pub delay: SimDuration,
    /// Whether instances that are as they should be stay.
    pub skips_matching: bool,
    /// Whether it goes back if it fails.
    pub rolls_back: bool,
    /// What happens with protected instances.
    pub protected: Special,
    /// What happens with instances in standby.
    pub standby: Special,
    /// The alarms that end it.
    pub alarms: Vec<String>,
    /// How long it watches at the end.
    pub bake: SimDuration,
}

/// What a refresh does with instances that others would leave alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// It waits for them, an hour at most.
    Wait,
    /// It leaves them as they are.
    Ignore,
    /// It replaces them.
    Replace,
}

impl Special {
    fn read(name: Option<&str>, replace: &str) -> Result<Self, ApiError> {
        match name {
            None | Some("Wait") => Ok(Special::Wait),
            Some("Ignore") => Ok(Special::Ignore),
            Some(name) if name == replace => Ok(Special::Replace),
            // The check of the published words has refused all others.
            Some(name) => Err(ApiError::validation(format!("{name} is not one of Wait, Ignore, {replace}"))),
        }
    }

    fn name(self, replace: &str) -> String {
        match self {
            Special::Wait => "Wait".into(),
            Special::Ignore => "Ignore".into(),
            Special::Replace => replace.into(),
        }
    }
}

impl Preferences {
    /// The preferences of a request. Wordings are guesses; the limits are documented.
    pub(super) fn read(input: &RefreshPreferences, group: &Group) -> Result<Self, ApiError> {
        let base = group.maintenance.unwrap_or(Maintenance::REFRESH);
        let percentages = Maintenance {
            min_healthy: input.min_healthy_percentage.unwrap_or(base.min_healthy),
            max_healthy: input.max_healthy_percentage.unwrap_or(base.max_healthy),
        };
        check_range("preferences.minHealthyPercentage", percentages.min_healthy, 0, 100)?;
        check_range("preferences.maxHealthyPercentage", percentages.max_healthy, 100, 200)?;
        if input.max_healthy_percentage.is_some() && input.min_healthy_percentage.is_none() {
            let message = "If you specify MaxHealthyPercentage, you must also specify MinHealthyPercentage.";
            return Err(ApiError::validation(message));
        }
        check_spread(percentages.min_healthy, percentages.max_healthy)?;
        let checkpoints = input.checkpoint_percentages.clone();
        checkpoints.iter().try_for_each(|one| check_range("preferences.checkpointPercentages", *one, 1, 100))?;
        if !checkpoints.is_sorted_by(|one, next| one < next) {
            return Err(ApiError::validation("CheckpointPercentages must be in ascending order."));
        }
        let (warmup, delay) = (input.instance_warmup, input.checkpoint_delay.unwrap_or(3_600));
        check_range("preferences.checkpointDelay", delay, 0, 172_800)?;
        let bake = input.bake_time.unwrap_or(0);
        check_range("preferences.bakeTime", bake, 0, 172_800)?;
        warmup.map_or(Ok(()), |number| check_not_negative("preferences.instanceWarmup", number))?;
        Ok(Preferences {
            percentages,
            warmup: warmup.map(seconds),
            checkpoints,
            delay: seconds(delay),
            skips_matching: input.skip_matching == Some(true),
            rolls_back: input.auto_rollback == Some(true),
            protected: Special::read(input.scale_in_protected_instances.as_deref(), "Refresh")?,
            standby: standby(input.standby_instances.as_deref())?,
            alarms: input.alarm_specification.clone().unwrap_or_default().alarms,
            bake: seconds(bake),
        })
    }

    pub(super) fn shape(&self) -> RefreshPreferences {
        let alarms = (!self.alarms.is_empty()).then(|| AlarmSpecification { alarms: self.alarms.clone() });
        RefreshPreferences {
            min_healthy_percentage: Some(self.percentages.min_healthy),
            max_healthy_percentage: Some(self.percentages.max_healthy),
            instance_warmup: self.warmup.map(whole_seconds),
            checkpoint_percentages: self.checkpoints.clone(),
            checkpoint_delay: (!self.checkpoints.is_empty()).then_some(whole_seconds(self.delay)),
            skip_matching: Some(self.skips_matching),
            auto_rollback: Some(self.rolls_back),
            scale_in_protected_instances: Some(self.protected.name("Refresh")),
            standby_instances: Some(self.standby.name("Terminate")),
            alarm_specification: alarms,
            bake_time: Some(whole_seconds(self.bake)),
        }
    }
}

/// Simplified: instances in standby are waited for or left alone, and never terminated.
fn standby(name: Option<&str>) -> Result<Special, ApiError> {
    match Special::read(name, "Terminate")? {
        Special::Replace => Err(ApiError::not_in_this_lab("An instance refresh that terminates instances in standby")),
        special @ (Special::Wait | Special::Ignore) => Ok(special),
    }
}
