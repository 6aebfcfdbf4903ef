//! Alarms: a metric, a threshold, and how many periods of how many must cross it.
use super::{CloudWatch, MetricKey};
use crate::api::ApiError;
use crate::api::cloudwatch::{DescribeAlarmsInput, DescribeAlarmsOutput, MetricAlarm, PutMetricAlarmInput};
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
    /// The statistic of each period, such as `Average`.
    pub statistic: String,
    /// The length of a period.
    pub period: SimDuration,
    /// How many periods it looks at.
    pub evaluation_periods: usize,
    /// How many of them must cross the threshold.
    pub datapoints_to_alarm: usize,
    /// The threshold.
    pub threshold: f64,
    /// How a value crosses it.
    pub comparison: Comparison,
    /// What a period without data counts as.
    pub missing: MissingData,
    /// The ARNs of what it sets off.
    pub actions: Vec<String>,
    /// Its state.
    pub state: AlarmState,
    /// Why it is in this state, in CloudWatch's words.
    pub reason: String,
    /// Since when.
    pub updated: SimTime,
    /// The event of the last change of state; the cause of what it sets off.
    pub event: Option<EventId>,
}

/// How a value crosses a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// How many periods before the ones it looks at an alarm may reach back to make up for missing ones.
/// A guess: AWS says that it retrieves more datapoints than it evaluates, and not how many.
const SPARE_PERIODS: usize = 2;

impl AlarmState {
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

    fn parse(name: &str) -> Option<Self> {
        let all = [Comparison::Greater, Comparison::GreaterOrEqual, Comparison::Less, Comparison::LessOrEqual];
        all.into_iter().find(|comparison| comparison.name() == name)
    }

    fn crosses(self, value: f64, threshold: f64) -> bool {
        match self {
            Comparison::Greater => value > threshold,
            Comparison::GreaterOrEqual => value >= threshold,
            Comparison::Less => value < threshold,
            Comparison::LessOrEqual => value <= threshold,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Comparison::Greater => "greater than",
            Comparison::GreaterOrEqual => "greater than or equal to",
            Comparison::Less => "less than",
            Comparison::LessOrEqual => "less than or equal to",
        }
    }
}

impl Alarm {
    /// The state and its reason at the end of the periods before `now`; none if the alarm keeps its state.
    fn judge(&self, cloudwatch: &CloudWatch, now: SimTime) -> Option<(AlarmState, String)> {
        let values = self.values(cloudwatch, now);
        let found: Vec<f64> = values.iter().flatten().copied().take(self.evaluation_periods).collect();
        if found.is_empty() && matches!(self.missing, MissingData::Missing) {
            let reason = format!("Insufficient Data: {} datapoints were unknown.", self.evaluation_periods);
            return Some((AlarmState::InsufficientData, reason));
        }
        if found.len() < self.evaluation_periods && self.missing == MissingData::Ignore {
            return None;
        }
        let crossing = found.iter().filter(|value| self.comparison.crosses(**value, self.threshold)).count();
        let absent = self.evaluation_periods - found.len();
        // With gaps, the oldest datapoint must be old enough, so that a new metric does not ring too early.
        let is_old_enough = values.iter().skip(self.datapoints_to_alarm.saturating_sub(1)).any(Option::is_some);
        let (crossing, needed) = match self.missing {
            MissingData::Missing if is_old_enough => (crossing, self.datapoints_to_alarm.min(found.len())),
            MissingData::Missing => (crossing, self.datapoints_to_alarm),
            MissingData::NotBreaching | MissingData::Ignore => (crossing, self.datapoints_to_alarm),
            MissingData::Breaching => (crossing + absent, self.datapoints_to_alarm),
        };
        let state = if crossing >= needed { AlarmState::Alarm } else { AlarmState::Ok };
        Some((state, self.reason_for(state, &found)))
    }

    /// The values of the last periods and the spare ones, the newest first.
    fn values(&self, cloudwatch: &CloudWatch, now: SimTime) -> Vec<Option<f64>> {
        let end = now.floor_to(self.period);
        let starts = (1..=self.evaluation_periods + SPARE_PERIODS).map(|back| end - self.period * back as u64);
        starts.map(|start| Some(cloudwatch.statistics(&self.key, start, self.period)?.named(&self.statistic))).collect()
    }

    fn reason_for(&self, state: AlarmState, found: &[f64]) -> String {
        let shown: Vec<_> = found.iter().map(|value| format!("{value:.2}")).collect();
        let (count, of) = (found.len(), self.evaluation_periods);
        let (verb, transition) = match state {
            AlarmState::Alarm => ("were", "OK -> ALARM"),
            AlarmState::Ok | AlarmState::InsufficientData => ("were not", "ALARM -> OK"),
        };
        format!(
            "Threshold Crossed: {count} out of the last {of} datapoints [{}] {verb} {} the threshold ({:?}) (minimum {} datapoints for \
             {transition} transition).",
            shown.join(", "),
            self.comparison.words(),
            self.threshold,
            self.datapoints_to_alarm
        )
    }

    fn shape(&self, context: &Context) -> MetricAlarm {
        MetricAlarm {
            alarm_name: self.name.clone(),
            alarm_arn: arn(context, &self.name),
            alarm_description: self.description.clone(),
            actions_enabled: true,
            alarm_actions: self.actions.clone(),
            ok_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            state_value: self.state.name().into(),
            state_reason: self.reason.clone(),
            state_updated_timestamp: self.updated.to_iso8601(),
            metric_name: self.key.name.clone(),
            namespace: self.key.namespace.clone(),
            statistic: self.statistic.clone(),
            dimensions: self.key.dimension_shapes(),
            period: (self.period.as_micros() / 1_000_000) as i64,
            evaluation_periods: self.evaluation_periods as i64,
            datapoints_to_alarm: Some(self.datapoints_to_alarm as i64),
            threshold: self.threshold,
            comparison_operator: self.comparison.name().into(),
            treat_missing_data: None,
        }
    }
}

/// The ARN of the alarm of this name.
pub fn arn(context: &Context, name: &str) -> String {
    context.arn("cloudwatch", &format!("alarm:{name}"))
}

impl CloudWatch {
    /// Evaluates every alarm at the end of a minute.
    pub fn evaluate(&mut self, context: &mut Context) {
        let names: Vec<String> = self.alarms.keys().cloned().collect();
        for name in names {
            let judged = self.alarms.get(&name).and_then(|alarm| alarm.judge(self, context.now));
            let (Some((state, reason)), Some(alarm)) = (judged, self.alarms.get_mut(&name)) else { continue };
            if alarm.state != state {
                let fact = Fact::AlarmStateChanged { alarm: name, state: state.name(), reason: reason.clone() };
                alarm.event = Some(context.record(fact));
                (alarm.state, alarm.reason, alarm.updated) = (state, reason, context.now);
            }
        }
    }

    pub(super) fn put_metric_alarm(
        &mut self,
        context: &mut Context,
        input: PutMetricAlarmInput,
    ) -> Result<(), ApiError> {
        let missing = |name: &str| ApiError::validation(format!("The parameter {name} is required."));
        let comparison = input.comparison_operator.as_deref().and_then(Comparison::parse);
        let periods =
            input.evaluation_periods.and_then(|periods| usize::try_from(periods).ok()).filter(|periods| *periods > 0);
        let evaluation_periods = periods.ok_or_else(|| missing("EvaluationPeriods"))?;
        let namespace = input.namespace.as_deref().ok_or_else(|| missing("Namespace"))?;
        let metric_name = input.metric_name.as_deref().ok_or_else(|| missing("MetricName"))?;
        let seconds = input.period.and_then(|period| u64::try_from(period).ok()).ok_or_else(|| missing("Period"))?;
        let to_alarm = input.datapoints_to_alarm.and_then(|points| usize::try_from(points).ok());
        let alarm = Alarm {
            name: input.alarm_name,
            description: input.alarm_description,
            key: MetricKey::new(namespace, metric_name, &input.dimensions),
            statistic: input.statistic.ok_or_else(|| missing("Statistic"))?,
            period: SimDuration::from_secs(seconds.max(60)),
            evaluation_periods,
            datapoints_to_alarm: to_alarm.unwrap_or(evaluation_periods).min(evaluation_periods),
            threshold: input.threshold.ok_or_else(|| missing("Threshold"))?,
            comparison: comparison.ok_or_else(|| missing("ComparisonOperator"))?,
            missing: missing_data(input.treat_missing_data.as_deref()),
            actions: input.alarm_actions,
            state: AlarmState::InsufficientData,
            reason: UNCHECKED.into(),
            updated: context.now,
            event: None,
        };
        self.alarms.insert(alarm.name.clone(), alarm);
        Ok(())
    }

    pub(super) fn describe_alarms(&self, context: &Context, input: &DescribeAlarmsInput) -> DescribeAlarmsOutput {
        let wanted = |alarm: &&Alarm| {
            (input.alarm_names.is_empty() || input.alarm_names.contains(&alarm.name))
                && input.alarm_name_prefix.as_ref().is_none_or(|prefix| alarm.name.starts_with(prefix))
                && input.state_value.as_ref().is_none_or(|state| state == alarm.state.name())
        };
        let metric_alarms = self.alarms.values().filter(wanted).map(|alarm| alarm.shape(context)).collect();
        DescribeAlarmsOutput { metric_alarms, next_token: None }
    }
}

/// The reason of a new alarm.
pub const UNCHECKED: &str = "Unchecked: Initial alarm creation";

fn missing_data(name: Option<&str>) -> MissingData {
    match name {
        Some("notBreaching") => MissingData::NotBreaching,
        Some("breaching") => MissingData::Breaching,
        Some("ignore") => MissingData::Ignore,
        Some(_) | None => MissingData::Missing,
    }
}
