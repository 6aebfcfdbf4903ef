//! Processes that can be suspended. EC2 Auto Scaling User Guide, "Suspend and resume Amazon EC2 Auto Scaling processes".
use super::AutoScaling;
use crate::api::ApiError;
use crate::api::autoscaling::{
    ProcessType, ProcessesType, ResumeProcessesQuery, ScalingProcessQuery, SuspendedProcess,
};
use crate::cloud::Context;

/// Something a group does on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Process {
    /// It adds instances.
    Launch,
    /// It removes instances.
    Terminate,
    /// It registers new instances with target groups.
    AddToLoadBalancer,
    /// It takes the word of alarms.
    AlarmNotification,
    /// It balances the zones.
    AZRebalance,
    /// It marks instances as unhealthy.
    HealthCheck,
    /// It goes on with an instance refresh.
    InstanceRefresh,
    /// It replaces unhealthy instances.
    ReplaceUnhealthy,
    /// It carries out scheduled actions.
    ScheduledActions,
}

impl Process {
    /// All of them, in order of their names.
    pub const ALL: [Process; 9] = [
        Process::AZRebalance,
        Process::AddToLoadBalancer,
        Process::AlarmNotification,
        Process::HealthCheck,
        Process::InstanceRefresh,
        Process::Launch,
        Process::ReplaceUnhealthy,
        Process::ScheduledActions,
        Process::Terminate,
    ];

    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Process::Launch => "Launch",
            Process::Terminate => "Terminate",
            Process::AddToLoadBalancer => "AddToLoadBalancer",
            Process::AlarmNotification => "AlarmNotification",
            Process::AZRebalance => "AZRebalance",
            Process::HealthCheck => "HealthCheck",
            Process::InstanceRefresh => "InstanceRefresh",
            Process::ReplaceUnhealthy => "ReplaceUnhealthy",
            Process::ScheduledActions => "ScheduledActions",
        }
    }
}

/// The processes that a request names; all if it names none.
fn named(names: &[String]) -> Result<Vec<Process>, ApiError> {
    let find = |name: &String| {
        let found = Process::ALL.into_iter().find(|process| process.name() == name);
        // The wording is a guess.
        found.ok_or_else(|| ApiError::validation(format!("{name} is not a valid scaling process.")))
    };
    if names.is_empty() { Ok(Process::ALL.to_vec()) } else { names.iter().map(find).collect() }
}

impl AutoScaling {
    pub(super) fn suspend(&mut self, context: &Context, input: &ScalingProcessQuery) -> Result<(), ApiError> {
        let processes = named(&input.scaling_processes)?;
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        for process in processes {
            let reason = format!("User suspended at {}", context.now.to_iso8601());
            group.suspended.entry(process).or_insert(reason);
        }
        Ok(())
    }

    pub(super) fn resume(&mut self, context: &mut Context, input: &ResumeProcessesQuery) -> Result<(), ApiError> {
        let processes = named(&input.scaling_processes)?;
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        group.suspended.retain(|process, _| !processes.contains(process));
        group.failures = Default::default();
        group.reconcile_soon(context);
        Ok(())
    }

    pub(super) fn describe_process_types() -> ProcessesType {
        let shape = |process: Process| ProcessType { process_name: process.name().into() };
        ProcessesType { processes: Process::ALL.map(shape).into() }
    }
}

/// What a group shows of its suspended processes.
pub(super) fn suspended_shapes(group: &super::Group) -> Vec<SuspendedProcess> {
    let shape = |(process, reason): (&Process, &String)| SuspendedProcess {
        process_name: process.name().into(),
        suspension_reason: reason.clone(),
    };
    group.suspended.iter().map(shape).collect()
}
