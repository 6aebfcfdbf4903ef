//! Simple scaling: one change, then a wait.
use super::adjustment::{Adjustment, AdjustmentKind};
use crate::api::ApiError;
use crate::api::autoscaling::PutScalingPolicyType;
use crate::cloud::autoscaling::settings::checked_seconds;
use crate::sim::SimDuration;

/// What a simple policy does.
#[derive(Clone, Debug, PartialEq)]
pub struct Simple {
    /// The change.
    pub adjustment: Adjustment,
    /// The wait afterwards; the group's own if it is not set.
    pub cooldown: Option<SimDuration>,
}

impl Simple {
    pub(super) fn read(input: &PutScalingPolicyType) -> Result<Self, ApiError> {
        // The wording is a guess.
        let missing = || ApiError::validation("ScalingAdjustment is required for policy type SimpleScaling.");
        Ok(Simple {
            adjustment: Adjustment {
                kind: AdjustmentKind::read(input.adjustment_type.as_deref())?,
                amount: input.scaling_adjustment.ok_or_else(missing)?,
                // `MinAdjustmentStep` is an old name.
                min_magnitude: input.min_adjustment_magnitude.or(input.min_adjustment_step),
            },
            cooldown: checked_seconds("cooldown", input.cooldown)?,
        })
    }

    pub(super) fn summary(&self) -> String {
        self.adjustment.summary()
    }
}
