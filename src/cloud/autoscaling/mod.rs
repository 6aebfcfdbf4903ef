//! EC2 Auto Scaling: groups that keep a number of instances, and policies that change the number.
pub mod activity;
pub mod group;
mod health;
mod lifecycle;
pub mod policy;
mod wire;

use std::collections::BTreeMap;

use super::{Context, Region};
use crate::api::ApiError;
use crate::api::autoscaling::{Nothing, Request, Response};

pub use activity::Activity;
pub use group::{Group, Lifecycle, Member};
pub use policy::Policy;

/// Auto Scaling in one region.
#[derive(Clone, Debug, Default)]
pub struct AutoScaling {
    /// Groups by name.
    pub groups: BTreeMap<String, Group>,
}

/// What becomes due in Auto Scaling.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// A group compares what it has with what it wants.
    Reconcile {
        /// The group's name.
        group: String,
    },
    /// A group looks at the health of its members.
    CheckHealth {
        /// The group's name.
        group: String,
    },
    /// A launch may be complete.
    LaunchEnds {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
    },
    /// A member has been drained long enough and can be terminated.
    DrainEnds {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
    },
    /// A termination may be complete.
    TerminationEnds {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
    },
}

impl Region {
    /// Carries out a request to Auto Scaling.
    pub(super) fn call_autoscaling(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        Ok(match request {
            Request::CreateAutoScalingGroup(input) => {
                self.create_group(context, input)?;
                Response::CreateAutoScalingGroup(Nothing {})
            }
            Request::UpdateAutoScalingGroup(input) => {
                self.update_group(context, input)?;
                Response::UpdateAutoScalingGroup(Nothing {})
            }
            Request::DescribeAutoScalingGroups(input) => {
                Response::DescribeAutoScalingGroups(self.autoscaling.describe_groups(&self.ec2, &input))
            }
            Request::DeleteAutoScalingGroup(input) => {
                self.delete_group(context, &input)?;
                Response::DeleteAutoScalingGroup(Nothing {})
            }
            Request::DescribeScalingActivities(input) => {
                Response::DescribeScalingActivities(self.autoscaling.describe_activities(&input)?)
            }
            Request::SetDesiredCapacity(input) => {
                self.autoscaling.set_desired_capacity(context, &input)?;
                Response::SetDesiredCapacity(Nothing {})
            }
            Request::TerminateInstanceInAutoScalingGroup(input) => {
                Response::TerminateInstanceInAutoScalingGroup(self.terminate_in_group(context, &input)?)
            }
            Request::PutScalingPolicy(input) => Response::PutScalingPolicy(self.put_scaling_policy(context, input)?),
            Request::DescribePolicies(input) => {
                Response::DescribePolicies(self.autoscaling.describe_policies(context, &input))
            }
            Request::DeletePolicy(input) => {
                self.delete_policy(&input)?;
                Response::DeletePolicy(Nothing {})
            }
        })
    }

    /// Does what has become due.
    pub(super) fn handle_autoscaling(&mut self, context: &mut Context, due: Due) {
        match due {
            Due::Reconcile { group } => self.reconcile(context, &group),
            Due::CheckHealth { group } => self.check_health(context, &group),
            Due::LaunchEnds { group, instance_id } => self.end_launch(context, &group, &instance_id),
            Due::DrainEnds { group, instance_id } => self.end_drain(context, &group, &instance_id),
            Due::TerminationEnds { group, instance_id } => self.end_termination(context, &group, &instance_id),
        }
    }
}

impl AutoScaling {
    /// The group of this name.
    ///
    /// # Errors
    /// `ValidationError` if there is none.
    pub fn group(&self, name: &str) -> Result<&Group, ApiError> {
        self.groups.get(name).ok_or_else(|| not_found(name))
    }

    fn group_mut(&mut self, name: &str) -> Result<&mut Group, ApiError> {
        self.groups.get_mut(name).ok_or_else(|| not_found(name))
    }

    /// The group that the instance belongs to.
    pub fn group_of(&self, instance_id: &str) -> Option<&Group> {
        self.groups.values().find(|group| group.member(instance_id).is_some())
    }
}

fn not_found(name: &str) -> ApiError {
    ApiError::validation(format!("AutoScalingGroup name not found - AutoScalingGroup '{name}' not found"))
}
