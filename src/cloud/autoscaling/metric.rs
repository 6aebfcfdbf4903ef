//! The metrics that a group publishes each minute if it is asked to.
use super::member::{Lifecycle, Warmed};
use super::{AutoScaling, Group};
use crate::api::ApiError;
use crate::api::autoscaling::{DisableMetricsCollectionQuery, EnableMetricsCollectionQuery, EnabledMetric};
use crate::cloud::Region;
use crate::cloud::cloudwatch::MetricRef;
use crate::sim::SimTime;

/// The metrics of AWS/AutoScaling. Simplified: no instance weighs more than one, so each `...Capacity` equals its `...Instances`.
pub const METRICS: [&str; 21] = [
    "GroupMinSize",
    "GroupMaxSize",
    "GroupDesiredCapacity",
    "GroupInServiceInstances",
    "GroupPendingInstances",
    "GroupStandbyInstances",
    "GroupTerminatingInstances",
    "GroupTotalInstances",
    "GroupInServiceCapacity",
    "GroupPendingCapacity",
    "GroupStandbyCapacity",
    "GroupTerminatingCapacity",
    "GroupTotalCapacity",
    "WarmPoolMinSize",
    "WarmPoolDesiredCapacity",
    "WarmPoolPendingCapacity",
    "WarmPoolWarmedCapacity",
    "WarmPoolTerminatingCapacity",
    "WarmPoolTotalCapacity",
    "GroupAndWarmPoolDesiredCapacity",
    "GroupAndWarmPoolTotalCapacity",
];

/// The metrics that a request names; all if it names none.
fn named(names: &[String]) -> Result<Vec<&'static str>, ApiError> {
    let find = |name: &String| {
        let found = METRICS.into_iter().find(|metric| metric == name);
        // The wording is a guess.
        found.ok_or_else(|| ApiError::validation(format!("{name} is not a valid metric type.")))
    };
    if names.is_empty() { Ok(METRICS.to_vec()) } else { names.iter().map(find).collect() }
}

impl AutoScaling {
    pub(super) fn enable_metrics(&mut self, input: &EnableMetricsCollectionQuery) -> Result<(), ApiError> {
        if input.granularity != "1Minute" {
            // The wording is a guess; the only granularity is documented.
            return Err(ApiError::validation("The only valid granularity is 1Minute."));
        }
        let metrics = named(&input.metrics)?;
        self.group_mut(&input.auto_scaling_group_name)?.metrics.extend(metrics);
        Ok(())
    }

    pub(super) fn disable_metrics(&mut self, input: &DisableMetricsCollectionQuery) -> Result<(), ApiError> {
        let metrics = named(&input.metrics)?;
        self.group_mut(&input.auto_scaling_group_name)?.metrics.retain(|metric| !metrics.contains(metric));
        Ok(())
    }
}

impl Region {
    /// Publishes what each group has in the minute that begins at `minute`.
    pub(in crate::cloud) fn publish_group_metrics(&mut self, minute: SimTime) {
        for group in self.autoscaling.groups.values().filter(|group| !group.metrics.is_empty()) {
            for metric in &group.metrics {
                let dimensions = &[("AutoScalingGroupName", group.name.as_str())];
                let metric_ref = MetricRef { namespace: "AWS/AutoScaling", name: metric, dimensions };
                self.cloudwatch.put(metric_ref, minute, group.measure(metric) as f64);
            }
        }
    }
}

impl Group {
    /// The value of a metric of [`METRICS`].
    fn measure(&self, metric: &str) -> i64 {
        let pending = self.count_in(|state| matches!(state, Lifecycle::Pending(_)));
        let standby = self.count_in(|state| matches!(state, Lifecycle::Standby | Lifecycle::EnteringStandby));
        let terminating = self.count_in(|state| matches!(state, Lifecycle::Terminating(_)));
        let pool_total = self.count_in(|state| matches!(state, Lifecycle::Warmed(_)));
        let total = self.members.len() as i64 - pool_total;
        let pool_desired = self.warm_pool_desired();
        match metric {
            "GroupMinSize" => self.min,
            "GroupMaxSize" => self.max,
            "GroupDesiredCapacity" => self.desired,
            "GroupInServiceInstances" | "GroupInServiceCapacity" => self.in_service(),
            "GroupPendingInstances" | "GroupPendingCapacity" => pending,
            "GroupStandbyInstances" | "GroupStandbyCapacity" => standby,
            "GroupTerminatingInstances" | "GroupTerminatingCapacity" => terminating,
            "GroupTotalInstances" | "GroupTotalCapacity" => total,
            "WarmPoolMinSize" => self.warm_pool.as_ref().map_or(0, |pool| pool.min_size),
            "WarmPoolDesiredCapacity" => pool_desired,
            "WarmPoolPendingCapacity" => self.count_in(|state| matches!(state, Lifecycle::Warmed(Warmed::Pending(_)))),
            "WarmPoolWarmedCapacity" => {
                self.count_in(|state| matches!(state, Lifecycle::Warmed(Warmed::Running | Warmed::Stopped)))
            }
            "WarmPoolTerminatingCapacity" => {
                self.count_in(|state| matches!(state, Lifecycle::Warmed(Warmed::Terminating(_))))
            }
            "WarmPoolTotalCapacity" => pool_total,
            "GroupAndWarmPoolDesiredCapacity" => self.desired + pool_desired,
            _ => total + pool_total,
        }
    }

    pub(super) fn metric_shapes(&self) -> Vec<EnabledMetric> {
        let shape = |metric: &&str| EnabledMetric { metric: (*metric).into(), granularity: "1Minute".into() };
        METRICS.iter().filter(|metric| self.metrics.contains(*metric)).map(shape).collect()
    }
}
