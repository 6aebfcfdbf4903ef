//! What moves instances from state to state: requests, timers, their own operating systems.
use super::image::Platform;
use super::instance::Reason;
use super::user_data;
use super::{Due, Ec2, Instance, InstanceState};
use crate::api::ApiError;
use crate::api::ec2::{
    self, Nothing, RebootInstancesRequest, StartInstancesRequest, StartInstancesResult, StopInstancesRequest,
    StopInstancesResult, TerminateInstancesRequest, TerminateInstancesResult,
};
use crate::cloud::{Context, Fact};
use crate::sim::{Distribution, SimDuration};

/// pending to running (logs of real launches: 10 to 32 s).
const LAUNCH: Distribution = Distribution::triangular_secs(10, 17, 32);
/// running to stopped (a calibrated guess).
const STOP: Distribution = Distribution::uniform_secs(20, 60);
/// running to terminated (logs: 20 to 35 s).
const TERMINATE: Distribution = Distribution::uniform_secs(20, 35);
/// A restart of the operating system (a calibrated guess).
const REBOOT: Distribution = Distribution::uniform_secs(40, 90);
/// From running until a Linux server answers (a calibrated guess).
const BOOT_LINUX: Distribution = Distribution::triangular_secs(15, 22, 40);
/// From running until a Windows server answers (a calibrated guess).
const BOOT_WINDOWS: Distribution = Distribution::triangular_secs(90, 140, 240);
/// From running until the status checks have a result (a calibrated guess: two to five minutes).
const CHECKS: Distribution = Distribution::uniform_secs(120, 300);
/// How long a terminated instance stays in the lists: about an hour.
const LINGER: SimDuration = SimDuration::HOUR;

impl Ec2 {
    /// Begins the first transition of a new instance.
    pub(super) fn begin_launch(&mut self, context: &mut Context, instance_id: &str) {
        self.begin(context, instance_id, InstanceState::Pending, "ec2.launch", &LAUNCH);
    }

    /// Puts an instance into a state and schedules the end of the transition.
    fn begin(&mut self, context: &mut Context, id: &str, state: InstanceState, process: &str, time: &Distribution) {
        let Some(instance) = self.instances.get_mut(id) else { return };
        instance.state = state;
        instance.generation += 1;
        let delay = time.draw(&mut context.random(process, draw_number(instance)));
        let due = Due::TransitionEnds { instance_id: id.to_owned(), generation: instance.generation };
        context.record(Fact::InstanceStateChanged { instance_id: id.to_owned(), state: state.name() });
        context.schedule_in(delay, due);
    }

    pub(super) fn end_transition(&mut self, context: &mut Context, id: &str, generation: u32) {
        let Some(instance) = self.instances.get(id).filter(|instance| instance.generation == generation) else {
            return;
        };
        match instance.state {
            InstanceState::Pending | InstanceState::Running { .. } => self.become_running(context, id),
            InstanceState::Stopping => self.settle(context, id, InstanceState::Stopped),
            InstanceState::ShuttingDown => {
                self.settle(context, id, InstanceState::Terminated);
                self.unbind_instance(context, id);
                self.leave_volume(id);
                context.schedule_in(LINGER, Due::InstanceDisappears { instance_id: id.to_owned() });
            }
            InstanceState::Stopped | InstanceState::Terminated => {}
        }
    }

    fn settle(&mut self, context: &mut Context, id: &str, state: InstanceState) {
        let Some(instance) = self.instances.get_mut(id) else { return };
        instance.state = state;
        if state == InstanceState::Terminated {
            instance.private_ip = None;
        }
        context.record(Fact::InstanceStateChanged { instance_id: id.to_owned(), state: state.name() });
    }

    fn become_running(&mut self, context: &mut Context, id: &str) {
        self.give_automatic_address(context, id);
        let Some(instance) = self.instances.get_mut(id) else { return };
        let number = draw_number(instance);
        let since = match instance.state {
            InstanceState::Running { since, .. } => since,
            InstanceState::Pending
            | InstanceState::Stopping
            | InstanceState::Stopped
            | InstanceState::ShuttingDown
            | InstanceState::Terminated => {
                instance.checked_from = context.now + CHECKS.draw(&mut context.random("ec2.status_checks", number));
                context.now
            }
        };
        instance.state = InstanceState::Running { since, booted: None };
        let boot = match instance.platform {
            Platform::Linux => BOOT_LINUX,
            Platform::Windows => BOOT_WINDOWS,
        };
        let delay = boot.draw(&mut context.random("ec2.boot", number));
        let due = Due::BootEnds { instance_id: id.to_owned(), generation: instance.generation };
        let event = context.record(Fact::InstanceStateChanged { instance_id: id.to_owned(), state: "running" });
        context.because_of(event);
        context.schedule_in(delay, due);
    }

    pub(super) fn end_boot(&mut self, context: &mut Context, id: &str, generation: u32) {
        let Some(instance) = self.instances.get_mut(id).filter(|instance| instance.generation == generation) else {
            return;
        };
        let InstanceState::Running { since, .. } = instance.state else { return };
        instance.state = InstanceState::Running { since, booted: Some(context.now) };
        user_data::boot(instance);
        context.record(Fact::InstanceBooted { instance_id: id.to_owned() });
    }

    pub(super) fn start_instances(
        &mut self,
        context: &mut Context,
        input: StartInstancesRequest,
    ) -> Result<StartInstancesResult, ApiError> {
        self.check_all(&input.instance_ids, |instance| {
            let fits = !matches!(instance.state, InstanceState::Stopping) && !instance.is_gone();
            let message =
                format!("The instance '{}' is not in a state from which it can be started.", instance.instance_id);
            if fits { Ok(()) } else { Err(ApiError::new("IncorrectInstanceState", message)) }
        })?;
        self.check_can_start(context, &input.instance_ids)?;
        let starting_instances = self.change_all(&input.instance_ids, |ec2, id| ec2.start(context, id));
        Ok(StartInstancesResult { starting_instances })
    }

    /// A start needs machines and virtual CPUs as a launch does.
    fn check_can_start(&self, context: &Context, ids: &[String]) -> Result<(), ApiError> {
        let stopped = ids.iter().filter_map(|id| self.instances.get(id));
        let mut added = Vec::new();
        for instance in stopped.filter(|instance| instance.state == InstanceState::Stopped) {
            self.check_capacity(context.region, &instance.zone, instance.instance_type)?;
            added.push(instance.instance_type);
        }
        self.check_vcpus(context, &added)
    }

    /// Starts a stopped instance; one in another state stays as it is.
    pub fn start(&mut self, context: &mut Context, id: &str) {
        let is_stopped = |instance: &&mut Instance| instance.state == InstanceState::Stopped;
        let Some(instance) = self.instances.get_mut(id).filter(is_stopped) else { return };
        instance.launched = context.now;
        instance.reason = None;
        instance.console.clear();
        self.begin(context, id, InstanceState::Pending, "ec2.launch", &LAUNCH);
    }

    pub(super) fn stop_instances(
        &mut self,
        context: &mut Context,
        input: StopInstancesRequest,
    ) -> Result<StopInstancesResult, ApiError> {
        if input.hibernate == Some(true) {
            return Err(ApiError::not_in_this_lab("Hibernation"));
        }
        self.check_all(&input.instance_ids, |instance| {
            let id = &instance.instance_id;
            if instance.state == InstanceState::Pending || instance.is_gone() {
                let message = format!("This instance '{id}' is not in a state from which it can be stopped.");
                return Err(ApiError::new("IncorrectInstanceState", message));
            }
            refuse_if(instance.is_stop_protected, id, ("stopped", "disableApiStop"))
        })?;
        let reason = Reason::UserInitiated(context.now);
        let stopping_instances = self.change_all(&input.instance_ids, |ec2, id| ec2.stop(context, id, reason));
        Ok(StopInstancesResult { stopping_instances })
    }

    /// Stops a running instance; one in another state stays as it is.
    pub fn stop(&mut self, context: &mut Context, id: &str, reason: Reason) {
        let Some(instance) = self.instances.get_mut(id).filter(|instance| instance.is_running()) else { return };
        instance.auto_public_ip = None;
        instance.reason = Some(reason);
        self.begin(context, id, InstanceState::Stopping, "ec2.stop", &STOP);
    }

    pub(super) fn reboot_instances(
        &mut self,
        context: &mut Context,
        input: RebootInstancesRequest,
    ) -> Result<Nothing, ApiError> {
        self.check_all(&input.instance_ids, |instance| {
            let message =
                format!("The instance '{}' is not in a state from which it can be rebooted.", instance.instance_id);
            if instance.is_gone() { Err(ApiError::new("IncorrectInstanceState", message)) } else { Ok(()) }
        })?;
        input.instance_ids.iter().for_each(|id| self.reboot(context, id));
        Ok(Nothing {})
    }

    /// Restarts the operating system of a running instance: it stays running and answers nothing for a while.
    pub(super) fn reboot(&mut self, context: &mut Context, id: &str) {
        let Some(instance) = self.instances.get_mut(id) else { return };
        let InstanceState::Running { since, .. } = instance.state else { return };
        self.begin(context, id, InstanceState::Running { since, booted: None }, "ec2.reboot", &REBOOT);
    }

    /// Simplified: a protected instance saves all that the request names; in AWS it saves those of its zone alone.
    pub(super) fn terminate_instances(
        &mut self,
        context: &mut Context,
        input: TerminateInstancesRequest,
    ) -> Result<TerminateInstancesResult, ApiError> {
        self.check_all(&input.instance_ids, |instance| {
            let is_protected = instance.is_termination_protected && !instance.is_gone();
            refuse_if(is_protected, &instance.instance_id, ("terminated", "disableApiTermination"))
        })?;
        let terminating_instances = self.change_all(&input.instance_ids, |ec2, id| ec2.terminate(context, id));
        Ok(TerminateInstancesResult { terminating_instances })
    }

    /// Ends an instance for good; one that is gone stays as it is.
    pub fn terminate(&mut self, context: &mut Context, id: &str) {
        let reason = Reason::UserInitiated(context.now);
        self.terminate_because(context, id, reason);
    }

    fn terminate_because(&mut self, context: &mut Context, id: &str, reason: Reason) {
        let Some(instance) = self.instances.get_mut(id).filter(|instance| !instance.is_gone()) else { return };
        instance.auto_public_ip = None;
        instance.reason = Some(reason);
        self.begin(context, id, InstanceState::ShuttingDown, "ec2.terminate", &TERMINATE);
    }

    /// The operating system of a running instance shuts itself down: the instance is stopped or terminated, as its shutdown behaviour says,
    /// whatever protections it has.
    pub fn shut_down_from_inside(&mut self, context: &mut Context, id: &str) {
        let Some(instance) = self.instances.get(id).filter(|instance| instance.is_running()) else { return };
        if instance.is_terminated_by_shutdown {
            self.terminate_because(context, id, Reason::InstanceInitiated);
        } else {
            self.stop(context, id, Reason::InstanceInitiated);
        }
    }

    fn check_all(&self, ids: &[String], check: impl Fn(&Instance) -> Result<(), ApiError>) -> Result<(), ApiError> {
        self.check_known(ids)?;
        ids.iter().filter_map(|id| self.instances.get(id)).try_for_each(check)
    }

    fn change_all(&mut self, ids: &[String], mut change: impl FnMut(&mut Ec2, &str)) -> Vec<ec2::InstanceStateChange> {
        let state =
            |ec2: &Ec2, id: &str| ec2.instances.get(id).map(|instance| instance.state.shape()).unwrap_or_default();
        let mut changes = Vec::new();
        for id in ids {
            let previous_state = state(self, id);
            change(self, id);
            let current_state = state(self, id);
            changes.push(ec2::InstanceStateChange { instance_id: id.clone(), previous_state, current_state });
        }
        changes
    }
}

/// One number for each transition of each instance.
fn draw_number(instance: &Instance) -> u64 {
    (instance.number << 16) | u64::from(instance.generation)
}

fn refuse_if(is_protected: bool, id: &str, (done, attribute): (&str, &str)) -> Result<(), ApiError> {
    if !is_protected {
        return Ok(());
    }
    let message =
        format!("The instance '{id}' may not be {done}. Modify its '{attribute}' instance attribute and try again.");
    Err(ApiError::new("OperationNotPermitted", message))
}
