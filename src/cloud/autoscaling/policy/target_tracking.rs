//! Target tracking: a policy that keeps a metric near a value.
//!
//! EC2 Auto Scaling User Guide, "Target tracking scaling policies for Amazon EC2 Auto Scaling".
use crate::api::ApiError;
use crate::api::autoscaling::{
    CustomizedMetricSpecification, MetricDimension, PredefinedMetricSpecification, TargetTrackingConfiguration,
};
use crate::api::cloudwatch::Dimension;
use crate::cloud::autoscaling::Group;
use crate::cloud::cloudwatch::{MetricKey, Statistic};

/// What a target tracking policy does.
#[derive(Clone, Debug)]
pub struct TargetTracking {
    /// The metric, as the request names it.
    pub specification: Specification,
    /// The metric, as CloudWatch knows it.
    pub key: MetricKey,
    /// The statistic of a period.
    pub statistic: Statistic,
    /// The value to keep to.
    pub target: f64,
    /// Whether it only ever adds instances.
    pub scale_in_disabled: bool,
}

/// How a request names a metric.
#[derive(Clone, Debug)]
pub enum Specification {
    /// By one of AWS's names.
    Predefined(PredefinedMetricSpecification),
    /// In CloudWatch's terms.
    Customized(CustomizedMetricSpecification),
}

impl TargetTracking {
    /// The configuration of a request. Simplified: metrics of a period of one minute, without metric math.
    pub(super) fn read(configuration: &TargetTrackingConfiguration, group: &Group) -> Result<Self, ApiError> {
        if !configuration.target_value.is_finite() || configuration.target_value <= 0.0 {
            // The wording is a guess.
            return Err(ApiError::validation("The target value must be greater than 0."));
        }
        let (predefined, customized) =
            (&configuration.predefined_metric_specification, &configuration.customized_metric_specification);
        let (specification, key, statistic) = match (predefined, customized) {
            (Some(predefined), None) => {
                let (key, statistic) = predefined_metric(predefined, group)?;
                (Specification::Predefined(predefined.clone()), key, statistic)
            }
            (None, Some(customized)) => {
                let (key, statistic) = customized_metric(customized)?;
                (Specification::Customized(customized.clone()), key, statistic)
            }
            (Some(_), Some(_)) | (None, None) => {
                // The wording is a guess.
                let message =
                    "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified.";
                return Err(ApiError::validation(message));
            }
        };
        Ok(TargetTracking {
            specification,
            key,
            statistic,
            target: configuration.target_value,
            scale_in_disabled: configuration.disable_scale_in == Some(true),
        })
    }

    pub(super) fn configuration(&self) -> TargetTrackingConfiguration {
        let (predefined, customized) = match &self.specification {
            Specification::Predefined(specification) => (Some(specification.clone()), None),
            Specification::Customized(specification) => (None, Some(specification.clone())),
        };
        TargetTrackingConfiguration {
            predefined_metric_specification: predefined,
            customized_metric_specification: customized,
            target_value: self.target,
            disable_scale_in: Some(self.scale_in_disabled),
        }
    }

    /// The threshold of the low alarm. Not documented by AWS; observed thresholds lie between 0.7 and 0.9 of the target, higher for
    /// larger groups, and this guess fits them.
    pub fn low_threshold(&self, desired: i64) -> f64 {
        let instances = desired.max(1) as f64;
        self.target * ((instances - 1.0) / instances).clamp(0.7, 0.9)
    }

    /// How many instances would bring the metric to the target, if `capacity` instances bring it to `metric`.
    pub fn wanted(&self, capacity: i64, metric: f64) -> i64 {
        libm::ceil(self.exact(capacity, metric)) as i64
    }

    /// The same, before it is rounded up.
    pub(super) fn exact(&self, capacity: i64, metric: f64) -> f64 {
        capacity as f64 * metric / self.target
    }

    pub(super) fn summary(&self) -> String {
        match self.key.name.as_str() {
            "CPUUtilization" => format!("CPU at {} %", self.target),
            name => format!("{name} at {}", self.target),
        }
    }
}

/// Such as `app/web/50dc6c495c0c9188/targetgroup/web/943f017f100becff`.
fn predefined_metric(
    specification: &PredefinedMetricSpecification,
    group: &Group,
) -> Result<(MetricKey, Statistic), ApiError> {
    let of_group = |name: &str| MetricKey::of("AWS/EC2", name, "AutoScalingGroupName", &group.name);
    match specification.predefined_metric_type.as_str() {
        "ASGAverageCPUUtilization" => Ok((of_group("CPUUtilization"), Statistic::Average)),
        "ASGAverageNetworkIn" => Ok((of_group("NetworkIn"), Statistic::Average)),
        "ASGAverageNetworkOut" => Ok((of_group("NetworkOut"), Statistic::Average)),
        "ALBRequestCountPerTarget" => {
            let label = specification.resource_label.as_deref().unwrap_or_default();
            let split = label.find("/targetgroup/");
            let (balancer, target_group) = split.map_or((label, ""), |at| label.split_at(at));
            let target_group = target_group.trim_start_matches('/');
            let is_attached = group.target_group_arns().any(|arn| arn.ends_with(&format!(":{target_group}")));
            if !balancer.starts_with("app/") || target_group.is_empty() || !is_attached {
                // The wording is a guess; the rule is documented.
                let message = "The load balancer does not route traffic to the target group. ALBRequestCountPerTarget requires that the \
                               load balancer routes traffic to the target group.";
                return Err(ApiError::validation(message));
            }
            let dimension = |name: &str, value: &str| Dimension { name: name.into(), value: value.into() };
            let dimensions = [dimension("LoadBalancer", balancer), dimension("TargetGroup", target_group)];
            Ok((MetricKey::new("AWS/ApplicationELB", "RequestCountPerTarget", &dimensions), Statistic::Sum))
        }
        other => Err(ApiError::not_in_this_lab(format!("The metric {other}"))),
    }
}

fn customized_metric(specification: &CustomizedMetricSpecification) -> Result<(MetricKey, Statistic), ApiError> {
    if specification.period.is_some_and(|period| period != 60) {
        return Err(ApiError::not_in_this_lab("A target tracking metric of another period than 60 seconds"));
    }
    let (Some(name), Some(namespace), Some(statistic)) =
        (&specification.metric_name, &specification.namespace, &specification.statistic)
    else {
        // The wording is a guess.
        let message = "MetricName, Namespace and Statistic are required in CustomizedMetricSpecification.";
        return Err(ApiError::validation(message));
    };
    let dimension = |pair: &MetricDimension| Dimension { name: pair.name.clone(), value: pair.value.clone() };
    let dimensions: Vec<Dimension> = specification.dimensions.iter().map(dimension).collect();
    Ok((MetricKey::new(namespace, name, &dimensions), Statistic::parse(statistic)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracking(target: f64) -> TargetTracking {
        TargetTracking {
            specification: Specification::Predefined(PredefinedMetricSpecification::default()),
            key: MetricKey::of("AWS/EC2", "CPUUtilization", "AutoScalingGroupName", "web"),
            statistic: Statistic::Average,
            target,
            scale_in_disabled: false,
        }
    }

    /// EC2 Auto Scaling User Guide, "Target tracking scaling policies": proportional, rounded up on either side.
    #[test]
    fn the_capacity_is_proportional_to_the_metric_and_rounded_up() {
        for (capacity, metric, wanted) in [(2, 90.0, 4), (4, 22.0, 2), (2, 30.0, 2), (3, 75.0, 5), (4, 0.0, 0)] {
            assert_eq!(tracking(50.0).wanted(capacity, metric), wanted, "{capacity} instances at {metric}");
        }
    }

    /// Thresholds of real accounts: 50 gave 35 and, with 7 instances, 42.5; 40 gave 28 and 36; 60 gave 54.
    #[test]
    fn the_low_threshold_lies_between_seven_and_nine_tenths() {
        for (target, desired, threshold) in [(50.0, 2, 35.0), (40.0, 1, 28.0), (40.0, 10, 36.0), (60.0, 20, 54.0)] {
            assert!((tracking(target).low_threshold(desired) - threshold).abs() < 1e-9, "{target} with {desired}");
        }
        assert!((tracking(50.0).low_threshold(7) - 42.857).abs() < 1e-3);
    }
}
