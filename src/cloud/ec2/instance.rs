//! Instances: what they are, and the states they are in.
use super::Ec2;
use super::accelerator::Accelerator;
use super::credit::CreditMode;
use super::disk::Disk;
use super::image::Platform;
use super::instance_type::InstanceType;
use crate::api::ApiError;
use crate::api::ec2::{self, InstanceMetadataOptions, Tag};
use crate::sim::SimTime;

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
    /// The client token of that launch.
    pub client_token: String,
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
    /// The VPC it lies in.
    pub vpc_id: String,
    /// The subnet it lies in.
    pub subnet_id: String,
    /// The zone of that subnet.
    pub zone: String,
    /// Its address inside the network; given back when it is terminated.
    pub private_ip: Option<String>,
    /// Its automatic public address; it has one while it runs without an Elastic IP address.
    pub auto_public_ip: Option<String>,
    /// Whether it gets an automatic public address whenever it becomes running.
    pub wants_public_ip: bool,
    /// The id of its network interface.
    pub network_interface_id: String,
    /// Its security groups by id.
    pub security_groups: Vec<String>,
    /// The key pair's name.
    pub key_name: Option<String>,
    /// The script that runs at first boot.
    pub user_data: Option<String>,
    /// Whether it has booted before: the script has run.
    pub has_booted_before: bool,
    /// What it wrote on its console since it was last started.
    pub console: String,
    /// Whether metrics come every minute.
    pub detailed_monitoring: bool,
    /// How it spends CPU credits, if its type works on them. The data plane keeps the balance.
    pub credits: CreditMode,
    /// Its Elastic Inference accelerators, which the data plane uses for inference.
    pub accelerator: Option<Accelerator>,
    /// Its files.
    pub disk: Disk,
    /// The id of its root volume.
    pub volume_id: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Why it left the running state.
    pub reason: Option<Reason>,
    /// Whether `TerminateInstances` is refused.
    pub is_termination_protected: bool,
    /// Whether `StopInstances` is refused.
    pub is_stop_protected: bool,
    /// Whether it is terminated, and not stopped, when its own operating system shuts down.
    pub is_terminated_by_shutdown: bool,
    /// How programs on it may ask for its metadata.
    pub metadata: InstanceMetadataOptions,
    /// When its status checks have their first result.
    pub checked_from: SimTime,
}

/// Why an instance left the running state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A request at this moment.
    UserInitiated(SimTime),
    /// Its own operating system shut down.
    InstanceInitiated,
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

impl Reason {
    /// AWS's code and message, as in `StateReason`.
    pub fn code_and_message(self) -> (&'static str, &'static str) {
        match self {
            Reason::UserInitiated(_) => {
                ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown")
            }
            Reason::InstanceInitiated => {
                ("Client.InstanceInitiatedShutdown", "Client.InstanceInitiatedShutdown: Instance initiated shutdown")
            }
        }
    }

    /// AWS's `StateTransitionReason`; empty for a shutdown from inside (a guess).
    pub fn transition(self) -> String {
        match self {
            Reason::UserInitiated(moment) => {
                format!("User initiated ({})", moment.to_iso8601().replace('T', " ").replace('Z', " GMT"))
            }
            Reason::InstanceInitiated => String::new(),
        }
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

    /// The device of its root volume.
    pub fn root_device(&self) -> &'static str {
        self.platform.root_device()
    }

    /// What it costs, in millionths of a US dollar per hour: the machine and its accelerators.
    pub fn micro_usd_per_hour(&self) -> u64 {
        let machine = match self.platform {
            Platform::Linux => self.instance_type.linux_micro_usd_per_hour,
            Platform::Windows => self.instance_type.windows_micro_usd_per_hour,
        };
        machine + self.accelerator.map_or(0, |accelerator| accelerator.micro_usd_per_hour())
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

    pub(super) fn instance_mut(&mut self, instance_id: &str) -> Result<&mut Instance, ApiError> {
        self.instances.get_mut(instance_id).ok_or_else(|| not_found(&[instance_id]))
    }

    /// Refuses ids that no instance has.
    pub(super) fn check_known(&self, ids: &[String]) -> Result<(), ApiError> {
        let missing: Vec<&str> =
            ids.iter().map(String::as_str).filter(|id| !self.instances.contains_key(*id)).collect();
        if missing.is_empty() { Ok(()) } else { Err(not_found(&missing)) }
    }
}

/// The refusal of ids that no instance has; of the first malformed one if there is any.
fn not_found(ids: &[&str]) -> ApiError {
    let is_id = |id: &str| {
        id.strip_prefix("i-").is_some_and(|digits| {
            [8, 17].contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        })
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
