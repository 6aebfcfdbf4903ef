//! What the account may not do, or not so often: to meet AWS's refusals on purpose.
use std::collections::BTreeMap;

use super::Session;
use crate::api::lab::{
    AllowOperationRequest, DeniedOperation, DenyOperationRequest, DescribeAccessResult, ThrottleApiRequest,
    ThrottledService,
};
use crate::api::{ApiError, Request};
use crate::cloud::ACCOUNT_ID;
use crate::sim::{SimDuration, SimTime};

/// Denied operations and throttled services.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Operations that are refused, with their service. Simplified: an operation is allowed or not; there are no policies, resources or
    /// conditions.
    denied: Vec<(String, String)>,
    /// Until when a service refuses whatever it is asked.
    throttled: BTreeMap<String, SimTime>,
}

/// The one who asks.
const USER: &str = "user/learner";

impl Access {
    /// Refuses a request that is denied or comes too often.
    ///
    /// # Errors
    /// `UnauthorizedOperation` or `AccessDenied`, `RequestLimitExceeded` or `Throttling`, as the service says it.
    pub(super) fn check(&self, now: SimTime, request: &Request) -> Result<(), ApiError> {
        let (service, operation) = (request.service(), request.operation());
        if self.throttled.get(service).is_some_and(|until| now < *until) {
            return Err(match service {
                "ec2" => ApiError::new("RequestLimitExceeded", "Request limit exceeded."),
                _ => ApiError::new("Throttling", "Rate exceeded"),
            });
        }
        if self.denied.iter().any(|denied| denied.0 == service && denied.1 == operation) {
            return Err(refusal(service, operation));
        }
        Ok(())
    }
}

/// The words of a policy that lacks a permission. EC2 has a code of its own.
fn refusal(service: &str, operation: &str) -> ApiError {
    let namespace = if service == "elbv2" { "elasticloadbalancing" } else { service };
    let reason = format!(
        "User: arn:aws:iam::{ACCOUNT_ID}:{USER} is not authorized to perform: {namespace}:{operation} because no identity-based policy \
         allows the {namespace}:{operation} action"
    );
    match service {
        "ec2" => {
            let message = format!("You are not authorized to perform this operation. {reason}");
            ApiError::new("UnauthorizedOperation", message)
        }
        _ => ApiError::new("AccessDenied", reason),
    }
}

impl Session {
    pub(super) fn deny_operation(&mut self, input: &DenyOperationRequest) -> Result<DescribeAccessResult, ApiError> {
        check_operation(&input.service, Some(&input.operation))?;
        let denied = (input.service.clone(), input.operation.clone());
        if !self.access.denied.contains(&denied) {
            self.access.denied.push(denied);
        }
        Ok(self.describe_access())
    }

    pub(super) fn allow_operation(&mut self, input: &AllowOperationRequest) -> Result<DescribeAccessResult, ApiError> {
        check_operation(&input.service, Some(&input.operation))?;
        self.access.denied.retain(|denied| denied.0 != input.service || denied.1 != input.operation);
        Ok(self.describe_access())
    }

    pub(super) fn throttle_api(&mut self, input: &ThrottleApiRequest) -> Result<DescribeAccessResult, ApiError> {
        check_operation(&input.service, None)?;
        let until = self.now + SimDuration::from_secs_f64(input.seconds);
        self.access.throttled.insert(input.service.clone(), until);
        Ok(self.describe_access())
    }

    pub(super) fn describe_access(&self) -> DescribeAccessResult {
        let denied = |(service, operation): &(String, String)| DeniedOperation {
            service: service.clone(),
            operation: operation.clone(),
        };
        let throttled = self.access.throttled.iter().filter(|(_, until)| self.now < **until);
        DescribeAccessResult {
            denied_operations: self.access.denied.iter().map(denied).collect(),
            throttled_services: throttled
                .map(|(service, until)| ThrottledService { service: service.clone(), until: until.to_iso8601() })
                .collect(),
        }
    }
}

/// Refuses a service or an operation that the lab has not.
fn check_operation(service: &str, operation: Option<&str>) -> Result<(), ApiError> {
    let known = Request::SERVICES.iter().find(|(name, _)| *name == service && *name != "lab");
    let (_, operations) = known.ok_or_else(|| ApiError::not_in_this_lab(format!("The service \"{service}\"")))?;
    match operation.filter(|operation| !operations.contains(operation)) {
        Some(unknown) => Err(ApiError::not_in_this_lab(format!("The operation {service} {unknown}"))),
        None => Ok(()),
    }
}
