//! Traffic sources: the target groups that members are registered with.
use super::{AutoScaling, Group, limits};
use crate::api::ApiError;
use crate::api::autoscaling::{
    AttachLoadBalancerTargetGroupsType, AttachTrafficSourcesType, DescribeLoadBalancerTargetGroupsRequest,
    DescribeLoadBalancerTargetGroupsResponse, DescribeTrafficSourcesRequest, DescribeTrafficSourcesResponse,
    DetachLoadBalancerTargetGroupsType, DetachTrafficSourcesType, LoadBalancerTargetGroupState,
    TrafficSourceIdentifier, TrafficSourceState,
};
use crate::cloud::{Context, PageRequest, Region};
use crate::sim::{SimDuration, SimTime};

/// A target group that a group's members are registered with.
#[derive(Clone, Debug)]
pub struct TrafficSource {
    /// The target group's ARN.
    pub arn: String,
    /// Whether a member has passed its health checks. Before that, they do not count against anybody.
    pub has_passed: bool,
    /// When it is detached, if it is on its way out.
    pub leaves_at: Option<SimTime>,
}

/// The type of traffic source that the lab has.
const TYPE: &str = "elbv2";

impl TrafficSource {
    /// A target group that is newly attached.
    pub(super) fn new(arn: String) -> Self {
        TrafficSource { arn, has_passed: false, leaves_at: None }
    }

    /// AWS's name of its state. Simplified: members are registered at once, so it is never `Adding`.
    pub fn state(&self) -> &'static str {
        match (self.leaves_at, self.has_passed) {
            (Some(_), _) => "Removing",
            (None, true) => "InService",
            (None, false) => "Added",
        }
    }
}

/// The ARNs that a request names in one way or the other.
pub(super) fn arns_of(mut arns: Vec<String>, sources: &[TrafficSourceIdentifier]) -> Result<Vec<String>, ApiError> {
    for source in sources {
        if let Some(kind) = source.kind.as_deref().filter(|kind| *kind != TYPE) {
            return Err(ApiError::not_in_this_lab(format!("The traffic source type {kind}")));
        }
        arns.push(source.identifier.clone());
    }
    Ok(arns)
}

impl Region {
    pub(super) fn attach_target_groups(
        &mut self,
        context: &mut Context,
        input: &AttachLoadBalancerTargetGroupsType,
    ) -> Result<(), ApiError> {
        self.attach_sources(context, &input.auto_scaling_group_name, &input.target_group_arns)
    }

    pub(super) fn attach_traffic_sources(
        &mut self,
        context: &mut Context,
        input: &AttachTrafficSourcesType,
    ) -> Result<(), ApiError> {
        let arns = arns_of(Vec::new(), &input.traffic_sources)?;
        self.attach_sources(context, &input.auto_scaling_group_name, &arns)
    }

    fn attach_sources(&mut self, context: &mut Context, name: &str, arns: &[String]) -> Result<(), ApiError> {
        limits::check_at_once("targetGroupARNs", arns.len(), limits::TARGET_GROUPS_AT_ONCE)?;
        self.autoscaling.group(name)?;
        self.check_target_groups(arns)?;
        let group = self.autoscaling.group_mut(name)?;
        for arn in arns {
            if group.traffic_sources.iter().any(|source| source.arn == *arn && source.leaves_at.is_none()) {
                continue;
            }
            limits::check("target groups", group.traffic_sources.len(), limits::TARGET_GROUPS)?;
            group.traffic_sources.retain(|source| source.arn != *arn);
            group.traffic_sources.push(TrafficSource::new(arn.clone()));
            for member in group.members.iter().filter(|member| member.lifecycle.is_in_service()) {
                self.elb.register(context, arn, &member.instance_id);
            }
        }
        Ok(())
    }

    pub(super) fn detach_target_groups(
        &mut self,
        context: &mut Context,
        input: &DetachLoadBalancerTargetGroupsType,
    ) -> Result<(), ApiError> {
        self.detach_sources(context, &input.auto_scaling_group_name, &input.target_group_arns)
    }

    pub(super) fn detach_traffic_sources(
        &mut self,
        context: &mut Context,
        input: &DetachTrafficSourcesType,
    ) -> Result<(), ApiError> {
        let arns = arns_of(Vec::new(), &input.traffic_sources)?;
        self.detach_sources(context, &input.auto_scaling_group_name, &arns)
    }

    fn detach_sources(&mut self, context: &mut Context, name: &str, arns: &[String]) -> Result<(), ApiError> {
        limits::check_at_once("targetGroupARNs", arns.len(), limits::TARGET_GROUPS_AT_ONCE)?;
        let group = self.autoscaling.group_mut(name)?;
        let is_attached = |arn: &String| group.traffic_sources.iter().any(|source| source.arn == *arn);
        if let Some(unknown) = arns.iter().find(|arn| !is_attached(arn)) {
            // The wording is a guess.
            return Err(ApiError::validation(format!(
                "Trying to remove Target Groups that are not part of the group: {unknown}"
            )));
        }
        for arn in arns {
            let members: Vec<String> = group.members.iter().map(|member| member.instance_id.clone()).collect();
            let delays = members.iter().map(|id| self.elb.deregister(context, arn, id));
            let drain = delays.max().unwrap_or(SimDuration::ZERO);
            for source in group.traffic_sources.iter_mut().filter(|source| source.arn == *arn) {
                source.leaves_at = Some(context.now + drain);
            }
        }
        group.forget_detached(context.now);
        Ok(())
    }
}

impl Group {
    /// Forgets target groups whose last member has been drained.
    pub(super) fn forget_detached(&mut self, now: SimTime) {
        self.traffic_sources.retain(|source| source.leaves_at.is_none_or(|leaves_at| leaves_at > now));
    }
}

impl AutoScaling {
    pub(super) fn describe_target_groups(
        &self,
        context: &Context,
        input: &DescribeLoadBalancerTargetGroupsRequest,
    ) -> Result<DescribeLoadBalancerTargetGroupsResponse, ApiError> {
        let group = self.group(&input.auto_scaling_group_name)?;
        let shape = |source: &TrafficSource| LoadBalancerTargetGroupState {
            load_balancer_target_group_arn: source.arn.clone(),
            state: source.state().into(),
        };
        let all = group.current_sources(context.now).map(shape).collect();
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (load_balancer_target_groups, next_token) = page.cut(all, super::bad_token)?;
        Ok(DescribeLoadBalancerTargetGroupsResponse { load_balancer_target_groups, next_token })
    }

    pub(super) fn describe_traffic_sources(
        &self,
        context: &Context,
        input: &DescribeTrafficSourcesRequest,
    ) -> Result<DescribeTrafficSourcesResponse, ApiError> {
        let group = self.group(&input.auto_scaling_group_name)?;
        let is_wanted = input.traffic_source_type.as_deref().is_none_or(|kind| kind == TYPE);
        let shape = |source: &TrafficSource| TrafficSourceState {
            traffic_source: source.arn.clone(),
            state: source.state().into(),
            identifier: source.arn.clone(),
            kind: TYPE.into(),
        };
        let all = group.current_sources(context.now).filter(|_| is_wanted).map(shape).collect();
        let page = PageRequest { most: input.max_records, limit: Some(50), token: input.next_token.as_deref() };
        let (traffic_sources, next_token) = page.cut(all, super::bad_token)?;
        Ok(DescribeTrafficSourcesResponse { traffic_sources, next_token })
    }
}

impl Group {
    fn current_sources(&self, now: SimTime) -> impl Iterator<Item = &TrafficSource> {
        self.traffic_sources.iter().filter(move |source| source.leaves_at.is_none_or(|leaves_at| leaves_at > now))
    }
}
