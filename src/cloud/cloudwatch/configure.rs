//! The requests that make, change, set, list and delete alarms.
use super::alarm::{self, Alarm, AlarmState, Change, Comparison, MissingData};
use super::history::HistoryItem;
use super::unit::Unit;
use super::{CloudWatch, MetricKey, Statistic};
use crate::api::ApiError;
use crate::api::cloudwatch::{
    DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput, DescribeAlarmsInput, DescribeAlarmsOutput,
    MetricAlarm, PutMetricAlarmInput, SetAlarmStateInput,
};
use crate::cloud::{Context, PageRequest};
use crate::sim::SimDuration;

/// An alarm may look back a day; with periods of an hour or more, seven days.
const DAY_SECONDS: u64 = 86_400;

impl CloudWatch {
    /// `PutMetricAlarm`. A known alarm keeps its state; a new one is evaluated at the end of the minute.
    pub(super) fn put_metric_alarm(
        &mut self,
        context: &mut Context,
        input: PutMetricAlarmInput,
    ) -> Result<(), ApiError> {
        let settings = checked(context, input)?;
        let known = self.alarms.get(&settings.name);
        let what = if known.is_some() { "updated" } else { "created" };
        let alarm = match known {
            Some(known) => Alarm {
                state: known.state,
                reason: known.reason.clone(),
                reason_data: known.reason_data.clone(),
                updated: known.updated,
                event: known.event,
                ..settings
            },
            None => settings,
        };
        self.history.push(HistoryItem::configuration(&alarm, context.now, what));
        self.alarms.insert(alarm.name.clone(), alarm);
        Ok(())
    }

    /// `DeleteAlarms`. An alarm that is not there is no error.
    pub(super) fn delete_alarms(&mut self, context: &Context, names: &[String]) {
        for name in names {
            if let Some(alarm) = self.alarms.remove(name) {
                self.history.push(HistoryItem::configuration(&alarm, context.now, "deleted"));
            }
        }
    }

    /// `EnableAlarmActions` and `DisableAlarmActions`. An alarm that is not there is no error.
    pub(super) fn set_actions_enabled(&mut self, context: &Context, names: &[String], is_enabled: bool) {
        for name in names {
            let known = self.alarms.get_mut(name).filter(|alarm| alarm.actions_enabled != is_enabled);
            if let Some(alarm) = known {
                (alarm.actions_enabled, alarm.configured) = (is_enabled, context.now);
                self.history.push(HistoryItem::configuration(alarm, context.now, "updated"));
            }
        }
    }

    /// `SetAlarmState`: until the next evaluation. Returns whether the state is another one now.
    pub(super) fn set_alarm_state(
        &mut self,
        context: &mut Context,
        input: SetAlarmStateInput,
    ) -> Result<bool, ApiError> {
        let alarm = self.alarms.get(&input.alarm_name);
        // AWS documents the code; the text is a guess.
        let alarm = alarm.ok_or_else(|| {
            ApiError::new("ResourceNotFound", format!("There is no alarm with the name {}.", input.alarm_name))
        })?;
        let wanted = AlarmState::ALL.into_iter().find(|state| state.name() == input.state_value);
        let state = wanted.ok_or_else(|| ApiError::validation(format!("Unknown state {}.", input.state_value)))?;
        let data = input.state_reason_data;
        if data.as_ref().is_some_and(|data| serde_json::from_str::<serde_json::Value>(data).is_err()) {
            return Err(ApiError::new("InvalidFormat", "The parameter StateReasonData must be valid JSON."));
        }
        let is_other = alarm.state != state;
        self.change(context, &input.alarm_name, Change { state, reason: input.state_reason, data }, None);
        Ok(is_other)
    }

    pub(super) fn describe_alarms(
        &self,
        context: &Context,
        input: &DescribeAlarmsInput,
    ) -> Result<DescribeAlarmsOutput, ApiError> {
        if !input.alarm_names.is_empty() && input.alarm_name_prefix.is_some() {
            let message = "AlarmNamePrefix and AlarmNames cannot be specified together.";
            return Err(ApiError::new("InvalidParameterCombination", message));
        }
        let acts_on = |alarm: &Alarm, prefix: &String| {
            let lists = [&alarm.actions, &alarm.ok_actions, &alarm.insufficient_data_actions];
            lists.into_iter().flatten().any(|action| action.starts_with(prefix))
        };
        let wanted = |alarm: &&Alarm| {
            (input.alarm_names.is_empty() || input.alarm_names.contains(&alarm.name))
                && (input.alarm_types.is_empty() || input.alarm_types.iter().any(|kind| kind == "MetricAlarm"))
                && input.alarm_name_prefix.as_ref().is_none_or(|prefix| alarm.name.starts_with(prefix))
                && input.state_value.as_ref().is_none_or(|state| state == alarm.state.name())
                && input.action_prefix.as_ref().is_none_or(|prefix| acts_on(alarm, prefix))
        };
        let found = self.alarms.values().filter(wanted).map(|alarm| alarm.shape(context)).collect();
        let most = input.max_records.or(Some(50));
        let page = PageRequest { most, limit: Some(100), token: input.next_token.as_deref() };
        let (metric_alarms, next_token) = page.cut(found, super::query::invalid_token)?;
        Ok(DescribeAlarmsOutput { metric_alarms, next_token })
    }

    pub(super) fn describe_alarms_for_metric(
        &self,
        context: &Context,
        input: &DescribeAlarmsForMetricInput,
    ) -> DescribeAlarmsForMetricOutput {
        let key = MetricKey::new(&input.namespace, &input.metric_name, &input.dimensions);
        let statistic = input.statistic.as_ref().or(input.extended_statistic.as_ref());
        let wanted = |alarm: &&Alarm| {
            alarm.key == key
                && statistic.is_none_or(|statistic| *statistic == alarm.statistic.name())
                && input.period.is_none_or(|period| period == seconds_of(alarm))
                && input.unit.as_ref().is_none_or(|unit| alarm.unit.is_some_and(|known| known.name() == unit))
        };
        let metric_alarms = self.alarms.values().filter(wanted).map(|alarm| alarm.shape(context)).collect();
        DescribeAlarmsForMetricOutput { metric_alarms }
    }
}

impl Alarm {
    fn shape(&self, context: &Context) -> MetricAlarm {
        let name = self.statistic.name();
        let (statistic, extended_statistic) =
            if self.statistic.is_extended() { (None, Some(name)) } else { (Some(name), None) };
        MetricAlarm {
            alarm_name: self.name.clone(),
            alarm_arn: alarm::arn(context, &self.name),
            alarm_description: self.description.clone(),
            alarm_configuration_updated_timestamp: self.configured.to_iso8601(),
            actions_enabled: self.actions_enabled,
            alarm_actions: self.actions.clone(),
            ok_actions: self.ok_actions.clone(),
            insufficient_data_actions: self.insufficient_data_actions.clone(),
            state_value: self.state.name().into(),
            state_reason: self.reason.clone(),
            state_reason_data: self.reason_data.clone(),
            state_updated_timestamp: self.updated.to_iso8601(),
            state_transitioned_timestamp: self.updated.to_iso8601(),
            metric_name: self.key.name.clone(),
            namespace: self.key.namespace.clone(),
            statistic,
            extended_statistic,
            dimensions: self.key.dimension_shapes(),
            period: seconds_of(self),
            unit: self.unit.map(|unit| unit.name().into()),
            evaluation_periods: self.evaluation_periods as i64,
            datapoints_to_alarm: self.datapoints_to_alarm.map(|points| points as i64),
            threshold: self.threshold,
            comparison_operator: self.comparison.name().into(),
            treat_missing_data: (self.missing != MissingData::Missing).then(|| self.missing.name().into()),
        }
    }
}

fn seconds_of(alarm: &Alarm) -> i64 {
    (alarm.period.as_micros() / 1_000_000) as i64
}

/// The alarm that a request asks for. The texts are AWS's where they are known (the day, the syntax of ARNs), and guesses elsewhere.
fn checked(context: &Context, input: PutMetricAlarmInput) -> Result<Alarm, ApiError> {
    let missing = |name: &str| ApiError::new("MissingParameter", format!("The parameter {name} is required."));
    let positive =
        |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok()).filter(|number| *number > 0);
    let namespace = input.namespace.as_deref().ok_or_else(|| missing("Namespace"))?;
    let metric_name = input.metric_name.as_deref().ok_or_else(|| missing("MetricName"))?;
    let evaluation_periods = positive(input.evaluation_periods).ok_or_else(|| missing("EvaluationPeriods"))?;
    let comparison = input.comparison_operator.as_deref().ok_or_else(|| missing("ComparisonOperator"))?;
    let comparison = Comparison::parse(comparison)
        .ok_or_else(|| ApiError::not_in_this_lab(format!("The comparison operator {comparison}")))?;
    let treatment = input.treat_missing_data.as_deref().unwrap_or("missing");
    let actions = [&input.alarm_actions, &input.ok_actions, &input.insufficient_data_actions];
    actions.into_iter().flatten().try_for_each(|action| checked_action(context, action))?;
    let datapoints_to_alarm = positive(input.datapoints_to_alarm);
    if datapoints_to_alarm.is_some_and(|points| points > evaluation_periods) {
        return Err(ApiError::validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods."));
    }
    Ok(Alarm {
        description: input.alarm_description,
        unit: input.unit.as_deref().and_then(Unit::parse),
        statistic: checked_statistic(input.statistic.as_deref(), input.extended_statistic.as_deref())?,
        period: checked_period(input.period.ok_or_else(|| missing("Period"))?, evaluation_periods)?,
        evaluation_periods,
        datapoints_to_alarm,
        threshold: input.threshold.ok_or_else(|| missing("Threshold"))?,
        comparison,
        missing: MissingData::parse(treatment).ok_or_else(|| {
            let words = "Member must satisfy enum value set: [missing, ignore, breaching, notBreaching]";
            ApiError::validation(format!("1 validation error detected: Value '{treatment}' at 'treatMissingData' failed to satisfy constraint: {words}"))
        })?,
        actions_enabled: input.actions_enabled.unwrap_or(true),
        actions: input.alarm_actions,
        ok_actions: input.ok_actions,
        insufficient_data_actions: input.insufficient_data_actions,
        ..Alarm::new(&input.alarm_name, MetricKey::new(namespace, metric_name, &input.dimensions), context.now)
    })
}

fn checked_statistic(simple: Option<&str>, extended: Option<&str>) -> Result<Statistic, ApiError> {
    match (simple, extended) {
        (Some(name), None) | (None, Some(name)) => Statistic::parse(name),
        (Some(_), Some(_)) | (None, None) => Err(ApiError::validation(
            "Exactly one of the parameters Statistic and ExtendedStatistic must be specified.",
        )),
    }
}

fn checked_period(seconds: i64, evaluation_periods: usize) -> Result<SimDuration, ApiError> {
    let seconds = u64::try_from(seconds).unwrap_or(0);
    if [10, 20, 30].contains(&seconds) {
        return Err(ApiError::not_in_this_lab(format!("A period of {seconds} seconds (a high-resolution metric)")));
    }
    if seconds == 0 || !seconds.is_multiple_of(60) {
        return Err(ApiError::validation("Period must be 10, 20, 30 or a multiple of 60."));
    }
    let days = if seconds >= 3_600 { 7 } else { 1 };
    if seconds.saturating_mul(evaluation_periods as u64) > days * DAY_SECONDS {
        let message = match days {
            1 => "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
            _ => "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800).",
        };
        return Err(ApiError::validation(message));
    }
    Ok(SimDuration::from_secs(seconds))
}

fn checked_action(context: &Context, action: &str) -> Result<(), ApiError> {
    let parts: Vec<&str> = action.splitn(6, ':').collect();
    let ["arn", "aws", service, region, _, _] = parts.as_slice() else {
        return Err(ApiError::validation(format!("Invalid arn syntax: {action}")));
    };
    // The region of an EC2 action stands one part further on: `arn:aws:automate:us-east-1:ec2:stop`.
    if !region.is_empty() && *region != context.region.name {
        let message = format!("Invalid region {region} specified. Only {} is supported.", context.region.name);
        return Err(ApiError::validation(message));
    }
    match *service {
        "autoscaling" | "sns" | "automate" => Ok(()),
        _ => Err(ApiError::not_in_this_lab(format!("The alarm action {action}"))),
    }
}
