//! Events: what happened, when, and because of what.
use serde::Serialize;

use super::cloudwatch::alarm::Judgement;
use crate::sim::SimTime;

/// An event's place in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventId(pub u64);

/// A fact with its moment and its cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The event's place in the record.
    pub id: EventId,
    /// When it happened.
    pub at: SimTime,
    /// Where it happened.
    pub region: &'static str,
    /// The event that led to it; none for what came from outside.
    pub cause: Option<EventId>,
    /// What happened.
    pub fact: Fact,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all_fields = "PascalCase")]
pub enum Fact {
    /// A request that may change something came in.
    RequestReceived {
        /// The service that was asked.
        service: &'static str,
        /// The operation that was asked for.
        operation: &'static str,
    },
    /// An instance changed its state.
    InstanceStateChanged {
        /// Which one.
        instance_id: String,
        /// The state it is in now.
        state: &'static str,
    },
    /// The operating system and its programs are up: the server can answer.
    InstanceBooted {
        /// Which one.
        instance_id: String,
    },
    /// A zone was lost, or is back.
    ZoneChanged {
        /// Which one.
        zone: String,
        /// Whether its instances can be reached.
        is_reachable: bool,
    },
    /// A public address leads elsewhere from now on.
    AddressMoved {
        /// The address.
        public_ip: String,
        /// The instance that it led to.
        from: Option<String>,
        /// The instance that it leads to.
        to: Option<String>,
    },
    /// An image can be launched from now on.
    ImageAvailable {
        /// Which one.
        image_id: String,
    },
    /// A load balancer changed its state.
    LoadBalancerStateChanged {
        /// Its name.
        name: String,
        /// The state it is in now.
        state: &'static str,
    },
    /// A target of a target group changed its health.
    TargetHealthChanged {
        /// The target group's name.
        target_group: String,
        /// The target's instance.
        instance_id: String,
        /// The state it is in now.
        state: &'static str,
        /// The reason code, such as `Target.Timeout`; empty for a healthy target.
        reason: String,
    },
    /// A group wants another number of instances.
    DesiredCapacityChanged {
        /// The group's name.
        group: String,
        /// How many it wanted before.
        from: i64,
        /// How many it wants now.
        to: i64,
        /// The sentence of the activity history that says why.
        reason: String,
    },
    /// A scaling activity began or ended.
    ActivityChanged {
        /// The group's name.
        group: String,
        /// The activity's id.
        activity_id: String,
        /// Its status code, such as `Successful`.
        status: String,
    },
    /// An alarm changed its state.
    AlarmStateChanged {
        /// The alarm's name.
        alarm: String,
        /// The state it was in before.
        from: &'static str,
        /// The state it is in now.
        state: &'static str,
        /// The reason, in CloudWatch's words.
        reason: String,
        /// What it was judged by; none if a request set the state.
        judgement: Option<Judgement>,
    },
    /// A record of a hosted zone was changed.
    DnsRecordChanged {
        /// The name.
        name: String,
        /// What it stands for now; nothing if the record was deleted.
        values: Vec<String>,
        /// When all name servers answer so.
        #[serde(serialize_with = "iso")]
        in_sync: SimTime,
    },
    /// A policy looked at its alarm and changes the capacity.
    PolicyActed {
        /// The group's name.
        group: String,
        /// The policy's name.
        policy: String,
        /// The value of its metric, if there was one.
        metric: Option<f64>,
        /// How many instances the metric was measured on, or that the adjustment starts from.
        measured_on: i64,
        /// How many instances it has the group want.
        wanted: i64,
        /// How many the group wanted before.
        desired: i64,
        /// The arithmetic in words.
        formula: String,
    },
    /// A policy looked at its alarm and left the capacity as it is. Recorded when the reason becomes another one.
    PolicyHeldBack {
        /// The group's name.
        group: String,
        /// The policy's name.
        policy: String,
        /// The value of its metric, if there was one.
        metric: Option<f64>,
        /// How many instances it would have.
        wanted: i64,
        /// How many the group wants.
        desired: i64,
        /// What held it back, such as `maximum` or `warm-up`.
        clamp: &'static str,
        /// The arithmetic and the reason in words.
        reason: String,
    },
    /// A scheduled action came to its time and was carried out.
    ScheduledActionRan {
        /// The group's name.
        group: String,
        /// The action's name.
        action: String,
        /// The fewest instances that it asks for.
        min: i64,
        /// The most.
        max: i64,
        /// How many.
        desired: i64,
    },
    /// A group has not what it wants and does nothing for it. Recorded when the reason becomes another one.
    GroupHeldBack {
        /// The group's name.
        group: String,
        /// How many it wants.
        desired: i64,
        /// How many it has that are to stay.
        actual: i64,
        /// Why.
        reason: &'static str,
    },
    /// EC2 refused a launch of a group.
    LaunchFailed {
        /// The group's name.
        group: String,
        /// The zone.
        zone: String,
        /// EC2's code.
        code: String,
        /// EC2's message.
        message: String,
    },
    /// A member of a group is in another state.
    MemberStateChanged {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
        /// The state it is in now, such as `InService`.
        state: &'static str,
    },
    /// A group calls a member unhealthy.
    MemberUnhealthy {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
        /// What is wrong, in the words of the activity history.
        reason: &'static str,
    },
    /// A lifecycle hook holds up a launch or a termination.
    LifecycleActionBegan {
        /// The group's name.
        group: String,
        /// The hook's name.
        hook: String,
        /// The instance.
        instance_id: String,
        /// The token of the action.
        token: String,
    },
}

impl Fact {
    /// The fact in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Fact::RequestReceived { service, operation } => format!("Request: {service} {operation}."),
            Fact::InstanceStateChanged { instance_id, state } => format!("{instance_id} is {state}."),
            Fact::InstanceBooted { instance_id } => format!("{instance_id} has booted."),
            Fact::ZoneChanged { zone, is_reachable: true } => format!("Zone {zone} is back."),
            Fact::ZoneChanged { zone, is_reachable: false } => format!("Zone {zone} is lost."),
            Fact::AddressMoved { public_ip, to: Some(to), .. } => format!("{public_ip} leads to {to}."),
            Fact::AddressMoved { public_ip, to: None, .. } => format!("{public_ip} leads nowhere."),
            Fact::ImageAvailable { image_id } => format!("{image_id} is available."),
            Fact::LoadBalancerStateChanged { name, state } => format!("Load balancer {name} is {state}."),
            Fact::TargetHealthChanged { target_group, instance_id, state, reason } => {
                let reason = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
                format!("{instance_id} is {state}{reason} in target group {target_group}.")
            }
            Fact::DesiredCapacityChanged { group, from, to, .. } => {
                format!("{group} wants {to} instances instead of {from}.")
            }
            Fact::ActivityChanged { group, status, .. } => format!("An activity of {group}: {status}."),
            Fact::AlarmStateChanged { alarm, state, .. } => format!("Alarm {alarm} is {state}."),
            Fact::DnsRecordChanged { name, values, .. } if values.is_empty() => {
                format!("The record {name} is deleted.")
            }
            Fact::DnsRecordChanged { name, values, .. } => format!("The record {name} is {}.", values.join(", ")),
            Fact::PolicyActed { group, policy, formula, .. } => {
                format!("Policy {policy} of {group} changes the capacity: {formula}.")
            }
            Fact::PolicyHeldBack { group, policy, reason, .. } => {
                format!("Policy {policy} of {group} changes nothing: {reason}")
            }
            Fact::ScheduledActionRan { group, action, min, max, desired } => {
                format!("Scheduled action {action} asks {group} for {desired} instances between {min} and {max}.")
            }
            Fact::GroupHeldBack { group, desired, actual, reason } => {
                format!("{group} has {actual} of {desired} instances and changes nothing: {reason}.")
            }
            Fact::LaunchFailed { group, zone, message, .. } => {
                format!("A launch of {group} in {zone} failed: {message}")
            }
            Fact::MemberStateChanged { group, instance_id, state } => format!("{instance_id} is {state} in {group}."),
            Fact::MemberUnhealthy { group, instance_id, reason } => {
                format!("{group} calls {instance_id} unhealthy because of {reason}.")
            }
            Fact::LifecycleActionBegan { group, hook, instance_id, .. } => {
                format!("Lifecycle hook {hook} of {group} holds up {instance_id}.")
            }
        }
    }

    /// Whether something that costs money may have begun or ended with it. A group's decisions and states cost nothing: what it then launches
    /// or terminates leaves events of its own.
    pub(super) fn may_cost(&self) -> bool {
        match self {
            Fact::RequestReceived { .. }
            | Fact::InstanceStateChanged { .. }
            | Fact::InstanceBooted { .. }
            | Fact::ZoneChanged { .. }
            | Fact::AddressMoved { .. }
            | Fact::ImageAvailable { .. }
            | Fact::LoadBalancerStateChanged { .. }
            | Fact::DnsRecordChanged { .. } => true,
            Fact::TargetHealthChanged { .. }
            | Fact::DesiredCapacityChanged { .. }
            | Fact::ActivityChanged { .. }
            | Fact::AlarmStateChanged { .. }
            | Fact::PolicyActed { .. }
            | Fact::PolicyHeldBack { .. }
            | Fact::ScheduledActionRan { .. }
            | Fact::GroupHeldBack { .. }
            | Fact::LaunchFailed { .. }
            | Fact::MemberStateChanged { .. }
            | Fact::MemberUnhealthy { .. }
            | Fact::LifecycleActionBegan { .. } => false,
        }
    }

    /// Whether it says something of the thing with this id or name.
    pub fn concerns(&self, id: &str) -> bool {
        let members = serde_json::to_value(self).ok();
        let members = members.as_ref().and_then(|fact| fact.as_object()?.values().next()?.as_object());
        members.is_some_and(|members| members.values().any(|member| member == id))
    }

    /// Whether the group decided something for or against its size.
    pub fn is_decision_of(&self, name: &str) -> bool {
        let (Fact::DesiredCapacityChanged { group, .. }
        | Fact::PolicyHeldBack { group, .. }
        | Fact::GroupHeldBack { group, .. }
        | Fact::LaunchFailed { group, .. }) = self
        else {
            return false;
        };
        group == name
    }
}

/// A moment as AWS prints it.
fn iso<S: serde::Serializer>(at: &SimTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_iso8601())
}
