//! How far a refresh is, and what it does next.
use super::preferences::Special;
use super::{PATIENCE, Refresh, Status, TICK};
use crate::cloud::autoscaling::member::{Lifecycle, Reason, TemplateVersion};
use crate::cloud::autoscaling::{Due, Group, Member, Process};
use crate::cloud::cloudwatch::AlarmState;
use crate::cloud::{Context, Region};
use crate::sim::{SimDuration, SimTime};

impl Refresh {
    /// How many instances are not replaced yet: old ones that are still there, or whose replacements are not ready.
    pub(super) fn remaining(&self, group: &Group, now: SimTime) -> i64 {
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

    pub(super) fn percentage(&self, group: &Group, now: SimTime) -> i64 {
        if self.status.is_active() {
            (self.total - self.remaining(group, now)) * 100 / self.total.max(1)
        } else {
            self.progress.0
        }
    }
}

impl Region {
    /// Looks at how far a refresh is, and has the next instances replaced.
    pub(in crate::cloud::autoscaling) fn refresh_is_due(&mut self, context: &mut Context, name: &str, id: &str) {
        self.tick_refresh(context, name, id);
        let is_active = |group: &Group| group.active_refresh().is_some_and(|refresh| refresh.id == id);
        if self.autoscaling.groups.get(name).is_some_and(is_active) {
            context.schedule_in(TICK, Due::Refresh { group: name.to_owned(), id: id.to_owned() });
        }
    }

    pub(super) fn tick_refresh(&mut self, context: &mut Context, name: &str, id: &str) {
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
    /// The members that a refresh replaces: all, or all that are not of this version.
    pub(super) fn ids_to_replace(&self, keeps: Option<&TemplateVersion>) -> Vec<String> {
        let preferences = self.active_refresh().map(|refresh| &refresh.preferences);
        let (protected, standby) =
            preferences.map_or((Special::Ignore, Special::Ignore), |wishes| (wishes.protected, wishes.standby));
        let is_wanted = |member: &&Member| {
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
}
