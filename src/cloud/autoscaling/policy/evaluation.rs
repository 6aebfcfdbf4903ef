//! What a policy concluded, with its arithmetic and what held it back.
use crate::cloud::{Context, Fact};
use crate::sim::SimTime;

use super::Policy;

/// What a policy concluded at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// When.
    pub at: SimTime,
    /// The alarm that called it.
    pub alarm: String,
    /// The value of the metric, if there was one.
    pub metric: Option<f64>,
    /// How many instances the metric was measured on, or that an adjustment starts from.
    pub measured_on: i64,
    /// How many instances it would have.
    pub wanted: i64,
    /// How many the group wanted then.
    pub desired: i64,
    /// What held it back; none if it changed the capacity.
    pub clamp: Option<Clamp>,
    /// The arithmetic in words.
    pub formula: String,
}

/// What holds a policy back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clamp {
    /// The group is at its maximum.
    Maximum,
    /// The group is at its minimum.
    Minimum,
    /// Instances warm up that were launched for the same reason.
    WarmUp,
    /// A simple policy waits for the cooldown.
    Cooldown,
    /// The process `AlarmNotification` is suspended.
    Suspended,
    /// The policy is disabled.
    Disabled,
    /// Another policy does not want to scale in, or wants more.
    OtherPolicy,
    /// One instance fewer would push the metric over the target.
    WouldOvershoot,
    /// The metric has no value.
    NoData,
    /// No step holds the distance from the threshold.
    NoStep,
    /// The capacity is what it would be.
    Unchanged,
}

impl Clamp {
    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Clamp::Maximum => "maximum",
            Clamp::Minimum => "minimum",
            Clamp::WarmUp => "warm-up",
            Clamp::Cooldown => "cooldown",
            Clamp::Suspended => "suspended process",
            Clamp::Disabled => "disabled policy",
            Clamp::OtherPolicy => "another policy",
            Clamp::WouldOvershoot => "overshoot",
            Clamp::NoData => "missing data",
            Clamp::NoStep => "no step",
            Clamp::Unchanged => "unchanged",
        }
    }

    /// A sentence for it.
    fn words(self) -> &'static str {
        match self {
            Clamp::Maximum => "The group is at its maximum.",
            Clamp::Minimum => "The group is at its minimum.",
            Clamp::WarmUp => "Instances warm up; until then they count as capacity and scale-in waits.",
            Clamp::Cooldown => "A scaling activity or the cooldown after it is not over.",
            Clamp::Suspended => "The process AlarmNotification is suspended.",
            Clamp::Disabled => "The policy is disabled.",
            Clamp::OtherPolicy => "Another policy wants more instances.",
            Clamp::WouldOvershoot => "One instance fewer would push the metric over the target.",
            Clamp::NoData => "The metric has no value.",
            Clamp::NoStep => "No step adjustment holds this distance from the threshold.",
            Clamp::Unchanged => "The capacity is as it should be.",
        }
    }
}

impl Policy {
    /// Keeps the evaluation, and records why nothing changed if the reason is another one than before.
    pub(super) fn conclude(&mut self, context: &mut Context, group: &str, evaluation: Evaluation) {
        let key = |one: &Evaluation| (one.clamp, one.wanted, one.desired, one.alarm.clone());
        let is_news = self.last.as_ref().is_none_or(|last| key(last) != key(&evaluation));
        if let Some(clamp) = evaluation.clamp.filter(|_| is_news) {
            context.record(Fact::PolicyHeldBack {
                group: group.to_owned(),
                policy: self.name.clone(),
                metric: evaluation.metric,
                wanted: evaluation.wanted,
                desired: evaluation.desired,
                clamp: clamp.name(),
                reason: format!("{}. {}", evaluation.formula, clamp.words()),
            });
        }
        // What changes the capacity is recorded each time, and what changes follows from it.
        if evaluation.clamp.is_none() {
            let event = context.record(Fact::PolicyActed {
                group: group.to_owned(),
                policy: self.name.clone(),
                metric: evaluation.metric,
                measured_on: evaluation.measured_on,
                wanted: evaluation.wanted,
                desired: evaluation.desired,
                formula: evaluation.formula.clone(),
            });
            context.because_of(event);
        }
        self.last = Some(evaluation);
    }
}
