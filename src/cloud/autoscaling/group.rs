//! Groups: their sizes, zones and members.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::hook::Hook;
use super::member::{Outgoing, Reason, TemplateVersion, Warmed};
use super::refresh::Refresh;
use super::scheduled::ScheduledAction;
use super::settings::LARGEST;
use super::termination::TerminationPolicy;
use super::traffic_source::TrafficSource;
use super::warm_pool::WarmPool;
use super::{Activity, Due, Lifecycle, Member, Policy, Process};
use crate::api::autoscaling::{LaunchTemplateSpecification, Tag};
use crate::api::ec2;
use crate::cloud::{Context, EventId, Fact, Zone};
use crate::sim::{Distribution, SimDuration, SimTime};

/// An Auto Scaling group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// What its instances are launched from.
    pub launch_template: LaunchTemplateSpecification,
    /// The fewest instances.
    pub min: i64,
    /// The most instances.
    pub max: i64,
    /// How many it wants.
    pub desired: i64,
    /// The subnets it launches into, by id.
    pub subnets: Vec<String>,
    /// The zones of those subnets, each once.
    pub zones: Vec<Zone>,
    /// The target groups that its instances are registered with.
    pub traffic_sources: Vec<TrafficSource>,
    /// How it judges health and replaces what is unhealthy.
    pub health: HealthSettings,
    /// The wait between simple scalings; also the warm-up where none is set.
    pub cooldown: SimDuration,
    /// How long a new member does not count in the metrics.
    pub warmup: Option<SimDuration>,
    /// Who goes first at scale-in.
    pub termination_policies: Vec<TerminationPolicy>,
    /// Whether scale-in spares new instances.
    pub protects_new_instances: bool,
    /// How old a member may become.
    pub max_lifetime: Option<SimDuration>,
    /// How many instances there may be while one takes the place of another, in per cent of the desired capacity.
    pub maintenance: Option<Maintenance>,
    /// What happens when a zone does not take a launch.
    pub distribution: ZoneDistribution,
    /// What of it may be deleted.
    pub deletion_protection: DeletionProtection,
    /// A word that is kept for the caller.
    pub context: Option<String>,
    /// Its instances, those of the warm pool too.
    pub members: Vec<Member>,
    /// Its activity history, the newest first.
    pub activities: VecDeque<Activity>,
    /// Its policies.
    pub policies: Vec<Policy>,
    /// Its lifecycle hooks.
    pub hooks: Vec<Hook>,
    /// The processes that are suspended, and why.
    pub suspended: BTreeMap<Process, String>,
    /// Its scheduled actions by name.
    pub scheduled: BTreeMap<String, ScheduledAction>,
    /// Its instance refreshes, the newest first.
    pub refreshes: VecDeque<Refresh>,
    /// Its warm pool.
    pub warm_pool: Option<WarmPool>,
    /// The metrics that it publishes each minute.
    pub metrics: BTreeSet<&'static str>,
    /// When it was made.
    pub created: SimTime,
    /// Whether it is being deleted.
    pub is_deleting: bool,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Why it last wanted another number.
    pub(super) change: Change,
    /// Why launches are due that take the place of others.
    pub(super) owed: VecDeque<Outgoing>,
    /// How launches failed of late.
    pub(super) failures: Failures,
    /// Until when simple policies wait.
    pub(super) cooldown_until: SimTime,
    /// The cooldown of the simple policy that acted last; none for the group's own.
    pub(super) own_cooldown: Option<SimDuration>,
    /// Why nothing was done that is due, as it was last recorded.
    pub(super) held_back: Option<&'static str>,
}

/// How a group judges health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthSettings {
    /// The kinds of checks, as the request named them, such as `ELB`.
    pub kinds: String,
    /// How long a new member is spared from all but the state of its instance.
    pub grace: SimDuration,
}

/// How many instances there may be while one takes the place of another, in per cent of the desired capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maintenance {
    /// The fewest in service.
    pub min_healthy: i64,
    /// The most.
    pub max_healthy: i64,
}

/// What happens when a zone does not take a launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneDistribution {
    /// Another zone is tried.
    BalancedBestEffort,
    /// The same zone is tried again.
    BalancedOnly,
}

/// What of a group may be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionProtection {
    /// The group, with its instances if asked for.
    None,
    /// The group, if it is empty.
    PreventForceDeletion,
    /// Nothing.
    PreventAllDeletion,
}

/// Why a group last wanted another number.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// The sentence of the activity history; empty once the number is reached.
    pub sentence: String,
    /// The event.
    pub event: Option<EventId>,
}

/// Launches that failed, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Failures {
    /// How many.
    pub count: u32,
    /// When the first one failed.
    pub since: SimTime,
    /// Before this moment no other is tried.
    pub retry_at: SimTime,
}

/// From a change of sizes to the first activity (logs: 3 to 24 s).
const RECONCILE: Distribution = Distribution::uniform_secs(3, 24);

impl HealthSettings {
    /// Whether the load balancer's checks count too.
    pub fn trusts_balancer(&self) -> bool {
        self.kinds.split(',').any(|kind| kind.trim() == "ELB")
    }
}

impl Group {
    /// The member with this instance.
    pub fn member(&self, instance_id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.instance_id == instance_id)
    }

    pub(super) fn member_mut(&mut self, instance_id: &str) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.instance_id == instance_id)
    }

    fn count(&self, counts: impl Fn(&Member) -> bool) -> i64 {
        self.members.iter().filter(|member| counts(member)).count() as i64
    }

    /// How many members count towards the desired capacity.
    pub fn actual(&self) -> i64 {
        self.count(|member| member.lifecycle.is_active())
    }

    /// How many of them are to stay.
    pub fn staying(&self) -> i64 {
        self.count(Member::stays)
    }

    /// How many members are in service.
    pub fn in_service(&self) -> i64 {
        self.count(|member| member.lifecycle.is_in_service())
    }

    /// How many members are in this state.
    pub(super) fn count_in(&self, is_wanted: impl Fn(Lifecycle) -> bool) -> i64 {
        self.count(|member| is_wanted(member.lifecycle))
    }

    /// Whether it has all that it wants and nothing is under way.
    pub fn is_steady(&self) -> bool {
        self.in_service() == self.desired
            && self.members.iter().all(|member| match member.lifecycle {
                Lifecycle::InService(_) => member.outgoing.is_none(),
                Lifecycle::Standby => true,
                Lifecycle::Pending(_)
                | Lifecycle::EnteringStandby
                | Lifecycle::Detaching
                | Lifecycle::Terminating(_) => false,
                Lifecycle::Warmed(warmed) => {
                    matches!(warmed, Warmed::Running | Warmed::Stopped)
                }
            })
    }

    /// Whether launches failed and none is tried now.
    pub fn backs_off(&self, now: SimTime) -> bool {
        now < self.failures.retry_at
    }

    /// Whether the member is in service and has been for the warm-up.
    pub fn is_warm(&self, member: &Member, now: SimTime) -> bool {
        member.in_service_since().is_some_and(|since| now.since(since) >= self.warmup_of_policies())
    }

    /// How many members are warm.
    pub fn warm(&self, now: SimTime) -> i64 {
        let warmup = self.warmup_of_policies();
        self.count(|member| member.in_service_since().is_some_and(|since| now.since(since) >= warmup))
    }

    /// How many members are on their way to being warm.
    pub fn warming(&self, now: SimTime) -> i64 {
        self.actual() - self.warm(now)
    }

    /// The longest warm-up of its policies; where they say nothing, the group's, and then the cooldown.
    fn warmup_of_policies(&self) -> SimDuration {
        let own = self.policies.iter().filter_map(|policy| policy.warmup).max();
        own.or(self.warmup).unwrap_or(self.cooldown)
    }

    /// Whether the process is suspended.
    pub fn is_suspended(&self, process: Process) -> bool {
        self.suspended.contains_key(&process)
    }

    /// The target groups by ARN.
    pub fn target_group_arns(&self) -> impl Iterator<Item = &str> {
        let staying = self.traffic_sources.iter().filter(|source| source.leaves_at.is_none());
        staying.map(|source| source.arn.as_str())
    }

    /// Wants another number of instances, and remembers why.
    pub(super) fn want(&mut self, context: &mut Context, desired: i64, reason: &str) {
        let from = self.desired;
        if from == desired {
            return;
        }
        let now = context.now.to_iso8601();
        let sentence = format!("At {now} {reason} changing the desired capacity from {from} to {desired}.");
        let event = self.set_desired(context, desired, &sentence);
        context.because_of(event);
        self.change = Change { sentence, event: Some(event) };
        self.reconcile_soon(context);
    }

    /// A request moves a member in or out, in the words of that activity: the group wants `by` more, so that nothing is left to do; or, if
    /// that is none, just as many, so that another instance is due because of the request. While an earlier change is not reached yet,
    /// what is left to do still follows from that one.
    pub(super) fn keep_in_step(&mut self, context: &mut Context, by: i64, sentence: &str) {
        let event = match by {
            0 => context.cause(),
            _ => Some(self.set_desired(context, self.desired + by, sentence)),
        };
        if self.change.sentence.is_empty() {
            self.change.event = event;
        }
    }

    /// The one place where the desired capacity changes.
    pub(super) fn set_desired(&mut self, context: &mut Context, desired: i64, sentence: &str) -> EventId {
        let (group, reason) = (self.name.clone(), sentence.to_owned());
        let fact = Fact::DesiredCapacityChanged { group, from: self.desired, to: desired, reason };
        self.desired = desired;
        context.record(fact)
    }

    pub(super) fn reconcile_soon(&self, context: &mut Context) {
        let delay = RECONCILE.draw(&mut context.next_random("autoscaling.reconcile"));
        context.schedule_in(delay, Due::Reconcile { group: self.name.clone() });
    }

    /// Begins the wait of simple policies.
    pub(super) fn begin_cooldown(&mut self, now: SimTime) {
        let end = now + self.own_cooldown.unwrap_or(self.cooldown);
        self.cooldown_until = self.cooldown_until.max(end);
    }

    /// Why an instance is launched next: in place of another one, or because the group wants more.
    pub(super) fn next_reason(&self) -> Reason {
        self.owed.front().map_or(Reason::Difference, |outgoing| outgoing.reason)
    }
}

/// Whole seconds of a request; negative ones count as none.
pub(super) fn seconds(number: i64) -> SimDuration {
    SimDuration::from_secs(u64::try_from(number.min(LARGEST)).unwrap_or(0))
}

/// A length in whole seconds, as answers show it.
pub(super) fn whole_seconds(length: SimDuration) -> i64 {
    (length.as_micros() / 1_000_000) as i64
}

/// The template as EC2's shape.
pub(super) fn to_ec2(template: &LaunchTemplateSpecification) -> ec2::LaunchTemplateSpecification {
    ec2::LaunchTemplateSpecification {
        launch_template_id: template.launch_template_id.clone(),
        launch_template_name: template.launch_template_name.clone(),
        version: template.version.clone(),
    }
}

impl TemplateVersion {
    /// The version in Auto Scaling's shape.
    pub(super) fn shape(&self) -> LaunchTemplateSpecification {
        LaunchTemplateSpecification {
            launch_template_id: Some(self.id.clone()),
            launch_template_name: Some(self.name.clone()),
            version: Some(self.number.to_string()),
        }
    }
}
