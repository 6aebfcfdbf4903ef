//! Metrics: series of one-minute datapoints.
use std::collections::VecDeque;

use crate::api::cloudwatch::{Dimension, Metric};
use crate::sim::{SimDuration, SimTime};

/// Which metric of which thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MetricKey {
    /// Such as `AWS/EC2`.
    pub namespace: String,
    /// Such as `CPUUtilization`.
    pub name: String,
    /// Such as `InstanceId` with its value, in order of the names.
    pub dimensions: Vec<(String, String)>,
}

/// The datapoints of a metric, one for each minute in which something was measured.
#[derive(Clone, Debug, Default)]
pub struct Series {
    points: VecDeque<(SimTime, Statistics)>,
}

/// What was measured in a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statistics {
    /// How many values.
    pub count: f64,
    /// Their sum.
    pub sum: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

/// How long datapoints are kept. Simplified: AWS keeps one-minute points 15 days and coarser ones for longer.
const RETENTION: SimDuration = SimDuration::from_secs(15 * 86_400);

impl MetricKey {
    /// The key of a metric with dimensions as a request names them.
    pub fn new(namespace: &str, name: &str, dimensions: &[Dimension]) -> Self {
        let mut dimensions: Vec<_> = dimensions.iter().map(|pair| (pair.name.clone(), pair.value.clone())).collect();
        dimensions.sort();
        MetricKey { namespace: namespace.into(), name: name.into(), dimensions }
    }

    /// The key of a metric with one dimension.
    pub fn of(namespace: &str, name: &str, dimension: &str, value: &str) -> Self {
        MetricKey { namespace: namespace.into(), name: name.into(), dimensions: vec![(dimension.into(), value.into())] }
    }

    pub(super) fn shape(&self) -> Metric {
        Metric {
            namespace: self.namespace.clone(),
            metric_name: self.name.clone(),
            dimensions: self.dimension_shapes(),
        }
    }

    pub(super) fn dimension_shapes(&self) -> Vec<Dimension> {
        self.dimensions.iter().map(|(name, value)| Dimension { name: name.clone(), value: value.clone() }).collect()
    }
}

impl Series {
    pub(super) fn add(&mut self, at: SimTime, value: f64) {
        match self.points.back_mut() {
            Some((last, statistics)) if *last == at => statistics.add(value),
            Some(_) | None => self.points.push_back((at, Statistics::of(value))),
        }
        while self.points.front().is_some_and(|(first, _)| at.since(*first) > RETENTION) {
            self.points.pop_front();
        }
    }

    /// What was measured from `start` up to, but not including, `end`.
    pub fn between(&self, start: SimTime, end: SimTime) -> Option<Statistics> {
        let first = self.points.partition_point(|(at, _)| *at < start);
        let inside = self.points.range(first..).take_while(|(at, _)| *at < end);
        inside.map(|(_, statistics)| *statistics).reduce(Statistics::merge)
    }

    /// The datapoints from `start` on, the oldest first.
    pub fn since(&self, start: SimTime) -> impl Iterator<Item = (SimTime, Statistics)> + '_ {
        let first = self.points.partition_point(|(at, _)| *at < start);
        self.points.range(first..).copied()
    }

    /// The newest datapoint.
    pub fn latest(&self) -> Option<(SimTime, Statistics)> {
        self.points.back().copied()
    }
}

impl Statistics {
    fn of(value: f64) -> Self {
        Statistics { count: 1.0, sum: value, min: value, max: value }
    }

    fn add(&mut self, value: f64) {
        *self = self.merge(Statistics::of(value));
    }

    fn merge(self, other: Statistics) -> Self {
        Statistics {
            count: self.count + other.count,
            sum: self.sum + other.sum,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// The mean of the values.
    pub fn average(&self) -> f64 {
        self.sum / self.count
    }

    /// The statistic of this name; the average if the name is unknown.
    pub fn named(&self, name: &str) -> f64 {
        match name {
            "Sum" => self.sum,
            "Minimum" => self.min,
            "Maximum" => self.max,
            "SampleCount" => self.count,
            _ => self.average(),
        }
    }
}
