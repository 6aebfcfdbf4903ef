//! Amazon CloudWatch.
use super::{Context, Region};
use crate::api::ApiError;
use crate::api::cloudwatch::{DescribeAlarmsOutput, Request, Response};

/// CloudWatch in one region.
#[derive(Clone, Debug, Default)]
pub struct CloudWatch {}

/// What becomes due in CloudWatch.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {}

impl Region {
    /// Carries out a request to CloudWatch.
    pub(super) fn call_cloudwatch(&mut self, _context: &mut Context, request: Request) -> Result<Response, ApiError> {
        match request {
            Request::DescribeAlarms(_) => Ok(Response::DescribeAlarms(DescribeAlarmsOutput::default())),
        }
    }

    /// Does what has become due.
    pub(super) fn handle_cloudwatch(&mut self, _context: &mut Context, due: Due) {
        match due {}
    }
}
