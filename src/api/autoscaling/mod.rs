//! Shapes of Amazon EC2 Auto Scaling (API version 2011-01-01), a file for each family of operations.
mod activity;
mod group;
mod hook;
mod instance;
mod metric;
mod policy;
mod process;
mod refresh;
mod scheduled;
mod tag;
mod traffic_source;
mod warm_pool;

pub use activity::*;
pub use group::*;
pub use hook::*;
pub use instance::*;
pub use metric::*;
pub use policy::*;
pub use process::*;
pub use refresh::*;
pub use scheduled::*;
pub use tag::*;
pub use traffic_source::*;
pub use warm_pool::*;

operations! { "autoscaling", AutoScaling;
    /// Makes a group.
    CreateAutoScalingGroup(CreateAutoScalingGroupType) -> Nothing;
    /// Changes a group.
    UpdateAutoScalingGroup(UpdateAutoScalingGroupType) -> Nothing;
    /// Lists groups.
    DescribeAutoScalingGroups(AutoScalingGroupNamesType) -> AutoScalingGroupsType;
    /// Deletes a group.
    DeleteAutoScalingGroup(DeleteAutoScalingGroupType) -> Nothing;
    /// Lists members of all groups.
    DescribeAutoScalingInstances(DescribeAutoScalingInstancesType) -> AutoScalingInstancesType;
    /// Lists the activity history, the newest first.
    DescribeScalingActivities(DescribeScalingActivitiesType) -> ActivitiesType;
    /// Sets how many instances a group wants.
    SetDesiredCapacity(SetDesiredCapacityType) -> Nothing;
    /// Ends instances of a group.
    TerminateInstanceInAutoScalingGroup(TerminateInstanceInAutoScalingGroupType) -> ActivityType;
    /// Gives a group a policy.
    PutScalingPolicy(PutScalingPolicyType) -> PolicyARNType;
    /// Lists policies.
    DescribePolicies(DescribePoliciesType) -> PoliciesType;
    /// Deletes a policy and the alarms it made.
    DeletePolicy(DeletePolicyType) -> Nothing;
    /// Has a policy act now.
    ExecutePolicy(ExecutePolicyType) -> Nothing;
    /// Shows what a predictive policy foresees; this lab has no such policy, so every question is refused.
    GetPredictiveScalingForecast(GetPredictiveScalingForecastType) -> Nothing;
    /// Lists the ways to change a capacity.
    DescribeAdjustmentTypes(DescribeAdjustmentTypesType) -> DescribeAdjustmentTypesAnswer;
    /// Registers members with target groups from now on.
    AttachLoadBalancerTargetGroups(AttachLoadBalancerTargetGroupsType) -> AttachLoadBalancerTargetGroupsResultType;
    /// Registers members with target groups no longer.
    DetachLoadBalancerTargetGroups(DetachLoadBalancerTargetGroupsType) -> DetachLoadBalancerTargetGroupsResultType;
    /// Lists the target groups of a group.
    DescribeLoadBalancerTargetGroups(DescribeLoadBalancerTargetGroupsRequest) -> DescribeLoadBalancerTargetGroupsResponse;
    /// Registers members with traffic sources from now on.
    AttachTrafficSources(AttachTrafficSourcesType) -> AttachTrafficSourcesResultType;
    /// Registers members with traffic sources no longer.
    DetachTrafficSources(DetachTrafficSourcesType) -> DetachTrafficSourcesResultType;
    /// Lists the traffic sources of a group.
    DescribeTrafficSources(DescribeTrafficSourcesRequest) -> DescribeTrafficSourcesResponse;
    /// Has a group publish metrics.
    EnableMetricsCollection(EnableMetricsCollectionQuery) -> Nothing;
    /// Has a group publish metrics no longer.
    DisableMetricsCollection(DisableMetricsCollectionQuery) -> Nothing;
    /// Suspends processes of a group.
    SuspendProcesses(ScalingProcessQuery) -> Nothing;
    /// Resumes processes of a group.
    ResumeProcesses(ResumeProcessesQuery) -> Nothing;
    /// Lists the processes that can be suspended.
    DescribeScalingProcessTypes(DescribeScalingProcessTypesType) -> ProcessesType;
    /// Makes running instances members.
    AttachInstances(AttachInstancesQuery) -> Nothing;
    /// Lets members go; they keep running.
    DetachInstances(DetachInstancesQuery) -> DetachInstancesAnswer;
    /// Takes members out of service for a while.
    EnterStandby(EnterStandbyQuery) -> EnterStandbyAnswer;
    /// Puts members back into service.
    ExitStandby(ExitStandbyQuery) -> ExitStandbyAnswer;
    /// Says of a member whether it is healthy.
    SetInstanceHealth(SetInstanceHealthQuery) -> Nothing;
    /// Protects members from scale-in.
    SetInstanceProtection(SetInstanceProtectionQuery) -> SetInstanceProtectionAnswer;
    /// Launches at once and says how it went.
    LaunchInstances(LaunchInstancesRequest) -> LaunchInstancesResult;
    /// Has the sizes change at a time.
    PutScheduledUpdateGroupAction(PutScheduledUpdateGroupActionType) -> Nothing;
    /// Has the sizes change at several times.
    BatchPutScheduledUpdateGroupAction(BatchPutScheduledUpdateGroupActionType) -> BatchPutScheduledUpdateGroupActionAnswer;
    /// Lists scheduled actions.
    DescribeScheduledActions(DescribeScheduledActionsType) -> ScheduledActionsType;
    /// Deletes a scheduled action.
    DeleteScheduledAction(DeleteScheduledActionType) -> Nothing;
    /// Deletes several scheduled actions.
    BatchDeleteScheduledAction(BatchDeleteScheduledActionType) -> BatchDeleteScheduledActionAnswer;
    /// Has launches or terminations wait for a word from outside.
    PutLifecycleHook(PutLifecycleHookType) -> PutLifecycleHookAnswer;
    /// Lists lifecycle hooks.
    DescribeLifecycleHooks(DescribeLifecycleHooksType) -> DescribeLifecycleHooksAnswer;
    /// Deletes a lifecycle hook.
    DeleteLifecycleHook(DeleteLifecycleHookType) -> DeleteLifecycleHookAnswer;
    /// Ends the wait of a lifecycle hook.
    CompleteLifecycleAction(CompleteLifecycleActionType) -> CompleteLifecycleActionAnswer;
    /// Prolongs the wait of a lifecycle hook.
    RecordLifecycleActionHeartbeat(RecordLifecycleActionHeartbeatType) -> RecordLifecycleActionHeartbeatAnswer;
    /// Begins to replace the instances of a group.
    StartInstanceRefresh(StartInstanceRefreshType) -> StartInstanceRefreshAnswer;
    /// Lists refreshes, the newest first.
    DescribeInstanceRefreshes(DescribeInstanceRefreshesType) -> DescribeInstanceRefreshesAnswer;
    /// Ends a refresh where it is.
    CancelInstanceRefresh(CancelInstanceRefreshType) -> CancelInstanceRefreshAnswer;
    /// Takes a refresh back.
    RollbackInstanceRefresh(RollbackInstanceRefreshType) -> RollbackInstanceRefreshAnswer;
    /// Gives a group a warm pool.
    PutWarmPool(PutWarmPoolType) -> PutWarmPoolAnswer;
    /// Shows the warm pool and its instances.
    DescribeWarmPool(DescribeWarmPoolType) -> DescribeWarmPoolAnswer;
    /// Takes the warm pool away.
    DeleteWarmPool(DeleteWarmPoolType) -> DeleteWarmPoolAnswer;
    /// Gives groups tags.
    CreateOrUpdateTags(CreateOrUpdateTagsType) -> Nothing;
    /// Lists tags of groups.
    DescribeTags(DescribeTagsType) -> TagsType;
    /// Takes tags away.
    DeleteTags(DeleteTagsType) -> Nothing;
    /// Lists the termination policies.
    DescribeTerminationPolicyTypes(DescribeTerminationPolicyTypesType) -> DescribeTerminationPolicyTypesAnswer;
    /// Shows the limits of the account.
    DescribeAccountLimits(DescribeAccountLimitsType) -> DescribeAccountLimitsAnswer;
}

shapes! {
    /// The answer of an operation that answers nothing.
    Nothing {}

    /// Asks for the processes that can be suspended.
    DescribeScalingProcessTypesType {}

    /// Asks for the termination policies.
    DescribeTerminationPolicyTypesType {}

    /// Asks for the ways to change a capacity.
    DescribeAdjustmentTypesType {}

    /// Asks for the limits of the account.
    DescribeAccountLimitsType {}
}
