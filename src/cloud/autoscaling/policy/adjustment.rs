//! How an adjustment changes a capacity. EC2 Auto Scaling User Guide, "Scaling adjustment types".
use crate::api::ApiError;
use crate::api::autoscaling::{AdjustmentType, DescribeAdjustmentTypesAnswer};
use crate::cloud::autoscaling::AutoScaling;

/// A change of a capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// What the amount means.
    pub kind: AdjustmentKind,
    /// How much.
    pub amount: i64,
    /// The fewest instances that a percentage comes to.
    pub min_magnitude: Option<i64>,
}

/// What an amount means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdjustmentKind {
    /// So many instances more or fewer.
    ChangeInCapacity,
    /// So many instances.
    ExactCapacity,
    /// So many per cent more or fewer.
    PercentChangeInCapacity,
}

impl AdjustmentKind {
    /// All of them, in AWS's order.
    pub const ALL: [AdjustmentKind; 3] =
        [AdjustmentKind::ChangeInCapacity, AdjustmentKind::ExactCapacity, AdjustmentKind::PercentChangeInCapacity];

    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            AdjustmentKind::ChangeInCapacity => "ChangeInCapacity",
            AdjustmentKind::ExactCapacity => "ExactCapacity",
            AdjustmentKind::PercentChangeInCapacity => "PercentChangeInCapacity",
        }
    }

    /// The kind of this name. Wordings are guesses.
    pub(super) fn read(name: Option<&str>) -> Result<Self, ApiError> {
        let name = name.ok_or_else(|| ApiError::validation("AdjustmentType is required for this policy type."))?;
        let found = Self::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| {
            ApiError::validation(format!(
                "Invalid AdjustmentType: {name}. Valid types are ChangeInCapacity, ExactCapacity and PercentChangeInCapacity."
            ))
        })
    }
}

impl Adjustment {
    /// The capacity after the adjustment of `capacity`, before the group's limits.
    pub fn apply(self, capacity: i64) -> i64 {
        match self.kind {
            AdjustmentKind::ChangeInCapacity => capacity.saturating_add(self.amount),
            AdjustmentKind::ExactCapacity => self.amount,
            AdjustmentKind::PercentChangeInCapacity => capacity.saturating_add(self.percent_of(capacity)),
        }
    }

    /// The percentage in whole instances: towards zero, but never nothing at all.
    fn percent_of(self, capacity: i64) -> i64 {
        let exact = i128::from(capacity) * i128::from(self.amount);
        let whole = i64::try_from(exact / 100).unwrap_or(i64::MAX);
        let rounded = match (whole, exact.signum()) {
            (0, 1) => 1,
            (0, -1) => -1,
            (_, _) => whole,
        };
        let least = self.min_magnitude.unwrap_or(0);
        if rounded > 0 {
            rounded.max(least)
        } else if rounded < 0 {
            rounded.min(-least)
        } else {
            0
        }
    }

    /// The adjustment in a few words, such as `+10 %`.
    pub(super) fn summary(self) -> String {
        match self.kind {
            AdjustmentKind::ChangeInCapacity => format!("{:+}", self.amount),
            AdjustmentKind::ExactCapacity => format!("={}", self.amount),
            AdjustmentKind::PercentChangeInCapacity => format!("{:+} %", self.amount),
        }
    }
}

impl AutoScaling {
    pub(in crate::cloud::autoscaling) fn describe_adjustment_types() -> DescribeAdjustmentTypesAnswer {
        let shape = |kind: AdjustmentKind| AdjustmentType { adjustment_type: kind.name().into() };
        DescribeAdjustmentTypesAnswer { adjustment_types: AdjustmentKind::ALL.map(shape).into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(amount: i64, capacity: i64, min_magnitude: Option<i64>) -> i64 {
        Adjustment { kind: AdjustmentKind::PercentChangeInCapacity, amount, min_magnitude }.apply(capacity)
    }

    /// EC2 Auto Scaling User Guide, "Scaling adjustment types": 12.7 is 12, 0.67 is 1, -0.58 is -1, -6.67 is -6.
    #[test]
    fn percentages_are_rounded_towards_zero_but_never_to_nothing() {
        assert_eq!(percent(127, 10, None), 22);
        assert_eq!(percent(67, 1, None), 2);
        assert_eq!(percent(-58, 1, None), 0);
        assert_eq!(percent(-667, 1, None), -5);
    }

    /// EC2 Auto Scaling User Guide, "Scaling adjustment types": 25 per cent of 4 is 1, and at least 2 are added.
    #[test]
    fn the_smallest_magnitude_of_a_percentage_holds() {
        assert_eq!(percent(25, 4, Some(2)), 6);
        assert_eq!(percent(-25, 4, Some(2)), 2);
        assert_eq!(percent(0, 4, Some(2)), 4);
    }
}
