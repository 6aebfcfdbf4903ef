//! From the number a group wants to what it does next: launch, scale in, replace.
use super::group::Maintenance;
use super::member::{Outgoing, Reason, TroubleRank};
use super::{Due, Group, Member, Process};
use crate::cloud::{Context, Fact, Region};
use crate::sim::{SimDuration, SimTime};

/// From the start of a termination to the launch of its replacement (logs: 1 to 2 s).
const REPLACE: SimDuration = SimDuration::from_secs(2);

/// What a group does next.
#[derive(Debug, PartialEq)]
enum Step {
    /// It launches one instance.
    Launch,
    /// It takes one out that is too many.
    ScaleIn,
    /// It takes this one out; another one has its place, or will have.
    Replace(String),
    /// Nothing.
    Rest,
}

impl Region {
    /// Compares what the group has with what it wants, and begins what is missing or too much.
    pub(super) fn reconcile(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        group.settle_debts();
        let mut has_replaced = false;
        while let Some(group) = self.autoscaling.groups.get(name) {
            let goes_on = match group.next_step(context.now) {
                Step::Launch if has_replaced => {
                    context.schedule_in(REPLACE, Due::Reconcile { group: name.to_owned() });
                    false
                }
                Step::Launch => self.launch_member(context, name),
                Step::ScaleIn => self.scale_in_one(context, name),
                Step::Replace(instance_id) => {
                    has_replaced = true;
                    self.take_out_for_replacement(context, name, &instance_id);
                    true
                }
                Step::Rest => false,
            };
            if !goes_on {
                break;
            }
        }
        self.tend_warm_pool(context, name);
        if let Some(group) = self.autoscaling.groups.get_mut(name) {
            group.record_hold(context);
            if group.staying() == group.desired {
                group.change.sentence.clear();
            }
        }
        self.autoscaling.forget_if_deleted(name);
    }
}

impl Group {
    /// Has another instance take the place of this one.
    pub(super) fn mark_outgoing(&mut self, context: &mut Context, instance_id: &str, reason: Reason) {
        let event = context.cause();
        let Some(member) = self.member_mut(instance_id).filter(|member| member.stays()) else { return };
        let outgoing = Outgoing { reason, event };
        member.outgoing = Some(outgoing);
        self.owed.push_back(outgoing);
    }

    /// Forgets launches that are owed and no longer needed.
    pub(super) fn settle_debts(&mut self) {
        let needed = usize::try_from(self.desired - self.staying()).unwrap_or(0);
        self.owed.truncate(needed);
    }

    fn next_step(&self, now: SimTime) -> Step {
        let staying = self.staying();
        if !self.is_suspended(Process::Terminate) {
            if let Some(member) = self.next_to_replace(now) {
                return Step::Replace(member.instance_id.clone());
            }
            if staying > self.desired {
                return Step::ScaleIn;
            }
        }
        let may_launch = !self.is_suspended(Process::Launch) && !self.is_deleting && !self.backs_off(now);
        if may_launch && staying < self.desired && self.actual() < self.ceiling() {
            return Step::Launch;
        }
        Step::Rest
    }

    /// The member that another one is to take the place of, if it can be spared now.
    fn next_to_replace(&self, now: SimTime) -> Option<&Member> {
        let ready = self.members.iter().filter(|member| self.is_ready(member, now)).count() as i64;
        let ready_to_stay =
            self.members.iter().filter(|member| member.stays() && self.is_ready(member, now)).count() as i64;
        let can_go = |member: &&Member| {
            let Some(outgoing) = member.outgoing.filter(|_| member.lifecycle.is_active()) else { return false };
            let left = ready - i64::from(self.is_ready(member, now));
            ready_to_stay >= self.desired || left >= self.floor(outgoing.reason)
        };
        let mut candidates = self.members.iter().filter(can_go);
        let first = candidates.next()?;
        // What is unhealthy goes first, then what was launched first.
        Some(candidates.fold(first, |best, member| {
            let key = |member: &Member| (member.unhealthy.is_none(), member.launched);
            if key(member) < key(best) { member } else { best }
        }))
    }

    /// Whether a member carries its part of the load: in service, sound, and past the warm-up of a replacement.
    pub(super) fn is_ready(&self, member: &Member, now: SimTime) -> bool {
        let warmup = self.warmup_of_replacement(member.launched_for);
        member.is_sound() && member.in_service_since().is_some_and(|since| now.since(since) >= warmup)
    }

    /// How long a new instance does not count towards the healthy ones.
    pub(super) fn warmup_of_replacement(&self, launched_for: Reason) -> SimDuration {
        match launched_for {
            Reason::Refresh => self.active_refresh().map_or(SimDuration::ZERO, |refresh| refresh.warmup(self)),
            Reason::Unhealthy(_) | Reason::Lifetime if self.maintenance.is_some() => self.warmup.unwrap_or_default(),
            Reason::Unhealthy(_)
            | Reason::Lifetime
            | Reason::Difference
            | Reason::Balance
            | Reason::InvalidZone
            | Reason::WarmPool => SimDuration::ZERO,
        }
    }

    /// The percentages that hold for a replacement; none if it ends the old instance at once.
    fn percentages(&self, reason: Reason) -> Option<Maintenance> {
        match reason {
            Reason::Unhealthy(_) => self.maintenance,
            Reason::Refresh => Some(self.refresh_percentages()),
            // Without a policy the percentages of an instance refresh hold: a guess.
            Reason::Lifetime => Some(self.maintenance.unwrap_or(Maintenance::REFRESH)),
            Reason::Difference | Reason::Balance | Reason::InvalidZone | Reason::WarmPool => None,
        }
    }

    /// How many ready instances there must be while one is replaced for this reason.
    fn floor(&self, reason: Reason) -> i64 {
        match reason {
            Reason::Balance | Reason::InvalidZone => self.desired,
            Reason::Unhealthy(_) | Reason::Refresh | Reason::Lifetime | Reason::Difference | Reason::WarmPool => {
                self.percentages(reason).map_or(0, |percentages| percentages.floor(self.desired))
            }
        }
    }

    /// How many instances there may be, those included that others take the place of.
    ///
    /// EC2 Auto Scaling User Guide, "Rebalancing activities": over the maximum by 10 per cent or by one, whichever is more.
    fn ceiling(&self) -> i64 {
        let margin = (self.max / 10).max(1);
        let leaving = self.members.iter().filter(|member| member.lifecycle.is_active());
        let reasons = leaving.filter_map(|member| member.outgoing).map(|outgoing| outgoing.reason);
        let moving = reasons.clone().filter(|reason| matches!(reason, Reason::Balance | Reason::InvalidZone)).count();
        let balancing = (self.desired + moving as i64).min(self.max + margin);
        let of_percentages = reasons.filter_map(|reason| self.percentages(reason)).map(|one| one.ceiling(self.desired));
        of_percentages.chain([balancing, self.desired]).max().unwrap_or(self.desired)
    }

    /// Records why nothing is done that is due, when the reason changes.
    fn record_hold(&mut self, context: &mut Context) {
        let (staying, desired) = (self.staying(), self.desired);
        let held = if staying < desired && self.is_suspended(Process::Launch) {
            Some("Launch is suspended")
        } else if staying > desired && self.is_suspended(Process::Terminate) {
            Some("Terminate is suspended")
        } else if staying < desired && self.backs_off(context.now) {
            Some("launches failed and are tried again later")
        } else if staying > desired {
            Some("all remaining instances are protected from scale-in")
        } else {
            None
        };
        if let Some(reason) = held.filter(|_| held != self.held_back) {
            context.record(Fact::GroupHeldBack { group: self.name.clone(), desired, actual: staying, reason });
        }
        self.held_back = held;
    }
}

impl Maintenance {
    /// What an instance refresh does unless it is told otherwise.
    pub const REFRESH: Maintenance = Maintenance { min_healthy: 90, max_healthy: 100 };

    /// The fewest ready instances, rounded up. If that would let nothing happen, one fewer.
    pub(super) fn floor(self, desired: i64) -> i64 {
        let exact = rounded_up(desired, self.min_healthy);
        if exact >= desired && self.ceiling(desired) <= desired { (desired - 1).max(0) } else { exact }
    }

    /// The most instances, rounded up.
    pub(super) fn ceiling(self, desired: i64) -> i64 {
        rounded_up(desired, self.max_healthy)
    }
}

fn rounded_up(count: i64, percent: i64) -> i64 {
    (count * percent + 99).div_euclid(100)
}

impl TroubleRank {
    /// How many of `desired` are acted on at a time.
    pub(super) fn at_a_time(self, desired: i64) -> i64 {
        match self {
            TroubleRank::AtOnce => i64::MAX,
            TroubleRank::Paced => (desired / 10).max(1),
        }
    }
}
