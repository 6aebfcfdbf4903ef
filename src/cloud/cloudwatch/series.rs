//! Series: the datapoints of a metric, at a resolution that falls with their age.
use std::collections::VecDeque;

use super::statistic::{Statistic, Statistics, percentile};
use super::unit::Unit;
use crate::sim::{SimDuration, SimTime};

/// The datapoints of a metric. Datapoints of different units are kept apart.
#[derive(Clone, Debug, Default)]
pub struct Series {
    parts: Vec<Part>,
}

/// The datapoints in one unit.
#[derive(Clone, Debug)]
struct Part {
    unit: Unit,
    /// One for each resolution, the finest first.
    tiers: [Tier; RESOLUTIONS.len()],
}

/// The datapoints of one resolution in order of time.
#[derive(Clone, Debug, Default)]
struct Tier {
    runs: VecDeque<Run>,
}

/// Equal datapoints in a row: a metric that stays at zero for days takes no more room than one datapoint.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    /// The place of the first, in periods of the resolution since the beginning of time.
    first: u32,
    length: u32,
    value: Value,
}

/// What a datapoint holds.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    /// One value.
    One(f64),
    /// Several values.
    Many(Box<Many>),
}

#[derive(Clone, Debug, PartialEq)]
struct Many {
    statistics: Statistics,
    /// The values with their counts; empty if they are not known one by one.
    detail: Vec<(f64, f64)>,
}

/// A period of datapoints and how long they are kept (CloudWatch User Guide, "Metrics retention").
struct Resolution {
    seconds: u64,
    kept: SimDuration,
}

const DAY: u64 = 86_400;
const RESOLUTIONS: [Resolution; 3] = [
    Resolution { seconds: 60, kept: SimDuration::from_secs(15 * DAY) },
    Resolution { seconds: 300, kept: SimDuration::from_secs(63 * DAY) },
    Resolution { seconds: 3_600, kept: SimDuration::from_secs(455 * DAY) },
];

/// The most values that a datapoint keeps one by one. Simplified: beyond that, percentiles are those of groups of neighbours.
const MOST_DETAIL: usize = 64;
/// Simplified: how long a datapoint of several values answers percentiles, in minutes; in AWS as long as it is kept.
const DETAIL_KEPT: u32 = 1_440;

impl Series {
    /// Adds values with their counts to the datapoint of the minute that begins at `at`.
    pub(super) fn add(&mut self, at: SimTime, unit: Unit, values: &[(f64, f64)]) {
        if let Some(value) = Value::of(values) {
            self.part(unit).add(at, value);
        }
    }

    /// Adds values of which only the statistics are known.
    pub(super) fn add_statistics(&mut self, at: SimTime, unit: Unit, statistics: Statistics) {
        self.part(unit).add(at, Value::Many(Box::new(Many { statistics, detail: Vec::new() })));
    }

    fn part(&mut self, unit: Unit) -> &mut Part {
        let index = self.parts.iter().position(|part| part.unit == unit).unwrap_or_else(|| {
            self.parts.push(Part { unit, tiers: Default::default() });
            self.parts.len() - 1
        });
        &mut self.parts[index]
    }

    /// Lets go what is too old.
    pub(super) fn expire(&mut self, now: SimTime) {
        self.parts.iter_mut().for_each(|part| part.expire(now));
        self.parts.retain(|part| part.tiers.iter().any(|tier| !tier.runs.is_empty()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The units in which there are datapoints.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit> + '_ {
        self.parts.iter().map(|part| part.unit)
    }

    fn parts_in(&self, unit: Option<Unit>) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| unit.is_none_or(|unit| unit == part.unit))
    }

    /// What was measured from `start` on in a period of this length, in this unit or in any.
    pub fn window(&self, start: SimTime, period: SimDuration, unit: Option<Unit>) -> Option<Statistics> {
        let runs = self.parts_in(unit).flat_map(|part| part.runs(start, period));
        runs.map(|(value, times)| value.statistics().times(times)).reduce(Statistics::merge)
    }

    /// A statistic of what was measured from `start` on in a period of this length; none without data, and for percentiles where the
    /// values are not known one by one.
    pub fn value(&self, start: SimTime, period: SimDuration, statistic: Statistic, unit: Option<Unit>) -> Option<f64> {
        let statistics = || self.window(start, period, unit);
        match statistic {
            Statistic::SampleCount => statistics().map(|found| found.count),
            Statistic::Average => statistics().map(|found| found.average()),
            Statistic::Sum => statistics().map(|found| found.sum),
            Statistic::Minimum => statistics().map(|found| found.min),
            Statistic::Maximum => statistics().map(|found| found.max),
            Statistic::Percentile(percent) => {
                let mut values = Vec::new();
                for (value, times) in self.parts_in(unit).flat_map(|part| part.runs(start, period)) {
                    values.extend(value.detail()?.into_iter().map(|(value, count)| (value, count * times)));
                }
                percentile(values, percent)
            }
        }
    }

    /// The newest datapoint.
    pub fn latest(&self) -> Option<(SimTime, Statistics)> {
        let newest = self.parts.iter().filter_map(|part| {
            let tiers = part.tiers.iter().zip(&RESOLUTIONS);
            tiers.filter_map(|(tier, resolution)| tier.latest(resolution.seconds)).max_by_key(|(at, _)| *at)
        });
        newest.max_by_key(|(at, _)| *at)
    }
}

impl Part {
    fn add(&mut self, at: SimTime, value: Value) {
        let index = index_of(at, RESOLUTIONS[0].seconds);
        let fine = &mut self.tiers[0];
        fine.add(index, value);
        if let Some(old) = index.checked_sub(DETAIL_KEPT) {
            fine.forget_detail(old);
        }
        self.expire(at);
    }

    /// What is too old for a resolution becomes part of a datapoint of the next one.
    fn expire(&mut self, now: SimTime) {
        for (place, resolution) in RESOLUTIONS.iter().enumerate() {
            let limit = index_of(now - resolution.kept, resolution.seconds);
            while let Some((index, value)) = self.tiers[place].take_first_before(limit) {
                if let Some(next) = RESOLUTIONS.get(place + 1) {
                    let coarse = (u64::from(index) * resolution.seconds / next.seconds) as u32;
                    self.tiers[place + 1].add(coarse, value);
                    self.tiers[place + 1].forget_detail(coarse);
                }
            }
        }
    }

    /// The datapoints of a period with how many times each of them comes. Coarser datapoints than the period are not part of it.
    fn runs(&self, start: SimTime, period: SimDuration) -> impl Iterator<Item = (&Value, f64)> {
        let fits = move |resolution: &Resolution| resolution.seconds * 1_000_000 <= period.as_micros().max(60_000_000);
        self.tiers.iter().zip(&RESOLUTIONS).filter(move |(_, resolution)| fits(resolution)).flat_map(
            move |(tier, resolution)| {
                tier.between(first_from(start, resolution.seconds), first_from(start + period, resolution.seconds))
            },
        )
    }
}

impl Tier {
    fn add(&mut self, index: u32, value: Value) {
        let place = self.runs.partition_point(|run| run.first <= index);
        if let Some(run) = place.checked_sub(1).and_then(|before| self.runs.get_mut(before)) {
            let behind = index - run.first;
            if behind < run.length {
                self.merge_into(place - 1, behind, &value);
                return;
            }
            if behind == run.length && run.value == value && matches!(value, Value::One(_)) {
                run.length += 1;
                return;
            }
        }
        self.runs.insert(place, Run { first: index, length: 1, value });
    }

    /// Adds a value to the datapoint that is so far behind the first one of a run.
    fn merge_into(&mut self, place: usize, behind: u32, value: &Value) {
        let Some(run) = self.runs.remove(place) else { return };
        let rest = run.length - behind - 1;
        let parts = [
            Run { first: run.first, length: behind, value: run.value.clone() },
            Run { first: run.first + behind, length: 1, value: run.value.merge(value) },
            Run { first: run.first + behind + 1, length: rest, value: run.value },
        ];
        for part in parts.into_iter().rev().filter(|part| part.length > 0) {
            self.runs.insert(place, part);
        }
    }

    fn take_first_before(&mut self, limit: u32) -> Option<(u32, Value)> {
        let run = self.runs.front_mut().filter(|run| run.first < limit)?;
        let taken = (run.first, run.value.clone());
        (run.first, run.length) = (run.first + 1, run.length - 1);
        if run.length == 0 {
            self.runs.pop_front();
        }
        Some(taken)
    }

    fn forget_detail(&mut self, index: u32) {
        let place = self.runs.partition_point(|run| run.first <= index);
        let run = place.checked_sub(1).and_then(|before| self.runs.get_mut(before));
        if let Some(Run { value: Value::Many(many), .. }) = run {
            many.detail = Vec::new();
        }
    }

    fn between(&self, start: u32, end: u32) -> impl Iterator<Item = (&Value, f64)> {
        let first = self.runs.partition_point(|run| run.first + run.length <= start);
        self.runs.range(first..).take_while(move |run| run.first < end).map(move |run| {
            let inside = (run.first + run.length).min(end) - run.first.max(start);
            (&run.value, f64::from(inside))
        })
    }

    fn latest(&self, seconds: u64) -> Option<(SimTime, Statistics)> {
        let run = self.runs.back()?;
        let last = u64::from(run.first + run.length - 1);
        Some((SimTime::from_secs(last * seconds), run.value.statistics()))
    }
}

impl Value {
    fn of(values: &[(f64, f64)]) -> Option<Value> {
        if let [(value, 1.0)] = values {
            return Some(Value::One(*value));
        }
        let each = values.iter().filter(|(_, count)| *count > 0.0);
        let statistics =
            each.clone().map(|(value, count)| Statistics::of(*value).times(*count)).reduce(Statistics::merge)?;
        Some(Value::Many(Box::new(Many { statistics, detail: thinned(each.copied().collect()) })))
    }

    fn statistics(&self) -> Statistics {
        match self {
            Value::One(value) => Statistics::of(*value),
            Value::Many(many) => many.statistics,
        }
    }

    /// The values with their counts, if they are known one by one. As in AWS they are also known where all are equal.
    fn detail(&self) -> Option<Vec<(f64, f64)>> {
        match self {
            Value::One(value) => Some(vec![(*value, 1.0)]),
            Value::Many(many) if many.statistics.min == many.statistics.max => {
                Some(vec![(many.statistics.min, many.statistics.count)])
            }
            Value::Many(many) => (!many.detail.is_empty()).then(|| many.detail.clone()),
        }
    }

    fn merge(&self, other: &Value) -> Value {
        let statistics = self.statistics().merge(other.statistics());
        let detail = self.detail().zip(other.detail()).map_or_else(Vec::new, |(mut mine, theirs)| {
            mine.extend(theirs);
            thinned(mine)
        });
        Value::Many(Box::new(Many { statistics, detail }))
    }
}

/// At most [`MOST_DETAIL`] values: neighbours that together are no more than a small share of all become one, with their mean.
fn thinned(mut values: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if values.len() <= MOST_DETAIL {
        return values;
    }
    values.sort_by(|one, other| one.0.total_cmp(&other.0));
    let share = values.iter().map(|(_, count)| count).sum::<f64>() / (MOST_DETAIL / 2) as f64;
    let mut groups: Vec<(f64, f64)> = Vec::new();
    for (value, count) in values {
        match groups.last_mut().filter(|group| group.1 + count <= share) {
            Some((mean, all)) => {
                *mean = (*mean * *all + value * count) / (*all + count);
                *all += count;
            }
            None => groups.push((value, count)),
        }
    }
    groups
}

fn index_of(at: SimTime, seconds: u64) -> u32 {
    (at.as_micros() / 1_000_000 / seconds) as u32
}

/// The first datapoint that does not begin before `at`.
fn first_from(at: SimTime, seconds: u64) -> u32 {
    at.as_micros().div_ceil(1_000_000 * seconds) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: SimDuration = SimDuration::MINUTE;

    fn minute(number: u64) -> SimTime {
        SimTime::from_secs(number * 60)
    }

    fn one_a_minute(minutes: u64, value: impl Fn(u64) -> f64) -> Series {
        let mut series = Series::default();
        (0..minutes).for_each(|at| series.add(minute(at), Unit::NONE, &[(value(at), 1.0)]));
        series
    }

    #[test]
    fn equal_values_in_a_row_take_the_room_of_one() {
        let series = one_a_minute(10_000, |at| if at == 5_000 { 1.0 } else { 0.0 });
        assert_eq!(series.parts[0].tiers[0].runs.len(), 3);
        assert_eq!(
            series.window(minute(4_999), MINUTE * 3, None),
            Some(Statistics { count: 3.0, sum: 1.0, min: 0.0, max: 1.0 })
        );
    }

    #[test]
    fn a_value_that_comes_late_joins_its_minute() {
        let mut series = one_a_minute(10, |_| 2.0);
        series.add(minute(4), Unit::NONE, &[(8.0, 1.0)]);
        series.add(minute(20), Unit::NONE, &[(1.0, 1.0)]);
        series.add(minute(15), Unit::NONE, &[(3.0, 1.0)]);
        assert_eq!(
            series.window(minute(4), MINUTE, None),
            Some(Statistics { count: 2.0, sum: 10.0, min: 2.0, max: 8.0 })
        );
        assert_eq!(series.window(minute(0), MINUTE * 30, None).map(|found| found.count), Some(13.0));
        assert_eq!(series.window(minute(15), MINUTE, None), Some(Statistics::of(3.0)));
        assert_eq!(series.window(minute(16), MINUTE, None), None);
    }

    #[test]
    fn what_is_old_is_kept_at_a_lower_resolution_and_loses_no_value() {
        let days = 70;
        let mut series = one_a_minute(days * 1_440, |at| (at % 7) as f64);
        series.expire(minute(days * 1_440));
        let lengths: Vec<usize> = series.parts[0].tiers.iter().map(|tier| tier.runs.len()).collect();
        assert_eq!(lengths, [15 * 1_440, 48 * 288, 7 * 24]);
        let hour = |day: u64| series.window(minute(day * 1_440), SimDuration::HOUR, None).map(|found| found.count);
        assert_eq!([hour(1), hour(20), hour(60)], [Some(60.0); 3]);
        assert_eq!(series.window(minute(20 * 1_440), MINUTE, None), None, "only hours are left of that day");
    }

    #[test]
    fn percentiles_are_those_of_all_values_of_the_period() {
        let series = one_a_minute(100, |at| at as f64);
        let found = series.value(minute(0), MINUTE * 100, Statistic::Percentile(90.0), None);
        assert_eq!(found, Some(89.0));
        let mut known_by_statistics = Series::default();
        known_by_statistics.add_statistics(
            minute(0),
            Unit::NONE,
            Statistics { count: 2.0, sum: 3.0, min: 1.0, max: 2.0 },
        );
        assert_eq!(known_by_statistics.value(minute(0), MINUTE, Statistic::Percentile(90.0), None), None);
    }

    #[test]
    fn many_values_are_thinned_and_their_percentiles_stay_close() {
        let mut series = Series::default();
        (0..1_000).for_each(|value| series.add(minute(0), Unit::NONE, &[(f64::from(value), 1.0)]));
        let found = series.value(minute(0), MINUTE, Statistic::Percentile(50.0), None).expect("values");
        assert!((found - 500.0).abs() < 50.0, "{found}");
        assert_eq!(series.window(minute(0), MINUTE, None).map(|found| found.count), Some(1_000.0));
    }
}
