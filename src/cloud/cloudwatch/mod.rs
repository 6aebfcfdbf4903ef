//! Amazon CloudWatch: metrics, statistics, alarms.
pub mod alarm;
pub mod metric;

use std::collections::BTreeMap;

use super::{Context, Region};
use crate::api::ApiError;
use crate::api::cloudwatch::{
    Datapoint, DimensionFilter, GetMetricStatisticsInput, GetMetricStatisticsOutput, ListMetricsInput,
    ListMetricsOutput, Nothing, Request, Response,
};
use crate::sim::{SimDuration, SimTime};

pub use alarm::{Alarm, AlarmState};
pub use metric::{MetricKey, Series, Statistics};

/// CloudWatch in one region.
#[derive(Clone, Debug, Default)]
pub struct CloudWatch {
    /// What was measured.
    pub series: BTreeMap<MetricKey, Series>,
    /// Alarms by name.
    pub alarms: BTreeMap<String, Alarm>,
}

/// What becomes due in CloudWatch. Alarms are evaluated when the metrics of a minute arrive, so nothing does.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {}

impl CloudWatch {
    /// Adds a value to the datapoint of the minute that begins at `at`.
    pub fn put(&mut self, key: MetricKey, at: SimTime, value: f64) {
        self.series.entry(key).or_default().add(at, value);
    }

    /// The statistics of the period that begins at `start`; none if nothing was measured in it.
    pub fn statistics(&self, key: &MetricKey, start: SimTime, period: SimDuration) -> Option<Statistics> {
        self.series.get(key)?.between(start, start + period)
    }

    fn get_metric_statistics(&self, input: &GetMetricStatisticsInput) -> Result<GetMetricStatisticsOutput, ApiError> {
        let invalid = |message: &str| ApiError::new("InvalidParameterValue", message);
        let (Some(start), Some(end)) =
            (SimTime::parse_iso8601(&input.start_time), SimTime::parse_iso8601(&input.end_time))
        else {
            return Err(invalid("The parameters StartTime and EndTime must be moments such as 2026-01-05T10:42:15Z."));
        };
        if start >= end {
            return Err(invalid("The parameter StartTime must be less than the parameter EndTime."));
        }
        let period = SimDuration::from_secs(u64::try_from(input.period).unwrap_or(60).max(60));
        let count = end.since(start).as_micros() / period.as_micros();
        if count > MAX_DATAPOINTS {
            let message = format!(
                "You have requested up to {count} datapoints, which exceeds the limit of {MAX_DATAPOINTS}. You may reduce the datapoints \
                 requested by increasing Period, or decreasing the time range."
            );
            return Err(ApiError::new("InvalidParameterCombination", message));
        }
        let key = MetricKey::new(&input.namespace, &input.metric_name, &input.dimensions);
        let first = start.floor_to(period);
        let starts = (0..=count).map(|index| first + period * index).filter(|at| *at < end);
        let points = starts.filter_map(|at| Some(datapoint(at, self.statistics(&key, at, period)?, &input.statistics)));
        Ok(GetMetricStatisticsOutput { label: input.metric_name.clone(), datapoints: points.collect() })
    }

    fn list_metrics(&self, input: &ListMetricsInput) -> ListMetricsOutput {
        let has = |key: &MetricKey, wanted: &DimensionFilter| {
            let fits = |value: &str| wanted.value.as_ref().is_none_or(|wanted| wanted == value);
            key.dimensions.iter().any(|(name, value)| *name == wanted.name && fits(value))
        };
        let fits = |key: &&MetricKey| {
            input.namespace.as_ref().is_none_or(|wanted| *wanted == key.namespace)
                && input.metric_name.as_ref().is_none_or(|wanted| *wanted == key.name)
                && input.dimensions.iter().all(|wanted| has(key, wanted))
        };
        ListMetricsOutput { metrics: self.series.keys().filter(fits).map(MetricKey::shape).collect(), next_token: None }
    }
}

/// The most datapoints that one answer of `GetMetricStatistics` may hold.
const MAX_DATAPOINTS: u64 = 1_440;

fn datapoint(at: SimTime, found: Statistics, wanted: &[String]) -> Datapoint {
    let pick = |name: &str, value: f64| wanted.iter().any(|wanted| wanted == name).then_some(value);
    Datapoint {
        timestamp: at.to_iso8601(),
        sample_count: pick("SampleCount", found.count),
        average: pick("Average", found.average()),
        sum: pick("Sum", found.sum),
        minimum: pick("Minimum", found.min),
        maximum: pick("Maximum", found.max),
        unit: None,
    }
}

impl Region {
    /// Carries out a request to CloudWatch.
    pub(super) fn call_cloudwatch(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        let cloudwatch = &mut self.cloudwatch;
        Ok(match request {
            Request::GetMetricStatistics(input) => {
                Response::GetMetricStatistics(cloudwatch.get_metric_statistics(&input)?)
            }
            Request::ListMetrics(input) => Response::ListMetrics(cloudwatch.list_metrics(&input)),
            Request::PutMetricAlarm(input) => {
                cloudwatch.put_metric_alarm(context, input)?;
                Response::PutMetricAlarm(Nothing {})
            }
            Request::DescribeAlarms(input) => Response::DescribeAlarms(cloudwatch.describe_alarms(context, &input)),
            Request::DeleteAlarms(input) => {
                cloudwatch.alarms.retain(|name, _| !input.alarm_names.contains(name));
                Response::DeleteAlarms(Nothing {})
            }
        })
    }

    /// Does what has become due.
    pub(super) fn handle_cloudwatch(&mut self, _context: &mut Context, due: Due) {
        match due {}
    }
}
