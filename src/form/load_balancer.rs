//! The form that makes an Application Load Balancer with its listener.
use std::collections::BTreeSet;

use super::field::{BALANCER_NAME, SECURITY_GROUP, TARGET_GROUP, ZONES};
use super::{Check, Faults, Words};
use crate::api::elbv2::{Action, CreateListenerInput, CreateLoadBalancerInput};

/// The draft of a load balancer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadBalancerDraft {
    /// Its name.
    pub name: String,
    /// Its subnets' ids.
    pub subnets: BTreeSet<String>,
    /// The ARN of the target group to which its listener forwards.
    pub target_group: String,
}

impl LoadBalancerDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[
        (ZONES, &["ubnet", "Availability Zone"]),
        (TARGET_GROUP, &["TargetGroup", "arget group"]),
        (SECURITY_GROUP, &["InvalidGroup", "ecurity group", "InvalidSecurityGroup"]),
        (BALANCER_NAME, &["LoadBalancerName", "oad balancer name", "oad balancer", "Name"]),
    ];

    /// The balancer, still without a security group, and its listener, which still lacks the balancer's ARN.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<(CreateLoadBalancerInput, CreateListenerInput), Faults> {
        let mut check = Check::default();
        let name = check.text(BALANCER_NAME, &self.name);
        if self.subnets.len() < 2 {
            check.fault(ZONES, "Choose at least two zones.");
        }
        let target_group = check.choice(
            TARGET_GROUP,
            &self.target_group,
            "The listener forwards to a target group: choose one, or create one first.",
        );
        let forward = Action { kind: "forward".into(), target_group_arn: Some(target_group), ..Action::default() };
        let listener = CreateListenerInput {
            protocol: Some("HTTP".into()),
            port: Some(80),
            default_actions: vec![forward],
            ..Default::default()
        };
        let subnets = self.subnets.iter().cloned().collect();
        check.finish((CreateLoadBalancerInput { name, subnets, ..Default::default() }, listener))
    }
}
