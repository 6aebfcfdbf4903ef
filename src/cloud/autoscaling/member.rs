//! Members: instances as their group sees them, and where they stand.
use super::hook::Wait;
use crate::cloud::{EventId, Zone};
use crate::sim::SimTime;

/// An instance as its group sees it.
#[derive(Clone, Debug)]
pub struct Member {
    /// The instance.
    pub instance_id: String,
    /// The instance's number in the account.
    pub number: u64,
    /// Its zone.
    pub zone: Zone,
    /// Its subnet.
    pub subnet_id: String,
    /// Where it stands in the group.
    pub lifecycle: Lifecycle,
    /// What it was launched from; none for an attached instance that came from no template.
    pub template: Option<TemplateVersion>,
    /// Whether scale-in spares it.
    pub is_protected: bool,
    /// Why it is unhealthy, if it is.
    pub unhealthy: Option<Trouble>,
    /// The event by which it was last found unhealthy: the reason of its replacement.
    pub found_unhealthy: Option<EventId>,
    /// Since when its status checks fail, as far as the group has noticed.
    pub impaired_since: Option<SimTime>,
    /// Why it is to be replaced, if it is.
    pub outgoing: Option<Outgoing>,
    /// When it was launched.
    pub launched: SimTime,
    /// Why it was launched.
    pub(super) launched_for: Reason,
    /// Whether it goes back to the warm pool instead of being terminated.
    pub(super) returns_to_pool: bool,
    /// The lifecycle hooks it waits for.
    pub(super) waits: Vec<Wait>,
    /// The activity that is under way for it.
    pub(super) activity_id: String,
}

/// A version of a launch template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateVersion {
    /// The template's id.
    pub id: String,
    /// The template's name.
    pub name: String,
    /// The version's number.
    pub number: i64,
}

/// Where a member stands. EC2 Auto Scaling User Guide, "Amazon EC2 Auto Scaling instance lifecycle".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// It is being launched.
    Pending(Phase),
    /// It counts, since a moment.
    InService(SimTime),
    /// It is on its way to standby.
    EnteringStandby,
    /// It is out of service for a while, and still a member.
    Standby,
    /// It is leaving the group and keeps running.
    Detaching,
    /// It is being drained and terminated.
    Terminating(Phase),
    /// It is in the warm pool.
    Warmed(Warmed),
}

/// How a state goes on that lifecycle hooks can hold up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before the hooks.
    Begun,
    /// The hooks hold it up.
    Wait,
    /// The hooks are done.
    Proceed,
}

/// Where a member of the warm pool stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warmed {
    /// It is being prepared.
    Pending(Phase),
    /// It is ready and runs.
    Running,
    /// It is ready and stopped.
    Stopped,
    /// It is being terminated.
    Terminating(Phase),
}

/// What is wrong with a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It does not run.
    NotRunning,
    /// Its status checks fail.
    StatusCheck,
    /// The load balancer's health checks fail.
    Balancer,
    /// A request said so.
    Custom,
}

/// A member that another one is to take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Why.
    pub reason: Reason,
    /// The event that led to it.
    pub event: Option<EventId>,
}

/// Why an instance is launched, or another one ended for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The group wants more or fewer.
    Difference,
    /// A member is unhealthy.
    Unhealthy(TroubleRank),
    /// The zones are out of balance.
    Balance,
    /// Members are in zones that the group has no more.
    InvalidZone,
    /// An instance refresh is under way.
    Refresh,
    /// A member is too old.
    Lifetime,
    /// The warm pool is to be filled.
    WarmPool,
}

/// Whether unhealthiness is acted on at once, or at a measured pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TroubleRank {
    /// At once.
    AtOnce,
    /// A tenth of the group at a time.
    Paced,
}

impl Reason {
    /// Whether a launch for it is of use in one zone alone: the one with the fewest members.
    pub(super) fn is_about_zones(self) -> bool {
        match self {
            Reason::Balance | Reason::InvalidZone => true,
            Reason::Difference | Reason::Unhealthy(_) | Reason::Refresh | Reason::Lifetime | Reason::WarmPool => false,
        }
    }
}

impl Lifecycle {
    /// AWS's name of the state.
    pub fn name(self) -> &'static str {
        match self {
            Lifecycle::Pending(Phase::Begun) => "Pending",
            Lifecycle::Pending(Phase::Wait) => "Pending:Wait",
            Lifecycle::Pending(Phase::Proceed) => "Pending:Proceed",
            Lifecycle::InService(_) => "InService",
            Lifecycle::EnteringStandby => "EnteringStandby",
            Lifecycle::Standby => "Standby",
            Lifecycle::Detaching => "Detaching",
            Lifecycle::Terminating(Phase::Begun) => "Terminating",
            Lifecycle::Terminating(Phase::Wait) => "Terminating:Wait",
            Lifecycle::Terminating(Phase::Proceed) => "Terminating:Proceed",
            Lifecycle::Warmed(warmed) => warmed.name(),
        }
    }

    /// Whether it counts towards the desired capacity.
    pub fn is_active(self) -> bool {
        match self {
            Lifecycle::Pending(_) | Lifecycle::InService(_) => true,
            Lifecycle::EnteringStandby
            | Lifecycle::Standby
            | Lifecycle::Detaching
            | Lifecycle::Terminating(_)
            | Lifecycle::Warmed(_) => false,
        }
    }

    /// Whether it is on its way out, from the group or from the warm pool.
    pub fn is_ending(self) -> bool {
        matches!(self, Lifecycle::Terminating(_) | Lifecycle::Warmed(Warmed::Terminating(_)))
    }

    /// Whether it is in the state [`Lifecycle::InService`].
    pub fn is_in_service(self) -> bool {
        matches!(self, Lifecycle::InService(_))
    }

    /// The same state in another phase; a state without phases stays as it is.
    pub(super) fn in_phase(self, phase: Phase) -> Self {
        match self {
            Lifecycle::Pending(_) => Lifecycle::Pending(phase),
            Lifecycle::Terminating(_) => Lifecycle::Terminating(phase),
            Lifecycle::Warmed(Warmed::Pending(_)) => Lifecycle::Warmed(Warmed::Pending(phase)),
            Lifecycle::Warmed(Warmed::Terminating(_)) => Lifecycle::Warmed(Warmed::Terminating(phase)),
            Lifecycle::InService(_)
            | Lifecycle::EnteringStandby
            | Lifecycle::Standby
            | Lifecycle::Detaching
            | Lifecycle::Warmed(Warmed::Running | Warmed::Stopped) => self,
        }
    }

    /// The phase of a state that has phases.
    pub(super) fn phase(self) -> Option<Phase> {
        match self {
            Lifecycle::Pending(phase)
            | Lifecycle::Terminating(phase)
            | Lifecycle::Warmed(Warmed::Pending(phase) | Warmed::Terminating(phase)) => Some(phase),
            Lifecycle::InService(_)
            | Lifecycle::EnteringStandby
            | Lifecycle::Standby
            | Lifecycle::Detaching
            | Lifecycle::Warmed(Warmed::Running | Warmed::Stopped) => None,
        }
    }
}

impl Warmed {
    fn name(self) -> &'static str {
        match self {
            Warmed::Pending(Phase::Begun) => "Warmed:Pending",
            Warmed::Pending(Phase::Wait) => "Warmed:Pending:Wait",
            Warmed::Pending(Phase::Proceed) => "Warmed:Pending:Proceed",
            Warmed::Running => "Warmed:Running",
            Warmed::Stopped => "Warmed:Stopped",
            Warmed::Terminating(Phase::Begun) => "Warmed:Terminating",
            Warmed::Terminating(Phase::Wait) => "Warmed:Terminating:Wait",
            Warmed::Terminating(Phase::Proceed) => "Warmed:Terminating:Proceed",
        }
    }
}

impl Trouble {
    /// How the activity history names it.
    pub fn words(self) -> &'static str {
        match self {
            Trouble::NotRunning => "an EC2 health check indicating it has been terminated or stopped",
            Trouble::StatusCheck => "an EC2 instance status check failure",
            Trouble::Balancer => "an ELB system health check failure",
            Trouble::Custom => "a user health-check",
        }
    }

    /// Whether it is acted on at once.
    pub fn rank(self) -> TroubleRank {
        match self {
            Trouble::NotRunning | Trouble::Custom => TroubleRank::AtOnce,
            Trouble::StatusCheck | Trouble::Balancer => TroubleRank::Paced,
        }
    }
}

impl Member {
    /// Whether it is in service, in good health, and to stay.
    pub fn is_sound(&self) -> bool {
        self.lifecycle.is_in_service() && self.unhealthy.is_none()
    }

    /// Whether it counts towards the desired capacity, and no other is to take its place.
    pub fn stays(&self) -> bool {
        self.lifecycle.is_active() && self.outgoing.is_none()
    }

    /// Since when it has been in service.
    pub fn in_service_since(&self) -> Option<SimTime> {
        match self.lifecycle {
            Lifecycle::InService(since) => Some(since),
            Lifecycle::Pending(_)
            | Lifecycle::EnteringStandby
            | Lifecycle::Standby
            | Lifecycle::Detaching
            | Lifecycle::Terminating(_)
            | Lifecycle::Warmed(_) => None,
        }
    }
}
