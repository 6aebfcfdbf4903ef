//! Readings: what is added to a datapoint.
use std::sync::Arc;

use crate::cloud::cloudwatch::Statistics;

/// One value or several.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// One value.
    One(f64),
    /// Several values: their statistics, and the values with their counts.
    Many(Statistics, Detail),
}

/// Values with their counts; empty if they are not known one by one.
pub type Detail = Arc<[(f64, f64)]>;

/// The most values that a datapoint keeps one by one. Simplified: beyond that, percentiles are those of groups of neighbours.
const MOST_DETAIL: usize = 64;

impl Reading {
    /// That of values with their counts; none without any. Of equal ones the statistics tell all.
    pub fn of(values: &[(f64, f64)]) -> Option<Reading> {
        if let [(value, 1.0)] = values {
            return Some(Reading::One(*value));
        }
        let mut counted = Vec::with_capacity(values.len());
        counted.extend(values.iter().filter(|(_, count)| *count > 0.0));
        let each = counted.iter().map(|(value, count)| Statistics::of(*value).times(*count));
        let statistics = each.reduce(Statistics::merge)?;
        if statistics.min == statistics.max {
            return Some(Reading::of_statistics(statistics));
        }
        Some(Reading::Many(statistics, thinned(counted).into()))
    }

    /// That of values of which only the statistics are known.
    pub fn of_statistics(statistics: Statistics) -> Reading {
        Reading::Many(statistics, Arc::from([]))
    }

    pub(super) fn detail(&self) -> Option<Vec<(f64, f64)>> {
        match self {
            Reading::One(value) => Some(vec![(*value, 1.0)]),
            Reading::Many(statistics, detail) => detail_of(statistics, detail),
        }
    }
}

/// The values with their counts, if they are known one by one. As in AWS they are also known where all are equal.
pub(super) fn detail_of(statistics: &Statistics, detail: &[(f64, f64)]) -> Option<Vec<(f64, f64)>> {
    if statistics.min == statistics.max {
        return Some(vec![(statistics.min, statistics.count)]);
    }
    (!detail.is_empty()).then(|| detail.to_vec())
}

/// At most [`MOST_DETAIL`] values: neighbours that together are no more than a small share of all become one, with their mean.
pub(super) fn thinned(mut values: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if values.len() <= MOST_DETAIL {
        return values;
    }
    values.sort_by(|one, other| one.0.total_cmp(&other.0));
    let share = values.iter().map(|(_, count)| count).sum::<f64>() / (MOST_DETAIL / 2) as f64;
    let mut groups: Vec<(f64, f64)> = Vec::with_capacity(MOST_DETAIL);
    let (mut sum, mut all) = (0.0, 0.0);
    for (value, count) in values {
        if all > 0.0 && all + count > share {
            groups.push((sum / all, all));
            (sum, all) = (0.0, 0.0);
        }
        (sum, all) = (sum + value * count, all + count);
    }
    groups.push((sum / all, all));
    groups
}
