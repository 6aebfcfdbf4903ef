//! Alarms: a metric, a threshold, and how many periods of how many must cross it.
use serde::Serialize;

use super::evaluate::{Evaluated, Evaluation};
use super::history::{HistoryItem, state_json};
use super::unit::Unit;
use super::{CloudWatch, MetricKey, Statistic};
use crate::cloud::{Context, EventId, Fact};
use crate::sim::{SimDuration, SimTime};

/// An alarm on a metric.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it watches.
    pub key: MetricKey,
    /// The unit it watches, if it cares.
    pub unit: Option<Unit>,
    /// The statistic of each period.
    pub statistic: Statistic,
    /// The length of a period. Simplified: periods begin at whole multiples of it since midnight, and the alarm is evaluated at their ends;
    /// in AWS each minute.
    pub period: SimDuration,
    /// How many periods it looks at.
    pub evaluation_periods: usize,
    /// How many of them must cross the threshold, if that was said; all of them if not.
    pub datapoints_to_alarm: Option<usize>,
    /// The threshold.
    pub threshold: f64,
    /// How a value crosses it.
    pub comparison: Comparison,
    /// What a period without data counts as.
    pub missing: MissingData,
    /// Whether it sets anything off.
    pub actions_enabled: bool,
    /// The ARNs of what it sets off when it goes into `ALARM`.
    pub actions: Vec<String>,
    /// Of what it sets off when it goes into `OK`.
    pub ok_actions: Vec<String>,
    /// Of what it sets off when it goes into `INSUFFICIENT_DATA`.
    pub insufficient_data_actions: Vec<String>,
    /// Its state.
    pub state: AlarmState,
    /// Why it is in this state, in CloudWatch's words.
    pub reason: String,
    /// The same as JSON, for what an evaluation found.
    pub reason_data: Option<String>,
    /// When its state was last set.
    pub updated: SimTime,
    /// When it was last changed by a request.
    pub configured: SimTime,
    /// The event of the last change of state; the cause of what it sets off.
    pub event: Option<EventId>,
    /// Whether it was evaluated since it was made or changed.
    pub is_evaluated: bool,
}

/// How a value crosses a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Comparison {
    /// It is greater.
    Greater,
    /// It is greater or equal.
    GreaterOrEqual,
    /// It is less.
    Less,
    /// It is less or equal.
    LessOrEqual,
}

/// What a period without data counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingData {
    /// Nothing: the alarm judges by what there is.
    Missing,
    /// As within the threshold.
    NotBreaching,
    /// As across the threshold.
    Breaching,
    /// The alarm keeps its state.
    Ignore,
}

/// The state of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmState {
    /// The metric is within the threshold.
    Ok,
    /// The metric is across the threshold.
    Alarm,
    /// There is not enough data to say.
    InsufficientData,
}

/// What an alarm was judged by when it changed its state.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Judgement {
    /// The metric: namespace, name, dimensions.
    pub metric: String,
    /// The statistic of each period.
    pub statistic: String,
    /// The length of a period in seconds.
    pub period: u64,
    /// How a value crosses the threshold.
    pub comparison: Comparison,
    /// The threshold.
    pub threshold: f64,
    /// How many periods must cross it.
    pub needed: usize,
    /// Of how many.
    pub of: usize,
    /// How many periods without data were filled in.
    pub filled: usize,
    /// Whether the alarm went into `ALARM`.
    pub is_alarm: bool,
    /// The datapoints with the beginnings of their periods, the newest first.
    pub datapoints: Vec<JudgedDatapoint>,
}

/// A datapoint that an alarm was judged by.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct JudgedDatapoint {
    /// The beginning of its period, as AWS prints it.
    pub time: String,
    /// Its value.
    pub value: f64,
    /// Whether it crosses the threshold.
    pub is_breaching: bool,
}

/// A state and why it is so.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) state: AlarmState,
    pub(super) reason: String,
    pub(super) data: Option<String>,
}

/// The reason of a new alarm.
pub const UNCHECKED: &str = "Unchecked: Initial alarm creation";

impl AlarmState {
    /// All states.
    pub const ALL: [AlarmState; 3] = [AlarmState::Ok, AlarmState::Alarm, AlarmState::InsufficientData];

    /// AWS's name of the state.
    pub fn name(self) -> &'static str {
        match self {
            AlarmState::Ok => "OK",
            AlarmState::Alarm => "ALARM",
            AlarmState::InsufficientData => "INSUFFICIENT_DATA",
        }
    }
}

impl Comparison {
    /// AWS's name of the operator.
    pub fn name(self) -> &'static str {
        match self {
            Comparison::Greater => "GreaterThanThreshold",
            Comparison::GreaterOrEqual => "GreaterThanOrEqualToThreshold",
            Comparison::Less => "LessThanThreshold",
            Comparison::LessOrEqual => "LessThanOrEqualToThreshold",
        }
    }

    /// The sign of the comparison, such as `>`.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        let all = [Comparison::Greater, Comparison::GreaterOrEqual, Comparison::Less, Comparison::LessOrEqual];
        all.into_iter().find(|comparison| comparison.name() == name)
    }

    pub(super) fn crosses(self, value: f64, threshold: f64) -> bool {
        match self {
            Comparison::Greater => value > threshold,
            Comparison::GreaterOrEqual => value >= threshold,
            Comparison::Less => value < threshold,
            Comparison::LessOrEqual => value <= threshold,
        }
    }

    /// Whether greater values cross.
    pub fn is_upward(self) -> bool {
        matches!(self, Comparison::Greater | Comparison::GreaterOrEqual)
    }

    /// The comparison in words, such as `greater than`.
    pub fn words(self) -> &'static str {
        match self {
            Comparison::Greater => "greater than",
            Comparison::GreaterOrEqual => "greater than or equal to",
            Comparison::Less => "less than",
            Comparison::LessOrEqual => "less than or equal to",
        }
    }
}

impl MissingData {
    const ALL: [MissingData; 4] =
        [MissingData::Missing, MissingData::Ignore, MissingData::Breaching, MissingData::NotBreaching];

    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            MissingData::Missing => "missing",
            MissingData::NotBreaching => "notBreaching",
            MissingData::Breaching => "breaching",
            MissingData::Ignore => "ignore",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        MissingData::ALL.into_iter().find(|missing| missing.name() == name)
    }
}

impl Alarm {
    /// A new alarm: the average of one minute over zero, nothing to set off, and not yet evaluated.
    pub fn new(name: &str, key: MetricKey, now: SimTime) -> Self {
        Alarm {
            name: name.to_owned(),
            description: None,
            key,
            unit: None,
            statistic: Statistic::Average,
            period: SimDuration::MINUTE,
            evaluation_periods: 1,
            datapoints_to_alarm: None,
            threshold: 0.0,
            comparison: Comparison::Greater,
            missing: MissingData::Missing,
            actions_enabled: true,
            actions: Vec::new(),
            ok_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            state: AlarmState::InsufficientData,
            reason: UNCHECKED.into(),
            reason_data: None,
            updated: now,
            configured: now,
            event: None,
            is_evaluated: false,
        }
    }

    /// How many periods must cross the threshold.
    pub fn needed(&self) -> usize {
        self.datapoints_to_alarm.unwrap_or(self.evaluation_periods)
    }

    /// Whether what it sets off in `ALARM` is due. Auto Scaling actions repeat each minute while this is so.
    pub fn is_acting(&self) -> bool {
        self.state == AlarmState::Alarm && self.actions_enabled
    }

    /// What it sets off when it goes into its present state.
    pub(super) fn actions_of_state(&self) -> &[String] {
        match self.state {
            _ if !self.actions_enabled => &[],
            AlarmState::Alarm => &self.actions,
            AlarmState::Ok => &self.ok_actions,
            AlarmState::InsufficientData => &self.insufficient_data_actions,
        }
    }

    /// What the record keeps of an evaluation.
    fn judgement_of(&self, found: &Evaluation) -> Judgement {
        let datapoint = |point: &Evaluated| JudgedDatapoint {
            time: point.at.to_iso8601(),
            value: point.value,
            is_breaching: point.is_breaching,
        };
        Judgement {
            metric: self.key.to_string(),
            statistic: self.statistic.name(),
            period: self.period.as_micros() / 1_000_000,
            comparison: self.comparison,
            threshold: self.threshold,
            needed: self.needed(),
            of: self.evaluation_periods,
            filled: found.filled,
            is_alarm: found.state == AlarmState::Alarm,
            datapoints: found.datapoints.iter().map(datapoint).collect(),
        }
    }

    /// Whether a period has just ended, or none was looked at yet.
    fn is_due(&self, now: SimTime) -> bool {
        !self.is_evaluated || now.floor_to(self.period) == now
    }
}

/// The ARN of the alarm of this name.
pub fn arn(context: &Context, name: &str) -> String {
    context.arn("cloudwatch", &format!("alarm:{name}"))
}

impl CloudWatch {
    /// The alarms that act on the thing of this ARN now, such as a scaling policy.
    pub fn acting_on(&self, arn: &str) -> impl Iterator<Item = &Alarm> {
        self.alarms.values().filter(move |alarm| alarm.is_acting() && alarm.actions.iter().any(|action| action == arn))
    }

    /// Evaluates the alarms that are due at the end of a minute. Returns the names of those that changed their state.
    pub(in crate::cloud) fn evaluate(&mut self, context: &mut Context) -> Vec<String> {
        let mut changed = Vec::new();
        let due: Vec<String> =
            self.alarms.values().filter(|alarm| alarm.is_due(context.now)).map(|alarm| alarm.name.clone()).collect();
        for name in due {
            let Some(alarm) = self.alarms.get_mut(&name) else { continue };
            alarm.is_evaluated = true;
            let found = alarm.evaluate(self.series.get(&alarm.key), context.now);
            let Some(found) = found.filter(|found| found.state != alarm.state) else { continue };
            let change = Change {
                state: found.state,
                reason: alarm.reason_of(&found),
                data: Some(alarm.reason_data_of(&found, context.now)),
            };
            let judgement = alarm.judgement_of(&found);
            self.change(context, &name, change, Some(judgement));
            changed.push(name);
        }
        changed
    }

    /// Puts an alarm into a state, and records that and why.
    pub(super) fn change(&mut self, context: &mut Context, name: &str, change: Change, judgement: Option<Judgement>) {
        let Some(alarm) = self.alarms.get_mut(name) else { return };
        let old = state_json(alarm);
        alarm.event = Some(context.record(Fact::AlarmStateChanged {
            alarm: name.to_owned(),
            from: alarm.state.name(),
            state: change.state.name(),
            reason: change.reason.clone(),
            judgement,
        }));
        (alarm.state, alarm.reason, alarm.reason_data) = (change.state, change.reason, change.data);
        alarm.updated = context.now;
        self.history.push(HistoryItem::state(alarm, context.now, old));
    }
}
