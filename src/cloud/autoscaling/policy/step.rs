//! Step scaling: the further the metric is from the threshold, the larger the change.
//!
//! EC2 Auto Scaling User Guide, "How step scaling policies work" and "Step adjustments for step scaling".
use super::adjustment::{Adjustment, AdjustmentKind};
use crate::api::ApiError;
use crate::api::autoscaling::{PutScalingPolicyType, StepAdjustment};
use crate::cloud::autoscaling::limits;
use crate::cloud::cloudwatch::Statistic;

/// What a step policy does.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// What the amounts mean.
    pub kind: AdjustmentKind,
    /// The fewest instances that a percentage comes to.
    pub min_magnitude: Option<i64>,
    /// Which statistic of its metric it goes by.
    pub aggregation: Statistic,
    /// The steps, from the lowest to the highest.
    pub steps: Vec<Step>,
}

/// A step: from one distance from the threshold to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The lower bound; none for no end.
    pub lower: Option<f64>,
    /// The upper bound; none for no end.
    pub upper: Option<f64>,
    /// How much.
    pub amount: i64,
}

/// The statistic of this name that a policy can go by.
fn read_aggregation(name: Option<&str>) -> Result<Statistic, ApiError> {
    let all = [Statistic::Average, Statistic::Minimum, Statistic::Maximum];
    let name = name.unwrap_or("Average");
    let found = all.into_iter().find(|one| one.name() == name);
    // The wording is a guess.
    found.ok_or_else(|| ApiError::validation(format!("Invalid MetricAggregationType: {name}")))
}

impl Step {
    /// Whether the distance from the threshold lies in the step. Above the threshold the lower bound belongs to it, below it the upper one.
    fn holds(&self, distance: f64) -> bool {
        let (lower, upper) = (self.lower.unwrap_or(f64::NEG_INFINITY), self.upper.unwrap_or(f64::INFINITY));
        match distance >= 0.0 {
            true => lower <= distance && distance < upper,
            false => lower < distance && distance <= upper,
        }
    }

    pub(super) fn shape(&self) -> StepAdjustment {
        StepAdjustment {
            metric_interval_lower_bound: self.lower,
            metric_interval_upper_bound: self.upper,
            scaling_adjustment: self.amount,
        }
    }
}

impl Steps {
    pub(super) fn read(input: &PutScalingPolicyType) -> Result<Self, ApiError> {
        let read = |step: &StepAdjustment| Step {
            lower: step.metric_interval_lower_bound,
            upper: step.metric_interval_upper_bound,
            amount: step.scaling_adjustment,
        };
        let mut steps: Vec<Step> = input.step_adjustments.iter().map(read).collect();
        steps.sort_by(|one, other| {
            let low = |step: &Step| step.lower.unwrap_or(f64::NEG_INFINITY);
            low(one).total_cmp(&low(other))
        });
        check_steps(&steps)?;
        Ok(Steps {
            kind: AdjustmentKind::read(input.adjustment_type.as_deref())?,
            min_magnitude: input.min_adjustment_magnitude.or(input.min_adjustment_step),
            aggregation: read_aggregation(input.metric_aggregation_type.as_deref())?,
            steps,
        })
    }

    /// The change at this distance from the threshold, if a step holds it.
    pub fn at(&self, distance: f64) -> Option<Adjustment> {
        let step = self.steps.iter().find(|step| step.holds(distance))?;
        Some(Adjustment { kind: self.kind, amount: step.amount, min_magnitude: self.min_magnitude })
    }

    pub(super) fn summary(&self) -> String {
        let words = self.steps.iter().map(|step| {
            Adjustment { kind: self.kind, amount: step.amount, min_magnitude: self.min_magnitude }.summary()
        });
        format!("steps {}", words.collect::<Vec<_>>().join(", "))
    }
}

/// Refuses steps that overlap or leave gaps. Wordings are guesses; the rules are documented.
fn check_steps(steps: &[Step]) -> Result<(), ApiError> {
    let refuse = |message: &str| Err(ApiError::validation(message));
    if steps.is_empty() {
        return refuse("At least one StepAdjustment is required for policy type StepScaling.");
    }
    limits::check("step adjustments", steps.len().saturating_sub(1), limits::STEPS)?;
    for step in steps {
        match (step.lower, step.upper) {
            (None, None) => {
                return refuse("A StepAdjustment must have a MetricIntervalLowerBound or a MetricIntervalUpperBound.");
            }
            (Some(lower), Some(upper)) if lower >= upper => {
                return refuse("MetricIntervalLowerBound must be less than MetricIntervalUpperBound.");
            }
            (_, _) => {}
        }
    }
    if steps.iter().filter(|step| step.lower.is_none()).count() > 1 {
        return refuse("Only one StepAdjustment can have an unspecified MetricIntervalLowerBound.");
    }
    if steps.iter().filter(|step| step.upper.is_none()).count() > 1 {
        return refuse("Only one StepAdjustment can have an unspecified MetricIntervalUpperBound.");
    }
    if steps.iter().any(|step| step.lower.is_some_and(|bound| bound < 0.0))
        && steps.iter().all(|step| step.lower.is_some())
    {
        return refuse(
            "There must be a StepAdjustment with an unspecified MetricIntervalLowerBound when one has a negative lower bound.",
        );
    }
    if steps.iter().any(|step| step.upper.is_some_and(|bound| bound > 0.0))
        && steps.iter().all(|step| step.upper.is_some())
    {
        return refuse(
            "There must be a StepAdjustment with an unspecified MetricIntervalUpperBound when one has a positive upper bound.",
        );
    }
    if steps.windows(2).any(|pair| pair[0].upper != pair[1].lower) {
        return refuse("StepAdjustment intervals can't overlap or have gaps between them.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked_example(is_out: bool) -> Steps {
        let step = |lower, upper, amount| Step { lower, upper, amount };
        let steps = match is_out {
            true => vec![step(Some(0.0), Some(10.0), 0), step(Some(10.0), Some(20.0), 10), step(Some(20.0), None, 30)],
            false => {
                vec![step(None, Some(-20.0), -30), step(Some(-20.0), Some(-10.0), -10), step(Some(-10.0), Some(0.0), 0)]
            }
        };
        Steps {
            kind: AdjustmentKind::PercentChangeInCapacity,
            min_magnitude: None,
            aggregation: Statistic::Average,
            steps,
        }
    }

    /// EC2 Auto Scaling User Guide, "Step adjustments": 10 instances, threshold 50; 60 makes 11, 70 makes 14, 40 makes 13, 30 makes 10.
    #[test]
    fn the_guides_example_comes_out_as_in_the_guide() {
        let mut capacity = 10;
        for (metric, is_out, expected) in [(60.0, true, 11), (70.0, true, 14), (40.0, false, 13), (30.0, false, 10)] {
            let adjustment = worked_example(is_out).at(metric - 50.0).expect("a step for this distance");
            capacity = adjustment.apply(capacity);
            assert_eq!(capacity, expected, "at {metric}");
        }
    }

    /// EC2 Auto Scaling User Guide, "Step adjustments": rules for the bounds.
    #[test]
    fn steps_that_overlap_or_leave_gaps_are_refused() {
        let step = |lower, upper| Step { lower, upper, amount: 1 };
        let gap = [step(Some(0.0), Some(10.0)), step(Some(20.0), None)];
        let overlap = [step(Some(0.0), Some(10.0)), step(Some(5.0), None)];
        let endless = [step(None, None)];
        let open = [step(Some(0.0), Some(10.0))];
        for steps in [&gap[..], &overlap[..], &endless[..], &open[..], &[]] {
            assert!(check_steps(steps).is_err(), "{steps:?}");
        }
        assert_eq!(check_steps(&[step(None, Some(-5.0)), step(Some(-5.0), None)]), Ok(()));
    }
}
