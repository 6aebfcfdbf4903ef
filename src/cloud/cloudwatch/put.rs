//! `PutMetricData`: metrics of one's own.
use super::unit::Unit;
use super::{CloudWatch, MetricKey, Reading, Statistics};
use crate::api::ApiError;
use crate::api::cloudwatch::{MetricDatum, PutMetricDataInput};
use crate::sim::{SimDuration, SimTime};

/// Data may be up to two weeks old.
const OLDEST: SimDuration = SimDuration::from_secs(14 * 86_400);
/// Data may be up to two hours in the future.
const NEWEST: SimDuration = SimDuration::from_secs(2 * 3_600);

/// A datum that was checked.
struct Checked {
    key: MetricKey,
    at: SimTime,
    unit: Unit,
    /// None if no value came at all.
    reading: Option<Reading>,
}

impl CloudWatch {
    /// Takes all data of a request or none. Simplified: they can be read at once; in AWS it can take some minutes.
    pub(super) fn put_metric_data(&mut self, now: SimTime, input: &PutMetricDataInput) -> Result<(), ApiError> {
        if input.namespace.starts_with("AWS/") {
            let message = "The value AWS/ for parameter Namespace is invalid.";
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        let checked = input.metric_data.iter().map(|datum| checked(now, &input.namespace, datum));
        let checked: Vec<Checked> = checked.collect::<Result<_, ApiError>>()?;
        for Checked { key, at, unit, reading } in checked {
            if let Some(reading) = reading {
                self.series.add_in(key, at, (unit, &reading));
            }
        }
        Ok(())
    }
}

fn checked(now: SimTime, namespace: &str, datum: &MetricDatum) -> Result<Checked, ApiError> {
    if datum.storage_resolution.is_some_and(|seconds| seconds != 60) {
        return Err(ApiError::not_in_this_lab("A StorageResolution of less than 60 seconds"));
    }
    let at = datum.timestamp.as_deref().map_or(Ok(now), super::query::moment)?;
    if now.since(at) > OLDEST || at.since(now) > NEWEST {
        let message = "The parameter MetricData.member.1.Timestamp must specify a time no earlier than two weeks ago and no later than two \
                       hours in the future.";
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    let unit = datum.unit.as_deref().and_then(Unit::parse).unwrap_or(Unit::NONE);
    let key = MetricKey::new(namespace, &datum.metric_name, &datum.dimensions);
    Ok(Checked { key, at: at.floor_to(SimDuration::MINUTE), unit, reading: checked_values(datum)? })
}

fn checked_values(datum: &MetricDatum) -> Result<Option<Reading>, ApiError> {
    match (datum.value, &datum.statistic_values, datum.values.is_empty()) {
        (Some(value), None, true) => Ok(Some(Reading::One(value))),
        (None, Some(set), true) => {
            let known = Statistics { count: set.sample_count, sum: set.sum, min: set.minimum, max: set.maximum };
            Ok(Some(Reading::of_statistics(known)))
        }
        (None, None, false) if datum.counts.is_empty() || datum.counts.len() == datum.values.len() => {
            let counts = datum.counts.iter().copied().chain(std::iter::repeat(1.0));
            Ok(Reading::of(&datum.values.iter().copied().zip(counts).collect::<Vec<_>>()))
        }
        // The rule is documented; the text is a guess.
        _ => Err(ApiError::new(
            "InvalidParameterCombination",
            "Exactly one of Value, StatisticValues and Values must be specified, with as many Counts as Values.",
        )),
    }
}
