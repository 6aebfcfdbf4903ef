//! Why an alarm is in its state, in CloudWatch's words and as its JSON.
use serde::Serialize;

use super::alarm::{Alarm, AlarmState, MissingData};
use super::evaluate::{Evaluated, Evaluation};
use crate::sim::SimTime;

/// `StateReasonData`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReasonData<'a> {
    version: &'a str,
    query_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    statistic: String,
    period: u64,
    recent_datapoints: Vec<f64>,
    threshold: f64,
    evaluated_datapoints: Vec<EvaluatedDatapoint>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EvaluatedDatapoint {
    timestamp: String,
    sample_count: f64,
    value: f64,
}

/// From so many datapoints on, CloudWatch names only the newest of them, and as many.
const MANY: usize = 5;

impl Alarm {
    /// The text of `StateReason`. Its forms are those of alarms in public logs; where a filled-in period meets real ones, and where an
    /// alarm with too few datapoints is `OK`, the text is a guess.
    pub(super) fn reason_of(&self, found: &Evaluation) -> String {
        let treated = match self.missing {
            MissingData::Breaching => "Breaching",
            MissingData::NotBreaching => "NonBreaching",
            MissingData::Missing | MissingData::Ignore => "",
        };
        let (filled, periods) =
            (counted(found.filled, "missing datapoint"), counted(self.evaluation_periods, "period"));
        if found.state == AlarmState::InsufficientData {
            return format!("Insufficient Data: {} unknown.", with_verb(self.evaluation_periods, "datapoint"));
        }
        let fill = (found.filled > 0 && !treated.is_empty())
            .then(|| format!("{filled} {} treated as [{treated}]", verb(found.filled)));
        match (found.datapoints.is_empty(), fill) {
            (true, Some(fill)) => {
                format!("Threshold Crossed: no datapoints were received for {periods} and {fill}.")
            }
            (_, fill) => format!("Threshold Crossed: {}.", self.crossing(found, fill)),
        }
    }

    /// Which datapoints did what.
    fn crossing(&self, found: &Evaluation, fill: Option<String>) -> String {
        let (breaching, within): (Vec<&Evaluated>, Vec<&Evaluated>) =
            found.datapoints.iter().partition(|point| point.is_breaching);
        let is_within = found.state == AlarmState::Ok && !within.is_empty();
        let shown = if is_within || breaching.is_empty() { within } else { breaching };
        let not = if is_within { "not " } else { "" };
        let (needed, of) = (self.needed(), self.evaluation_periods);
        let (count, minimum) = match self.datapoints_to_alarm {
            Some(_) => {
                let (least, transition) =
                    if is_within { (of + 1 - needed, "ALARM -> OK") } else { (needed, "OK -> ALARM") };
                let least = counted(least, "datapoint");
                (
                    format!("{} out of the last {of} datapoints", shown.len()),
                    format!(" (minimum {least} for {transition} transition)"),
                )
            }
            None => (counted(shown.len(), "datapoint"), String::new()),
        };
        let listed: Vec<String> = shown.iter().take(MANY).map(|point| point.shown()).collect();
        let (listed, crossing) = (
            listed.join(", "),
            format!("{} {not}{} the threshold ({:?})", verb(shown.len()), self.comparison.words(), self.threshold),
        );
        let fill = fill.map_or_else(String::new, |fill| format!(" and {fill}"));
        if shown.len() < MANY {
            return format!("{count} [{listed}] {crossing}{fill}{minimum}");
        }
        let which = if is_within { "did not cross" } else { "crossed" };
        format!("{count} {crossing}{fill}. The most recent datapoints which {which} the threshold: [{listed}]{minimum}")
    }

    /// The JSON of `StateReasonData`.
    pub(super) fn reason_data_of(&self, found: &Evaluation, now: SimTime) -> String {
        let data = ReasonData {
            version: "1.0",
            query_date: full_date(now),
            start_date: found.datapoints.last().map(|point| full_date(point.at)),
            unit: self.unit.map(|unit| unit.name()),
            statistic: self.statistic.name(),
            period: self.period.as_micros() / 1_000_000,
            recent_datapoints: found.datapoints.iter().rev().map(|point| point.value).collect(),
            threshold: self.threshold,
            evaluated_datapoints: found.datapoints.iter().map(Evaluated::shape).collect(),
        };
        serde_json::to_string(&data).unwrap_or_default()
    }
}

impl Evaluated {
    fn shown(&self) -> String {
        format!("{:?} ({})", self.value, short_date(self.at))
    }

    fn shape(&self) -> EvaluatedDatapoint {
        EvaluatedDatapoint { timestamp: full_date(self.at), sample_count: self.samples, value: self.value }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn verb(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

fn with_verb(count: usize, what: &str) -> String {
    format!("{} {}", counted(count, what), verb(count))
}

/// `05/01/26 10:42:00`.
fn short_date(at: SimTime) -> String {
    let text = at.to_iso8601();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!("{}/{}/{} {}", part(8, 10), part(5, 7), part(2, 4), part(11, 19))
}

/// `2026-01-05T10:42:00.000+0000`.
pub(super) fn full_date(at: SimTime) -> String {
    let text = at.to_iso8601();
    let millis = at.as_micros() / 1_000 % 1_000;
    format!("{}.{millis:03}+0000", text.trim_end_matches('Z'))
}
