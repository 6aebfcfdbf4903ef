//! Elastic Load Balancing: Application Load Balancers, listeners, target groups and their health checks.
mod attribute;
pub mod health_check;
pub mod listener;
pub mod load_balancer;
pub mod target_group;

use std::collections::BTreeMap;

use super::{Context, Region};
use crate::api::ApiError;
use crate::api::ec2::DeleteSecurityGroupRequest;
use crate::api::elbv2::{
    DeleteListenerOutput, DeleteLoadBalancerOutput, DeleteTargetGroupOutput, DeregisterTargetsOutput,
    RegisterTargetsOutput, Request, Response,
};
use crate::cloud::ec2::security_group;

pub use health_check::{Probe, ProbeAnswer};
pub use listener::Listener;
pub use load_balancer::LoadBalancer;
pub use target_group::{Algorithm, Target, TargetGroup, TargetState};

/// Elastic Load Balancing in one region.
#[derive(Clone, Debug, Default)]
pub struct Elb {
    /// Load balancers by ARN.
    pub load_balancers: BTreeMap<String, LoadBalancer>,
    /// Listeners by ARN.
    pub listeners: BTreeMap<String, Listener>,
    /// Target groups by ARN.
    pub target_groups: BTreeMap<String, TargetGroup>,
    /// Health checks that wait for the data plane's answer.
    pub(super) probes: Vec<Probe>,
}

/// What becomes due in Elastic Load Balancing.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// A load balancer is ready.
    ProvisioningEnds {
        /// Its ARN.
        load_balancer_arn: String,
    },
    /// A target's health is to be checked.
    HealthCheck {
        /// The target group's ARN.
        target_group_arn: String,
        /// The target's instance.
        instance_id: String,
        /// The number of the registration; a later one makes this stale.
        registration: u64,
    },
    /// A target's deregistration delay is over.
    DeregistrationEnds {
        /// The target group's ARN.
        target_group_arn: String,
        /// The target's instance.
        instance_id: String,
        /// The number of the registration; a later one makes this stale.
        registration: u64,
    },
}

impl Region {
    /// Carries out a request to Elastic Load Balancing.
    pub(super) fn call_elb(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        let Region { ec2, elb, .. } = self;
        Ok(match request {
            Request::CreateLoadBalancer(input) => {
                Response::CreateLoadBalancer(elb.create_load_balancer(context, ec2, input)?)
            }
            Request::DescribeLoadBalancers(input) => {
                Response::DescribeLoadBalancers(elb.describe_load_balancers(&input)?)
            }
            Request::DeleteLoadBalancer(input) => {
                elb.delete_load_balancer(&input);
                Response::DeleteLoadBalancer(DeleteLoadBalancerOutput {})
            }
            Request::CreateTargetGroup(input) => {
                Response::CreateTargetGroup(elb.create_target_group(context, ec2, input)?)
            }
            Request::DescribeTargetGroups(input) => Response::DescribeTargetGroups(elb.describe_target_groups(&input)?),
            Request::DeleteTargetGroup(input) => {
                elb.delete_target_group(&input)?;
                Response::DeleteTargetGroup(DeleteTargetGroupOutput {})
            }
            Request::ModifyTargetGroupAttributes(input) => {
                Response::ModifyTargetGroupAttributes(elb.modify_attributes(&input)?)
            }
            Request::DescribeTargetGroupAttributes(input) => {
                Response::DescribeTargetGroupAttributes(elb.describe_attributes(&input)?)
            }
            Request::RegisterTargets(input) => {
                elb.register_targets(context, ec2, &input)?;
                Response::RegisterTargets(RegisterTargetsOutput {})
            }
            Request::DeregisterTargets(input) => {
                elb.deregister_targets(context, &input)?;
                Response::DeregisterTargets(DeregisterTargetsOutput {})
            }
            Request::DescribeTargetHealth(input) => {
                Response::DescribeTargetHealth(elb.describe_target_health(ec2, &input)?)
            }
            Request::CreateListener(input) => Response::CreateListener(elb.create_listener(context, input)?),
            Request::DescribeListeners(input) => Response::DescribeListeners(elb.describe_listeners(&input)?),
            Request::DeleteListener(input) => {
                elb.delete_listener(&input)?;
                Response::DeleteListener(DeleteListenerOutput {})
            }
        })
    }

    /// Does what has become due.
    pub(super) fn handle_elb(&mut self, context: &mut Context, due: Due) {
        match due {
            Due::ProvisioningEnds { load_balancer_arn } => self.elb.end_provisioning(context, &load_balancer_arn),
            Due::HealthCheck { target_group_arn, instance_id, registration } => {
                self.begin_health_check(context, &target_group_arn, &instance_id, registration);
            }
            Due::DeregistrationEnds { target_group_arn, instance_id, registration } => {
                self.elb.end_deregistration(&target_group_arn, &instance_id, registration);
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
