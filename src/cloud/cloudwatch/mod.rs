//! Amazon CloudWatch: metrics, statistics, alarms.
mod action;
pub mod alarm;
mod configure;
mod evaluate;
mod expression;
pub mod history;
pub mod metric;
mod put;
mod query;
mod reason;
pub mod series;
pub mod statistic;
pub mod store;
pub mod unit;

use std::collections::BTreeMap;

use super::{Context, Region};
use crate::api::ApiError;
use crate::api::cloudwatch::{Nothing, Request, Response};
use crate::sim::{SimDuration, SimTime};

pub use alarm::{Alarm, AlarmState};
pub use history::AlarmHistory;
pub use metric::{MetricKey, MetricRef, Named};
pub use series::{Reading, Series};
pub use statistic::{Statistic, Statistics};
pub use store::{SeriesId, Store};
pub use unit::Unit;

/// CloudWatch in one region.
#[derive(Clone, Debug, Default)]
pub struct CloudWatch {
    /// What was measured.
    pub series: Store,
    /// Alarms by name.
    pub alarms: BTreeMap<String, Alarm>,
    /// What happened to alarms.
    pub history: AlarmHistory,
}

/// What becomes due in CloudWatch. Alarms are evaluated when the metrics of a minute arrive, so nothing does.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {}

impl CloudWatch {
    /// Adds a value to the datapoint of the minute that begins at `at`.
    pub fn put(&mut self, metric: MetricRef, at: SimTime, value: f64) {
        self.record(metric, at, &Reading::One(value));
    }

    /// Adds to the datapoint of the minute that begins at `at`.
    pub fn record(&mut self, metric: MetricRef, at: SimTime, reading: &Reading) {
        let id = self.series.id_of(metric);
        self.series.add(id, at, reading);
    }

    /// The statistics of the period that begins at `start`; none if nothing was measured in it.
    pub fn statistics(&self, key: &MetricKey, start: SimTime, period: SimDuration) -> Option<Statistics> {
        self.series.get(key)?.window(start, period, None)
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
            Request::GetMetricData(input) => Response::GetMetricData(cloudwatch.get_metric_data(&input)?),
            Request::ListMetrics(input) => Response::ListMetrics(cloudwatch.list_metrics(context.now, &input)?),
            Request::PutMetricData(input) => {
                cloudwatch.put_metric_data(context.now, &input)?;
                Response::PutMetricData(Nothing {})
            }
            Request::PutMetricAlarm(input) => {
                cloudwatch.put_metric_alarm(context, input)?;
                Response::PutMetricAlarm(Nothing {})
            }
            Request::DescribeAlarms(input) => Response::DescribeAlarms(cloudwatch.describe_alarms(context, &input)?),
            Request::DescribeAlarmsForMetric(input) => {
                Response::DescribeAlarmsForMetric(cloudwatch.describe_alarms_for_metric(context, &input))
            }
            Request::DescribeAlarmHistory(input) => {
                Response::DescribeAlarmHistory(cloudwatch.describe_alarm_history(&input)?)
            }
            Request::SetAlarmState(input) => {
                let name = input.alarm_name.clone();
                if cloudwatch.set_alarm_state(context, input)? {
                    self.set_off(context, &name);
                }
                Response::SetAlarmState(Nothing {})
            }
            Request::EnableAlarmActions(input) => {
                cloudwatch.set_actions_enabled(context, &input.alarm_names, true);
                Response::EnableAlarmActions(Nothing {})
            }
            Request::DisableAlarmActions(input) => {
                cloudwatch.set_actions_enabled(context, &input.alarm_names, false);
                Response::DisableAlarmActions(Nothing {})
            }
            Request::DeleteAlarms(input) => {
                cloudwatch.delete_alarms(context, &input.alarm_names);
                Response::DeleteAlarms(Nothing {})
            }
        })
    }

    /// Does what has become due.
    pub(super) fn handle_cloudwatch(&mut self, _context: &mut Context, due: Due) {
        match due {}
    }
}
