//! What happened, in sentences, with what led to it.
use super::console::clock;
use crate::cloud::{Event, Fact};
use crate::session::Session;

/// An event as the learner reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Its number; tells rows apart.
    pub id: String,
    /// When it happened.
    pub at: String,
    /// What happened.
    pub text: String,
    /// What led to it; empty for a request.
    pub cause: String,
    /// What it means for the learner.
    pub weight: Weight,
}

/// What an event means for the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The learner asked for it.
    Asked,
    /// One step of many.
    Step,
    /// Something is ready, or well again.
    Good,
    /// Something changed that others depend on.
    Change,
    /// Something is wrong.
    Bad,
}

/// The newest events of a region, the latest first.
pub fn latest(session: &Session, region: &str, most: usize) -> Vec<EventRow> {
    let log = session.cloud().events();
    let here = log.iter().rev().filter(|event| event.region == region).take(most);
    let row = |event: &Event| EventRow {
        id: event.id.0.to_string(),
        at: clock(event.at),
        text: sentence(&event.fact),
        cause: event.cause.and_then(|cause| log.get(cause)).map(|cause| sentence(&cause.fact)).unwrap_or_default(),
        weight: weight(&event.fact),
    };
    here.map(row).collect()
}

/// The sentences of the important events of a region from the `from`th on: what is worth interrupting someone for.
pub fn headlines(session: &Session, region: &str, from: usize) -> Vec<String> {
    let news = session.cloud().events().since(from as u64).filter(|event| event.region == region);
    let is_important = |event: &&Event| match weight(&event.fact) {
        Weight::Good | Weight::Change | Weight::Bad => true,
        Weight::Asked | Weight::Step => false,
    };
    news.filter(is_important).map(|event| sentence(&event.fact)).collect()
}

/// The event in a sentence.
pub fn sentence(fact: &Fact) -> String {
    fact.sentence()
}

fn weight(fact: &Fact) -> Weight {
    match fact {
        Fact::RequestReceived { .. } => Weight::Asked,
        Fact::InstanceStateChanged { state: "running", .. } => Weight::Good,
        Fact::InstanceStateChanged { state: "stopped" | "terminated", .. } => Weight::Change,
        Fact::ImageAvailable { .. } => Weight::Good,
        Fact::LoadBalancerStateChanged { state: "active", .. } => Weight::Good,
        Fact::TargetHealthChanged { state: "healthy", .. } => Weight::Good,
        Fact::TargetHealthChanged { state: "unhealthy", .. }
        | Fact::LaunchFailed { .. }
        | Fact::MemberUnhealthy { .. } => Weight::Bad,
        Fact::DesiredCapacityChanged { .. } | Fact::ScheduledActionRan { .. } | Fact::AddressMoved { .. } => {
            Weight::Change
        }
        Fact::ZoneChanged { is_reachable: true, .. } => Weight::Good,
        Fact::ZoneChanged { is_reachable: false, .. } => Weight::Bad,
        Fact::AlarmStateChanged { alarm, state: "ALARM", .. } if !alarm.contains("-AlarmLow-") => Weight::Bad,
        Fact::InstanceStateChanged { .. }
        | Fact::InstanceBooted { .. }
        | Fact::LoadBalancerStateChanged { .. }
        | Fact::TargetHealthChanged { .. }
        | Fact::ActivityChanged { .. }
        | Fact::AlarmStateChanged { .. }
        | Fact::DnsRecordChanged { .. }
        | Fact::PolicyActed { .. }
        | Fact::PolicyHeldBack { .. }
        | Fact::GroupHeldBack { .. }
        | Fact::MemberStateChanged { .. }
        | Fact::LifecycleActionBegan { .. } => Weight::Step,
    }
}
