//! Lifecycle hooks: launches and terminations that wait for a word from outside.
//!
//! Simplified: nobody is notified; the event record says that an action began, with its token and its metadata.
use super::group::{seconds, whole_seconds};
use super::member::{Lifecycle, Phase, Warmed};
use super::settings::{check_name, check_range};
use super::terminate::not_part_of;
use super::{AutoScaling, Due, Group, limits};
use crate::api::ApiError;
use crate::api::autoscaling::{
    CompleteLifecycleActionType, DeleteLifecycleHookType, DescribeLifecycleHooksAnswer, DescribeLifecycleHooksType,
    LifecycleHook, LifecycleHookSpecification, PutLifecycleHookType, RecordLifecycleActionHeartbeatType,
};
use crate::cloud::{Context, Fact, Region};
use crate::sim::{SimDuration, SimTime};

/// A lifecycle hook.
#[derive(Clone, Debug)]
pub struct Hook {
    /// Its name.
    pub name: String,
    /// What it holds up.
    pub transition: Transition,
    /// What is said to whom it notifies.
    pub metadata: Option<String>,
    /// How long it waits for a word.
    pub heartbeat: SimDuration,
    /// What it takes silence for.
    pub default_result: Outcome,
}

/// What a hook holds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// Launches.
    Launching,
    /// Terminations.
    Terminating,
}

/// How a lifecycle action ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The transition goes on.
    Continue,
    /// A launch is given up; a termination goes on without waiting for other hooks.
    Abandon,
}

/// A hook that a member waits for.
#[derive(Clone, Debug)]
pub(super) struct Wait {
    /// The hook's name.
    pub hook: String,
    /// The token of the action.
    pub token: String,
    /// When silence counts as the default result.
    pub deadline: SimTime,
    /// The moment that no heartbeat goes beyond.
    pub limit: SimTime,
}

/// How an action ended, and by what.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    outcome: Outcome,
    by_silence: bool,
}

/// How long a hook waits unless it is told otherwise.
const HEARTBEAT: i64 = 3_600;
/// No heartbeats prolong a wait beyond this, nor beyond a hundred times the hook's own.
const LONGEST: SimDuration = SimDuration::from_secs(48 * 3_600);
/// From the last word to the next state. A guess.
const PROCEED: SimDuration = SimDuration::from_secs(2);

impl Transition {
    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Transition::Launching => "autoscaling:EC2_INSTANCE_LAUNCHING",
            Transition::Terminating => "autoscaling:EC2_INSTANCE_TERMINATING",
        }
    }

    fn read(name: &str) -> Result<Self, ApiError> {
        let found = [Transition::Launching, Transition::Terminating].into_iter().find(|one| one.name() == name);
        // The wording is a guess.
        found.ok_or_else(|| ApiError::validation(format!("Lifecycle transition {name} is not valid.")))
    }
}

impl Outcome {
    /// AWS's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Continue => "CONTINUE",
            Outcome::Abandon => "ABANDON",
        }
    }

    fn read(name: &str) -> Result<Self, ApiError> {
        let found = [Outcome::Continue, Outcome::Abandon].into_iter().find(|one| one.name() == name);
        // The wording is a guess.
        found.ok_or_else(|| {
            ApiError::validation(format!("Lifecycle action result must be CONTINUE or ABANDON, not {name}."))
        })
    }
}

impl Hook {
    /// The longest wait, with all its heartbeats.
    pub fn global_timeout(&self) -> SimDuration {
        LONGEST.min(self.heartbeat * 100)
    }

    fn shape(&self, group: &str) -> LifecycleHook {
        LifecycleHook {
            lifecycle_hook_name: self.name.clone(),
            auto_scaling_group_name: group.to_owned(),
            lifecycle_transition: self.transition.name().into(),
            notification_metadata: self.metadata.clone(),
            heartbeat_timeout: whole_seconds(self.heartbeat),
            global_timeout: whole_seconds(self.global_timeout()),
            default_result: self.default_result.name().into(),
        }
    }
}

/// The hooks of a new group.
pub(super) fn read_all(specifications: &[LifecycleHookSpecification]) -> Result<Vec<Hook>, ApiError> {
    limits::check("lifecycle hooks", specifications.len().saturating_sub(1), limits::HOOKS)?;
    let read = |specification: &LifecycleHookSpecification| {
        check_name("lifecycleHookName", &specification.lifecycle_hook_name)?;
        Ok(Hook {
            name: specification.lifecycle_hook_name.clone(),
            transition: Transition::read(&specification.lifecycle_transition)?,
            metadata: specification.notification_metadata.clone(),
            heartbeat: checked_heartbeat(specification.heartbeat_timeout.unwrap_or(HEARTBEAT))?,
            default_result: Outcome::read(specification.default_result.as_deref().unwrap_or("ABANDON"))?,
        })
    };
    specifications.iter().map(read).collect()
}

fn checked_heartbeat(number: i64) -> Result<SimDuration, ApiError> {
    check_range("heartbeatTimeout", number, 30, 7_200)?;
    Ok(seconds(number))
}

impl AutoScaling {
    pub(super) fn put_hook(&mut self, input: PutLifecycleHookType) -> Result<(), ApiError> {
        check_name("lifecycleHookName", &input.lifecycle_hook_name)?;
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        let known = group.hooks.iter().position(|hook| hook.name == input.lifecycle_hook_name);
        let former = known.and_then(|index| group.hooks.get(index));
        let transition = match (input.lifecycle_transition.as_deref(), former) {
            (Some(name), _) => Transition::read(name)?,
            (None, Some(former)) => former.transition,
            (None, None) => {
                // The wording is a guess: a new hook needs a transition.
                return Err(ApiError::validation("You must specify a LifecycleTransition for a new lifecycle hook."));
            }
        };
        let heartbeat = input.heartbeat_timeout.map(checked_heartbeat).transpose()?;
        let result = input.default_result.as_deref().map(Outcome::read).transpose()?;
        let hook = Hook {
            name: input.lifecycle_hook_name,
            transition,
            metadata: input.notification_metadata.or(former.and_then(|former| former.metadata.clone())),
            heartbeat: heartbeat.or(former.map(|former| former.heartbeat)).unwrap_or(seconds(HEARTBEAT)),
            default_result: result.or(former.map(|former| former.default_result)).unwrap_or(Outcome::Abandon),
        };
        match known.and_then(|index| group.hooks.get_mut(index)) {
            Some(known) => *known = hook,
            None => {
                limits::check("lifecycle hooks", group.hooks.len(), limits::HOOKS)?;
                group.hooks.push(hook);
            }
        }
        Ok(())
    }

    pub(super) fn describe_hooks(
        &self,
        input: &DescribeLifecycleHooksType,
    ) -> Result<DescribeLifecycleHooksAnswer, ApiError> {
        let group = self.group(&input.auto_scaling_group_name)?;
        let names = &input.lifecycle_hook_names;
        let wanted = |hook: &&Hook| names.is_empty() || names.contains(&hook.name);
        let lifecycle_hooks = group.hooks.iter().filter(wanted).map(|hook| hook.shape(&group.name)).collect();
        Ok(DescribeLifecycleHooksAnswer { lifecycle_hooks })
    }

    pub(super) fn record_heartbeat(
        &mut self,
        context: &Context,
        input: &RecordLifecycleActionHeartbeatType,
    ) -> Result<(), ApiError> {
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        let (id, token) = group.action(
            &input.lifecycle_hook_name,
            input.instance_id.as_deref(),
            input.lifecycle_action_token.as_deref(),
        )?;
        let heartbeat =
            group.hooks.iter().find(|hook| hook.name == input.lifecycle_hook_name).map(|hook| hook.heartbeat);
        let Some(member) = group.member_mut(&id) else { return Ok(()) };
        for wait in member.waits.iter_mut().filter(|wait| wait.token == token) {
            wait.deadline = wait.limit.min(context.now + heartbeat.unwrap_or_default());
        }
        Ok(())
    }
}

impl Region {
    pub(super) fn delete_hook(
        &mut self,
        context: &mut Context,
        input: &DeleteLifecycleHookType,
    ) -> Result<(), ApiError> {
        let name = &input.auto_scaling_group_name;
        let group = self.autoscaling.group_mut(name)?;
        if !group.hooks.iter().any(|hook| hook.name == input.lifecycle_hook_name) {
            // The wording is a guess.
            let message = format!("No Lifecycle Hook found with name {}", input.lifecycle_hook_name);
            return Err(ApiError::validation(message));
        }
        // Outstanding actions are completed first: abandoned for launches, continued for terminations.
        let waiting: Vec<(String, String, bool)> = group
            .members
            .iter()
            .flat_map(|member| member.waits.iter().map(move |wait| (member, wait)))
            .filter(|(_, wait)| wait.hook == input.lifecycle_hook_name)
            .map(|(member, wait)| (member.instance_id.clone(), wait.token.clone(), member.lifecycle.is_ending()))
            .collect();
        group.hooks.retain(|hook| hook.name != input.lifecycle_hook_name);
        for (id, token, is_ending) in waiting {
            let outcome = if is_ending { Outcome::Continue } else { Outcome::Abandon };
            self.end_wait(context, name, (&id, &token), End { outcome, by_silence: false });
        }
        Ok(())
    }

    pub(super) fn complete_action(
        &mut self,
        context: &mut Context,
        input: &CompleteLifecycleActionType,
    ) -> Result<(), ApiError> {
        let outcome = Outcome::read(&input.lifecycle_action_result)?;
        let group = self.autoscaling.group(&input.auto_scaling_group_name)?;
        let (id, token) = group.action(
            &input.lifecycle_hook_name,
            input.instance_id.as_deref(),
            input.lifecycle_action_token.as_deref(),
        )?;
        let end = End { outcome, by_silence: false };
        self.end_wait(context, &input.auto_scaling_group_name, (&id, &token), end);
        Ok(())
    }

    /// A hook may have waited long enough.
    pub(super) fn end_hook_wait(&mut self, context: &mut Context, name: &str, instance_id: &str, token: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let Some(member) = group.member(instance_id) else { return };
        let Some(wait) = member.waits.iter().find(|wait| wait.token == token) else { return };
        if context.now < wait.deadline {
            let due = Due::HookEnds { group: name.into(), instance_id: instance_id.into(), token: token.into() };
            context.schedule(wait.deadline, due);
            return;
        }
        let hook = group.hooks.iter().find(|hook| hook.name == wait.hook);
        let outcome = hook.map_or(Outcome::Abandon, |hook| hook.default_result);
        self.end_wait(context, name, (instance_id, token), End { outcome, by_silence: true });
    }

    fn end_wait(&mut self, context: &mut Context, name: &str, (id, token): (&str, &str), end: End) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(member) = group.member_mut(id) else { return };
        member.waits.retain(|wait| wait.token != token);
        let is_ending = member.lifecycle.is_ending();
        if end.outcome == Outcome::Abandon {
            member.waits.clear();
            if !is_ending {
                self.abandon_launch(context, name, (id, token), end);
                return;
            }
        }
        if member.waits.is_empty() {
            let state = member.lifecycle.in_phase(Phase::Proceed);
            group.move_member(context, id, state);
            context.schedule_in(PROCEED, Due::Proceed { group: name.to_owned(), instance_id: id.to_owned() });
        }
    }

    /// Ends an instance whose launch was given up; another one takes its place.
    fn abandon_launch(&mut self, context: &mut Context, name: &str, (id, token): (&str, &str), end: End) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let how = if end.by_silence { "Heartbeat Timeout" } else { "Lifecycle Action Completed with ABANDON Result" };
        let message = format!(
            "Instance failed to complete user's Lifecycle Action: Lifecycle Action with token {token} was abandoned: {how}"
        );
        group.lose_member(context, id, ("Cancelled", message));
        self.ec2.terminate(context, id);
        self.autoscaling.groups.get(name).iter().for_each(|group| group.reconcile_soon(context));
    }

    /// The hooks are done: the launch or the termination goes on.
    pub(super) fn proceed(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let Some(member) = group.member(instance_id) else { return };
        let activity_id = member.activity_id.clone();
        match member.lifecycle {
            Lifecycle::Pending(Phase::Proceed) => {
                group.update_activity(&activity_id, "InProgress");
                self.put_into_service(context, name, instance_id);
            }
            Lifecycle::Warmed(Warmed::Pending(Phase::Proceed)) => self.finish_warming(context, name, instance_id),
            Lifecycle::Terminating(Phase::Proceed) | Lifecycle::Warmed(Warmed::Terminating(Phase::Proceed)) => {
                self.terminate_member(context, name, instance_id);
            }
            Lifecycle::Pending(_)
            | Lifecycle::InService(_)
            | Lifecycle::EnteringStandby
            | Lifecycle::Standby
            | Lifecycle::Detaching
            | Lifecycle::Terminating(_)
            | Lifecycle::Warmed(_) => {}
        }
    }
}

impl Group {
    /// Has a member wait for the hooks of its transition; says whether there are any.
    pub(super) fn begin_waits(&mut self, context: &mut Context, instance_id: &str) -> bool {
        let Some(member) = self.member(instance_id) else { return false };
        let lifecycle = member.lifecycle;
        let activity_id = member.activity_id.clone();
        let transition = if lifecycle.is_ending() { Transition::Terminating } else { Transition::Launching };
        if lifecycle.phase() != Some(Phase::Begun) || !self.hooks.iter().any(|hook| hook.transition == transition) {
            return false;
        }
        let mut waits = Vec::new();
        for hook in self.hooks.iter().filter(|hook| hook.transition == transition) {
            let token = context.new_uuid("autoscaling.lifecycle_action");
            let deadline = context.now + hook.heartbeat;
            context.record(Fact::LifecycleActionBegan {
                group: self.name.clone(),
                hook: hook.name.clone(),
                instance_id: instance_id.to_owned(),
                token: token.clone(),
            });
            let due = Due::HookEnds { group: self.name.clone(), instance_id: instance_id.into(), token: token.clone() };
            context.schedule(deadline, due);
            waits.push(Wait { hook: hook.name.clone(), token, deadline, limit: context.now + hook.global_timeout() });
        }
        if let Some(member) = self.member_mut(instance_id) {
            member.waits = waits;
        }
        self.move_member(context, instance_id, lifecycle.in_phase(Phase::Wait));
        self.update_activity(&activity_id, "MidLifecycleAction");
        true
    }

    /// The instance and the token of the action that a request means, by the instance or by the token.
    fn action(&self, hook: &str, instance_id: Option<&str>, token: Option<&str>) -> Result<(String, String), ApiError> {
        if let Some(id) = instance_id.filter(|id| self.member(id).is_none()) {
            return Err(not_part_of(id, &self.name));
        }
        let waits = self.members.iter().flat_map(|member| member.waits.iter().map(move |wait| (member, wait)));
        let is_meant = |(member, wait): &(&super::Member, &Wait)| {
            wait.hook == hook
                && instance_id.is_none_or(|id| id == member.instance_id)
                && token.is_none_or(|token| token == wait.token)
                && (instance_id.is_some() || token.is_some())
        };
        let found = waits.into_iter().find(is_meant);
        let (member, wait) = found.ok_or_else(|| {
            let message = match (token, instance_id) {
                (Some(token), _) => format!("No active Lifecycle Action found with token {token}"),
                (None, Some(id)) => format!("No active Lifecycle Action found with instance ID {id}"),
                // The wording is a guess.
                (None, None) => "You must specify a LifecycleActionToken or an InstanceId.".to_owned(),
            };
            ApiError::validation(message)
        })?;
        Ok((member.instance_id.clone(), wait.token.clone()))
    }
}
