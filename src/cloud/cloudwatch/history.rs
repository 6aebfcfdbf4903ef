//! The history of alarms.
use std::collections::VecDeque;

use serde_json::{Value, json};

use super::CloudWatch;
use super::alarm::Alarm;
use crate::api::ApiError;
use crate::api::cloudwatch::{AlarmHistoryItem, DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput};
use crate::cloud::PageRequest;
use crate::sim::{SimDuration, SimTime};

/// What happened to alarms, the oldest first; that of deleted alarms too.
#[derive(Clone, Debug, Default)]
pub struct AlarmHistory {
    items: VecDeque<HistoryItem>,
}

/// Something that happened to an alarm.
#[derive(Clone, Debug)]
pub struct HistoryItem {
    /// The alarm's name.
    pub alarm: String,
    /// When.
    pub at: SimTime,
    /// What kind of thing.
    pub kind: HistoryKind,
    /// What, in CloudWatch's words.
    pub summary: String,
    /// The details as JSON.
    pub data: String,
}

/// The kinds of history items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryKind {
    /// The alarm was made, changed or deleted.
    ConfigurationUpdate,
    /// It changed its state.
    StateUpdate,
    /// It set something off.
    Action,
}

/// "CloudWatch saves alarm history for 30 days" (CloudWatch User Guide, "Using Amazon CloudWatch alarms").
const KEPT: SimDuration = SimDuration::from_secs(30 * 86_400);
/// Simplified: no more items than this are kept in a region.
const MOST: usize = 5_000;

impl HistoryKind {
    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            HistoryKind::ConfigurationUpdate => "ConfigurationUpdate",
            HistoryKind::StateUpdate => "StateUpdate",
            HistoryKind::Action => "Action",
        }
    }
}

impl AlarmHistory {
    pub(super) fn push(&mut self, item: HistoryItem) {
        let now = item.at;
        self.items.push_back(item);
        while self.items.len() > MOST || self.items.front().is_some_and(|first| now.since(first.at) > KEPT) {
            self.items.pop_front();
        }
    }

    /// The items, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &HistoryItem> {
        self.items.iter()
    }
}

impl HistoryItem {
    /// The alarm was made, changed or deleted. The form of the data is a guess but for its first members.
    pub(super) fn configuration(alarm: &Alarm, at: SimTime, what: &'static str) -> Self {
        let kind = match what {
            "created" => "Create",
            "deleted" => "Delete",
            _ => "Update",
        };
        let data = json!({"version": "1.0", "type": kind});
        let summary = format!("Alarm \"{}\" {what}", alarm.name);
        HistoryItem {
            alarm: alarm.name.clone(),
            at,
            kind: HistoryKind::ConfigurationUpdate,
            summary,
            data: data.to_string(),
        }
    }

    /// The alarm is in another state than `old`.
    pub(super) fn state(alarm: &Alarm, at: SimTime, old: Value) -> Self {
        let before = old["stateValue"].as_str().unwrap_or_default().to_owned();
        let data = json!({"version": "1.0", "oldState": old, "newState": state_json(alarm)});
        let summary = format!("Alarm updated from {before} to {}", alarm.state.name());
        HistoryItem { alarm: alarm.name.clone(), at, kind: HistoryKind::StateUpdate, summary, data: data.to_string() }
    }

    /// The alarm set something off, or tried to.
    pub(super) fn action(alarm: &str, at: SimTime, action: &str, failure: Option<&ApiError>) -> Self {
        let (state, summary) = match failure {
            None => ("Succeeded", format!("Successfully executed action {action}")),
            Some(error) => {
                ("Failed", format!("Failed to execute action {action}. Received error: \"{}\"", error.message))
            }
        };
        let mut data = json!({"actionState": state, "notificationResource": action});
        if let Some(error) = failure {
            data["error"] = json!(error.message);
        }
        HistoryItem { alarm: alarm.to_owned(), at, kind: HistoryKind::Action, summary, data: data.to_string() }
    }

    fn shape(&self) -> AlarmHistoryItem {
        AlarmHistoryItem {
            alarm_name: self.alarm.clone(),
            alarm_type: "MetricAlarm".into(),
            timestamp: self.at.to_iso8601(),
            history_item_type: self.kind.name().into(),
            history_summary: self.summary.clone(),
            history_data: self.data.clone(),
        }
    }
}

/// An alarm's state as the history holds it.
pub(super) fn state_json(alarm: &Alarm) -> Value {
    let mut state = json!({"stateValue": alarm.state.name(), "stateReason": alarm.reason});
    let data = alarm.reason_data.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    if let (Some(data), Some(members)) = (data, state.as_object_mut()) {
        members.insert("stateReasonData".into(), data);
    }
    state
}

impl CloudWatch {
    pub(super) fn describe_alarm_history(
        &self,
        input: &DescribeAlarmHistoryInput,
    ) -> Result<DescribeAlarmHistoryOutput, ApiError> {
        let moment = |text: &Option<String>| text.as_deref().map(super::query::moment).transpose();
        let (start, end) = (moment(&input.start_date)?, moment(&input.end_date)?);
        let wanted = |item: &&HistoryItem| {
            input.alarm_name.as_ref().is_none_or(|name| *name == item.alarm)
                && input.history_item_type.as_ref().is_none_or(|kind| kind == item.kind.name())
                && (input.alarm_types.is_empty() || input.alarm_types.iter().any(|kind| kind == "MetricAlarm"))
                && start.is_none_or(|start| item.at >= start)
                && end.is_none_or(|end| item.at <= end)
        };
        let found = self.history.iter().filter(wanted);
        let items: Vec<_> = match input.scan_by.as_deref() {
            Some("TimestampAscending") => found.map(HistoryItem::shape).collect(),
            _ => found.rev().map(HistoryItem::shape).collect(),
        };
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (alarm_history_items, next_token) = page.cut(items, super::query::invalid_token)?;
        Ok(DescribeAlarmHistoryOutput { alarm_history_items, next_token })
    }
}
