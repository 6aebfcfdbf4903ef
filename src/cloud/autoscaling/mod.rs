//! EC2 Auto Scaling: groups that keep a number of instances, and policies that change the number.
//!
//! A group compares what it has with what it wants in [`reconcile`](Region::reconcile), whenever something has changed; the rest of the
//! modules change what it wants, mark members that others are to take the place of, or carry out a step: launch, drain, terminate, move.
pub mod activity;
mod attach;
mod cron;
pub mod group;
mod health;
pub mod hook;
mod launch;
pub mod limits;
mod manual;
pub mod member;
pub mod metric;
pub mod policy;
pub mod process;
mod rebalance;
mod reconcile;
pub mod refresh;
mod request;
pub mod scheduled;
mod settings;
mod standby;
mod tag;
mod terminate;
pub mod termination;
pub mod traffic_source;
pub mod warm_pool;
mod wire;

use std::collections::{BTreeMap, VecDeque};

use super::{Context, Region};
use crate::api::ApiError;
use crate::api::autoscaling::*;

pub use activity::{Activity, DeletedGroup};
pub use cron::Cron;
pub use group::Group;
pub use member::{Lifecycle, Member, TemplateVersion};
pub use policy::Policy;
pub use process::Process;

/// Auto Scaling in one region.
#[derive(Clone, Debug, Default)]
pub struct AutoScaling {
    /// Groups by name.
    pub groups: BTreeMap<String, Group>,
    /// Groups that are gone, the last one first.
    pub deleted: VecDeque<DeletedGroup>,
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
        /// The group's ARN; another group of this name makes this stale.
        arn: String,
    },
    /// A group replaces what a request called unhealthy.
    ReplaceUnhealthy {
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
    /// A member of the warm pool may have been prepared.
    Warms {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
    },
    /// A lifecycle hook may have waited long enough.
    HookEnds {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
        /// The token of the action.
        token: String,
    },
    /// The lifecycle hooks of a member are done.
    Proceed {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
    },
    /// A member has been drained long enough.
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
    /// A member may have become too old.
    LifetimeEnds {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
    },
    /// A scheduled action's time has come.
    Scheduled {
        /// The group's name.
        group: String,
        /// The action's name.
        action: String,
        /// The action's number; a later one makes this stale.
        number: u64,
    },
    /// An instance refresh looks at how far it is.
    Refresh {
        /// The group's name.
        group: String,
        /// The refresh's id.
        id: String,
    },
}

/// One line for each operation: what it is asked, and who answers.
macro_rules! answers {
    ($request:expr; $($operation:ident($input:pat) => $answer:expr;)*) => {
        match $request { $(Request::$operation($input) => Response::$operation($answer),)* }
    };
}

impl Region {
    /// Carries out a request to Auto Scaling.
    pub(super) fn call_autoscaling(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        Ok(answers! { request;
            CreateAutoScalingGroup(input) => self.create_group(context, input).map(quiet)?;
            UpdateAutoScalingGroup(input) => self.update_group(context, input).map(quiet)?;
            DescribeAutoScalingGroups(input) => self.autoscaling.describe_groups(&self.ec2, &input)?;
            DeleteAutoScalingGroup(input) => self.delete_group(context, &input).map(quiet)?;
            SetDesiredCapacity(input) => self.set_desired_capacity(context, &input).map(quiet)?;
            DescribeScalingActivities(input) => self.autoscaling.describe_activities(&input)?;
            DescribeAccountLimits(_) => self.autoscaling.describe_account_limits();

            DescribeAutoScalingInstances(input) => self.autoscaling.describe_instances(&self.ec2, &input)?;
            TerminateInstanceInAutoScalingGroup(input) => self.terminate_in_group(context, &input)?;
            AttachInstances(input) => self.attach_instances(context, &input).map(quiet)?;
            DetachInstances(input) => self.detach_instances(context, &input)?;
            EnterStandby(input) => self.enter_standby(context, &input)?;
            ExitStandby(input) => self.exit_standby(context, &input)?;
            SetInstanceHealth(input) => self.set_instance_health(context, &input).map(quiet)?;
            SetInstanceProtection(input) => self.autoscaling.set_protection(context, &input).map(quiet)?;
            LaunchInstances(input) => self.launch_instances(context, &input)?;
            DescribeTerminationPolicyTypes(_) => AutoScaling::describe_termination_policies();

            AttachLoadBalancerTargetGroups(input) => self.attach_target_groups(context, &input).map(quiet)?;
            DetachLoadBalancerTargetGroups(input) => self.detach_target_groups(context, &input).map(quiet)?;
            DescribeLoadBalancerTargetGroups(input) => self.autoscaling.describe_target_groups(context, &input)?;
            AttachTrafficSources(input) => self.attach_traffic_sources(context, &input).map(quiet)?;
            DetachTrafficSources(input) => self.detach_traffic_sources(context, &input).map(quiet)?;
            DescribeTrafficSources(input) => self.autoscaling.describe_traffic_sources(context, &input)?;

            PutScalingPolicy(input) => self.put_scaling_policy(context, &input)?;
            DescribePolicies(input) => self.describe_policies(context, &input)?;
            DeletePolicy(input) => self.delete_policy(&input).map(quiet)?;
            ExecutePolicy(input) => self.execute_policy(context, &input).map(quiet)?;
            GetPredictiveScalingForecast(input) => self.autoscaling.predictive_forecast(&input).map(quiet)?;
            DescribeAdjustmentTypes(_) => AutoScaling::describe_adjustment_types();
            PutScheduledUpdateGroupAction(input) => self.autoscaling.put_scheduled(context, input).map(quiet)?;
            BatchPutScheduledUpdateGroupAction(input) => self.autoscaling.batch_put_scheduled(context, &input)?;
            DescribeScheduledActions(input) => self.autoscaling.describe_scheduled(&input)?;
            DeleteScheduledAction(input) => self.autoscaling.delete_scheduled(&input).map(quiet)?;
            BatchDeleteScheduledAction(input) => self.autoscaling.batch_delete_scheduled(&input)?;

            PutLifecycleHook(input) => self.autoscaling.put_hook(input).map(quiet)?;
            DescribeLifecycleHooks(input) => self.autoscaling.describe_hooks(&input)?;
            DeleteLifecycleHook(input) => self.delete_hook(context, &input).map(quiet)?;
            CompleteLifecycleAction(input) => self.complete_action(context, &input).map(quiet)?;
            RecordLifecycleActionHeartbeat(input) => self.autoscaling.record_heartbeat(context, &input).map(quiet)?;
            StartInstanceRefresh(input) => self.start_refresh(context, &input)?;
            DescribeInstanceRefreshes(input) => self.autoscaling.describe_refreshes(context, &input)?;
            CancelInstanceRefresh(input) => self.cancel_refresh(context, &input)?;
            RollbackInstanceRefresh(input) => self.roll_back_refresh(context, &input)?;
            PutWarmPool(input) => self.autoscaling.put_warm_pool(context, &input).map(quiet)?;
            DescribeWarmPool(input) => self.autoscaling.describe_warm_pool(&self.ec2, &input)?;
            DeleteWarmPool(input) => self.delete_warm_pool(context, &input).map(quiet)?;

            SuspendProcesses(input) => self.autoscaling.suspend(context, &input).map(quiet)?;
            ResumeProcesses(input) => self.autoscaling.resume(context, &input).map(quiet)?;
            DescribeScalingProcessTypes(_) => AutoScaling::describe_process_types();
            EnableMetricsCollection(input) => self.autoscaling.enable_metrics(&input).map(quiet)?;
            DisableMetricsCollection(input) => self.autoscaling.disable_metrics(&input).map(quiet)?;
            CreateOrUpdateTags(input) => self.autoscaling.create_or_update_tags(&input).map(quiet)?;
            DeleteTags(input) => self.autoscaling.delete_tags(&input).map(quiet)?;
            DescribeTags(input) => self.autoscaling.describe_tags(&input)?;
        })
    }

    /// Does what has become due.
    pub(super) fn handle_autoscaling(&mut self, context: &mut Context, due: Due) {
        match due {
            Due::Reconcile { group } => self.reconcile(context, &group),
            Due::CheckHealth { group, arn } => self.check_health(context, &group, &arn),
            Due::ReplaceUnhealthy { group } => self.replace_unhealthy(context, &group),
            Due::LaunchEnds { group, instance_id } => self.end_launch(context, &group, &instance_id),
            Due::Warms { group, instance_id } => self.check_warming(context, &group, &instance_id),
            Due::HookEnds { group, instance_id, token } => self.end_hook_wait(context, &group, &instance_id, &token),
            Due::Proceed { group, instance_id } => self.proceed(context, &group, &instance_id),
            Due::DrainEnds { group, instance_id } => self.end_drain(context, &group, &instance_id),
            Due::TerminationEnds { group, instance_id } => self.end_termination(context, &group, &instance_id),
            Due::LifetimeEnds { group, instance_id } => self.end_lifetime(context, &group, &instance_id),
            Due::Scheduled { group, action, number } => {
                self.autoscaling.run_scheduled(context, &group, &action, number);
            }
            Due::Refresh { group, id } => self.refresh_is_due(context, &group, &id),
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

    /// The group of this name, to change it. One that is being deleted is not changed any more.
    fn group_mut(&mut self, name: &str) -> Result<&mut Group, ApiError> {
        let group = self.groups.get_mut(name).ok_or_else(|| not_found(name))?;
        if group.is_deleting {
            // The wording is a guess.
            return Err(ApiError::validation(format!("AutoScalingGroup {name} is pending delete.")));
        }
        Ok(group)
    }

    /// The group that the instance belongs to.
    pub fn group_of(&self, instance_id: &str) -> Option<&Group> {
        self.groups.values().find(|group| group.member(instance_id).is_some())
    }

    /// The member that is the instance of this number, with its group.
    pub fn membership_of(&self, number: u64) -> Option<(&Group, &Member)> {
        self.groups.values().find_map(|group| {
            let member = group.members.iter().find(|member| member.number == number)?;
            Some((group, member))
        })
    }
}

/// The answer of an operation that has nothing to say.
fn quiet<T: Default>((): ()) -> T {
    T::default()
}

fn not_found(name: &str) -> ApiError {
    ApiError::validation(format!("AutoScalingGroup name not found - AutoScalingGroup '{name}' not found"))
}

/// Refuses a token that no answer had.
fn bad_token() -> ApiError {
    // The wording is a guess; the code is documented.
    ApiError::new("InvalidNextToken", "The token is not valid.")
}
