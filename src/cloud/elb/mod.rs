//! Elastic Load Balancing: Application Load Balancers, listeners, target groups and their health checks.
use super::{Context, Region};
use crate::api::ApiError;
use crate::api::ec2::DeleteSecurityGroupRequest;
use crate::api::elbv2::{DescribeLoadBalancersOutput, Request, Response};

/// Elastic Load Balancing in one region.
#[derive(Clone, Debug, Default)]
pub struct Elb {}

/// What becomes due in Elastic Load Balancing.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {}

impl Region {
    /// Carries out a request to Elastic Load Balancing.
    pub(super) fn call_elb(&mut self, _context: &mut Context, request: Request) -> Result<Response, ApiError> {
        match request {
            Request::DescribeLoadBalancers(_) => {
                Ok(Response::DescribeLoadBalancers(DescribeLoadBalancersOutput::default()))
            }
        }
    }

    /// Does what has become due.
    pub(super) fn handle_elb(&mut self, _context: &mut Context, due: Due) {
        match due {}
    }

    /// Refuses to delete a security group that a load balancer has.
    pub(super) fn refuse_if_used_by_balancer(&self, _input: &DeleteSecurityGroupRequest) -> Result<(), ApiError> {
        Ok(())
    }
}
