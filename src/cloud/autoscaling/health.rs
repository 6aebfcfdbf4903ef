//! Health: which members are unhealthy, and how fast they are replaced.
//!
//! EC2 Auto Scaling User Guide, "Health checks for instances in an Auto Scaling group".
use super::member::{Reason, Trouble, TroubleRank};
use super::terminate::not_part_of;
use super::{Due, Group, Member, Process};
use crate::api::ApiError;
use crate::api::autoscaling::SetInstanceHealthQuery;
use crate::cloud::{Context, EventId, Fact, Region};
use crate::sim::{Distribution, SimDuration};

/// From one look at the members to the next (logs: a terminated instance is noticed after 30 to 95 s).
const CHECK: Distribution = Distribution::uniform_secs(30, 60);

/// How long status checks may fail before the instance counts as unhealthy: "a few minutes".
const PATIENCE: SimDuration = SimDuration::from_secs(180);

impl Region {
    /// Looks at each member in service, begins to replace the unhealthy ones, and balances the zones.
    pub(super) fn check_health(&mut self, context: &mut Context, name: &str, arn: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name).filter(|group| group.arn == arn) else { return };
        group.forget_detached(context.now);
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        // The next look follows from the group itself, not from what this one finds.
        let before = context.cause();
        if !group.is_suspended(Process::HealthCheck) {
            let found: Vec<(String, Trouble)> = group
                .members
                .iter()
                .filter(|member| member.is_sound())
                .filter_map(|member| Some((member.instance_id.clone(), self.trouble(context, group, member)?)))
                .collect();
            self.note_checks(context, name);
            if let Some(group) = self.autoscaling.groups.get_mut(name) {
                for (id, trouble) in found {
                    let reason = what_led_to(context, group, &id, trouble);
                    reason.into_iter().for_each(|event| context.because_of(event));
                    group.mark_unhealthy(context, &id, trouble);
                    context.restore_cause(before);
                }
            }
        }
        self.replace_unhealthy(context, name);
        self.balance_zones(context, name);
        context.restore_cause(before);
        let delay = CHECK.draw(&mut context.next_random("autoscaling.health"));
        context.schedule_in(delay, Due::CheckHealth { group: name.to_owned(), arn: arn.to_owned() });
    }

    /// What is wrong with a member in service, if anything.
    fn trouble(&self, context: &Context, group: &Group, member: &Member) -> Option<Trouble> {
        let since = member.in_service_since()?;
        let Some(instance) = self.ec2.instances.get(&member.instance_id) else { return Some(Trouble::NotRunning) };
        if !instance.is_running() {
            return Some(Trouble::NotRunning);
        }
        if context.now.since(since) < group.health.grace {
            return None;
        }
        if member.impaired_since.is_some_and(|impaired| context.now.since(impaired) >= PATIENCE) {
            return Some(Trouble::StatusCheck);
        }
        (group.health.trusts_balancer() && self.fails_behind_balancer(group, member)).then_some(Trouble::Balancer)
    }

    /// Whether a target group that has had a healthy target calls the member unhealthy. An `unused` target says nothing of health.
    fn fails_behind_balancer(&self, group: &Group, member: &Member) -> bool {
        let judging = group.traffic_sources.iter().filter(|source| source.has_passed && source.leaves_at.is_none());
        let mut states =
            judging.filter_map(|source| self.elb.target_state(&self.ec2, &source.arn, &member.instance_id));
        states.any(|target| target.state == "unhealthy")
    }

    /// Notes whose status checks fail, and which target groups have a healthy target: from then on their word counts.
    fn note_checks(&mut self, context: &Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        for member in &mut group.members {
            let is_impaired = self.ec2.instances.get(&member.instance_id).is_some_and(|instance| {
                let checks = self.ec2.status_checks(instance, context.now);
                [checks.system, checks.instance].contains(&"impaired")
            });
            let since = member.impaired_since.unwrap_or(context.now);
            member.impaired_since = is_impaired.then_some(since);
        }
        let members = &group.members;
        for source in group.traffic_sources.iter_mut().filter(|source| !source.has_passed) {
            source.has_passed = members.iter().filter(|member| member.lifecycle.is_in_service()).any(|member| {
                let state = self.elb.target_state(&self.ec2, &source.arn, &member.instance_id);
                state.is_some_and(|target| target.state == "healthy")
            });
        }
    }

    /// Begins to replace unhealthy members: those that do not run at once, the others a tenth of the group at a time.
    pub(super) fn replace_unhealthy(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        if group.is_suspended(Process::ReplaceUnhealthy) || group.is_suspended(Process::Terminate) {
            return;
        }
        let rank = |member: &Member| member.unhealthy.filter(|_| member.stays()).map(Trouble::rank);
        let waiting: Vec<(String, TroubleRank)> =
            group.members.iter().filter_map(|member| Some((member.instance_id.clone(), rank(member)?))).collect();
        if waiting.is_empty() {
            return;
        }
        let mut room = TroubleRank::Paced.at_a_time(group.desired) - group.paced_replacements(context);
        for (id, rank) in waiting {
            if rank == TroubleRank::Paced {
                if room <= 0 {
                    continue;
                }
                room -= 1;
            }
            let before = context.cause();
            if let Some(event) = group.member(&id).and_then(|member| member.found_unhealthy) {
                context.because_of(event);
            }
            group.mark_outgoing(context, &id, Reason::Unhealthy(rank));
            context.restore_cause(before);
        }
        self.reconcile(context, name);
    }

    pub(super) fn set_instance_health(
        &mut self,
        context: &mut Context,
        input: &SetInstanceHealthQuery,
    ) -> Result<(), ApiError> {
        let id = &input.instance_id;
        let group = self
            .autoscaling
            .group_of(id)
            .ok_or_else(|| ApiError::validation(format!("No managed instance found for instance ID: {id}")))?;
        let name = group.name.clone();
        let group = self.autoscaling.group_mut(&name)?;
        let grace = group.health.grace;
        let member = group.member(id).ok_or_else(|| not_part_of(id, &name))?;
        if member.lifecycle.is_ending() {
            // The wording is a guess; the guide says that it is refused.
            return Err(ApiError::validation(format!("The instance {id} is being terminated.")));
        }
        match input.health_status.as_str() {
            "Healthy" => {
                if let Some(member) = group.member_mut(id).filter(|member| member.outgoing.is_none()) {
                    member.unhealthy = None;
                }
            }
            "Unhealthy" => {
                let respects_grace = input.should_respect_grace_period != Some(false);
                let in_grace = member.in_service_since().is_some_and(|since| context.now.since(since) < grace);
                if !(respects_grace && in_grace) {
                    group.mark_unhealthy(context, id, Trouble::Custom);
                    context.schedule_in(super::launch::LOOK_AGAIN, Due::ReplaceUnhealthy { group: name });
                }
            }
            other => {
                // The wording is a guess.
                let message = format!("Health status must be Healthy or Unhealthy, not {other}.");
                return Err(ApiError::validation(message));
            }
        }
        Ok(())
    }
}

/// The event that a finding of the health check follows from; none if the record does not hold it any more.
fn what_led_to(context: &Context, group: &Group, id: &str, trouble: Trouble) -> Option<EventId> {
    match trouble {
        Trouble::NotRunning => context.latest(
            |fact| matches!(fact, Fact::InstanceStateChanged { instance_id, .. } if instance_id == id),
        ),
        // Status checks fail because the instance's zone is lost.
        Trouble::StatusCheck => {
            let zone = &group.member(id)?.zone;
            context.latest(|fact| matches!(fact, Fact::ZoneChanged { zone: lost, is_reachable: false } if lost == zone))
        }
        Trouble::Balancer => context.latest(|fact| {
            matches!(fact, Fact::TargetHealthChanged { instance_id, state: "unhealthy", .. } if instance_id == id)
        }),
        Trouble::Custom => context.cause(),
    }
}

impl Group {
    pub(super) fn mark_unhealthy(&mut self, context: &mut Context, instance_id: &str, trouble: Trouble) {
        let group = self.name.clone();
        let Some(member) = self.member_mut(instance_id) else { return };
        member.unhealthy = Some(trouble);
        let (instance_id, reason) = (instance_id.to_owned(), trouble.words());
        let event = context.record(Fact::MemberUnhealthy { group, instance_id: instance_id.clone(), reason });
        if let Some(member) = self.member_mut(&instance_id) {
            member.found_unhealthy = Some(event);
        }
    }

    /// How many measured replacements are under way: members on their way out, and new ones that are not ready yet.
    fn paced_replacements(&self, context: &Context) -> i64 {
        let paced = Reason::Unhealthy(TroubleRank::Paced);
        let leaving = |member: &&Member| {
            member.lifecycle.is_active() && member.outgoing.is_some_and(|outgoing| outgoing.reason == paced)
        };
        let arriving = |member: &&Member| {
            let is_new = member.lifecycle.is_active() && member.launched_for == paced;
            let warmup = self.warmup.unwrap_or_default();
            let is_ready = member.in_service_since().is_some_and(|since| context.now.since(since) >= warmup);
            is_new && !is_ready
        };
        let under_way = self.members.iter().filter(|member| leaving(member) || arriving(member)).count();
        let owed = self.owed.iter().filter(|outgoing| outgoing.reason == paced).count();
        (under_way + owed) as i64
    }
}
