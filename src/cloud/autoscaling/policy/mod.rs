//! Scaling policies: what changes the desired capacity without anybody asking.
mod adjustment;
mod alarm;
mod evaluation;
mod forecast;
mod request;
mod run;
pub mod simple;
pub mod step;
pub mod target_tracking;

use crate::api::autoscaling::{self as api, ScalingPolicy};
use crate::cloud::Context;
use crate::cloud::cloudwatch::alarm::arn as alarm_arn;
use crate::sim::SimDuration;

pub use adjustment::{Adjustment, AdjustmentKind};
pub use evaluation::{Clamp, Evaluation};
pub use simple::Simple;
pub use step::{Step, Steps};
pub use target_tracking::TargetTracking;

use super::Group;
use super::group::whole_seconds;

/// A scaling policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// What it does.
    pub kind: PolicyKind,
    /// Its own warm-up.
    pub warmup: Option<SimDuration>,
    /// Whether it acts.
    pub is_enabled: bool,
    /// The names of the alarms it made for itself: high, and low unless scale-in is disabled.
    pub alarms: Vec<String>,
    /// What it concluded last.
    pub last: Option<Evaluation>,
}

/// What a policy does.
#[derive(Clone, Debug)]
pub enum PolicyKind {
    /// It keeps a metric near a value.
    TargetTracking(TargetTracking),
    /// It changes the capacity by steps, the further the metric is from the threshold.
    Step(Steps),
    /// It changes the capacity once, and waits.
    Simple(Simple),
}

impl Policy {
    /// The value that it keeps its metric near, if it does so.
    pub fn target(&self) -> Option<f64> {
        match &self.kind {
            PolicyKind::TargetTracking(tracking) => Some(tracking.target),
            PolicyKind::Step(_) | PolicyKind::Simple(_) => None,
        }
    }

    /// What it does, in a few words.
    pub fn summary(&self) -> String {
        match &self.kind {
            PolicyKind::TargetTracking(tracking) => tracking.summary(),
            PolicyKind::Step(steps) => steps.summary(),
            PolicyKind::Simple(simple) => simple.summary(),
        }
    }

    fn alarm_shapes(&self, context: &Context) -> Vec<api::Alarm> {
        let shape = |name: &String| api::Alarm { alarm_name: name.clone(), alarm_arn: alarm_arn(context, name) };
        self.alarms.iter().map(shape).collect()
    }

    /// The policy as AWS shows it. `alarms` are those that call it.
    fn shape(&self, group: &Group, alarms: Vec<api::Alarm>) -> ScalingPolicy {
        let mut shape = ScalingPolicy {
            auto_scaling_group_name: group.name.clone(),
            policy_name: self.name.clone(),
            policy_arn: self.arn.clone(),
            estimated_instance_warmup: self.warmup.map(whole_seconds),
            alarms,
            enabled: self.is_enabled,
            ..Default::default()
        };
        match &self.kind {
            PolicyKind::TargetTracking(tracking) => {
                shape.policy_type = "TargetTrackingScaling".into();
                shape.target_tracking_configuration = Some(tracking.configuration());
            }
            PolicyKind::Step(steps) => {
                shape.policy_type = "StepScaling".into();
                shape.adjustment_type = Some(steps.kind.name().into());
                shape.min_adjustment_magnitude = steps.min_magnitude;
                shape.metric_aggregation_type = Some(steps.aggregation.name());
                shape.step_adjustments = steps.steps.iter().map(Step::shape).collect();
            }
            PolicyKind::Simple(simple) => {
                shape.policy_type = "SimpleScaling".into();
                shape.adjustment_type = Some(simple.adjustment.kind.name().into());
                shape.min_adjustment_magnitude = simple.adjustment.min_magnitude;
                shape.scaling_adjustment = Some(simple.adjustment.amount);
                shape.cooldown = simple.cooldown.map(whole_seconds);
            }
        }
        shape
    }
}
