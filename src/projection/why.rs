//! Why something happened, or nothing: the recorded causes as sentences with their numbers.
use std::collections::BTreeSet;

use super::console::clock;
use super::marks::Subject;
use crate::api::ApiError;
use crate::api::lab::ExplainRequest;
use crate::cloud::cloudwatch::alarm::Judgement;
use crate::cloud::{Event, Fact};
use crate::session::{Explanation, Session};
use crate::sim::SimTime;
use crate::traffic::ServerId;

/// The answer to a why.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// What was asked.
    pub question: String,
    /// The event itself, and what led to it, the last cause last.
    pub steps: Vec<WhyStep>,
    /// What would have led to something else.
    pub otherwise: Vec<String>,
    /// What followed: the instance's way into service, its health, its first request.
    pub followed: Vec<WhyStep>,
}

/// A step of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyStep {
    /// When.
    pub at: String,
    /// What happened.
    pub text: String,
    /// The numbers by which it was decided.
    pub numbers: Vec<String>,
}

/// More of what followed is not shown.
const MOST_FOLLOWED: usize = 24;

/// The answer to a why.
///
/// # Errors
/// `NotRecorded` if the record knows nothing of it.
pub fn why(session: &Session, subject: &Subject) -> Result<Why, ApiError> {
    let explanation = match subject {
        Subject::Event(event) => session.explanation(*event)?,
        Subject::Activity(id) => {
            session.explanation_of(&ExplainRequest { activity_id: Some(id.clone()), ..ExplainRequest::default() })?
        }
        Subject::Group(name, at) => {
            let (name, time) = (Some(name.clone()), Some(at.to_iso8601()));
            session.explanation_of(&ExplainRequest {
                auto_scaling_group_name: name,
                time,
                ..ExplainRequest::default()
            })?
        }
    };
    Ok(answer(session, explanation))
}

fn answer(session: &Session, explanation: Explanation) -> Why {
    let mut followed: Vec<(SimTime, WhyStep)> =
        explanation.followed.iter().map(|event| (event.at, step(event))).collect();
    followed.extend(first_answers(session, &explanation));
    followed.sort_by_key(|(at, _)| *at);
    Why {
        question: explanation.question,
        steps: explanation.chain.iter().map(|event| step(event)).collect(),
        otherwise: explanation.alternatives,
        followed: followed.into_iter().map(|(_, step)| step).take(MOST_FOLLOWED).collect(),
    }
}

/// By when the instances that came of it had answered their first request.
fn first_answers(session: &Session, explanation: &Explanation) -> Vec<(SimTime, WhyStep)> {
    let launched = explanation.followed.iter().filter_map(|event| match &event.fact {
        Fact::InstanceStateChanged { instance_id, state: "pending" } => Some(instance_id),
        _ => None,
    });
    let ids: BTreeSet<&String> = launched.collect();
    let first = |id: &String| {
        let instance = session.cloud().regions().find_map(|region| region.ec2.instances.get(id))?;
        let at = session.history().first_answer(ServerId(instance.number))?;
        let text = format!("{id} has answered its first request.");
        Some((at, WhyStep { at: clock(at), text, numbers: Vec::new() }))
    };
    ids.into_iter().filter_map(first).collect()
}

fn step(event: &Event) -> WhyStep {
    WhyStep { at: clock(event.at), text: event.fact.sentence(), numbers: numbers(&event.fact) }
}

/// The numbers that a fact was decided by.
fn numbers(fact: &Fact) -> Vec<String> {
    match fact {
        Fact::AlarmStateChanged { judgement: Some(judgement), .. } => of_judgement(judgement),
        Fact::PolicyActed { metric, measured_on, wanted, desired, .. } => {
            let metric = metric.map(|value| format!("The metric was {} on {measured_on} instances.", rounded(value)));
            metric.into_iter().chain([format!("Wanted capacity: {wanted} instead of {desired}.")]).collect()
        }
        Fact::PolicyHeldBack { metric, wanted, desired, clamp, .. } => {
            let metric = metric.map(|value| format!("The metric was {}.", rounded(value)));
            let held = format!("It would have {wanted} instances, the group wants {desired}. Held back by: {clamp}.");
            metric.into_iter().chain([held]).collect()
        }
        Fact::DesiredCapacityChanged { reason, .. } => vec![reason.clone()],
        Fact::RequestReceived { .. }
        | Fact::InstanceStateChanged { .. }
        | Fact::InstanceBooted { .. }
        | Fact::ZoneChanged { .. }
        | Fact::AddressMoved { .. }
        | Fact::ImageAvailable { .. }
        | Fact::LoadBalancerStateChanged { .. }
        | Fact::TargetHealthChanged { .. }
        | Fact::ActivityChanged { .. }
        | Fact::AlarmStateChanged { judgement: None, .. }
        | Fact::DnsRecordChanged { .. }
        | Fact::ScheduledActionRan { .. }
        | Fact::GroupHeldBack { .. }
        | Fact::LaunchFailed { .. }
        | Fact::MemberStateChanged { .. }
        | Fact::MemberUnhealthy { .. }
        | Fact::LifecycleActionBegan { .. } => Vec::new(),
    }
}

fn of_judgement(judgement: &Judgement) -> Vec<String> {
    let points: Vec<String> = judgement
        .datapoints
        .iter()
        .rev()
        .map(|point| {
            let time = SimTime::parse_iso8601(&point.time).map_or_else(|| point.time.clone(), minute);
            format!("{} at {time}", rounded(point.value))
        })
        .collect();
    let rule = format!(
        "{} of {} periods of {} s must be {} {}: {}.",
        judgement.needed,
        judgement.of,
        judgement.period,
        judgement.comparison.sign(),
        rounded(judgement.threshold),
        if judgement.is_alarm { "they are" } else { "they are not" }
    );
    let filled = (judgement.filled > 0).then(|| format!("{} periods had no data.", judgement.filled));
    let seen = format!("{} of {}: {}.", judgement.statistic, judgement.metric, points.join(", "));
    [seen, rule].into_iter().chain(filled).collect()
}

fn minute(at: SimTime) -> String {
    let (_, hour, minute, _) = at.day_and_clock();
    format!("{hour:02}:{minute:02}")
}

fn rounded(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
