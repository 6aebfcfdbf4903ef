//! The alarms that target tracking makes for itself.
use super::target_tracking::TargetTracking;
use super::{Policy, PolicyKind};
use crate::cloud::cloudwatch::Alarm;
use crate::cloud::cloudwatch::alarm::Comparison;
use crate::cloud::{Context, Region};

/// Which of the two alarms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Above the target: more instances.
    High,
    /// Below the threshold: fewer.
    Low,
}

/// Names for the alarms of a policy: high, and low unless scale-in is disabled.
pub(super) fn new_names(context: &mut Context, group: &str, tracking: &TargetTracking) -> Vec<String> {
    let sides: &[&str] = if tracking.scale_in_disabled { &["High"] } else { &["High", "Low"] };
    let name = |side: &&str| format!("TargetTracking-{group}-Alarm{side}-{}", context.new_uuid("autoscaling.alarm"));
    sides.iter().map(name).collect()
}

impl Region {
    /// Makes the alarms of a target tracking policy: above the target in 3 of 3 minutes, below the threshold in 15 of 15.
    pub(super) fn make_alarms(&mut self, context: &Context, policy: &Policy, desired: i64) {
        let PolicyKind::TargetTracking(tracking) = &policy.kind else { return };
        for (name, side) in policy.alarms.iter().zip([Side::High, Side::Low]) {
            let periods = match side {
                Side::High => 3,
                Side::Low => 15,
            };
            let alarm = Alarm {
                description: Some(format!("DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {}.", policy.arn)),
                statistic: tracking.statistic,
                evaluation_periods: periods,
                datapoints_to_alarm: Some(periods),
                threshold: tracking.threshold(side, desired),
                comparison: if side == Side::High { Comparison::Greater } else { Comparison::Less },
                actions: vec![policy.arn.clone()],
                ..Alarm::new(name, tracking.key.clone(), context.now)
            };
            self.cloudwatch.alarms.insert(name.clone(), alarm);
        }
    }

    /// The low thresholds follow the size of the group.
    pub(in crate::cloud::autoscaling) fn adjust_low_thresholds(&mut self, group: &str) {
        let Some(group) = self.autoscaling.groups.get(group) else { return };
        for policy in &group.policies {
            let PolicyKind::TargetTracking(tracking) = &policy.kind else { continue };
            let low = policy.alarms.get(1).and_then(|name| self.cloudwatch.alarms.get_mut(name));
            if let Some(alarm) = low {
                alarm.threshold = tracking.threshold(Side::Low, group.desired);
            }
        }
    }
}

impl TargetTracking {
    fn threshold(&self, side: Side, desired: i64) -> f64 {
        match side {
            Side::High => self.target,
            Side::Low => self.low_threshold(desired),
        }
    }
}
