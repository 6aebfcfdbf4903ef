//! Instance refresh: replacing the instances of a group little by little.
//!
//! EC2 Auto Scaling User Guide, "Use an instance refresh to update instances in an Auto Scaling group".
mod preferences;
mod progress;
mod request;
mod rollback;

use super::Group;
use super::group::Maintenance;
use crate::api::ApiError;
use crate::api::autoscaling::LaunchTemplateSpecification;
use crate::sim::{SimDuration, SimTime};

pub use preferences::{Preferences, Special};
pub use rollback::Rollback;

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
}
