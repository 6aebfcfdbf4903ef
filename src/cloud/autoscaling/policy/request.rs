//! The requests that make, list, delete and execute policies.
use super::alarm::new_names;
use super::simple::Simple;
use super::step::Steps;
use super::target_tracking::TargetTracking;
use super::{Policy, PolicyKind};
use crate::api::ApiError;
use crate::api::autoscaling::{
    self as api, DeletePolicyType, DescribePoliciesType, PoliciesType, PolicyARNType, PutScalingPolicyType,
};
use crate::cloud::autoscaling::settings::{check_name, checked_seconds};
use crate::cloud::autoscaling::{AutoScaling, Group, bad_token, limits};
use crate::cloud::cloudwatch::alarm;
use crate::cloud::{Context, PageRequest, Region};

impl Region {
    pub(in crate::cloud::autoscaling) fn put_scaling_policy(
        &mut self,
        context: &mut Context,
        input: &PutScalingPolicyType,
    ) -> Result<PolicyARNType, ApiError> {
        check_name("policyName", &input.policy_name)?;
        let group = self.autoscaling.group_mut(&input.auto_scaling_group_name)?;
        let kind = PolicyKind::read(input, group)?;
        let warmup = checked_seconds("estimatedInstanceWarmup", input.estimated_instance_warmup)?;
        let former = group.policies.iter().find(|policy| policy.name == input.policy_name);
        if former.is_none() {
            limits::check("scaling policies", group.policies.len(), limits::POLICIES)?;
        }
        let arn = former.map(|former| former.arn.clone());
        let arn = arn.unwrap_or_else(|| new_arn(context, &group.name, &input.policy_name));
        let alarms = match &kind {
            PolicyKind::TargetTracking(tracking) => new_names(context, &group.name, tracking),
            PolicyKind::Step(_) | PolicyKind::Simple(_) => Vec::new(),
        };
        let is_enabled = input.enabled.unwrap_or(true);
        let policy = Policy { name: input.policy_name.clone(), arn, kind, warmup, is_enabled, alarms, last: None };
        let (name, desired) = (group.name.clone(), group.desired);
        let answer = PolicyARNType { policy_arn: policy.arn.clone(), alarms: policy.alarm_shapes(context) };
        self.remove_alarms(&name, &policy.name);
        self.make_alarms(context, &policy, desired);
        let group = self.autoscaling.group_mut(&name)?;
        group.policies.retain(|known| known.name != policy.name);
        group.policies.push(policy);
        Ok(answer)
    }

    pub(in crate::cloud::autoscaling) fn delete_policy(&mut self, input: &DeletePolicyType) -> Result<(), ApiError> {
        let (group, policy) =
            self.autoscaling.find_policy(input.auto_scaling_group_name.as_deref(), &input.policy_name)?;
        let (group, policy) = (group.name.clone(), policy.name.clone());
        self.remove_alarms(&group, &policy);
        self.autoscaling.group_mut(&group)?.policies.retain(|known| known.name != policy);
        Ok(())
    }

    fn remove_alarms(&mut self, group: &str, policy: &str) {
        let policies = self.autoscaling.groups.get(group).into_iter().flat_map(|group| &group.policies);
        let names: Vec<&String> =
            policies.filter(|known| known.name == policy).flat_map(|known| &known.alarms).collect();
        self.cloudwatch.alarms.retain(|name, _| !names.contains(&name));
    }

    pub(in crate::cloud::autoscaling) fn describe_policies(
        &self,
        context: &Context,
        input: &DescribePoliciesType,
    ) -> Result<PoliciesType, ApiError> {
        if let Some(name) = &input.auto_scaling_group_name {
            self.autoscaling.group(name)?;
        }
        let of_group = |group: &&Group| input.auto_scaling_group_name.as_ref().is_none_or(|name| *name == group.name);
        let mut all = Vec::new();
        for group in self.autoscaling.groups.values().filter(of_group) {
            for policy in &group.policies {
                let names = &input.policy_names;
                let is_named = names.is_empty() || names.contains(&policy.name) || names.contains(&policy.arn);
                let shape = policy.shape(group, self.alarms_calling(context, policy));
                if is_named && (input.policy_types.is_empty() || input.policy_types.contains(&shape.policy_type)) {
                    all.push(shape);
                }
            }
        }
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (scaling_policies, next_token) = page.cut(all, bad_token)?;
        Ok(PoliciesType { scaling_policies, next_token })
    }

    /// The alarms that have the policy as an action.
    fn alarms_calling(&self, context: &Context, policy: &Policy) -> Vec<api::Alarm> {
        let calling = self.cloudwatch.alarms.values().filter(|alarm| alarm.actions.contains(&policy.arn));
        let shape = |known: &crate::cloud::cloudwatch::Alarm| api::Alarm {
            alarm_name: known.name.clone(),
            alarm_arn: alarm::arn(context, &known.name),
        };
        calling.map(shape).collect()
    }
}

impl AutoScaling {
    /// The policy of this name or ARN, with its group.
    pub(super) fn find_policy(&self, group: Option<&str>, policy: &str) -> Result<(&Group, &Policy), ApiError> {
        if let Some(name) = group {
            self.group(name)?;
        }
        let groups = self.groups.values().filter(|known| group.is_none_or(|name| name == known.name));
        let mut policies = groups.flat_map(|group| group.policies.iter().map(move |policy| (group, policy)));
        // By name only with the name of the group, by ARN in any case.
        let is_meant = |(_, known): &(&Group, &Policy)| known.arn == policy || group.is_some() && known.name == policy;
        policies.find(is_meant).ok_or_else(|| {
            // The wording is a guess.
            ApiError::validation(format!("No scaling policy found with name {policy}"))
        })
    }
}

impl PolicyKind {
    fn read(input: &PutScalingPolicyType, group: &Group) -> Result<Self, ApiError> {
        // The API's default is the simple policy, the oldest of them.
        match input.policy_type.as_deref().unwrap_or("SimpleScaling") {
            "SimpleScaling" => Simple::read(input).map(PolicyKind::Simple),
            "StepScaling" => Steps::read(input).map(PolicyKind::Step),
            "TargetTrackingScaling" => {
                let configuration = input.target_tracking_configuration.as_ref().ok_or_else(|| {
                    // The wording is a guess.
                    ApiError::validation(
                        "TargetTrackingConfiguration is required for policy type TargetTrackingScaling.",
                    )
                })?;
                TargetTracking::read(configuration, group).map(PolicyKind::TargetTracking)
            }
            "PredictiveScaling" => Err(ApiError::not_in_this_lab("The policy type PredictiveScaling")),
            other => Err(ApiError::validation(format!(
                "Invalid policy type: {other}. Valid types are SimpleScaling, StepScaling, TargetTrackingScaling and PredictiveScaling."
            ))),
        }
    }
}

fn new_arn(context: &mut Context, group: &str, policy: &str) -> String {
    let uuid = context.new_uuid("autoscaling.policy");
    context.arn("autoscaling", &format!("scalingPolicy:{uuid}:autoScalingGroupName/{group}:policyName/{policy}"))
}
