//! EC2 Auto Scaling.
use super::{Context, Region};
use crate::api::ApiError;
use crate::api::autoscaling::{AutoScalingGroupsType, Request, Response};

/// Auto Scaling in one region.
#[derive(Clone, Debug, Default)]
pub struct AutoScaling {}

/// What becomes due in Auto Scaling.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {}

impl Region {
    /// Carries out a request to Auto Scaling.
    pub(super) fn call_autoscaling(&mut self, _context: &mut Context, request: Request) -> Result<Response, ApiError> {
        match request {
            Request::DescribeAutoScalingGroups(_) => {
                Ok(Response::DescribeAutoScalingGroups(AutoScalingGroupsType::default()))
            }
        }
    }

    /// Does what has become due.
    pub(super) fn handle_autoscaling(&mut self, _context: &mut Context, due: Due) {
        match due {}
    }
}
