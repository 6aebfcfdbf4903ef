//! Policies at work: each minute, those whose alarms ring conclude what the group is to want.
use super::alarm::Side;
use super::evaluation::{Clamp, Evaluation};
use super::{Policy, PolicyKind};
use crate::api::ApiError;
use crate::api::autoscaling::ExecutePolicyType;
use crate::cloud::autoscaling::{Group, Process};
use crate::cloud::cloudwatch::Alarm;
use crate::cloud::{Context, EventId, Region};

/// An alarm that rings, as a policy hears of it.
#[derive(Clone, Debug)]
struct Call {
    group: String,
    policy: String,
    alarm: String,
    /// Whether it is the second, the low alarm of a target tracking policy.
    is_low: bool,
    metric: Option<f64>,
    threshold: f64,
    event: Option<EventId>,
}

/// What a policy would have.
struct Proposal {
    wanted: i64,
    measured_on: i64,
    clamp: Option<Clamp>,
    formula: String,
}

impl Region {
    /// Lets every policy whose alarm is in `ALARM` act. Auto Scaling actions repeat each minute while the alarm lasts.
    pub(in crate::cloud) fn run_policies(&mut self, context: &mut Context) {
        let calls = self.calls();
        let mut rest = calls.as_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|call| call.group == first.group).count();
            let (of_group, others) = rest.split_at(count);
            self.answer(context, of_group);
            rest = others;
        }
    }

    /// The alarms that ring and call a policy, by group.
    fn calls(&self) -> Vec<Call> {
        let mut calls: Vec<Call> = Vec::new();
        let ringing = self.cloudwatch.alarms.values().filter(|alarm| alarm.is_acting());
        for alarm in ringing.filter(|alarm| !alarm.actions.is_empty()) {
            for group in self.autoscaling.groups.values() {
                for policy in group.policies.iter().filter(|policy| alarm.actions.contains(&policy.arn)) {
                    calls.push(Call {
                        group: group.name.clone(),
                        policy: policy.name.clone(),
                        alarm: alarm.name.clone(),
                        is_low: policy.alarms.get(1) == Some(&alarm.name),
                        metric: self.latest_value(alarm, policy),
                        threshold: alarm.threshold,
                        event: alarm.event,
                    });
                }
            }
        }
        calls.sort_by(|one, other| one.group.cmp(&other.group));
        calls
    }

    /// The newest value of the alarm's metric, as the policy aggregates it.
    fn latest_value(&self, alarm: &Alarm, policy: &Policy) -> Option<f64> {
        let statistic = match &policy.kind {
            PolicyKind::Step(steps) => steps.aggregation,
            PolicyKind::TargetTracking(_) | PolicyKind::Simple(_) => alarm.statistic,
        };
        let series = self.cloudwatch.series.get(&alarm.key)?;
        let (latest, _) = series.latest()?;
        series.value(latest.floor_to(alarm.period), alarm.period, statistic, alarm.unit)
    }

    /// Weighs what the policies of one group would have: out goes the largest, in goes only what all agree on.
    ///
    /// EC2 Auto Scaling User Guide, "Multiple target tracking scaling policies" and "Multiple dynamic scaling policies".
    fn answer(&mut self, context: &mut Context, calls: &[Call]) {
        let Some(name) = calls.first().map(|call| call.group.clone()) else { return };
        let Some(group) = self.autoscaling.groups.get(&name) else { return };
        let mut proposals: Vec<(&Call, Proposal)> = Vec::new();
        for call in calls {
            let Some(policy) = group.policies.iter().find(|policy| policy.name == call.policy) else { continue };
            proposals.push((call, group.propose(context, policy, call)));
        }
        let chosen = group.choose(&mut proposals);
        let desired = group.desired;
        let Some(group) = self.autoscaling.groups.get_mut(&name) else { return };
        for (index, (call, proposal)) in proposals.into_iter().enumerate() {
            let wanted = proposal.wanted;
            group.conclude(context, call, proposal, desired);
            if chosen == Some(index) {
                group.act(context, call, wanted);
            }
        }
        self.adjust_low_thresholds(&name);
    }

    pub(in crate::cloud::autoscaling) fn execute_policy(
        &mut self,
        context: &mut Context,
        input: &ExecutePolicyType,
    ) -> Result<(), ApiError> {
        let (group, policy) =
            self.autoscaling.find_policy(input.auto_scaling_group_name.as_deref(), &input.policy_name)?;
        let capacity = group.desired;
        let wanted = match &policy.kind {
            PolicyKind::TargetTracking(_) => {
                // The wording is a guess; the operation is documented for simple and step policies.
                let message = "ExecutePolicy is not supported for policies of type TargetTrackingScaling.";
                return Err(ApiError::validation(message));
            }
            PolicyKind::Simple(simple) => simple.adjustment.apply(capacity),
            PolicyKind::Step(steps) => {
                let (Some(value), Some(threshold)) = (input.metric_value, input.breach_threshold) else {
                    // The wording is a guess; both are documented as required for step policies.
                    let message = "MetricValue and BreachThreshold are required for policies of type StepScaling.";
                    return Err(ApiError::validation(message));
                };
                let adjustment = steps.at(value - threshold).ok_or_else(|| {
                    // The wording is a guess.
                    ApiError::validation("No step adjustment found for the metric value and the breach threshold.")
                })?;
                adjustment.apply(capacity)
            }
        };
        if input.honor_cooldown == Some(true) {
            group.check_cooldown(context)?;
        }
        let (name, policy) = (group.name.clone(), policy.name.clone());
        let group = self.autoscaling.group_mut(&name)?;
        group.remember_cooldown(&policy);
        let wanted = wanted.clamp(group.min, group.max);
        group.want(context, wanted, &format!("a user request executed policy {policy}"));
        self.adjust_low_thresholds(&name);
        Ok(())
    }
}

impl Group {
    /// What the policy would have, and what speaks against it.
    fn propose(&self, context: &Context, policy: &Policy, call: &Call) -> Proposal {
        let mut proposal = match &policy.kind {
            PolicyKind::TargetTracking(tracking) => {
                let warm = self.warm(context.now);
                let metric = call.metric.unwrap_or(0.0);
                let (exact, wanted) = (tracking.exact(warm, metric), tracking.wanted(warm, metric));
                let formula = format!("{warm} × {metric:.1} / {} = {exact:.2}, so {wanted}", tracking.target);
                self.limited(context, wanted, (warm, formula), Some(if call.is_low { Side::Low } else { Side::High }))
            }
            PolicyKind::Step(steps) => match steps.at(call.metric.unwrap_or(0.0) - call.threshold) {
                Some(adjustment) => {
                    // Instances that warm up count as what an earlier breach of the same alarm asked for.
                    let warm = self.warm(context.now);
                    let wanted = adjustment.apply(if adjustment.amount > 0 { warm } else { self.desired });
                    let formula = format!("{warm} instances and {}, so {wanted}", adjustment.summary());
                    self.limited(context, wanted, (warm, formula), None)
                }
                None => Proposal {
                    wanted: self.desired,
                    measured_on: self.desired,
                    clamp: Some(Clamp::NoStep),
                    formula: format!("{:?} against the threshold {}", call.metric, call.threshold),
                },
            },
            PolicyKind::Simple(simple) => {
                let wanted = simple.adjustment.apply(self.desired);
                let formula = format!("{} instances and {}, so {wanted}", self.desired, simple.adjustment.summary());
                let mut proposal = self.bounded(wanted, (self.desired, formula));
                if self.check_cooldown(context).is_err() {
                    proposal.clamp = Some(Clamp::Cooldown);
                }
                proposal
            }
        };
        if call.metric.is_none() {
            proposal.clamp = Some(Clamp::NoData);
        }
        if !policy.is_enabled {
            proposal.clamp = Some(Clamp::Disabled);
        }
        if self.is_suspended(Process::AlarmNotification) {
            proposal.clamp = Some(Clamp::Suspended);
        }
        proposal
    }

    /// Within the group's limits, not against instances that warm up, and only to the side that the alarm stands for.
    fn limited(
        &self,
        context: &Context,
        wanted: i64,
        (measured_on, formula): (i64, String),
        side: Option<Side>,
    ) -> Proposal {
        let proposal = self.bounded(wanted, (measured_on, formula));
        let is_warming = self.warming(context.now) > 0;
        let goes_out = proposal.wanted > self.desired && side != Some(Side::Low);
        let goes_in = proposal.wanted < self.desired && side != Some(Side::High);
        let is_limit = |clamp: &Clamp| match clamp {
            Clamp::Maximum => side != Some(Side::Low),
            Clamp::Minimum => side != Some(Side::High),
            Clamp::WarmUp
            | Clamp::Cooldown
            | Clamp::Suspended
            | Clamp::Disabled
            | Clamp::OtherPolicy
            | Clamp::WouldOvershoot
            | Clamp::NoData
            | Clamp::NoStep
            | Clamp::Unchanged => false,
        };
        let clamp = if goes_out {
            None
        } else if goes_in {
            is_warming.then_some(Clamp::WarmUp)
        } else if let Some(limit) = proposal.clamp.filter(is_limit) {
            Some(limit)
        } else if is_warming {
            Some(Clamp::WarmUp)
        } else if side == Some(Side::Low) {
            Some(Clamp::WouldOvershoot)
        } else {
            Some(Clamp::Unchanged)
        };
        Proposal { clamp, ..proposal }
    }

    /// Within the group's limits.
    fn bounded(&self, wanted: i64, (measured_on, formula): (i64, String)) -> Proposal {
        let bounded = wanted.clamp(self.min, self.max);
        let clamp = if bounded != self.desired {
            None
        } else if self.desired == self.max && wanted >= self.max {
            Some(Clamp::Maximum)
        } else if self.desired == self.min && wanted <= self.min {
            Some(Clamp::Minimum)
        } else {
            Some(Clamp::Unchanged)
        };
        Proposal { wanted: bounded, measured_on, clamp, formula }
    }

    /// The proposal that is carried out; the others learn why they are not.
    fn choose(&self, proposals: &mut [(&Call, Proposal)]) -> Option<usize> {
        let all_agree = self.all_agree_to_scale_in(proposals);
        for (call, proposal) in proposals.iter_mut() {
            let goes_in = proposal.clamp.is_none() && proposal.wanted < self.desired;
            if goes_in && call.is_low && !all_agree {
                proposal.clamp = Some(Clamp::OtherPolicy);
            }
        }
        let open = proposals.iter().enumerate().filter(|(_, (_, proposal))| proposal.clamp.is_none());
        let largest = open.max_by_key(|(index, (_, proposal))| (proposal.wanted, usize::MAX - index));
        let chosen = largest.map(|(index, _)| index);
        for (index, (_, proposal)) in proposals.iter_mut().enumerate() {
            if proposal.clamp.is_none() && chosen != Some(index) {
                proposal.clamp = Some(Clamp::OtherPolicy);
            }
        }
        chosen
    }

    /// Whether each enabled target tracking policy that scales in wants to do so now.
    fn all_agree_to_scale_in(&self, proposals: &[(&Call, Proposal)]) -> bool {
        let scales_in = |policy: &&Policy| match &policy.kind {
            PolicyKind::TargetTracking(tracking) => policy.is_enabled && !tracking.scale_in_disabled,
            PolicyKind::Step(_) | PolicyKind::Simple(_) => false,
        };
        self.policies.iter().filter(scales_in).all(|policy| {
            proposals.iter().any(|(call, proposal)| {
                call.policy == policy.name && call.is_low && proposal.clamp.is_none() && proposal.wanted < self.desired
            })
        })
    }

    fn conclude(&mut self, context: &mut Context, call: &Call, proposal: Proposal, desired: i64) {
        if let Some(event) = call.event {
            context.because_of(event);
        }
        let evaluation = Evaluation {
            at: context.now,
            alarm: call.alarm.clone(),
            metric: call.metric,
            measured_on: proposal.measured_on,
            wanted: proposal.wanted,
            desired,
            clamp: proposal.clamp,
            formula: proposal.formula,
        };
        let group = self.name.clone();
        if let Some(policy) = self.policies.iter_mut().find(|policy| policy.name == call.policy) {
            policy.conclude(context, &group, evaluation);
        }
    }

    fn act(&mut self, context: &mut Context, call: &Call, wanted: i64) {
        self.remember_cooldown(&call.policy);
        let reason = format!("a monitor alarm {} in state ALARM triggered policy {}", call.alarm, call.policy);
        self.want(context, wanted, &reason);
    }

    /// The cooldown that begins with the next activity is that of the simple policy that acts.
    fn remember_cooldown(&mut self, policy: &str) {
        let policy = self.policies.iter().find(|known| known.name == policy);
        self.own_cooldown = match policy.map(|policy| &policy.kind) {
            Some(PolicyKind::Simple(simple)) => simple.cooldown,
            Some(PolicyKind::TargetTracking(_) | PolicyKind::Step(_)) | None => None,
        };
    }
}
