//! Instances: their states, and what changes them.
use super::disk::Disk;
use super::image::Platform;
use super::instance_type::InstanceType;
use super::{Due, Ec2, check_dry_run};
use crate::api::ApiError;
use crate::api::ec2::{
    self, RebootInstancesRequest, StartInstancesRequest, StartInstancesResult, StopInstancesRequest,
    StopInstancesResult, Tag, TerminateInstancesRequest, TerminateInstancesResult,
};
use crate::cloud::{Context, Fact};
use crate::sim::{Distribution, SimDuration, SimTime};

/// An instance.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its id.
    pub instance_id: String,
    /// Its number in the account; no other instance has had it.
    pub number: u64,
    /// The launch it came from.
    pub reservation_id: String,
    /// Its place in that launch, from 0.
    pub launch_index: i64,
    /// The image it was made from.
    pub image_id: String,
    /// Its operating system.
    pub platform: Platform,
    /// Its type.
    pub instance_type: &'static InstanceType,
    /// The state it is in.
    pub state: InstanceState,
    /// How many transitions it has begun; a timer of an earlier one is stale.
    pub generation: u32,
    /// When it last became pending.
    pub launched: SimTime,
    /// The subnet it lies in.
    pub subnet_id: String,
    /// The zone of that subnet.
    pub zone: String,
    /// Its address inside the network; given back when it is terminated.
    pub private_ip: Option<String>,
    /// Its automatic public address; it has one while it runs without an Elastic IP address.
    pub auto_public_ip: Option<String>,
    /// The id of its network interface.
    pub network_interface_id: String,
    /// Its security groups by id.
    pub security_groups: Vec<String>,
    /// The key pair's name.
    pub key_name: Option<String>,
    /// The script that runs at first boot.
    pub user_data: Option<String>,
    /// Whether metrics come every minute.
    pub detailed_monitoring: bool,
    /// Its files.
    pub disk: Disk,
    /// The id of its root volume.
    pub volume_id: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Why it left the running state, in AWS's words.
    pub transition_reason: String,
    /// Whether `TerminateInstances` is refused.
    pub is_termination_protected: bool,
}

/// The state of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceState {
    /// On its way to running.
    Pending,
    /// Running since a moment; its programs are up once it has booted.
    Running {
        /// Since when.
        since: SimTime,
        /// When its programs came up.
        booted: Option<SimTime>,
    },
    /// On its way to stopped.
    Stopping,
    /// Stopped; only its disk costs money.
    Stopped,
    /// On its way to terminated.
    ShuttingDown,
    /// Gone for good; it stays in the lists for about an hour.
    Terminated,
}

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
/// How long a terminated instance stays in the lists: about an hour.
const LINGER: SimDuration = SimDuration::HOUR;

impl InstanceState {
    /// AWS's name of the state.
    pub fn name(self) -> &'static str {
        match self {
            InstanceState::Pending => "pending",
            InstanceState::Running { .. } => "running",
            InstanceState::Stopping => "stopping",
            InstanceState::Stopped => "stopped",
            InstanceState::ShuttingDown => "shutting-down",
            InstanceState::Terminated => "terminated",
        }
    }

    /// AWS's number of the state.
    pub fn code(self) -> i64 {
        match self {
            InstanceState::Pending => 0,
            InstanceState::Running { .. } => 16,
            InstanceState::ShuttingDown => 32,
            InstanceState::Terminated => 48,
            InstanceState::Stopping => 64,
            InstanceState::Stopped => 80,
        }
    }

    /// The state as AWS's shape.
    pub fn shape(self) -> ec2::InstanceState {
        ec2::InstanceState { code: self.code(), name: self.name().into() }
    }
}

impl Instance {
    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        matches!(self.state, InstanceState::Running { .. })
    }

    /// Whether its programs are up: it can answer a request.
    pub fn is_booted(&self) -> bool {
        matches!(self.state, InstanceState::Running { booted: Some(_), .. })
    }

    /// Whether it is terminated or about to be.
    pub fn is_gone(&self) -> bool {
        matches!(self.state, InstanceState::ShuttingDown | InstanceState::Terminated)
    }

    /// Whether a web server answers on port 80.
    pub fn serves_web(&self) -> bool {
        self.is_booted() && self.disk.has_web_server()
    }

    /// The value of its `Name` tag.
    pub fn name(&self) -> Option<&str> {
        self.tags.iter().find(|tag| tag.key == "Name").map(|tag| tag.value.as_str())
    }

    /// Refuses an Elastic IP address for an instance that is pending or gone.
    pub(super) fn check_may_have_address(&self) -> Result<(), ApiError> {
        let state = self.state.name();
        if self.state == InstanceState::Pending || self.is_gone() {
            let message =
                format!("The {state} instance '{}' is not in a valid state for this operation.", self.instance_id);
            return Err(ApiError::new("InvalidInstanceID", message));
        }
        Ok(())
    }

    fn boot_time(&self) -> &'static Distribution {
        match self.platform {
            Platform::Linux => &BOOT_LINUX,
            Platform::Windows => &BOOT_WINDOWS,
        }
    }
}

impl Ec2 {
    /// The instance of this id.
    ///
    /// # Errors
    /// `InvalidInstanceID.Malformed` or `InvalidInstanceID.NotFound`.
    pub fn instance(&self, instance_id: &str) -> Result<&Instance, ApiError> {
        self.instances.get(instance_id).ok_or_else(|| not_found(&[instance_id]))
    }

    /// Begins the first transition of a new instance.
    pub(super) fn begin_launch(&mut self, context: &mut Context, instance_id: &str) {
        self.begin(context, instance_id, InstanceState::Pending, "ec2.launch", &LAUNCH);
    }

    /// Puts an instance into a state and schedules the end of the transition.
    fn begin(&mut self, context: &mut Context, id: &str, state: InstanceState, process: &str, time: &Distribution) {
        let Some(instance) = self.instances.get_mut(id) else { return };
        instance.state = state;
        instance.generation += 1;
        let draw = (instance.number << 16) | u64::from(instance.generation);
        let delay = time.draw(&mut context.random(process, draw));
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
                self.unbind_instance(id);
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
            instance.disk = Disk::default();
        }
        context.record(Fact::InstanceStateChanged { instance_id: id.to_owned(), state: state.name() });
    }

    fn become_running(&mut self, context: &mut Context, id: &str) {
        let public_ip = self.free_public_ip(context);
        let has_elastic_ip = self.elastic_ip(id).is_some();
        let Some(instance) = self.instances.get_mut(id) else { return };
        let since = match instance.state {
            InstanceState::Running { since, .. } => since,
            InstanceState::Pending
            | InstanceState::Stopping
            | InstanceState::Stopped
            | InstanceState::ShuttingDown
            | InstanceState::Terminated => context.now,
        };
        instance.state = InstanceState::Running { since, booted: None };
        if !has_elastic_ip && instance.auto_public_ip.is_none() {
            instance.auto_public_ip = Some(public_ip);
        }
        let draw = (instance.number << 16) | u64::from(instance.generation);
        let delay = instance.boot_time().draw(&mut context.random("ec2.boot", draw));
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
        if let Some(script) = instance.user_data.take() {
            instance.disk.run_user_data(&script);
        }
        context.record(Fact::InstanceBooted { instance_id: id.to_owned() });
    }

    pub(super) fn start_instances(
        &mut self,
        context: &mut Context,
        input: &StartInstancesRequest,
    ) -> Result<StartInstancesResult, ApiError> {
        self.check_all(&input.instance_ids, |instance| {
            let fits = !matches!(instance.state, InstanceState::Stopping) && !instance.is_gone();
            let message =
                format!("The instance '{}' is not in a state from which it can be started.", instance.instance_id);
            if fits { Ok(()) } else { Err(ApiError::new("IncorrectInstanceState", message)) }
        })?;
        check_dry_run(input.dry_run)?;
        let starting_instances = self.change_all(&input.instance_ids, |ec2, id| {
            if ec2.instances.get(id).is_some_and(|instance| instance.state == InstanceState::Stopped) {
                ec2.begin_start(context, id);
            }
        });
        Ok(StartInstancesResult { starting_instances })
    }

    fn begin_start(&mut self, context: &mut Context, id: &str) {
        if let Some(instance) = self.instances.get_mut(id) {
            instance.launched = context.now;
            instance.transition_reason.clear();
        }
        self.begin(context, id, InstanceState::Pending, "ec2.launch", &LAUNCH);
    }

    pub(super) fn stop_instances(
        &mut self,
        context: &mut Context,
        input: &StopInstancesRequest,
    ) -> Result<StopInstancesResult, ApiError> {
        self.check_all(&input.instance_ids, |instance| {
            let message =
                format!("This instance '{}' is not in a state from which it can be stopped.", instance.instance_id);
            let fits = instance.state != InstanceState::Pending && !instance.is_gone();
            if fits { Ok(()) } else { Err(ApiError::new("IncorrectInstanceState", message)) }
        })?;
        check_dry_run(input.dry_run)?;
        let stopping_instances = self.change_all(&input.instance_ids, |ec2, id| {
            let Some(instance) = ec2.instances.get_mut(id).filter(|instance| instance.is_running()) else { return };
            instance.auto_public_ip = None;
            instance.transition_reason = user_initiated(context.now);
            ec2.begin(context, id, InstanceState::Stopping, "ec2.stop", &STOP);
        });
        Ok(StopInstancesResult { stopping_instances })
    }

    pub(super) fn reboot_instances(
        &mut self,
        context: &mut Context,
        input: &RebootInstancesRequest,
    ) -> Result<(), ApiError> {
        self.check_all(&input.instance_ids, |_| Ok(()))?;
        check_dry_run(input.dry_run)?;
        input.instance_ids.iter().for_each(|id| self.reboot(context, id));
        Ok(())
    }

    /// Restarts the operating system of a running instance: it stays running and answers nothing for a while.
    pub(super) fn reboot(&mut self, context: &mut Context, id: &str) {
        let Some(instance) = self.instances.get(id) else { return };
        let InstanceState::Running { since, .. } = instance.state else { return };
        self.begin(context, id, InstanceState::Running { since, booted: None }, "ec2.reboot", &REBOOT);
    }

    pub(super) fn terminate_instances(
        &mut self,
        context: &mut Context,
        input: &TerminateInstancesRequest,
    ) -> Result<TerminateInstancesResult, ApiError> {
        self.check_all(&input.instance_ids, |instance| {
            let message = format!(
                "The instance '{}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.",
                instance.instance_id
            );
            if instance.is_termination_protected { Err(ApiError::new("OperationNotPermitted", message)) } else { Ok(()) }
        })?;
        check_dry_run(input.dry_run)?;
        let terminating_instances = self.change_all(&input.instance_ids, |ec2, id| ec2.terminate(context, id));
        Ok(TerminateInstancesResult { terminating_instances })
    }

    /// Ends an instance for good; one that is gone stays as it is.
    pub fn terminate(&mut self, context: &mut Context, id: &str) {
        let Some(instance) = self.instances.get_mut(id).filter(|instance| !instance.is_gone()) else { return };
        instance.auto_public_ip = None;
        instance.transition_reason = user_initiated(context.now);
        self.begin(context, id, InstanceState::ShuttingDown, "ec2.terminate", &TERMINATE);
    }

    fn check_all(&self, ids: &[String], check: impl Fn(&Instance) -> Result<(), ApiError>) -> Result<(), ApiError> {
        let missing: Vec<&str> =
            ids.iter().map(String::as_str).filter(|id| !self.instances.contains_key(*id)).collect();
        if !missing.is_empty() {
            return Err(not_found(&missing));
        }
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

fn user_initiated(now: SimTime) -> String {
    let moment = now.to_iso8601().replace('T', " ").replace('Z', " GMT");
    format!("User initiated ({moment})")
}

/// The refusal of ids that no instance has; of the first malformed one if there is any.
pub(super) fn not_found(ids: &[&str]) -> ApiError {
    let is_id = |id: &str| {
        id.strip_prefix("i-")
            .is_some_and(|digits| digits.len() == 17 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    if let Some(malformed) = ids.iter().find(|id| !is_id(id)) {
        return ApiError::new("InvalidInstanceID.Malformed", format!("Invalid id: \"{malformed}\""));
    }
    let message = match ids {
        [id] => format!("The instance ID '{id}' does not exist"),
        several => format!("The instance IDs '{}' do not exist", several.join(", ")),
    };
    ApiError::new("InvalidInstanceID.NotFound", message)
}
