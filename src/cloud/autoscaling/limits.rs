//! How many of each there may be. EC2 Auto Scaling User Guide, "Quotas for Auto Scaling resources and groups".
use super::AutoScaling;
use crate::api::ApiError;
use crate::api::autoscaling::DescribeAccountLimitsAnswer;

/// Groups in a region.
pub const GROUPS: usize = 500;
/// Launch configurations in a region, if the account had any.
pub const LAUNCH_CONFIGURATIONS: usize = 200;
/// Policies of a group.
pub const POLICIES: usize = 50;
/// Scheduled actions of a group.
pub const SCHEDULED_ACTIONS: usize = 125;
/// Steps of a policy.
pub const STEPS: usize = 20;
/// Lifecycle hooks of a group.
pub const HOOKS: usize = 50;
/// Target groups of a group.
pub const TARGET_GROUPS: usize = 50;
/// Instances of one request to attach, to detach or to put into standby.
pub const MOVED_AT_ONCE: usize = 20;
/// Instances of one request to protect.
pub const PROTECTED_AT_ONCE: usize = 50;
/// Target groups of one request to attach or to detach.
pub const TARGET_GROUPS_AT_ONCE: usize = 10;

/// Refuses one more of what there are `count` of. The wording is a guess; the code is documented.
pub(super) fn check(what: &str, count: usize, limit: usize) -> Result<(), ApiError> {
    if count < limit {
        return Ok(());
    }
    Err(ApiError::new("LimitExceeded", format!("You have reached your limit of {limit} {what}.")))
}

/// Refuses a request that names more things than it may. The wording is a guess.
pub(super) fn check_at_once(member: &str, count: usize, limit: usize) -> Result<(), ApiError> {
    if count <= limit {
        return Ok(());
    }
    Err(ApiError::validation(format!(
        "1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must have length less than or equal to {limit}"
    )))
}

impl AutoScaling {
    pub(super) fn describe_account_limits(&self) -> DescribeAccountLimitsAnswer {
        DescribeAccountLimitsAnswer {
            max_number_of_auto_scaling_groups: GROUPS as i64,
            max_number_of_launch_configurations: LAUNCH_CONFIGURATIONS as i64,
            number_of_auto_scaling_groups: self.groups.len() as i64,
            number_of_launch_configurations: 0,
        }
    }
}
