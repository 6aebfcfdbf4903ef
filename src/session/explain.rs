//! Why something happened, or why nothing did: a walk along recorded causes.
//!
//! Nothing here is guessed afterwards: the facts carry the numbers that were judged at the time.
use std::collections::BTreeMap;

use serde_json::Value;

use super::Session;
use crate::api::ApiError;
use crate::api::lab::{ExplainRequest, ExplainResult, ExplainStep};
use crate::cloud::cloudwatch::alarm::Judgement;
use crate::cloud::{Event, EventId, Fact};
use crate::sim::SimTime;

/// What led to an event, from the record.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// What was asked.
    pub question: String,
    /// The event and what led to it, the last cause last.
    pub chain: Vec<&'a Event>,
    /// What followed from it, in order of time.
    pub followed: Vec<&'a Event>,
    /// What would have led to something else.
    pub alternatives: Vec<String>,
}

impl Session {
    /// What led to an event and what followed from it.
    ///
    /// # Errors
    /// `NotRecorded` if the record does not hold it any more.
    pub fn explanation(&self, event: EventId) -> Result<Explanation<'_>, ApiError> {
        let log = self.cloud.events();
        let asked = log.get(event).ok_or_else(not_recorded)?;
        Ok(self.explained(format!("Why: {}", asked.fact.sentence()), event))
    }

    /// As the operation Explain, with the events themselves.
    ///
    /// # Errors
    /// `ValidationError` if the request names nothing or several things, `NotRecorded` if nothing is recorded about it.
    pub fn explanation_of(&self, input: &ExplainRequest) -> Result<Explanation<'_>, ApiError> {
        let (question, event) = self.subject(input)?;
        Ok(self.explained(question, event))
    }

    fn explained(&self, question: String, event: EventId) -> Explanation<'_> {
        let chain = self.cloud.events().chain(event);
        let alternatives = chain.iter().flat_map(|event| alternatives(&event.fact)).collect();
        Explanation { question, followed: self.cloud.events().consequences(event), chain, alternatives }
    }

    /// Explains an activity, an alarm, an instance, or what a group did last up to a moment.
    ///
    /// # Errors
    /// `ValidationError` if the request names none of them or several, `NotRecorded` if nothing is recorded about it.
    pub(super) fn explain(&self, input: &ExplainRequest) -> Result<ExplainResult, ApiError> {
        let Explanation { question, chain, alternatives, .. } = self.explanation_of(input)?;
        Ok(ExplainResult {
            question,
            answer: chain.first().map(|event| event.fact.sentence()).unwrap_or_default(),
            steps: chain.iter().map(|event| step(event)).collect(),
            would_have_changed_it: alternatives,
        })
    }

    /// What is asked, and the event that the answer begins with.
    fn subject(&self, input: &ExplainRequest) -> Result<(String, EventId), ApiError> {
        let names = [&input.activity_id, &input.alarm_name, &input.instance_id, &input.auto_scaling_group_name];
        if names.iter().filter(|name| name.is_some()).count() != 1 {
            let message = "Name one of ActivityId, AlarmName, InstanceId and AutoScalingGroupName.";
            return Err(ApiError::validation(message));
        }
        let until = match &input.time {
            Some(text) => SimTime::parse_iso8601(text)
                .ok_or_else(|| ApiError::validation(format!("{text} is no moment, such as 2026-01-05T10:42:15Z.")))?,
            None => self.now,
        };
        let (question, event) = if let Some(id) = &input.activity_id {
            (format!("Why did the activity {id} take place?"), self.activity_event(id))
        } else if let Some(name) = &input.alarm_name {
            let is_it = |fact: &Fact| matches!(fact, Fact::AlarmStateChanged { alarm, .. } if alarm == name);
            (format!("Why is the alarm {name} in its state?"), self.last_event(until, is_it))
        } else if let Some(id) = &input.instance_id {
            (format!("Why is the instance {id} as it is?"), self.last_event(until, |fact| fact.concerns(id)))
        } else {
            let name = input.auto_scaling_group_name.as_deref().unwrap_or_default();
            let question = format!("Why did the group {name} do what it did last up to {}?", until.to_iso8601());
            (question, self.last_event(until, |fact| fact.is_decision_of(name)))
        };
        event.map(|event| (question, event)).ok_or_else(not_recorded)
    }

    fn activity_event(&self, id: &str) -> Option<EventId> {
        let groups = self.cloud.regions().flat_map(|region| region.autoscaling.groups.values());
        groups.flat_map(|group| &group.activities).find(|activity| activity.activity_id == id)?.event
    }

    fn last_event(&self, until: SimTime, is_it: impl Fn(&Fact) -> bool) -> Option<EventId> {
        let mut newest_first = self.cloud.events().iter().rev();
        newest_first.find(|event| event.at <= until && is_it(&event.fact)).map(|event| event.id)
    }
}

fn not_recorded() -> ApiError {
    let message = "Nothing is recorded about it. The record keeps what led to what is still shown.";
    ApiError::new("NotRecorded", message)
}

fn step(event: &Event) -> ExplainStep {
    // A fact is written as its name with its members.
    let (name, details) = match serde_json::to_value(&event.fact) {
        Ok(Value::Object(members)) => members.into_iter().next().unwrap_or_default(),
        Ok(other) => (String::new(), other),
        Err(_) => (String::new(), Value::Null),
    };
    let details = details.as_object().map(|members| members.clone().into_iter().collect());
    ExplainStep {
        time: event.at.to_iso8601(),
        region: event.region.to_owned(),
        event: name,
        text: event.fact.sentence(),
        details: details.unwrap_or_else(BTreeMap::new),
    }
}

/// What would have led to something else, where the recorded numbers say so.
fn alternatives(fact: &Fact) -> Vec<String> {
    if let Fact::AlarmStateChanged { alarm, judgement: Some(judgement), .. } = fact {
        return of_alarm(alarm, judgement).into_iter().collect();
    }
    if let Fact::RequestReceived { service, operation } = fact {
        return vec![format!("Without the request {service} {operation} nothing of this had followed.")];
    }
    if let Fact::PolicyHeldBack { clamp, desired, .. } = fact {
        return of_clamp(clamp, *desired).into_iter().collect();
    }
    Vec::new()
}

/// What would have let the policy act.
fn of_clamp(clamp: &str, desired: i64) -> Option<String> {
    Some(match clamp {
        "maximum" => format!("With a maximum above {desired} the group had grown."),
        "minimum" => format!("With a minimum below {desired} the group had shrunk."),
        "warm-up" => "With a shorter instance warm-up the policy had acted sooner.".into(),
        "cooldown" => "With a shorter cooldown the policy had acted sooner.".into(),
        "suspended process" => "With the process AlarmNotification resumed the policy had acted.".into(),
        "disabled policy" => "With the policy enabled it had acted.".into(),
        _ => return None,
    })
}

/// With which threshold the alarm had been in another state.
fn of_alarm(alarm: &str, judgement: &Judgement) -> Option<String> {
    let mut values: Vec<f64> = judgement.datapoints.iter().map(|point| point.value).collect();
    // The datapoint that decides is the one that is the last to breach when all are put in order.
    values.sort_by(|one, other| match judgement.comparison.is_upward() {
        true => other.total_cmp(one),
        false => one.total_cmp(other),
    });
    let decisive = values.get(judgement.needed.checked_sub(1)?)?;
    let (side, opposite) = if judgement.comparison.is_upward() { ("above", "below") } else { ("below", "above") };
    Some(match judgement.is_alarm {
        true => format!("With a threshold {side} {decisive}, {alarm} had stayed out of ALARM."),
        false => format!("With a threshold {opposite} {decisive}, {alarm} had gone into ALARM."),
    })
}
