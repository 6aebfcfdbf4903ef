//! Attributes of target groups (Elastic Load Balancing API, `TargetGroupAttribute`).
use super::setting::{Allowed, SWITCH, Setting, Settings};
use super::{Algorithm, Elb, Stickiness, TargetGroup};
use crate::api::ApiError;
use crate::api::elbv2::{
    DescribeTargetGroupAttributesInput, DescribeTargetGroupAttributesOutput, ModifyTargetGroupAttributesInput,
    ModifyTargetGroupAttributesOutput, TargetGroupAttribute,
};
use crate::sim::SimDuration;

const STICKINESS: &str = "stickiness.enabled";
const STICKINESS_TYPE: &str = "stickiness.type";
const COOKIE_DURATION: &str = "stickiness.lb_cookie.duration_seconds";
const APP_COOKIE_NAME: &str = "stickiness.app_cookie.cookie_name";
const APP_COOKIE_DURATION: &str = "stickiness.app_cookie.duration_seconds";
const DELAY: &str = "deregistration_delay.timeout_seconds";
const SLOW_START: &str = "slow_start.duration_seconds";
const ALGORITHM: &str = "load_balancing.algorithm.type";
const MITIGATION: &str = "load_balancing.algorithm.anomaly_mitigation";
const CROSS_ZONE: &str = "load_balancing.cross_zone.enabled";
const ROUTING_COUNT: &str = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count";
const ROUTING_PERCENTAGE: &str = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage";
const DNS_COUNT: &str = "target_group_health.dns_failover.minimum_healthy_targets.count";
const DNS_PERCENTAGE: &str = "target_group_health.dns_failover.minimum_healthy_targets.percentage";

/// A target group has at most this many targets (a quota of AWS).
const MOST_TARGETS: u64 = 1_000;

pub(super) const SETTINGS: &[Setting] = &[
    Setting { key: STICKINESS, default: "false", allowed: SWITCH },
    Setting { key: DELAY, default: "300", allowed: Allowed::Whole(0, 3_600) },
    Setting { key: STICKINESS_TYPE, default: "lb_cookie", allowed: Allowed::Words(&["lb_cookie", "app_cookie"]) },
    Setting { key: COOKIE_DURATION, default: "86400", allowed: Allowed::Whole(1, 604_800) },
    Setting { key: SLOW_START, default: "0", allowed: Allowed::ZeroOr(30, 900) },
    Setting {
        key: ALGORITHM,
        default: "round_robin",
        allowed: Allowed::Words(&["round_robin", "least_outstanding_requests", "weighted_random"]),
    },
    Setting { key: MITIGATION, default: "off", allowed: Allowed::Words(&["on", "off"]) },
    Setting { key: APP_COOKIE_NAME, default: "", allowed: Allowed::CookieName },
    Setting { key: APP_COOKIE_DURATION, default: "86400", allowed: Allowed::Whole(1, 604_800) },
    Setting {
        key: CROSS_ZONE,
        default: "use_load_balancer_configuration",
        allowed: Allowed::Words(&["true", "false", "use_load_balancer_configuration"]),
    },
    Setting { key: ROUTING_COUNT, default: "1", allowed: Allowed::Whole(1, MOST_TARGETS) },
    Setting { key: ROUTING_PERCENTAGE, default: "off", allowed: Allowed::OffOr(1, 100) },
    Setting { key: DNS_COUNT, default: "1", allowed: Allowed::OffOr(1, MOST_TARGETS) },
    Setting { key: DNS_PERCENTAGE, default: "off", allowed: Allowed::OffOr(1, 100) },
];

impl TargetGroup {
    /// How long a target that leaves may finish its requests.
    pub fn deregistration_delay(&self) -> SimDuration {
        SimDuration::from_secs(self.settings.number(DELAY).unwrap_or_default())
    }

    /// How the next target is chosen.
    pub fn algorithm(&self) -> Algorithm {
        match self.settings.get(ALGORITHM) {
            "least_outstanding_requests" => Algorithm::LeastOutstandingRequests,
            "weighted_random" => Algorithm::WeightedRandom { mitigates_anomalies: self.settings.is_on(MITIGATION) },
            _ => Algorithm::RoundRobin,
        }
    }

    /// How a visitor comes back to the same target; none if the next request may go anywhere.
    pub fn stickiness(&self) -> Option<Stickiness> {
        if !self.settings.is_on(STICKINESS) {
            return None;
        }
        let length = |key| self.settings.number(key).map(SimDuration::from_secs);
        if self.settings.get(STICKINESS_TYPE) != "app_cookie" {
            return length(COOKIE_DURATION).map(Stickiness::ByBalancer);
        }
        let cookie_name = self.settings.get(APP_COOKIE_NAME).to_owned();
        Some(Stickiness::ByApplication { cookie_name, length: length(APP_COOKIE_DURATION)? })
    }

    /// How long a new target's share grows.
    pub fn slow_start(&self) -> SimDuration {
        SimDuration::from_secs(self.settings.number(SLOW_START).unwrap_or_default())
    }

    /// Whether a node sends requests to targets of other zones too; at the load balancer's level this is always on.
    pub fn is_cross_zone(&self) -> bool {
        self.settings.get(CROSS_ZONE) != "false"
    }

    /// Below so many healthy ones of `registered` targets, requests go to all.
    pub fn fewest_healthy_for_routing(&self, registered: usize) -> usize {
        self.fewest_healthy([ROUTING_COUNT, ROUTING_PERCENTAGE], registered)
    }

    /// Below so many healthy ones of `registered` targets, a zone leaves the DNS name.
    pub fn fewest_healthy_for_dns(&self, registered: usize) -> usize {
        self.fewest_healthy([DNS_COUNT, DNS_PERCENTAGE], registered)
    }

    fn fewest_healthy(&self, [count, percentage]: [&str; 2], registered: usize) -> usize {
        let count = self.settings.number(count).unwrap_or_default();
        let share = self.settings.number(percentage).map_or(0, |percent| (registered as u64 * percent).div_ceil(100));
        count.max(share) as usize
    }

    fn attributes(&self) -> Vec<TargetGroupAttribute> {
        let shape =
            |(key, value): (&str, &str)| TargetGroupAttribute { key: Some(key.into()), value: Some(value.into()) };
        self.settings.all().map(shape).collect()
    }
}

/// Refuses what AWS does not allow together. The words are guesses; the rules are the guide's ("Edit target group attributes").
fn check_together(settings: &Settings) -> Result<(), ApiError> {
    let algorithm = settings.get(ALGORITHM);
    if settings.get(SLOW_START) != "0" && algorithm != "round_robin" {
        return Err(ApiError::validation(format!("Slow start mode is not supported with the '{algorithm}' algorithm")));
    }
    if settings.is_on(MITIGATION) && algorithm != "weighted_random" {
        return Err(ApiError::validation("Anomaly mitigation is only supported with the 'weighted_random' algorithm"));
    }
    if settings.get(STICKINESS_TYPE) == "app_cookie" && settings.get(APP_COOKIE_NAME).is_empty() {
        return Err(ApiError::validation(format!("'{APP_COOKIE_NAME}' must be specified for 'app_cookie' stickiness")));
    }
    if settings.get(CROSS_ZONE) == "false" && settings.is_on(STICKINESS) {
        return Err(ApiError::validation("Stickiness is not supported when cross-zone load balancing is turned off"));
    }
    Ok(())
}

impl Elb {
    pub(super) fn modify_target_group_attributes(
        &mut self,
        input: &ModifyTargetGroupAttributesInput,
    ) -> Result<ModifyTargetGroupAttributesOutput, ApiError> {
        let group = self.target_group_mut(&input.target_group_arn)?;
        let mut settings = group.settings.clone();
        for attribute in &input.attributes {
            let (key, value) = (attribute.key.as_deref(), attribute.value.as_deref());
            settings.set(key.unwrap_or_default(), value.unwrap_or_default())?;
        }
        check_together(&settings)?;
        group.settings = settings;
        Ok(ModifyTargetGroupAttributesOutput { attributes: group.attributes() })
    }

    pub(super) fn describe_target_group_attributes(
        &self,
        input: &DescribeTargetGroupAttributesInput,
    ) -> Result<DescribeTargetGroupAttributesOutput, ApiError> {
        let attributes = self.target_group(&input.target_group_arn)?.attributes();
        Ok(DescribeTargetGroupAttributesOutput { attributes })
    }
}
