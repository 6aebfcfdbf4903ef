//! Attributes of load balancers (Elastic Load Balancing API, `LoadBalancerAttribute`).
use super::setting::{Allowed, SWITCH, Setting};
use super::{Elb, LoadBalancer};
use crate::api::ApiError;
use crate::api::elbv2::{
    DescribeLoadBalancerAttributesInput, DescribeLoadBalancerAttributesOutput, LoadBalancerAttribute,
    ModifyLoadBalancerAttributesInput, ModifyLoadBalancerAttributesOutput,
};
use crate::sim::SimDuration;

/// Whether the load balancer refuses to be deleted.
pub(super) const DELETION_PROTECTION: &str = "deletion_protection.enabled";
/// How long the load balancer waits for a target or a client that sends nothing.
const IDLE_TIMEOUT: &str = "idle_timeout.timeout_seconds";

/// Simplified: how headers are treated (`routing.http...`) and how long a client's connection is kept is kept and shown, and changes nothing:
/// the lab's requests have nothing that it could concern.
pub(super) const SETTINGS: &[Setting] = &[
    Setting { key: "access_logs.s3.enabled", default: "false", allowed: Allowed::Default },
    Setting { key: "access_logs.s3.bucket", default: "", allowed: Allowed::Default },
    Setting { key: "access_logs.s3.prefix", default: "", allowed: Allowed::Default },
    Setting { key: "client_keep_alive.seconds", default: "3600", allowed: Allowed::Whole(60, 604_800) },
    Setting { key: "connection_logs.s3.enabled", default: "false", allowed: Allowed::Default },
    Setting { key: "connection_logs.s3.bucket", default: "", allowed: Allowed::Default },
    Setting { key: "connection_logs.s3.prefix", default: "", allowed: Allowed::Default },
    Setting { key: DELETION_PROTECTION, default: "false", allowed: SWITCH },
    Setting { key: IDLE_TIMEOUT, default: "60", allowed: Allowed::Whole(1, 4_000) },
    Setting { key: "ipv6.deny_all_igw_traffic", default: "false", allowed: Allowed::Default },
    // "For Application Load Balancers, cross-zone load balancing is always turned on at the load balancer level".
    Setting { key: "load_balancing.cross_zone.enabled", default: "true", allowed: Allowed::Words(&["true"]) },
    Setting {
        key: "routing.http.desync_mitigation_mode",
        default: "defensive",
        allowed: Allowed::Words(&["monitor", "defensive", "strictest"]),
    },
    Setting { key: "routing.http.drop_invalid_header_fields.enabled", default: "false", allowed: SWITCH },
    Setting { key: "routing.http.preserve_host_header.enabled", default: "false", allowed: SWITCH },
    Setting { key: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", default: "false", allowed: SWITCH },
    Setting { key: "routing.http.xff_client_port.enabled", default: "false", allowed: SWITCH },
    Setting {
        key: "routing.http.xff_header_processing.mode",
        default: "append",
        allowed: Allowed::Words(&["append", "preserve", "remove"]),
    },
    Setting { key: "routing.http2.enabled", default: "true", allowed: SWITCH },
    Setting { key: "waf.fail_open.enabled", default: "false", allowed: Allowed::Default },
    Setting { key: "zonal_shift.config.enabled", default: "false", allowed: Allowed::Default },
];

impl LoadBalancer {
    /// How long it waits for an answer (`idle_timeout.timeout_seconds`).
    pub fn idle_timeout(&self) -> SimDuration {
        SimDuration::from_secs(self.settings.number(IDLE_TIMEOUT).unwrap_or_default())
    }

    fn attributes(&self) -> Vec<LoadBalancerAttribute> {
        let shape =
            |(key, value): (&str, &str)| LoadBalancerAttribute { key: Some(key.into()), value: Some(value.into()) };
        self.settings.all().map(shape).collect()
    }
}

impl Elb {
    pub(super) fn modify_load_balancer_attributes(
        &mut self,
        input: &ModifyLoadBalancerAttributesInput,
    ) -> Result<ModifyLoadBalancerAttributesOutput, ApiError> {
        let balancer = self.load_balancer_mut(&input.load_balancer_arn)?;
        let mut settings = balancer.settings.clone();
        for attribute in &input.attributes {
            let (key, value) = (attribute.key.as_deref(), attribute.value.as_deref());
            settings.set(key.unwrap_or_default(), value.unwrap_or_default())?;
        }
        balancer.settings = settings;
        Ok(ModifyLoadBalancerAttributesOutput { attributes: balancer.attributes() })
    }

    pub(super) fn describe_load_balancer_attributes(
        &self,
        input: &DescribeLoadBalancerAttributesInput,
    ) -> Result<DescribeLoadBalancerAttributesOutput, ApiError> {
        let attributes = self.load_balancer(&input.load_balancer_arn)?.attributes();
        Ok(DescribeLoadBalancerAttributesOutput { attributes })
    }
}
