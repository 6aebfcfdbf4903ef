//! Termination policies: who goes first at scale-in.
//!
//! EC2 Auto Scaling User Guide, "Configure termination policies for Amazon EC2 Auto Scaling".
use std::collections::BTreeMap;

use super::{AutoScaling, Group, Member, TemplateVersion};
use crate::api::ApiError;
use crate::api::autoscaling::DescribeTerminationPolicyTypesAnswer;
use crate::cloud::Context;
use crate::sim::SimTime;

/// Who goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerminationPolicy {
    /// What the current template would make otherwise, then the one that is closest to its next hour, then one by chance.
    Default,
    /// The one that fits the allocation strategy least.
    ///
    /// Simplified: the lab has no groups of mixed instances, which alone have a strategy. A group of one type and one way to pay fits any:
    /// this decides nothing there, and the next policy does.
    AllocationStrategy,
    /// Those of another template, then those of the oldest version.
    OldestLaunchTemplate,
    /// Those of the oldest launch configuration. The lab has none, so this decides nothing.
    OldestLaunchConfiguration,
    /// The one that is closest to its next hour.
    ClosestToNextInstanceHour,
    /// The one that was launched last.
    NewestInstance,
    /// The one that was launched first.
    OldestInstance,
}

impl TerminationPolicy {
    /// All of them, in AWS's order.
    pub const ALL: [TerminationPolicy; 7] = [
        TerminationPolicy::AllocationStrategy,
        TerminationPolicy::ClosestToNextInstanceHour,
        TerminationPolicy::Default,
        TerminationPolicy::NewestInstance,
        TerminationPolicy::OldestInstance,
        TerminationPolicy::OldestLaunchConfiguration,
        TerminationPolicy::OldestLaunchTemplate,
    ];

    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            TerminationPolicy::Default => "Default",
            TerminationPolicy::AllocationStrategy => "AllocationStrategy",
            TerminationPolicy::OldestLaunchTemplate => "OldestLaunchTemplate",
            TerminationPolicy::OldestLaunchConfiguration => "OldestLaunchConfiguration",
            TerminationPolicy::ClosestToNextInstanceHour => "ClosestToNextInstanceHour",
            TerminationPolicy::NewestInstance => "NewestInstance",
            TerminationPolicy::OldestInstance => "OldestInstance",
        }
    }

    /// The policies of a request, in their order.
    ///
    /// Simplified: the lab has no Lambda functions, so a custom policy, which is one, is refused by name.
    pub(super) fn read_all(names: &[String]) -> Result<Vec<Self>, ApiError> {
        let read = |name: &String| {
            if name.starts_with("arn:") {
                return Err(ApiError::not_in_this_lab("A custom termination policy (a Lambda function)"));
            }
            let found = Self::ALL.into_iter().find(|policy| policy.name() == name);
            // The wording is a guess.
            found.ok_or_else(|| ApiError::validation(format!("Invalid termination policy: {name}")))
        };
        let policies = names.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let before_last = policies.len().saturating_sub(1);
        if policies.iter().take(before_last).any(|policy| *policy == TerminationPolicy::Default) {
            // The wording is a guess; the guide says that it must be the last one.
            return Err(ApiError::validation("The Default termination policy must be the last one in the list."));
        }
        Ok(policies)
    }

    /// Those of the candidates that this policy would end first.
    fn narrow<'a>(
        self,
        candidates: Vec<&'a Member>,
        now: SimTime,
        template: Option<&TemplateVersion>,
    ) -> Vec<&'a Member> {
        match self {
            TerminationPolicy::AllocationStrategy | TerminationPolicy::OldestLaunchConfiguration => candidates,
            TerminationPolicy::OldestLaunchTemplate => oldest_template(candidates, template),
            TerminationPolicy::ClosestToNextInstanceHour => closest_to_hour(candidates, now),
            TerminationPolicy::NewestInstance => {
                let last = candidates.iter().map(|member| member.launched).max();
                candidates.into_iter().filter(|member| Some(member.launched) == last).collect()
            }
            TerminationPolicy::OldestInstance => {
                let first = candidates.iter().map(|member| member.launched).min();
                candidates.into_iter().filter(|member| Some(member.launched) == first).collect()
            }
            TerminationPolicy::Default => closest_to_hour(oldest_template(candidates, template), now),
        }
    }
}

/// Those of another template than the current one; if there are none, those of its oldest version.
fn oldest_template<'a>(candidates: Vec<&'a Member>, current: Option<&TemplateVersion>) -> Vec<&'a Member> {
    let is_other = |member: &Member| {
        current.is_some_and(|current| member.template.as_ref().is_none_or(|template| template.id != current.id))
    };
    if candidates.iter().any(|member| is_other(member)) {
        return candidates.into_iter().filter(|member| is_other(member)).collect();
    }
    let version = |member: &Member| member.template.as_ref().map(|template| template.number);
    let oldest = candidates.iter().filter_map(|member| version(member)).min();
    candidates.into_iter().filter(|member| version(member) == oldest).collect()
}

fn closest_to_hour(candidates: Vec<&Member>, now: SimTime) -> Vec<&Member> {
    const HOUR: u64 = 3_600_000_000;
    let left = |member: &Member| HOUR - now.since(member.launched).as_micros() % HOUR;
    let closest = candidates.iter().map(|member| left(member)).min();
    candidates.into_iter().filter(|member| Some(left(member)) == closest).collect()
}

impl Group {
    /// The member that scale-in ends next: in the zone with the most, one that is not protected, by the policies, then by chance.
    ///
    /// If another one is to take a member's place, that member goes first.
    pub(super) fn choose_for_termination(
        &self,
        context: &mut Context,
        template: Option<&TemplateVersion>,
    ) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for member in self.members.iter().filter(|member| member.lifecycle.is_active()) {
            *counts.entry(&member.zone).or_default() += 1;
        }
        let open: Vec<&Member> = self.members.iter().filter(|member| member.stays() && !member.is_protected).collect();
        let count = |member: &Member| counts.get(member.zone.as_str()).copied().unwrap_or(0);
        let most = open.iter().map(|member| count(member)).max()?;
        let candidates = open.into_iter().filter(|member| count(member) == most).collect();
        self.choose_among(context, candidates, template)
    }

    /// The one of the candidates that the policies choose; among equals the default policy does (a guess), and chance at last.
    pub(super) fn choose_among(
        &self,
        context: &mut Context,
        candidates: Vec<&Member>,
        template: Option<&TemplateVersion>,
    ) -> Option<String> {
        let narrow = |left, policy: &TerminationPolicy| policy.narrow(left, context.now, template);
        let policies = self.termination_policies.iter().chain([&TerminationPolicy::Default]);
        let left = policies.fold(candidates, narrow);
        if left.len() > 1 {
            let index = context.next_random("autoscaling.termination").below(left.len() as u64);
            return left.get(usize::try_from(index).unwrap_or(0)).map(|member| member.instance_id.clone());
        }
        left.first().map(|member| member.instance_id.clone())
    }
}

impl AutoScaling {
    pub(super) fn describe_termination_policies() -> DescribeTerminationPolicyTypesAnswer {
        let names = TerminationPolicy::ALL.map(|policy| policy.name().to_owned());
        DescribeTerminationPolicyTypesAnswer { termination_policy_types: names.into() }
    }
}
