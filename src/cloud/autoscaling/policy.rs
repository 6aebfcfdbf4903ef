//! Target tracking: a policy that keeps a metric near a value, with the two alarms it makes for itself.
use super::{AutoScaling, Group, Lifecycle};
use crate::api::ApiError;
use crate::api::autoscaling::{
    self as api, DeletePolicyType, DescribePoliciesType, PoliciesType, PolicyARNType, PredefinedMetricSpecification,
    PutScalingPolicyType, ScalingPolicy, TargetTrackingConfiguration,
};
use crate::cloud::cloudwatch::alarm::{self, Comparison};
use crate::cloud::cloudwatch::{Alarm, MetricKey};
use crate::cloud::{Context, Fact, Region};
use crate::sim::SimDuration;

/// A target tracking policy on the group's average CPU utilisation.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The value to keep to, in per cent.
    pub target: f64,
    /// Whether it only ever adds instances.
    pub scale_in_disabled: bool,
    /// Its own warm-up.
    pub warmup: Option<SimDuration>,
    /// The names of its alarms: high, and low unless scale-in is disabled.
    pub alarms: Vec<String>,
}

/// The metric of the policies of this lab.
const CPU_METRIC: &str = "ASGAverageCPUUtilization";

/// What a policy concludes from its alarm.
enum Verdict {
    Change(i64),
    Hold(String),
}

impl Policy {
    /// The threshold of the low alarm. Not documented by AWS; observed thresholds lie between 0.7 and 0.9 of the target, higher for
    /// larger groups, and this guess fits them.
    fn low_threshold(&self, desired: i64) -> f64 {
        let instances = desired.max(1) as f64;
        self.target * ((instances - 1.0) / instances).clamp(0.7, 0.9)
    }

    fn configuration(&self) -> TargetTrackingConfiguration {
        TargetTrackingConfiguration {
            predefined_metric_specification: Some(PredefinedMetricSpecification {
                predefined_metric_type: CPU_METRIC.into(),
                resource_label: None,
            }),
            target_value: self.target,
            disable_scale_in: Some(self.scale_in_disabled),
        }
    }

    fn alarm_shapes(&self, context: &Context) -> Vec<api::Alarm> {
        let shape = |name: &String| api::Alarm { alarm_name: name.clone(), alarm_arn: alarm::arn(context, name) };
        self.alarms.iter().map(shape).collect()
    }
}

impl Region {
    pub(super) fn put_scaling_policy(
        &mut self,
        context: &mut Context,
        input: PutScalingPolicyType,
    ) -> Result<PolicyARNType, ApiError> {
        let configuration = checked_configuration(&input)?;
        let group = self.autoscaling.group(&input.auto_scaling_group_name)?;
        let (group_name, desired) = (group.name.clone(), group.desired);
        let former =
            group.policies.iter().find(|policy| policy.name == input.policy_name).map(|policy| policy.arn.clone());
        let arn = former.unwrap_or_else(|| new_arn(context, &group_name, &input.policy_name));
        let scale_in_disabled = configuration.disable_scale_in == Some(true);
        let sides: &[&str] = if scale_in_disabled { &["High"] } else { &["High", "Low"] };
        let alarms = sides
            .iter()
            .map(|side| format!("TargetTracking-{group_name}-Alarm{side}-{}", context.new_uuid("autoscaling.alarm")))
            .collect();
        let warmup = input.estimated_instance_warmup.map(super::group::seconds);
        let policy = Policy {
            name: input.policy_name,
            arn,
            target: configuration.target_value,
            scale_in_disabled,
            warmup,
            alarms,
        };
        self.remove_alarms(&group_name, &policy.name);
        for (index, name) in policy.alarms.iter().enumerate() {
            let alarm = policy_alarm(context, &group_name, &policy, name, (index == 0, desired));
            self.cloudwatch.alarms.insert(name.clone(), alarm);
        }
        let answer = PolicyARNType { policy_arn: policy.arn.clone(), alarms: policy.alarm_shapes(context) };
        let group = self.autoscaling.group_mut(&group_name)?;
        group.policies.retain(|known| known.name != policy.name);
        group.policies.push(policy);
        Ok(answer)
    }

    pub(super) fn delete_policy(&mut self, input: &DeletePolicyType) -> Result<(), ApiError> {
        let name = input.auto_scaling_group_name.as_deref().unwrap_or_default();
        let group = self.autoscaling.group(name)?;
        if !group.policies.iter().any(|policy| policy.name == input.policy_name) {
            return Err(ApiError::validation(format!("No scaling policy found with name {}", input.policy_name)));
        }
        self.remove_alarms(name, &input.policy_name);
        self.autoscaling.group_mut(name)?.policies.retain(|policy| policy.name != input.policy_name);
        Ok(())
    }

    fn remove_alarms(&mut self, group: &str, policy: &str) {
        let policies = self.autoscaling.groups.get(group).into_iter().flat_map(|group| &group.policies);
        let names: Vec<String> =
            policies.filter(|known| known.name == policy).flat_map(|known| known.alarms.clone()).collect();
        self.cloudwatch.alarms.retain(|name, _| !names.contains(name));
    }

    /// Lets every policy whose alarm is in `ALARM` act. Auto Scaling actions repeat each minute while the alarm lasts.
    pub(in crate::cloud) fn run_policies(&mut self, context: &mut Context) {
        let names: Vec<String> = self.autoscaling.groups.keys().cloned().collect();
        for name in names {
            let Some(group) = self.autoscaling.groups.get(&name) else { continue };
            for policy in group.policies.clone() {
                self.run_policy(context, &name, &policy);
            }
            self.adjust_low_thresholds(&name);
        }
    }

    fn run_policy(&mut self, context: &mut Context, group_name: &str, policy: &Policy) {
        for (index, alarm_name) in policy.alarms.iter().enumerate() {
            let alarm = self.cloudwatch.alarms.get(alarm_name).filter(|alarm| alarm.is_acting());
            let (Some(alarm), Ok(group)) = (alarm, self.autoscaling.group(group_name)) else { continue };
            let Some((_, latest)) = self.cloudwatch.series.get(&alarm.key).and_then(|series| series.latest()) else {
                continue;
            };
            let verdict = verdict(context, group, policy, index == 0, latest.average());
            if let Some(event) = alarm.event {
                context.because_of(event);
            }
            let Ok(group) = self.autoscaling.group_mut(group_name) else { continue };
            match verdict {
                Verdict::Change(desired) => {
                    let reason =
                        format!("a monitor alarm {alarm_name} in state ALARM triggered policy {}", policy.name);
                    group.want(context, desired, &reason);
                }
                Verdict::Hold(reason) => {
                    let (group, policy) = (group_name.to_owned(), policy.name.clone());
                    context.record(Fact::PolicyHeldBack { group, policy, reason });
                }
            }
        }
    }

    fn adjust_low_thresholds(&mut self, group_name: &str) {
        let Some(group) = self.autoscaling.groups.get(group_name) else { return };
        for policy in &group.policies {
            let low = policy.alarms.get(1).and_then(|name| self.cloudwatch.alarms.get_mut(name));
            if let Some(alarm) = low {
                alarm.threshold = policy.low_threshold(group.desired);
            }
        }
    }
}

/// What the policy wants, from the capacity that the metric was measured on.
fn verdict(context: &Context, group: &Group, policy: &Policy, is_high: bool, metric: f64) -> Verdict {
    let warm = group.members.iter().filter(|member| group.is_warm(member, context.now)).count() as f64;
    let exact = warm * metric / policy.target;
    let wanted = libm::ceil(exact) as i64;
    let formula = format!("{warm} × {metric:.1} / {} = {exact:.2}, so {wanted}", policy.target);
    if is_high {
        return match wanted.min(group.max) {
            capped if capped > group.desired => Verdict::Change(capped),
            _ if group.desired == group.max => {
                Verdict::Hold(format!("{formula}; the group is at its maximum of {}.", group.max))
            }
            _ => Verdict::Hold(format!("{formula}; {} are wanted already and warm up.", group.desired)),
        };
    }
    let is_busy = group.members.iter().any(|member| match member.lifecycle {
        Lifecycle::Pending => true,
        Lifecycle::InService(_) => !group.is_warm(member, context.now),
        Lifecycle::Terminating => false,
    });
    if is_busy {
        return Verdict::Hold("An instance warms up, and scale-in waits for it.".into());
    }
    match wanted.max(group.min) {
        fewer if fewer < group.desired => Verdict::Change(fewer),
        _ if group.desired == group.min => {
            Verdict::Hold(format!("{formula}; the group is at its minimum of {}.", group.min))
        }
        _ => Verdict::Hold(format!("{formula}; one instance fewer would push the metric over the target.")),
    }
}

fn checked_configuration(input: &PutScalingPolicyType) -> Result<TargetTrackingConfiguration, ApiError> {
    let kind = input.policy_type.as_deref().unwrap_or("SimpleScaling");
    if kind != "TargetTrackingScaling" {
        return Err(ApiError::not_in_this_lab(format!("The policy type {kind}")));
    }
    let configuration = input.target_tracking_configuration.clone();
    let configuration = configuration.ok_or_else(|| {
        ApiError::validation("TargetTrackingConfiguration is required for policy type TargetTrackingScaling.")
    })?;
    let metric =
        configuration.predefined_metric_specification.as_ref().map(|metric| metric.predefined_metric_type.as_str());
    if metric != Some(CPU_METRIC) {
        return Err(ApiError::not_in_this_lab(format!("The metric {}", metric.unwrap_or("of your own"))));
    }
    if configuration.target_value.is_nan() || configuration.target_value <= 0.0 {
        return Err(ApiError::validation("The target value must be greater than 0."));
    }
    Ok(configuration)
}

fn new_arn(context: &mut Context, group: &str, policy: &str) -> String {
    let uuid = context.new_uuid("autoscaling.policy");
    context.arn("autoscaling", &format!("scalingPolicy:{uuid}:autoScalingGroupName/{group}:policyName/{policy}"))
}

/// The high alarm: above the target in 3 of 3 minutes. The low alarm: below its threshold in 15 of 15.
fn policy_alarm(context: &Context, group: &str, policy: &Policy, name: &str, side: (bool, i64)) -> Alarm {
    let (is_high, desired) = side;
    let periods = if is_high { 3 } else { 15 };
    let key = MetricKey::of("AWS/EC2", "CPUUtilization", "AutoScalingGroupName", group);
    Alarm {
        description: Some(format!("DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {}.", policy.arn)),
        evaluation_periods: periods,
        datapoints_to_alarm: Some(periods),
        threshold: if is_high { policy.target } else { policy.low_threshold(desired) },
        comparison: if is_high { Comparison::Greater } else { Comparison::Less },
        actions: vec![policy.arn.clone()],
        ..Alarm::new(name, key, context.now)
    }
}

impl AutoScaling {
    pub(super) fn describe_policies(&self, context: &Context, input: &DescribePoliciesType) -> PoliciesType {
        let wanted = |group: &&Group| input.auto_scaling_group_name.as_ref().is_none_or(|name| *name == group.name);
        let mut scaling_policies = Vec::new();
        for group in self.groups.values().filter(wanted) {
            let named = |policy: &&Policy| input.policy_names.is_empty() || input.policy_names.contains(&policy.name);
            scaling_policies
                .extend(group.policies.iter().filter(named).map(|policy| policy_shape(context, group, policy)));
        }
        PoliciesType { scaling_policies, next_token: None }
    }
}

fn policy_shape(context: &Context, group: &Group, policy: &Policy) -> ScalingPolicy {
    ScalingPolicy {
        auto_scaling_group_name: group.name.clone(),
        policy_name: policy.name.clone(),
        policy_arn: policy.arn.clone(),
        policy_type: "TargetTrackingScaling".into(),
        estimated_instance_warmup: policy.warmup.map(|warmup| (warmup.as_micros() / 1_000_000) as i64),
        alarms: policy.alarm_shapes(context),
        target_tracking_configuration: Some(policy.configuration()),
        enabled: true,
    }
}
