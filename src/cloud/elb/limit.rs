//! The account's limits.
use crate::api::ApiError;
use crate::api::elbv2::{DescribeAccountLimitsInput, DescribeAccountLimitsOutput, Limit};
use crate::cloud::PageRequest;

/// How much of Elastic Load Balancing the account may have at a time in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElbQuotas {
    /// Application Load Balancers.
    pub load_balancers: usize,
    /// Target groups.
    pub target_groups: usize,
    /// Targets of one target group.
    pub targets_per_target_group: usize,
    /// Targets behind one load balancer.
    pub targets_per_load_balancer: usize,
    /// Listeners of one load balancer.
    pub listeners_per_load_balancer: usize,
    /// Rules of one load balancer, without the default rules.
    pub rules_per_load_balancer: usize,
    /// Target groups behind one load balancer.
    pub target_groups_per_load_balancer: usize,
    /// Target groups of one action.
    pub target_groups_per_action: usize,
    /// Values in all conditions of one rule.
    pub condition_values_per_rule: usize,
}

impl ElbQuotas {
    /// AWS's defaults.
    pub const AWS_DEFAULT: ElbQuotas = ElbQuotas {
        load_balancers: 50,
        target_groups: 3_000,
        targets_per_target_group: 1_000,
        targets_per_load_balancer: 1_000,
        listeners_per_load_balancer: 50,
        rules_per_load_balancer: 100,
        target_groups_per_load_balancer: 100,
        target_groups_per_action: 5,
        condition_values_per_rule: 5,
    };

    /// Under AWS's names. Simplified: those of other kinds of load balancer and of certificates are left out.
    pub(in crate::cloud) fn named(&mut self) -> [(&'static str, &mut usize); 9] {
        [
            ("application-load-balancers", &mut self.load_balancers),
            ("target-groups", &mut self.target_groups),
            ("targets-per-application-load-balancer", &mut self.targets_per_load_balancer),
            ("listeners-per-application-load-balancer", &mut self.listeners_per_load_balancer),
            ("rules-per-application-load-balancer", &mut self.rules_per_load_balancer),
            ("condition-values-per-alb-rule", &mut self.condition_values_per_rule),
            ("target-groups-per-application-load-balancer", &mut self.target_groups_per_load_balancer),
            ("target-groups-per-action-on-application-load-balancer", &mut self.target_groups_per_action),
            ("targets-per-target-group", &mut self.targets_per_target_group),
        ]
    }

    pub(super) fn describe(&self, input: &DescribeAccountLimitsInput) -> Result<DescribeAccountLimitsOutput, ApiError> {
        let mut named = self.clone();
        let limits = named.named().into_iter().map(|(name, max)| Limit { name: name.into(), max: max.to_string() });
        let page = PageRequest { most: input.page_size, limit: Some(400), token: input.marker.as_deref() };
        let (limits, next_marker) = page.cut(limits.collect(), super::bad_marker)?;
        Ok(DescribeAccountLimitsOutput { limits, next_marker })
    }
}
