//! Launching: where, from what, and what becomes of it.
use std::cmp::Reverse;

use super::activity::Beginning;
use super::group::{ZoneDistribution, to_ec2};
use super::member::{Lifecycle, Phase, Reason, TemplateVersion, Warmed};
use super::{Due, Group, Member, Process};
use crate::api::ApiError;
use crate::api::autoscaling::LaunchTemplateSpecification;
use crate::api::ec2::Tag;
use crate::cloud::ec2::Subnet;
use crate::cloud::{Context, Fact, Region};
use crate::sim::{Distribution, SimDuration};

/// From the start of a launch activity to its end (logs: 31 to 33 s).
const LAUNCH_ACTIVITY: Distribution = Distribution::uniform_secs(30, 34);
/// How long a group waits before it looks again at something that is not ready.
pub(super) const LOOK_AGAIN: SimDuration = SimDuration::from_secs(5);
/// How long a group waits after the first launch that failed; twice as long each time. A guess: AWS documents no times.
const AFTER_FAILURE: SimDuration = SimDuration::from_secs(60);
/// It never waits longer than so many times that.
const LONGEST_WAIT: u64 = 32;
/// After launches failed for so long, and the group has no instance, AWS suspends `Launch`.
const GIVES_UP: SimDuration = SimDuration::from_secs(86_400);
/// What EC2 refuses in one zone and may accept in another.
const OF_THE_ZONE: [&str; 3] = ["InsufficientInstanceCapacity", "Unsupported", "InsufficientFreeAddressesInSubnet"];

/// A launch that EC2 accepted.
pub(super) struct Launched {
    pub instance_id: String,
    pub number: u64,
    pub subnet: Subnet,
    pub template: TemplateVersion,
}

impl Region {
    /// Begins one launch; says whether one was accepted.
    pub(super) fn launch_member(&mut self, context: &mut Context, name: &str) -> bool {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return false };
        let reason = group.next_reason();
        let event = group.owed.front().map_or(group.change.event, |outgoing| outgoing.event);
        if let Some(event) = event {
            context.because_of(event);
        }
        if self.launch_from_warm_pool(context, name) {
            return true;
        }
        let Some(group) = self.autoscaling.groups.get(name) else { return false };
        let cause = group.launch_cause(context, reason);
        let Some(launched) = self.launch_somewhere(context, name, &cause) else { return false };
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return false };
        group.owed.pop_front();
        let description = format!("Launching a new EC2 instance: {}", launched.instance_id);
        group.add_member(context, &launched, (description, cause), (Lifecycle::Pending(Phase::Begun), reason));
        true
    }

    /// Tries the zones in turn, those with the fewest members first. Each refusal is an activity of its own.
    pub(super) fn launch_somewhere(&mut self, context: &mut Context, name: &str, cause: &str) -> Option<Launched> {
        let group = self.autoscaling.groups.get(name)?;
        let tries_others =
            group.distribution == ZoneDistribution::BalancedBestEffort && !group.next_reason().is_about_zones();
        let mut places = self.launch_places(group);
        places.truncate(if tries_others { usize::MAX } else { 1 });
        let template = group.template_of_launches().clone();
        let tags = group.launch_tags();
        for subnet in places {
            match self.launch_in(context, &template, &tags, &subnet) {
                Ok(launched) => {
                    let group = self.autoscaling.groups.get_mut(name)?;
                    group.failures = Default::default();
                    return Some(launched);
                }
                Err(error) => {
                    let is_of_zone = OF_THE_ZONE.contains(&error.code.as_str());
                    self.autoscaling.groups.get_mut(name)?.record_failed_launch(context, cause, (&subnet, &error));
                    if !is_of_zone {
                        break;
                    }
                }
            }
        }
        self.autoscaling.groups.get_mut(name)?.back_off(context);
        None
    }

    pub(super) fn launch_in(
        &mut self,
        context: &mut Context,
        template: &LaunchTemplateSpecification,
        tags: &[Tag],
        subnet: &Subnet,
    ) -> Result<Launched, ApiError> {
        let mut spec = self.ec2.spec_of_template(&to_ec2(template), Some(&subnet.subnet_id))?;
        spec.tags.extend(tags.iter().cloned());
        let template = self.template_of(template);
        let ids = self.ec2.launch(context, &spec, subnet, 1)?;
        let instance_id = ids.into_iter().next().unwrap_or_default();
        let number = self.ec2.instances.get(&instance_id).map_or(0, |instance| instance.number);
        Ok(Launched { instance_id, number, subnet: subnet.clone(), template })
    }

    fn template_of(&self, template: &LaunchTemplateSpecification) -> TemplateVersion {
        let found = self.ec2.template_version(&to_ec2(template)).ok();
        let (id, name) = found.as_ref().map_or_else(Default::default, |(template, _)| {
            (template.launch_template_id.clone(), template.name.clone())
        });
        TemplateVersion { id, name, number: found.map_or(0, |(_, version)| version.number) }
    }

    /// The template version that the group's launches use now.
    pub(super) fn current_template(&self, group: &Group) -> Option<TemplateVersion> {
        let (template, version) = self.ec2.template_version(&to_ec2(group.template_of_launches())).ok()?;
        let (id, name) = (template.launch_template_id.clone(), template.name.clone());
        Some(TemplateVersion { id, name, number: version.number })
    }

    /// A subnet for each zone: the zones with the fewest members first, in each the subnet with the most free addresses.
    ///
    /// EC2 Auto Scaling User Guide, "Auto Scaling benefits for application architecture".
    pub(super) fn launch_places(&self, group: &Group) -> Vec<Subnet> {
        let members_in =
            |zone: &str| group.members.iter().filter(|member| member.zone == *zone && member.stays()).count();
        let mut zones: Vec<&String> = group.zones.iter().collect();
        zones.sort_by_key(|zone| members_in(zone));
        let subnets: Vec<&Subnet> = group.subnets.iter().filter_map(|id| self.ec2.network.subnet(id).ok()).collect();
        let best = |zone: &String| {
            let mut inside: Vec<&Subnet> = subnets.iter().copied().filter(|subnet| subnet.zone == *zone).collect();
            if inside.len() > 1 {
                inside.sort_by_key(|subnet| Reverse(self.ec2.free_addresses(subnet)));
            }
            inside.first().map(|subnet| Subnet::clone(subnet))
        };
        zones.into_iter().filter_map(best).collect()
    }

    /// A launch may be complete: the hooks have their turn, or the member goes into service.
    pub(super) fn end_launch(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let is_warmed = match group.member(instance_id).map(|member| member.lifecycle) {
            Some(Lifecycle::Pending(Phase::Begun)) => false,
            Some(Lifecycle::Warmed(Warmed::Pending(Phase::Begun))) => true,
            Some(_) | None => return,
        };
        let instance = self.ec2.instances.get(instance_id);
        if instance.is_none_or(|instance| instance.is_gone()) {
            let message = "Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: \
                           Client.UserInitiatedShutdown: User initiated shutdown";
            group.lose_member(context, instance_id, ("Failed", message.to_owned()));
            self.reconcile(context, name);
        } else if !instance.is_some_and(|instance| instance.is_running()) {
            let due = Due::LaunchEnds { group: name.to_owned(), instance_id: instance_id.to_owned() };
            context.schedule_in(LOOK_AGAIN, due);
        } else if !group.begin_waits(context, instance_id) {
            if is_warmed {
                self.finish_warming(context, name, instance_id);
            } else {
                self.put_into_service(context, name, instance_id);
            }
        }
    }

    /// Registers a new member with the target groups and puts it into service.
    pub(super) fn put_into_service(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        if !group.is_suspended(Process::AddToLoadBalancer) {
            let arns: Vec<String> = group.target_group_arns().map(str::to_owned).collect();
            arns.iter().for_each(|arn| self.elb.register(context, arn, instance_id));
        }
        let protects = group.protects_new_instances;
        let Some(member) = group.member_mut(instance_id) else { return };
        member.is_protected |= protects;
        let (activity_id, launched_for, launched) = (member.activity_id.clone(), member.launched_for, member.launched);
        group.move_member(context, instance_id, Lifecycle::InService(context.now));
        group.end_activity(context, &activity_id);
        group.begin_cooldown(context.now);
        let due = Due::Reconcile { group: name.to_owned() };
        let warmup = group.warmup_of_replacement(launched_for);
        if warmup > SimDuration::ZERO {
            context.schedule_in(warmup, due);
        }
        if let Some(lifetime) = group.max_lifetime {
            let due = Due::LifetimeEnds { group: name.to_owned(), instance_id: instance_id.to_owned() };
            context.schedule((launched + lifetime).max(context.now), due);
        }
        self.reconcile(context, name);
    }

    /// A member may have become too old.
    pub(super) fn end_lifetime(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let limit = group.max_lifetime;
        let Some(member) = group.member(instance_id) else { return };
        let is_too_old = limit.is_some_and(|limit| context.now.since(member.launched) >= limit);
        if is_too_old && member.lifecycle.is_in_service() && !member.is_protected {
            group.mark_outgoing(context, instance_id, Reason::Lifetime);
            self.reconcile(context, name);
        }
    }
}

impl Group {
    /// Makes a launched instance a member, with the activity that says so.
    pub(super) fn add_member(
        &mut self,
        context: &mut Context,
        launched: &Launched,
        (description, cause): (String, String),
        (lifecycle, launched_for): (Lifecycle, Reason),
    ) {
        let place = Some((launched.subnet.subnet_id.as_str(), launched.subnet.zone.as_str()));
        let activity_id = self.begin_activity(context, Beginning { description, cause, place, progress: 30 });
        self.members.push(Member {
            instance_id: launched.instance_id.clone(),
            number: launched.number,
            zone: launched.subnet.zone.clone(),
            subnet_id: launched.subnet.subnet_id.clone(),
            lifecycle,
            template: Some(launched.template.clone()),
            is_protected: false,
            unhealthy: None,
            found_unhealthy: None,
            impaired_since: None,
            outgoing: None,
            launched: context.now,
            launched_for,
            waits: Vec::new(),
            returns_to_pool: false,
            activity_id,
        });
        self.schedule_launch_end(context, &launched.instance_id, &LAUNCH_ACTIVITY);
    }

    pub(super) fn schedule_launch_end(&self, context: &mut Context, instance_id: &str, time: &Distribution) {
        let delay = time.draw(&mut context.next_random("autoscaling.launch"));
        let due = Due::LaunchEnds { group: self.name.clone(), instance_id: instance_id.to_owned() };
        context.schedule_in(delay, due);
    }

    /// Puts a member into a state and records it.
    pub(super) fn move_member(&mut self, context: &mut Context, instance_id: &str, lifecycle: Lifecycle) {
        let group = self.name.clone();
        let Some(member) = self.member_mut(instance_id) else { return };
        member.lifecycle = lifecycle;
        let instance_id = instance_id.to_owned();
        context.record(Fact::MemberStateChanged { group, instance_id, state: lifecycle.name() });
    }

    /// Removes a member whose launch came to nothing; what it was launched for is owed again.
    pub(super) fn lose_member(&mut self, context: &mut Context, instance_id: &str, end: (&str, String)) {
        let Some(index) = self.members.iter().position(|member| member.instance_id == instance_id) else { return };
        let lost = self.members.remove(index);
        self.fail_activity(context, &lost.activity_id, end);
        if !matches!(lost.launched_for, Reason::Difference | Reason::WarmPool) {
            self.owed.push_back(super::member::Outgoing { reason: lost.launched_for, event: context.cause() });
        }
    }

    /// What launches use: the template of a refresh that is under way, else the group's.
    pub(super) fn template_of_launches(&self) -> &LaunchTemplateSpecification {
        self.active_refresh().and_then(|refresh| refresh.template()).unwrap_or(&self.launch_template)
    }

    pub(super) fn launch_tags(&self) -> Vec<Tag> {
        let propagated = self.tags.iter().filter(|tag| tag.propagate_at_launch == Some(true));
        let own = Tag { key: "aws:autoscaling:groupName".into(), value: self.name.clone() };
        propagated
            .map(|tag| Tag { key: tag.key.clone(), value: tag.value.clone().unwrap_or_default() })
            .chain([own])
            .collect()
    }

    fn record_failed_launch(&mut self, context: &mut Context, cause: &str, (subnet, error): (&Subnet, &ApiError)) {
        let place = Some((subnet.subnet_id.as_str(), subnet.zone.as_str()));
        let description = "Launching a new EC2 instance.".to_owned();
        let beginning = Beginning { description, cause: cause.to_owned(), place, progress: 30 };
        let activity_id = self.begin_activity(context, beginning);
        let sentence = format!("{}. Launching EC2 instance failed.", error.message.trim_end_matches('.'));
        self.fail_activity(context, &activity_id, ("Failed", sentence));
        context.record(Fact::LaunchFailed {
            group: self.name.clone(),
            zone: subnet.zone.clone(),
            code: error.code.clone(),
            message: error.message.clone(),
        });
    }

    /// Waits before the next launch, longer each time; gives up after a day in vain.
    fn back_off(&mut self, context: &mut Context) {
        if self.failures.count == 0 {
            self.failures.since = context.now;
        }
        let times = 1u64.checked_shl(self.failures.count).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
        self.failures.count += 1;
        self.failures.retry_at = context.now + AFTER_FAILURE * times;
        context.schedule(self.failures.retry_at, Due::Reconcile { group: self.name.clone() });
        if self.members.is_empty() && context.now.since(self.failures.since) >= GIVES_UP {
            // The wording is a guess.
            let reason = format!("Administratively suspended at {}", context.now.to_iso8601());
            self.suspended.insert(Process::Launch, reason);
        }
    }

    /// Why an instance is launched, in AWS's words.
    pub(super) fn launch_cause(&self, context: &Context, reason: Reason) -> String {
        let now = context.now.to_iso8601();
        match reason {
            Reason::Difference => {
                let actual = self.actual();
                format!(
                    "{}At {now} an instance was started in response to a difference between desired and actual capacity, increasing \
                     the capacity from {actual} to {}.",
                    self.sentence_before(),
                    actual + 1
                )
            }
            Reason::Unhealthy(_) => format!(
                "At {now} an instance was launched in response to an unhealthy instance needing to be replaced."
            ),
            Reason::Balance => {
                let (zones, counts) = self.zones_and_counts();
                format!(
                    "At {now} availability zones {zones} had {counts} instances respectively. An instance was launched to aid in \
                     balancing the group's zones."
                )
            }
            Reason::InvalidZone => {
                let (zones, counts) = self.invalid_zones_and_counts();
                format!(
                    "At {now} invalid availability zones {zones} had {counts} instances respectively. An instance was launched to aid in \
                     migrating instances from these zones to valid ones."
                )
            }
            Reason::Refresh => format!("At {now} an instance was launched in response to an instance refresh."),
            // The wording is a guess.
            Reason::Lifetime => format!(
                "At {now} an instance was launched in response to an instance that has reached its maximum lifetime."
            ),
            // The wording is a guess; only the description of such an activity is known.
            Reason::WarmPool => format!(
                "At {now} an instance was started in response to a difference between desired and actual capacity of the warm pool."
            ),
        }
    }

    /// The sentence of the last change, with the two spaces that separate it from the next one.
    pub(super) fn sentence_before(&self) -> String {
        if self.change.sentence.is_empty() { String::new() } else { format!("{}  ", self.change.sentence) }
    }

    fn zones_and_counts(&self) -> (String, String) {
        let count =
            |zone: &String| self.members.iter().filter(|one| one.zone == *zone && one.lifecycle.is_active()).count();
        let mut zones: Vec<(&String, usize)> = self.zones.iter().map(|zone| (zone, count(zone))).collect();
        zones.sort_by_key(|(zone, count)| (Reverse(*count), *zone));
        joined(&zones)
    }

    fn invalid_zones_and_counts(&self) -> (String, String) {
        let mut zones: Vec<(&String, usize)> = Vec::new();
        for member in self.members.iter().filter(|one| one.lifecycle.is_active() && !self.zones.contains(&one.zone)) {
            match zones.iter_mut().find(|(zone, _)| **zone == member.zone) {
                Some((_, count)) => *count += 1,
                None => zones.push((&member.zone, 1)),
            }
        }
        joined(&zones)
    }
}

fn joined(zones: &[(&String, usize)]) -> (String, String) {
    let names: Vec<&str> = zones.iter().map(|(zone, _)| zone.as_str()).collect();
    let counts: Vec<String> = zones.iter().map(|(_, count)| count.to_string()).collect();
    (names.join(" "), counts.join(" "))
}
