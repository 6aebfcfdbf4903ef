//! Instance refresh: replacing the instances of a group little by little.
//!
//! EC2 Auto Scaling User Guide, "Use an instance refresh to update instances in an Auto Scaling group".
use super::group::{Maintenance, seconds, to_ec2, whole_seconds};
use super::member::{Lifecycle, Reason, TemplateVersion};
use super::settings::{check_not_negative, check_range, check_spread};
use super::{AutoScaling, Due, Group, Process};
use crate::api::ApiError;
use crate::api::autoscaling::{
    self as api, AlarmSpecification, CancelInstanceRefreshAnswer, CancelInstanceRefreshType,
    DescribeInstanceRefreshesAnswer, DescribeInstanceRefreshesType, DesiredConfiguration, InstanceRefresh,
    LaunchTemplateSpecification, RefreshPreferences, RollbackInstanceRefreshAnswer, RollbackInstanceRefreshType,
    StartInstanceRefreshAnswer, StartInstanceRefreshType,
};
use crate::cloud::cloudwatch::AlarmState;
use crate::cloud::{Context, PageRequest, Region};
use crate::sim::{SimDuration, SimTime};

/// An instance refresh.
#[derive(Clone, Debug)]
pub struct Refresh {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub status: Status,
    /// Why it stands so.
    pub reason: Option<String>,
    /// When it began.
    pub started: SimTime,
    /// When it ended.
    pub ended: Option<SimTime>,
    /// How careful it is.
    pub preferences: Preferences,
    /// What the new instances are launched from, if not from the group's own template.
    pub desired: Option<LaunchTemplateSpecification>,
    /// How many instances are to be replaced.
    pub total: i64,
    /// The way back, once it is taken.
    pub rollback: Option<Rollback>,
    /// The instances that are still to be replaced.
    old: Vec<String>,
    /// The checkpoint that comes next, and until when it waits at one.
    next_checkpoint: usize,
    waits_until: Option<SimTime>,
    /// How far it was, and since when.
    progress: (i64, SimTime),
}

/// How a refresh stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has not begun.
    Pending,
    /// It replaces instances.
    InProgress,
    /// All are replaced, and it watches.
    Baking,
    /// It ends where it is.
    Cancelling,
    /// It goes back.
    RollbackInProgress,
    /// It is done.
    Successful,
    /// It came to nothing.
    Failed,
    /// It ended where it was.
    Cancelled,
    /// It went back.
    RollbackSuccessful,
    /// It could not go back.
    RollbackFailed,
}

/// The way back.
#[derive(Clone, Debug)]
pub struct Rollback {
    /// Why.
    pub reason: String,
    /// Since when.
    pub started: SimTime,
    /// How far the refresh had come, in per cent.
    pub percentage: i64,
    /// How many instances were to be replaced then.
    pub to_update: i64,
}

/// How careful a refresh is.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// How many instances there may be.
    pub percentages: Maintenance,
    /// How long a new instance does not count.
    pub warmup: Option<SimDuration>,
    /// Where it waits, in per cent.
    pub checkpoints: Vec<i64>,
    /// How long it waits there.
    pub delay: SimDuration,
    /// Whether instances that are as they should be stay.
    pub skips_matching: bool,
    /// Whether it goes back if it fails.
    pub rolls_back: bool,
    /// What happens with protected instances.
    pub protected: Special,
    /// What happens with instances in standby.
    pub standby: Special,
    /// The alarms that end it.
    pub alarms: Vec<String>,
    /// How long it watches at the end.
    pub bake: SimDuration,
}

/// What a refresh does with instances that others would leave alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// It waits for them, an hour at most.
    Wait,
    /// It leaves them as they are.
    Ignore,
    /// It replaces them.
    Replace,
}

/// How often a refresh looks at how far it is.
const TICK: SimDuration = SimDuration::from_secs(15);
/// Without progress for so long it fails.
const PATIENCE: SimDuration = SimDuration::HOUR;
/// How many refreshes a group remembers. Simplified: AWS keeps those of six weeks.
const KEPT: usize = 50;

impl Status {
    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Pending => "Pending",
            Status::InProgress => "InProgress",
            Status::Baking => "Baking",
            Status::Cancelling => "Cancelling",
            Status::RollbackInProgress => "RollbackInProgress",
            Status::Successful => "Successful",
            Status::Failed => "Failed",
            Status::Cancelled => "Cancelled",
            Status::RollbackSuccessful => "RollbackSuccessful",
            Status::RollbackFailed => "RollbackFailed",
        }
    }

    /// Whether it goes on.
    pub fn is_active(self) -> bool {
        match self {
            Status::Pending | Status::InProgress | Status::Baking | Status::Cancelling | Status::RollbackInProgress => {
                true
            }
            Status::Successful
            | Status::Failed
            | Status::Cancelled
            | Status::RollbackSuccessful
            | Status::RollbackFailed => false,
        }
    }
}

impl Special {
    fn read(name: Option<&str>, replace: &str) -> Result<Self, ApiError> {
        match name {
            None | Some("Wait") => Ok(Special::Wait),
            Some("Ignore") => Ok(Special::Ignore),
            Some(name) if name == replace => Ok(Special::Replace),
            // The check of the published words has refused all others.
            Some(name) => Err(ApiError::validation(format!("{name} is not one of Wait, Ignore, {replace}"))),
        }
    }

    fn name(self, replace: &str) -> String {
        match self {
            Special::Wait => "Wait".into(),
            Special::Ignore => "Ignore".into(),
            Special::Replace => replace.into(),
        }
    }
}

impl Preferences {
    /// The preferences of a request. Wordings are guesses; the limits are documented.
    fn read(input: &RefreshPreferences, group: &Group) -> Result<Self, ApiError> {
        let base = group.maintenance.unwrap_or(Maintenance::REFRESH);
        let percentages = Maintenance {
            min_healthy: input.min_healthy_percentage.unwrap_or(base.min_healthy),
            max_healthy: input.max_healthy_percentage.unwrap_or(base.max_healthy),
        };
        check_range("preferences.minHealthyPercentage", percentages.min_healthy, 0, 100)?;
        check_range("preferences.maxHealthyPercentage", percentages.max_healthy, 100, 200)?;
        if input.max_healthy_percentage.is_some() && input.min_healthy_percentage.is_none() {
            let message = "If you specify MaxHealthyPercentage, you must also specify MinHealthyPercentage.";
            return Err(ApiError::validation(message));
        }
        check_spread(percentages.min_healthy, percentages.max_healthy)?;
        let checkpoints = input.checkpoint_percentages.clone();
        checkpoints.iter().try_for_each(|one| check_range("preferences.checkpointPercentages", *one, 1, 100))?;
        if !checkpoints.is_sorted_by(|one, next| one < next) {
            return Err(ApiError::validation("CheckpointPercentages must be in ascending order."));
        }
        let (warmup, delay) = (input.instance_warmup, input.checkpoint_delay.unwrap_or(3_600));
        check_range("preferences.checkpointDelay", delay, 0, 172_800)?;
        let bake = input.bake_time.unwrap_or(0);
        check_range("preferences.bakeTime", bake, 0, 172_800)?;
        warmup.map_or(Ok(()), |number| check_not_negative("preferences.instanceWarmup", number))?;
        Ok(Preferences {
            percentages,
            warmup: warmup.map(seconds),
            checkpoints,
            delay: seconds(delay),
            skips_matching: input.skip_matching == Some(true),
            rolls_back: input.auto_rollback == Some(true),
            protected: Special::read(input.scale_in_protected_instances.as_deref(), "Refresh")?,
            standby: standby(input.standby_instances.as_deref())?,
            alarms: input.alarm_specification.clone().unwrap_or_default().alarms,
            bake: seconds(bake),
        })
    }

    fn shape(&self) -> RefreshPreferences {
        let alarms = (!self.alarms.is_empty()).then(|| AlarmSpecification { alarms: self.alarms.clone() });
        RefreshPreferences {
            min_healthy_percentage: Some(self.percentages.min_healthy),
            max_healthy_percentage: Some(self.percentages.max_healthy),
            instance_warmup: self.warmup.map(whole_seconds),
            checkpoint_percentages: self.checkpoints.clone(),
            checkpoint_delay: (!self.checkpoints.is_empty()).then_some(whole_seconds(self.delay)),
            skip_matching: Some(self.skips_matching),
            auto_rollback: Some(self.rolls_back),
            scale_in_protected_instances: Some(self.protected.name("Refresh")),
            standby_instances: Some(self.standby.name("Terminate")),
            alarm_specification: alarms,
            bake_time: Some(whole_seconds(self.bake)),
        }
    }
}

/// Simplified: instances in standby are waited for or left alone, and never terminated.
fn standby(name: Option<&str>) -> Result<Special, ApiError> {
    match Special::read(name, "Terminate")? {
        Special::Replace => Err(ApiError::not_in_this_lab("An instance refresh that terminates instances in standby")),
        special @ (Special::Wait | Special::Ignore) => Ok(special),
    }
}

impl Refresh {
    /// How long a new instance does not count towards the healthy ones.
    pub(super) fn warmup(&self, group: &Group) -> SimDuration {
        self.preferences.warmup.or(group.warmup).unwrap_or(group.health.grace)
    }

    /// What launches use while it goes on; none for the group's own template.
    pub(super) fn template(&self) -> Option<&LaunchTemplateSpecification> {
        self.desired.as_ref().filter(|_| self.rollback.is_none())
    }

    fn end(&mut self, now: SimTime, status: Status, reason: Option<String>) {
        (self.status, self.reason, self.ended) = (status, reason, Some(now));
    }

    fn shape(&self, group: &Group, now: SimTime) -> InstanceRefresh {
        let has_begun = self.status != Status::Pending;
        let percentage = if self.status == Status::Successful { 100 } else { self.percentage(group, now) };
        InstanceRefresh {
            instance_refresh_id: self.id.clone(),
            auto_scaling_group_name: group.name.clone(),
            status: self.status.name().into(),
            status_reason: self.reason.clone(),
            start_time: Some(self.started.to_iso8601()),
            end_time: self.ended.map(SimTime::to_iso8601),
            percentage_complete: has_begun.then_some(percentage),
            instances_to_update: has_begun.then(|| self.remaining(group, now)),
            progress_details: None,
            preferences: Some(self.preferences.shape()),
            desired_configuration: self
                .desired
                .clone()
                .map(|template| DesiredConfiguration { launch_template: Some(template) }),
            rollback_details: self.rollback.as_ref().map(|rollback| api::RollbackDetails {
                rollback_reason: Some(rollback.reason.clone()),
                rollback_start_time: Some(rollback.started.to_iso8601()),
                percentage_complete_on_rollback: Some(rollback.percentage),
                instances_to_update_on_rollback: Some(rollback.to_update),
                progress_details_on_rollback: None,
            }),
            strategy: Some("Rolling".into()),
        }
    }

    /// How many instances are not replaced yet: old ones that are still there, or whose replacements are not ready.
    fn remaining(&self, group: &Group, now: SimTime) -> i64 {
        if !self.status.is_active() {
            return (self.total * (100 - self.progress.0)).div_euclid(100);
        }
        let is_there = |id: &&String| group.member(id).is_some_and(|member| !member.lifecycle.is_ending());
        let old = self.old.iter().filter(is_there).count() as i64;
        let missing = (group.desired - group.staying()).max(0);
        let new = group
            .members
            .iter()
            .filter(|member| member.launched_for == Reason::Refresh && member.stays() && !group.is_ready(member, now));
        (old.max(missing) + new.count() as i64).min(self.total)
    }

    fn percentage(&self, group: &Group, now: SimTime) -> i64 {
        if self.status.is_active() {
            (self.total - self.remaining(group, now)) * 100 / self.total.max(1)
        } else {
            self.progress.0
        }
    }
}

impl Region {
    pub(super) fn start_refresh(
        &mut self,
        context: &mut Context,
        input: &StartInstanceRefreshType,
    ) -> Result<StartInstanceRefreshAnswer, ApiError> {
        if input.strategy.as_deref().is_some_and(|strategy| strategy != "Rolling") {
            return Err(ApiError::not_in_this_lab("The instance refresh strategy ReplaceRootVolume"));
        }
        let name = &input.auto_scaling_group_name;
        let group = self.autoscaling.group(name)?;
        if group.active_refresh().is_some() {
            let message =
                "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.";
            return Err(ApiError::new("InstanceRefreshInProgress", message));
        }
        let preferences = Preferences::read(&input.preferences.clone().unwrap_or_default(), group)?;
        let desired = input.desired_configuration.as_ref().and_then(|desired| desired.launch_template.clone());
        desired.iter().try_for_each(|template| self.check_template(template))?;
        if preferences.rolls_back {
            check_can_go_back(desired.as_ref(), &group.launch_template)?;
        }
        let refresh = Refresh {
            id: context.new_uuid("autoscaling.refresh"),
            status: Status::Pending,
            reason: None,
            started: context.now,
            ended: None,
            preferences,
            desired,
            total: 0,
            rollback: None,
            old: Vec::new(),
            next_checkpoint: 0,
            waits_until: None,
            progress: (0, context.now),
        };
        let id = refresh.id.clone();
        let group = self.autoscaling.group_mut(name)?;
        group.refreshes.push_front(refresh);
        group.refreshes.truncate(KEPT);
        context.schedule_in(TICK, Due::Refresh { group: name.clone(), id: id.clone() });
        Ok(StartInstanceRefreshAnswer { instance_refresh_id: id })
    }

    pub(super) fn cancel_refresh(
        &mut self,
        context: &mut Context,
        input: &CancelInstanceRefreshType,
    ) -> Result<CancelInstanceRefreshAnswer, ApiError> {
        let name = &input.auto_scaling_group_name;
        let refresh = self.autoscaling.group_mut(name)?.active_refresh_or_refusal()?;
        (refresh.status, refresh.reason) = (Status::Cancelling, Some("Cancelled due to user request.".into()));
        let id = refresh.id.clone();
        self.tick_refresh(context, name, &id);
        Ok(CancelInstanceRefreshAnswer { instance_refresh_id: id })
    }

    pub(super) fn roll_back_refresh(
        &mut self,
        context: &mut Context,
        input: &RollbackInstanceRefreshType,
    ) -> Result<RollbackInstanceRefreshAnswer, ApiError> {
        let name = &input.auto_scaling_group_name;
        let group = self.autoscaling.group(name)?;
        let own = group.launch_template.clone();
        let refresh = self.autoscaling.group_mut(name)?.active_refresh_or_refusal()?;
        check_can_go_back(refresh.desired.as_ref(), &own)?;
        let id = refresh.id.clone();
        if refresh.rollback.is_none() {
            self.go_back(context, name, "Rollback was requested by the user.".into());
            self.tick_refresh(context, name, &id);
        }
        Ok(RollbackInstanceRefreshAnswer { instance_refresh_id: id })
    }

    /// Looks at how far a refresh is, and has the next instances replaced.
    pub(super) fn refresh_is_due(&mut self, context: &mut Context, name: &str, id: &str) {
        self.tick_refresh(context, name, id);
        let is_active = |group: &Group| group.active_refresh().is_some_and(|refresh| refresh.id == id);
        if self.autoscaling.groups.get(name).is_some_and(is_active) {
            context.schedule_in(TICK, Due::Refresh { group: name.to_owned(), id: id.to_owned() });
        }
    }

    fn tick_refresh(&mut self, context: &mut Context, name: &str, id: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let Some(refresh) = group.active_refresh().filter(|refresh| refresh.id == id) else { return };
        let status = refresh.status;
        if group.is_suspended(Process::InstanceRefresh) && status != Status::Cancelling {
            return;
        }
        match status {
            Status::Pending => self.begin_refresh(context, name),
            Status::Cancelling => self.go_on_cancelling(context, name),
            Status::InProgress | Status::Baking | Status::RollbackInProgress => self.go_on(context, name),
            Status::Successful
            | Status::Failed
            | Status::Cancelled
            | Status::RollbackSuccessful
            | Status::RollbackFailed => {}
        }
        self.reconcile(context, name);
    }

    fn begin_refresh(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let target = self.current_template(group);
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let skips = group.active_refresh().is_some_and(|refresh| refresh.preferences.skips_matching);
        let old = group.ids_to_replace(skips.then_some(target).flatten().as_ref());
        let (now, total) = (context.now, old.len() as i64);
        let Some(refresh) = group.active_refresh_mut() else { return };
        (refresh.status, refresh.total, refresh.old, refresh.progress) = (Status::InProgress, total, old, (0, now));
        self.go_on(context, name);
    }

    fn go_on(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let Some(refresh) = group.active_refresh() else { return };
        let (percentage, is_back) = (refresh.percentage(group, context.now), refresh.rollback.is_some());
        let rings =
            |name: &&String| self.cloudwatch.alarms.get(*name).is_some_and(|alarm| alarm.state == AlarmState::Alarm);
        if let Some(alarm) = refresh.preferences.alarms.iter().find(rings).filter(|_| !is_back) {
            let reason = format!("Alarm {alarm} went into the ALARM state.");
            self.fail_refresh(context, name, reason);
            return;
        }
        let is_complete = percentage >= 100 || refresh.total == 0;
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(refresh) = group.active_refresh_mut() else { return };
        if percentage > refresh.progress.0 {
            refresh.progress = (percentage, context.now);
        }
        if is_complete {
            self.complete_refresh(context, name);
        } else if context.now.since(refresh.progress.1) >= PATIENCE && refresh.waits_until.is_none() {
            self.fail_refresh(context, name, "No instance could be replaced for one hour.".into());
        } else {
            group.replace_more(context, percentage);
        }
    }

    /// All are replaced: the refresh watches for a while, then it is done, and the group has its new template.
    fn complete_refresh(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(refresh) = group.active_refresh_mut() else { return };
        refresh.progress = (100, context.now);
        if refresh.rollback.is_some() {
            refresh.end(context.now, Status::RollbackSuccessful, None);
            return;
        }
        let until = *refresh.waits_until.get_or_insert(context.now + refresh.preferences.bake);
        if refresh.status != Status::Baking && refresh.preferences.bake > SimDuration::ZERO {
            refresh.waits_until = Some(context.now + refresh.preferences.bake);
            refresh.status = Status::Baking;
            return;
        }
        if refresh.status == Status::Baking && context.now < until {
            return;
        }
        refresh.end(context.now, Status::Successful, None);
        if let Some(template) = refresh.desired.clone() {
            group.launch_template = template;
        }
    }

    fn fail_refresh(&mut self, context: &mut Context, name: &str, reason: String) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        group.spare_the_rest();
        let Some(refresh) = group.active_refresh_mut() else { return };
        if refresh.preferences.rolls_back && refresh.rollback.is_none() {
            self.go_back(context, name, reason);
        } else {
            let status = if refresh.rollback.is_some() { Status::RollbackFailed } else { Status::Failed };
            refresh.end(context.now, status, Some(reason));
        }
    }

    /// Has the instances replaced that were launched from the new template.
    fn go_back(&mut self, context: &mut Context, name: &str, reason: String) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        group.spare_the_rest();
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let Some(refresh) = group.active_refresh() else { return };
        let (percentage, to_update) = (refresh.percentage(group, context.now), refresh.remaining(group, context.now));
        let own = self.ec2.template_version(&to_ec2(&group.launch_template)).ok().map(|(template, version)| {
            TemplateVersion {
                id: template.launch_template_id.clone(),
                name: template.name.clone(),
                number: version.number,
            }
        });
        let old = group.ids_to_replace(own.as_ref());
        let Some(refresh) = self.autoscaling.groups.get_mut(name).and_then(Group::active_refresh_mut) else { return };
        (refresh.status, refresh.reason) = (Status::RollbackInProgress, Some(reason.clone()));
        (refresh.total, refresh.old, refresh.progress) = (old.len() as i64, old, (0, context.now));
        (refresh.waits_until, refresh.next_checkpoint) = (None, usize::MAX);
        refresh.rollback = Some(Rollback { reason, started: context.now, percentage, to_update });
    }

    /// What is under way comes to its end; then the refresh is cancelled.
    fn go_on_cancelling(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        group.spare_the_rest();
        let is_under_way = group.members.iter().any(|member| {
            member.launched_for == Reason::Refresh && matches!(member.lifecycle, Lifecycle::Pending(_))
                || member.lifecycle.is_ending()
        });
        let now = context.now;
        if let Some(refresh) = group.active_refresh_mut().filter(|_| !is_under_way) {
            let reason = refresh.reason.clone();
            refresh.end(now, Status::Cancelled, reason);
        }
    }
}

impl Group {
    /// The refresh that goes on.
    pub fn active_refresh(&self) -> Option<&Refresh> {
        self.refreshes.front().filter(|refresh| refresh.status.is_active())
    }

    fn active_refresh_mut(&mut self) -> Option<&mut Refresh> {
        self.refreshes.front_mut().filter(|refresh| refresh.status.is_active())
    }

    fn active_refresh_or_refusal(&mut self) -> Result<&mut Refresh, ApiError> {
        let message = format!("No in progress or pending Instance Refresh found for Auto Scaling group {}", self.name);
        self.active_refresh_mut().ok_or_else(|| ApiError::new("ActiveInstanceRefreshNotFound", message))
    }

    /// The percentages of the refresh that goes on.
    pub(super) fn refresh_percentages(&self) -> Maintenance {
        self.active_refresh().map_or(Maintenance::REFRESH, |refresh| refresh.preferences.percentages)
    }

    /// The members that a refresh replaces: all, or all that are not of this version.
    fn ids_to_replace(&self, keeps: Option<&TemplateVersion>) -> Vec<String> {
        let preferences = self.active_refresh().map(|refresh| &refresh.preferences);
        let (protected, standby) =
            preferences.map_or((Special::Ignore, Special::Ignore), |wishes| (wishes.protected, wishes.standby));
        let is_wanted = |member: &&super::Member| {
            let differs = keeps.is_none_or(|keeps| member.template.as_ref() != Some(keeps));
            let may_go = match member.lifecycle {
                Lifecycle::InService(_) => !member.is_protected || protected != Special::Ignore,
                Lifecycle::Standby => standby != Special::Ignore,
                Lifecycle::Pending(_) => true,
                Lifecycle::EnteringStandby
                | Lifecycle::Detaching
                | Lifecycle::Terminating(_)
                | Lifecycle::Warmed(_) => false,
            };
            differs && may_go
        };
        self.members.iter().filter(is_wanted).map(|member| member.instance_id.clone()).collect()
    }

    /// Has more members replaced, up to the next checkpoint.
    fn replace_more(&mut self, context: &mut Context, percentage: i64) {
        let now = context.now;
        let Some(refresh) = self.active_refresh_mut() else { return };
        if refresh.waits_until.is_some_and(|until| now < until) {
            return;
        }
        refresh.waits_until = None;
        let checkpoint = refresh.preferences.checkpoints.get(refresh.next_checkpoint).copied();
        if checkpoint.is_some_and(|checkpoint| percentage >= checkpoint) {
            refresh.next_checkpoint += 1;
            refresh.waits_until = Some(now + refresh.preferences.delay);
            return;
        }
        // At least one is replaced, however small the percentage.
        let limit = (refresh.total * checkpoint.unwrap_or(100)).div_euclid(100).max(1);
        let (total, protected) = (refresh.total, refresh.preferences.protected);
        let untouched: Vec<String> = refresh.old.clone();
        let may_go = |group: &Group, id: &String| {
            group.member(id).is_some_and(|member| {
                let may_touch = !member.is_protected || protected == Special::Replace;
                member.lifecycle.is_in_service() && member.outgoing.is_none() && may_touch
            })
        };
        let is_untouched = |id: &&String| {
            self.member(id).is_some_and(|member| member.outgoing.is_none() && !member.lifecycle.is_ending())
        };
        let touched = total - untouched.iter().filter(is_untouched).count() as i64;
        let room = usize::try_from(limit - touched).unwrap_or(0);
        let next: Vec<String> = untouched.into_iter().filter(|id| may_go(self, id)).take(room).collect();
        for id in &next {
            self.mark_outgoing(context, id, Reason::Refresh);
        }
    }

    /// Those that a refresh has not ended yet stay.
    fn spare_the_rest(&mut self) {
        let is_of_refresh = |outgoing: &super::member::Outgoing| outgoing.reason == Reason::Refresh;
        for member in self.members.iter_mut().filter(|member| member.lifecycle.is_active()) {
            member.outgoing = member.outgoing.filter(|outgoing| !is_of_refresh(outgoing));
        }
        self.settle_debts();
    }
}

impl AutoScaling {
    pub(super) fn describe_refreshes(
        &self,
        context: &Context,
        input: &DescribeInstanceRefreshesType,
    ) -> Result<DescribeInstanceRefreshesAnswer, ApiError> {
        let group = self.group(&input.auto_scaling_group_name)?;
        let ids = &input.instance_refresh_ids;
        let wanted = group.refreshes.iter().filter(|refresh| ids.is_empty() || ids.contains(&refresh.id));
        let all = wanted.map(|refresh| refresh.shape(group, context.now)).collect();
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (instance_refreshes, next_token) = page.cut(all, super::bad_token)?;
        Ok(DescribeInstanceRefreshesAnswer { instance_refreshes, next_token })
    }
}

/// Refuses a way back where there is none: a rollback needs a desired configuration and numbers as versions.
fn check_can_go_back(
    desired: Option<&LaunchTemplateSpecification>,
    own: &LaunchTemplateSpecification,
) -> Result<(), ApiError> {
    let is_number = |template: &LaunchTemplateSpecification| {
        template.version.as_deref().is_some_and(|version| !version.starts_with('$'))
    };
    let message = match desired {
        None => "The instance refresh has no desired configuration to roll back from.",
        Some(desired) if !is_number(desired) || !is_number(own) => {
            "A rollback needs launch template versions that are numbers, not $Latest or $Default."
        }
        Some(_) => return Ok(()),
    };
    // The wording is a guess; the code is documented.
    Err(ApiError::new("IrreversibleInstanceRefresh", message))
}
