//! Elastic Load Balancing: Application Load Balancers, listeners, rules, target groups and their health checks.
//!
//! The data plane asks two things: [`Elb::route`], what becomes of a request, and [`Elb::pools`], among which targets it is shared out.
pub mod action;
pub mod answer;
pub mod condition;
pub mod health_check;
mod limit;
pub mod listener;
pub mod load_balancer;
mod load_balancer_attribute;
pub mod metric;
pub mod placement;
pub mod pool;
pub mod rule;
pub mod setting;
mod tag;
pub mod target;
pub mod target_group;
mod target_group_attribute;

use std::collections::BTreeMap;

use super::{Context, Region, Zone};
use crate::api::ApiError;
use crate::api::ec2::DeleteSecurityGroupRequest;
use crate::api::elbv2::{Request, Response};
use crate::cloud::ec2::security_group;

pub use action::{Action, FixedResponse, Forward, Redirect};
pub use answer::Mishap;
pub use condition::{Condition, HttpRequest};
pub use health_check::{Health, HealthCheck, Probe, ProbeAnswer, ProbeRound};
pub use limit::ElbQuotas;
pub use listener::Listener;
pub use load_balancer::LoadBalancer;
pub use metric::{BalancerObservation, TargetGroupObservation};
pub use placement::Node;
pub use pool::{Pool, PoolTarget};
pub use rule::Rule;
pub use setting::Settings;
pub use target::{Target, TargetState};
pub use target_group::{Algorithm, Stickiness, TargetGroup};

/// Elastic Load Balancing in one region.
#[derive(Clone, Debug, Default)]
pub struct Elb {
    /// Load balancers by ARN.
    pub load_balancers: BTreeMap<String, LoadBalancer>,
    /// Listeners by ARN.
    pub listeners: BTreeMap<String, Listener>,
    /// Target groups by ARN.
    pub target_groups: BTreeMap<String, TargetGroup>,
    /// Health checks that wait for the data plane's answers.
    pub(super) probes: Vec<ProbeRound>,
}

/// What becomes due in Elastic Load Balancing.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// A load balancer is ready.
    ProvisioningEnds {
        /// Its ARN.
        load_balancer_arn: String,
    },
    /// A node checks the health of a target group's targets.
    HealthCheckRound {
        /// The target group's ARN.
        target_group_arn: String,
        /// The node's zone.
        zone: Zone,
        /// The rounds that this one belongs to; later ones make it stale.
        rounds: u64,
    },
    /// A new target is checked for the first time.
    FirstHealthCheck {
        /// The target group's ARN.
        target_group_arn: String,
        /// The number of the registration.
        registration: u64,
    },
    /// The answer to a health check has come, or the wait for it is over.
    HealthDecided {
        /// The target group's ARN.
        target_group_arn: String,
        /// The number of the registration.
        registration: u64,
        /// The node's zone; none for all nodes.
        zone: Option<Zone>,
        /// What the node finds from now on.
        health: Health,
    },
    /// An address that has left a load balancer's name answers no longer.
    AddressRetires {
        /// The load balancer's ARN.
        load_balancer_arn: String,
        /// The address.
        address: String,
    },
    /// A target's deregistration delay is over.
    DeregistrationEnds {
        /// The target group's ARN.
        target_group_arn: String,
        /// The number of the registration.
        registration: u64,
    },
}

impl Region {
    /// Carries out a request to Elastic Load Balancing.
    pub(super) fn call_elb(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        use {Request as Ask, Response as Answer};
        let Region { ec2, elb, .. } = self;
        Ok(match request {
            Ask::CreateLoadBalancer(input) => {
                Answer::CreateLoadBalancer(elb.create_load_balancer(context, ec2, input)?)
            }
            Ask::DescribeLoadBalancers(input) => Answer::DescribeLoadBalancers(elb.describe_load_balancers(&input)?),
            Ask::DeleteLoadBalancer(input) => Answer::DeleteLoadBalancer(elb.delete_load_balancer(context, &input)?),
            Ask::ModifyLoadBalancerAttributes(input) => {
                Answer::ModifyLoadBalancerAttributes(elb.modify_load_balancer_attributes(&input)?)
            }
            Ask::DescribeLoadBalancerAttributes(input) => {
                Answer::DescribeLoadBalancerAttributes(elb.describe_load_balancer_attributes(&input)?)
            }
            Ask::SetSecurityGroups(input) => Answer::SetSecurityGroups(elb.set_security_groups(ec2, &input)?),
            Ask::SetSubnets(input) => Answer::SetSubnets(elb.set_subnets(context, ec2, &input)?),
            Ask::SetIpAddressType(input) => Answer::SetIpAddressType(elb.set_ip_address_type(&input)?),
            Ask::CreateTargetGroup(input) => Answer::CreateTargetGroup(elb.create_target_group(context, ec2, input)?),
            Ask::DescribeTargetGroups(input) => Answer::DescribeTargetGroups(elb.describe_target_groups(&input)?),
            Ask::ModifyTargetGroup(input) => Answer::ModifyTargetGroup(elb.modify_target_group(context, &input)?),
            Ask::DeleteTargetGroup(input) => Answer::DeleteTargetGroup(elb.delete_target_group(&input)?),
            Ask::ModifyTargetGroupAttributes(input) => {
                Answer::ModifyTargetGroupAttributes(elb.modify_target_group_attributes(&input)?)
            }
            Ask::DescribeTargetGroupAttributes(input) => {
                Answer::DescribeTargetGroupAttributes(elb.describe_target_group_attributes(&input)?)
            }
            Ask::RegisterTargets(input) => Answer::RegisterTargets(elb.register_targets(context, ec2, &input)?),
            Ask::DeregisterTargets(input) => Answer::DeregisterTargets(elb.deregister_targets(context, &input)?),
            Ask::DescribeTargetHealth(input) => Answer::DescribeTargetHealth(elb.describe_target_health(ec2, &input)?),
            Ask::CreateListener(input) => Answer::CreateListener(elb.create_listener(context, input)?),
            Ask::DescribeListeners(input) => Answer::DescribeListeners(elb.describe_listeners(&input)?),
            Ask::ModifyListener(input) => Answer::ModifyListener(elb.modify_listener(context, &input)?),
            Ask::DeleteListener(input) => Answer::DeleteListener(elb.delete_listener(context, &input)?),
            Ask::CreateRule(input) => Answer::CreateRule(elb.create_rule(context, input)?),
            Ask::DescribeRules(input) => Answer::DescribeRules(elb.describe_rules(&input)?),
            Ask::ModifyRule(input) => Answer::ModifyRule(elb.modify_rule(context, &input)?),
            Ask::DeleteRule(input) => Answer::DeleteRule(elb.delete_rule(context, &input)?),
            Ask::SetRulePriorities(input) => Answer::SetRulePriorities(elb.set_rule_priorities(&input)?),
            Ask::AddTags(input) => Answer::AddTags(elb.add_tags(&input)?),
            Ask::RemoveTags(input) => Answer::RemoveTags(elb.remove_tags(&input)?),
            Ask::DescribeTags(input) => Answer::DescribeTags(elb.describe_tags(&input)?),
            Ask::DescribeAccountLimits(input) => Answer::DescribeAccountLimits(context.quotas().elb.describe(&input)?),
        })
    }

    /// Does what has become due.
    pub(super) fn handle_elb(&mut self, context: &mut Context, due: Due) {
        match due {
            Due::ProvisioningEnds { load_balancer_arn } => self.elb.end_provisioning(context, &load_balancer_arn),
            Due::HealthCheckRound { target_group_arn, zone, rounds } => {
                self.begin_round(context, &target_group_arn, zone, rounds);
            }
            Due::FirstHealthCheck { target_group_arn, registration } => {
                self.begin_first_check(context, &target_group_arn, registration);
            }
            Due::HealthDecided { target_group_arn, registration, zone, health } => {
                self.elb.decide_health(context, &target_group_arn, registration, (zone.as_ref(), &health));
            }
            Due::AddressRetires { load_balancer_arn, address } => self.elb.retire_address(&load_balancer_arn, &address),
            Due::DeregistrationEnds { target_group_arn, registration } => {
                self.elb.end_deregistration(context, &target_group_arn, registration);
            }
        }
    }

    /// Refuses to delete a security group that a load balancer has.
    pub(super) fn refuse_if_used_by_balancer(&self, input: &DeleteSecurityGroupRequest) -> Result<(), ApiError> {
        let group_id = self.ec2.security_group_id(input.group_id.as_deref(), input.group_name.as_deref())?;
        if self.elb.load_balancers.values().any(|balancer| balancer.security_groups.contains(&group_id)) {
            return Err(security_group::has_dependent(&group_id));
        }
        Ok(())
    }
}

/// Refuses a name that is too long or has letters that a DNS name cannot have.
fn check_name(what: &str, name: &str) -> Result<(), ApiError> {
    let problem = if name.chars().count() > 32 {
        "cannot be longer than '32' characters"
    } else if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
        "can only contain characters that are alphanumeric characters or hyphens(-)"
    } else if name.starts_with('-') || name.ends_with('-') {
        "cannot begin or end with '-'"
    } else {
        return Ok(());
    };
    Err(ApiError::validation(format!("{what} '{name}' {problem}")))
}

/// The refusal of a marker that no answer had. The words are a guess.
fn bad_marker() -> ApiError {
    ApiError::validation("The marker is not valid")
}
