//! Warm pools: instances that are prepared before they are needed.
//!
//! EC2 Auto Scaling User Guide, "Decrease latency for applications with long boot times using warm pools".
use super::launch::LOOK_AGAIN;
use super::member::{Lifecycle, Phase, Reason, Warmed};
use super::settings::check_not_negative;
use super::{AutoScaling, Due, Group, Process, wire};
use crate::api::ApiError;
use crate::api::autoscaling::{
    DeleteWarmPoolType, DescribeWarmPoolAnswer, DescribeWarmPoolType, InstanceReusePolicy, PutWarmPoolType,
    WarmPoolConfiguration,
};
use crate::cloud::ec2::instance::Reason as StopReason;
use crate::cloud::ec2::{Ec2, InstanceState};
use crate::cloud::{Context, PageRequest, Region};
use crate::sim::Distribution;

/// A warm pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarmPool {
    /// The fewest instances in it.
    pub min_size: i64,
    /// How many instances there are to be, in service and in the pool; none for the group's maximum.
    pub max_prepared: Option<i64>,
    /// The state in which instances wait.
    pub state: PoolState,
    /// Whether scale-in gives instances back to it.
    pub reuses: bool,
    /// Whether it is being deleted.
    pub is_deleting: bool,
}

/// The state in which instances wait. Simplified: AWS can also hibernate them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolState {
    /// Stopped: only the disks cost money.
    Stopped,
    /// Running.
    Running,
}

/// From leaving the pool until the end of the launch activity (logs: 19 to 36 s).
const LEAVE: Distribution = Distribution::uniform_secs(19, 36);

impl WarmPool {
    fn shape(&self) -> WarmPoolConfiguration {
        let state = match self.state {
            PoolState::Stopped => "Stopped",
            PoolState::Running => "Running",
        };
        WarmPoolConfiguration {
            max_group_prepared_capacity: self.max_prepared,
            min_size: Some(self.min_size),
            pool_state: Some(state.into()),
            status: self.is_deleting.then(|| "PendingDelete".into()),
            instance_reuse_policy: self.reuses.then_some(InstanceReusePolicy { reuse_on_scale_in: Some(true) }),
        }
    }
}

impl AutoScaling {
    pub(super) fn put_warm_pool(&mut self, context: &mut Context, input: &PutWarmPoolType) -> Result<(), ApiError> {
        if input.pool_state.as_deref() == Some("Hibernated") {
            return Err(ApiError::not_in_this_lab("A warm pool of hibernated instances"));
        }
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        let former = group.warm_pool.clone();
        let state = match input.pool_state.as_deref() {
            Some("Running") => PoolState::Running,
            Some(_) => PoolState::Stopped,
            None => former.as_ref().map_or(PoolState::Stopped, |pool| pool.state),
        };
        let max_prepared = match input.max_group_prepared_capacity {
            Some(number) => (number >= 0).then_some(number),
            None => former.as_ref().and_then(|pool| pool.max_prepared),
        };
        let min_size = input.min_size.or(former.as_ref().map(|pool| pool.min_size)).unwrap_or(0);
        check_not_negative("minSize", min_size)?;
        check_not_negative("maxGroupPreparedCapacity", max_prepared.unwrap_or(0))?;
        let reuse = input.instance_reuse_policy.as_ref().and_then(|policy| policy.reuse_on_scale_in);
        let reuses = reuse.or(former.map(|pool| pool.reuses)).unwrap_or(false);
        group.warm_pool = Some(WarmPool { min_size, max_prepared, state, reuses, is_deleting: false });
        group.reconcile_soon(context);
        Ok(())
    }

    pub(super) fn describe_warm_pool(
        &self,
        ec2: &Ec2,
        input: &DescribeWarmPoolType,
    ) -> Result<DescribeWarmPoolAnswer, ApiError> {
        let group = self.group(&input.auto_scaling_group_name)?;
        let pooled = group.members.iter().filter(|member| matches!(member.lifecycle, Lifecycle::Warmed(_)));
        let all = pooled.map(|member| wire::member_shape(ec2, member)).collect();
        let page = PageRequest { most: input.max_records, limit: Some(50), token: input.next_token.as_deref() };
        let (instances, next_token) = page.cut(all, super::bad_token)?;
        let warm_pool_configuration = group.warm_pool.as_ref().map(WarmPool::shape);
        Ok(DescribeWarmPoolAnswer { warm_pool_configuration, instances, next_token })
    }
}

impl Region {
    pub(super) fn delete_warm_pool(
        &mut self,
        context: &mut Context,
        input: &DeleteWarmPoolType,
    ) -> Result<(), ApiError> {
        let name = &input.auto_scaling_group_name;
        let group = self.autoscaling.group_mut(name)?;
        let has_instances = group.count_in(|state| matches!(state, Lifecycle::Warmed(_))) > 0;
        let Some(pool) = &mut group.warm_pool else {
            // The wording is a guess.
            return Err(ApiError::validation(format!("No warm pool found for the Auto Scaling group {name}")));
        };
        if has_instances && input.force_delete != Some(true) {
            // The wording is a guess; the code is documented.
            let message = "You cannot delete a warm pool while there are instances in it. Use ForceDelete to end them.";
            return Err(ApiError::new("ResourceInUse", message));
        }
        pool.is_deleting = true;
        self.tend_warm_pool(context, name);
        Ok(())
    }

    /// Fills the pool, empties it, or takes it away, as the group's sizes ask for.
    pub(super) fn tend_warm_pool(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let is_pooled = |state: Lifecycle| matches!(state, Lifecycle::Warmed(_)) && !state.is_ending();
        // Those that scale-in gives back are on their way into the pool.
        let returning = group.members.iter().filter(|member| member.returns_to_pool).count() as i64;
        let (wanted, pooled) = (group.warm_pool_desired(), group.count_in(is_pooled) + returning);
        if group.warm_pool.is_none() && pooled == 0 {
            return;
        }
        let may_launch = !group.is_suspended(Process::Launch) && !group.backs_off(context.now);
        for _ in pooled..wanted {
            if !may_launch || !self.launch_into_warm_pool(context, name) {
                break;
            }
        }
        for _ in wanted..pooled {
            let Some(group) = self.autoscaling.groups.get(name) else { return };
            if group.is_suspended(Process::Terminate) {
                break;
            }
            let surplus = group.members.iter().find(|member| is_pooled(member.lifecycle));
            let Some(instance_id) = surplus.map(|member| member.instance_id.clone()) else { break };
            // The wording is a guess.
            let cause = format!(
                "At {} an instance was taken out of service in response to a difference between desired and actual capacity of the warm \
                 pool.",
                context.now.to_iso8601()
            );
            self.take_out(context, name, &instance_id, cause);
        }
        if let Some(group) = self.autoscaling.groups.get_mut(name) {
            let is_empty = !group.members.iter().any(|member| matches!(member.lifecycle, Lifecycle::Warmed(_)));
            if is_empty && group.warm_pool.as_ref().is_some_and(|pool| pool.is_deleting) {
                group.warm_pool = None;
            }
        }
    }

    fn launch_into_warm_pool(&mut self, context: &mut Context, name: &str) -> bool {
        let Some(group) = self.autoscaling.groups.get(name) else { return false };
        let cause = group.launch_cause(context, Reason::WarmPool);
        let Some(launched) = self.launch_somewhere(context, name, &cause) else { return false };
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return false };
        let description = format!("Launching a new EC2 instance into warm pool: {}", launched.instance_id);
        let state = Lifecycle::Warmed(Warmed::Pending(Phase::Begun));
        group.add_member(context, &launched, (description, cause), (state, Reason::WarmPool));
        true
    }

    /// A member of the pool has been prepared: it is stopped, or waits running.
    pub(super) fn finish_warming(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        let state = group.warm_pool.as_ref().map_or(PoolState::Running, |pool| pool.state);
        let Some(activity_id) = group.member(instance_id).map(|member| member.activity_id.clone()) else { return };
        let Some(instance) = self.ec2.instances.get(instance_id) else { return };
        let due = Due::Warms { group: name.to_owned(), instance_id: instance_id.to_owned() };
        match state {
            PoolState::Running => {
                group.move_member(context, instance_id, Lifecycle::Warmed(Warmed::Running));
                group.end_activity(context, &activity_id);
            }
            // What the first boot does is done before the instance is stopped.
            PoolState::Stopped if instance.is_booted() => {
                self.ec2.stop(context, instance_id, StopReason::UserInitiated(context.now));
                context.schedule_in(LOOK_AGAIN, due);
            }
            PoolState::Stopped if instance.state == InstanceState::Stopped => {
                group.move_member(context, instance_id, Lifecycle::Warmed(Warmed::Stopped));
                group.end_activity(context, &activity_id);
            }
            PoolState::Stopped => context.schedule_in(LOOK_AGAIN, due),
        }
        if let Some(group) = self.autoscaling.groups.get(name)
            && group.is_steady()
        {
            self.reconcile(context, name);
        }
    }

    /// A member of the pool may have been prepared by now.
    pub(super) fn check_warming(&mut self, context: &mut Context, name: &str, instance_id: &str) {
        let Some(member) = self.autoscaling.groups.get(name).and_then(|group| group.member(instance_id)) else {
            return;
        };
        match member.lifecycle {
            Lifecycle::Warmed(Warmed::Pending(Phase::Begun | Phase::Proceed)) => {
                self.finish_warming(context, name, instance_id);
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

    /// Takes a prepared instance out of the pool into the group; says whether there was one. To balance the zones, only one in the zone with
    /// the fewest members will do.
    pub(super) fn launch_from_warm_pool(&mut self, context: &mut Context, name: &str) -> bool {
        let Some(group) = self.autoscaling.groups.get(name) else { return false };
        let place = self.launch_places(group).into_iter().next().filter(|_| group.next_reason().is_about_zones());
        let fits = |zone: &str| place.as_ref().is_none_or(|subnet| subnet.zone == zone);
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return false };
        let is_ready = |state: Lifecycle| matches!(state, Lifecycle::Warmed(Warmed::Running | Warmed::Stopped));
        let count = |zone: &str| group.members.iter().filter(|one| one.stays() && one.zone == zone).count();
        // Those in a zone without machines cannot be started now.
        let can_start = |id: &str| {
            let instance = self.ec2.instances.get(id);
            instance.is_some_and(|one| one.is_running() || self.ec2.has_capacity(&one.zone, one.instance_type))
        };
        let ready = group.members.iter().filter(|member| is_ready(member.lifecycle) && fits(&member.zone));
        let ready = ready.filter(|member| can_start(&member.instance_id));
        let Some(instance_id) = ready.min_by_key(|member| count(&member.zone)).map(|member| member.instance_id.clone())
        else {
            return false;
        };
        let reason = group.next_reason();
        let cause = group.launch_cause(context, reason);
        let description = format!("Launching a new EC2 instance from warm pool: {instance_id}");
        group.begin_move(context, &instance_id, (description, cause));
        group.owed.pop_front();
        if let Some(member) = group.member_mut(&instance_id) {
            member.launched_for = reason;
        }
        group.move_member(context, &instance_id, Lifecycle::Pending(Phase::Begun));
        group.schedule_launch_end(context, &instance_id, &LEAVE);
        self.ec2.start(context, &instance_id);
        true
    }

    /// Gives an instance back to the pool instead of terminating it; says whether there is a pool.
    pub(super) fn return_to_warm_pool(&mut self, context: &mut Context, name: &str, instance_id: &str) -> bool {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return false };
        if group.warm_pool.as_ref().is_none_or(|pool| pool.is_deleting) {
            return false;
        }
        if let Some(member) = group.member_mut(instance_id) {
            (member.returns_to_pool, member.outgoing) = (false, None);
        }
        group.move_member(context, instance_id, Lifecycle::Warmed(Warmed::Pending(Phase::Proceed)));
        self.finish_warming(context, name, instance_id);
        true
    }
}

impl Group {
    /// How many instances the pool is to have.
    pub fn warm_pool_desired(&self) -> i64 {
        let Some(pool) = self.warm_pool.as_ref().filter(|pool| !pool.is_deleting) else { return 0 };
        let prepared = pool.max_prepared.unwrap_or(self.max);
        (prepared - self.desired).max(pool.min_size).max(0)
    }

    pub(super) fn warm_pool_shape(&self) -> Option<WarmPoolConfiguration> {
        self.warm_pool.as_ref().map(WarmPool::shape)
    }
}
