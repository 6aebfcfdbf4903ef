//! Series: the datapoints of a metric, at a resolution that falls with their age.
mod reading;
pub mod retention;
mod runs;
mod tier;

use std::collections::VecDeque;

pub use reading::{Detail, Reading};
use reading::{detail_of, thinned};
pub use retention::Retention;
use runs::Run;
use tier::{Datum, Tier};

use super::statistic::{Statistic, Statistics, percentile};
use super::unit::Unit;
use crate::sim::{SimDuration, SimTime, Weight};

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
    tiers: [Tier; SECONDS.len()],
    /// Of the newest datapoints of several values these values, in order of time.
    details: VecDeque<(u32, Detail)>,
}

/// The periods of the resolutions (CloudWatch User Guide, "Metrics retention").
const SECONDS: [u64; 3] = [60, 300, 3_600];

/// Simplified: how long a datapoint of several values answers percentiles, in minutes; in AWS as long as it is kept.
const DETAIL_KEPT: u32 = 1_440;

/// What a series takes without its datapoints, with its name, and what a value that is known one by one does, about.
const SERIES_BYTES: usize = 500;
const VALUE_BYTES: usize = 16;

impl Series {
    /// Adds a reading to the datapoint of the minute that begins at `at`.
    pub(super) fn add(&mut self, at: SimTime, unit: Unit, reading: &Reading) {
        self.part(unit).add(at, reading);
    }

    fn part(&mut self, unit: Unit) -> &mut Part {
        let index = self.parts.iter().position(|part| part.unit == unit).unwrap_or_else(|| {
            self.parts.push(Part { unit, tiers: Default::default(), details: VecDeque::new() });
            self.parts.len() - 1
        });
        &mut self.parts[index]
    }

    /// Lets go what is too old.
    pub(super) fn expire(&mut self, now: SimTime, retention: &Retention) {
        self.parts.iter_mut().for_each(|part| part.expire(now, retention));
        self.parts.retain(|part| part.tiers.iter().any(|tier| !tier.is_empty()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How much room the datapoints take, as [`retention::BUDGET_BYTES`] counts it.
    pub(super) fn bytes(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.tiers).map(Tier::bytes).sum()
    }

    /// Adds to a weight what the datapoints take, and the values that are known one by one.
    pub(super) fn weigh(&self, weight: &mut Weight) {
        weight.add(SERIES_BYTES);
        for part in &self.parts {
            part.tiers.iter().for_each(|tier| tier.weigh(weight));
            part.details.iter().for_each(|(_, detail)| weight.add_shared(detail, detail.len() * VALUE_BYTES));
        }
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
        let each = runs.flat_map(|(_, run)| match run.value {
            Datum::One(value) => std::iter::repeat_n(Statistics::of(value).times(f64::from(run.length)), 1),
            Datum::Set(statistics) => std::iter::repeat_n(statistics, run.length as usize),
        });
        each.reduce(Statistics::merge)
    }

    /// A statistic of what was measured from `start` on in a period of this length; none without data, and for percentiles where the
    /// values are not known one by one.
    pub fn value(&self, start: SimTime, period: SimDuration, statistic: Statistic, unit: Option<Unit>) -> Option<f64> {
        self.value_and_count(start, period, statistic, unit).map(|(value, _)| value)
    }

    /// The same, and how many values it is made of.
    pub(super) fn value_and_count(
        &self,
        start: SimTime,
        period: SimDuration,
        statistic: Statistic,
        unit: Option<Unit>,
    ) -> Option<(f64, f64)> {
        let found = self.window(start, period, unit)?;
        let value = match statistic {
            Statistic::SampleCount => found.count,
            Statistic::Average => found.average(),
            Statistic::Sum => found.sum,
            Statistic::Minimum => found.min,
            Statistic::Maximum => found.max,
            Statistic::Percentile(percent) => percentile(self.detail(start, period, unit)?, percent)?,
        };
        Some((value, found.count))
    }

    /// All values of a period with their counts, if they are known one by one.
    fn detail(&self, start: SimTime, period: SimDuration, unit: Option<Unit>) -> Option<Vec<(f64, f64)>> {
        let mut values = Vec::new();
        for part in self.parts_in(unit) {
            for (place, run) in part.runs(start, period) {
                match run.value {
                    Datum::One(value) => values.push((value, f64::from(run.length))),
                    Datum::Set(statistics) => {
                        for index in run.first..run.first + run.length {
                            let known = if place == 0 { part.detail(index) } else { &[] };
                            values.extend(detail_of(&statistics, known)?);
                        }
                    }
                }
            }
        }
        Some(values)
    }

    /// The newest datapoint.
    pub fn latest(&self) -> Option<(SimTime, Statistics)> {
        let newest = self.parts.iter().filter_map(|part| {
            let found = part.tiers.iter().zip(SECONDS).filter_map(|(tier, seconds)| {
                tier.last().map(|(index, statistics)| (SimTime::from_secs(u64::from(index) * seconds), statistics))
            });
            found.max_by_key(|(at, _)| *at)
        });
        newest.max_by_key(|(at, _)| *at)
    }
}

impl Part {
    fn add(&mut self, at: SimTime, reading: &Reading) {
        let index = index_of(at, SECONDS[0]);
        let [fine, ..] = &mut self.tiers;
        if !fine.is_home_of(index) {
            return self.add_old(at, Datum::of(reading));
        }
        let before = if fine.ends_before(index) { None } else { fine.take(index) };
        let Some(before) = before else {
            fine.put(index, Datum::of(reading));
            if let Reading::Many(_, detail) = reading {
                self.keep_detail(index, detail.clone());
            }
            return;
        };
        fine.put(index, before.merge(Datum::of(reading)));
        let known = match before {
            Datum::One(value) => Some(vec![(value, 1.0)]),
            Datum::Set(statistics) => detail_of(&statistics, self.detail(index)),
        };
        let both = known.zip(reading.detail()).map_or_else(Vec::new, |(mut mine, theirs)| {
            mine.extend(theirs);
            thinned(mine)
        });
        self.keep_detail(index, both.into());
    }

    /// Adds to a datapoint that is kept at a lower resolution only.
    fn add_old(&mut self, at: SimTime, datum: Datum) {
        for (tier, seconds) in self.tiers.iter_mut().zip(SECONDS) {
            let index = index_of(at, seconds);
            if tier.is_home_of(index) {
                return tier.add(index, datum);
            }
        }
    }

    fn detail(&self, index: u32) -> &[(f64, f64)] {
        let place = self.details.binary_search_by_key(&index, |(index, _)| *index);
        place.ok().and_then(|place| self.details.get(place)).map_or(&[], |(_, detail)| detail)
    }

    fn keep_detail(&mut self, index: u32, detail: Detail) {
        while self.details.front().is_some_and(|(first, _)| first + DETAIL_KEPT <= index) {
            self.details.pop_front();
        }
        let is_known = !detail.is_empty();
        match self.details.binary_search_by_key(&index, |(index, _)| *index) {
            Ok(place) if is_known => self.details[place].1 = detail,
            Ok(place) => drop(self.details.remove(place)),
            Err(place) if is_known => self.details.insert(place, (index, detail)),
            Err(_) => {}
        }
    }

    /// What is too old for a resolution becomes part of a datapoint of the next one.
    fn expire(&mut self, now: SimTime, retention: &Retention) {
        for (place, &seconds_here) in SECONDS.iter().enumerate() {
            let limit = index_of(now - retention.kept(place), seconds_here);
            let (here, rest) = self.tiers.split_at_mut(place + 1);
            let Some(here) = here.last_mut() else { break };
            if let (Some(next), Some(seconds)) = (rest.first_mut(), SECONDS.get(place + 1)) {
                let ratio = (seconds / seconds_here) as u32;
                hand_down(here.between(0, limit), next, ratio);
            }
            here.forget_before(limit);
        }
        let oldest = index_of(now - retention.kept(0), SECONDS[0]);
        while self.details.front().is_some_and(|(first, _)| *first < oldest) {
            self.details.pop_front();
        }
    }

    /// The datapoints of a period with the tier of each. Coarser datapoints than the period are not part of it.
    fn runs(&self, start: SimTime, period: SimDuration) -> impl Iterator<Item = (usize, Run<Datum>)> {
        let tiers = self.tiers.iter().zip(SECONDS).enumerate();
        let fits = move |seconds: u64| seconds * 1_000_000 <= period.as_micros().max(60_000_000);
        tiers.filter(move |(_, (_, seconds))| fits(*seconds)).flat_map(move |(place, (tier, seconds))| {
            let found = tier.between(first_from(start, seconds), first_from(start + period, seconds));
            found.map(move |run| (place, run))
        })
    }
}

/// Makes datapoints of the next tier, `ratio` times as long, of those that are too old for theirs.
fn hand_down(old: impl Iterator<Item = Run<Datum>>, next: &mut Tier, ratio: u32) {
    let mut waiting: Option<(u32, Datum)> = None;
    for run in old {
        let (mut first, end) = (run.first, run.first + run.length);
        while first < end {
            let (coarse, until) = (first / ratio, end.min((first / ratio + 1) * ratio));
            let datum = run.value.times(until - first);
            waiting = match waiting {
                Some((index, before)) if index == coarse => Some((index, before.merge(datum))),
                Some((index, before)) => {
                    next.add(index, before);
                    Some((coarse, datum))
                }
                None => Some((coarse, datum)),
            };
            first = until;
        }
    }
    if let Some((index, datum)) = waiting {
        next.add(index, datum);
    }
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
    use crate::sim::random::Randomness;

    const MINUTE: SimDuration = SimDuration::MINUTE;

    fn minute(number: u64) -> SimTime {
        SimTime::from_secs(number * 60)
    }

    fn one_a_minute(minutes: u64, value: impl Fn(u64) -> f64) -> Series {
        let mut series = Series::default();
        (0..minutes).for_each(|at| series.add(minute(at), Unit::NONE, &Reading::One(value(at))));
        series
    }

    #[test]
    fn equal_values_in_a_row_take_the_room_of_one() {
        let series = one_a_minute(10_000, |at| if at == 5_000 { 1.0 } else { 0.0 });
        assert_eq!(series.bytes(), 3 * 16);
        assert_eq!(
            series.window(minute(4_999), MINUTE * 3, None),
            Some(Statistics { count: 3.0, sum: 1.0, min: 0.0, max: 1.0 })
        );
    }

    #[test]
    fn a_value_that_comes_late_joins_its_minute() {
        let mut series = one_a_minute(10, |_| 2.0);
        series.add(minute(4), Unit::NONE, &Reading::One(8.0));
        series.add(minute(20), Unit::NONE, &Reading::One(1.0));
        series.add(minute(15), Unit::NONE, &Reading::One(3.0));
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
        series.expire(minute(days * 1_440), &Retention::default());
        let lengths: Vec<u32> =
            series.parts[0].tiers.iter().map(|tier| tier.between(0, u32::MAX).map(|run| run.length).sum()).collect();
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
        let statistics = Statistics { count: 2.0, sum: 3.0, min: 1.0, max: 2.0 };
        known_by_statistics.add(minute(0), Unit::NONE, &Reading::of_statistics(statistics));
        assert_eq!(known_by_statistics.value(minute(0), MINUTE, Statistic::Percentile(90.0), None), None);
    }

    #[test]
    fn many_values_are_thinned_and_their_percentiles_stay_close() {
        let mut series = Series::default();
        (0..1_000).for_each(|value| series.add(minute(0), Unit::NONE, &Reading::One(f64::from(value))));
        let found = series.value(minute(0), MINUTE, Statistic::Percentile(50.0), None).expect("values");
        assert!((found - 500.0).abs() < 50.0, "{found}");
        assert_eq!(series.window(minute(0), MINUTE, None).map(|found| found.count), Some(1_000.0));
    }

    /// Minutes out of order, as `PutMetricData` allows, and several values in one: what is told is what the list of all values tells.
    #[test]
    fn a_series_tells_what_the_list_of_its_values_tells() {
        let mut chance = Randomness { seed: 1 }.stream("test.series", 0);
        let (mut series, mut list) = (Series::default(), Vec::new());
        for step in 0..3_000 {
            let late = if chance.below(10) == 0 { chance.below(200) } else { 0 };
            let (at, value) = (1_000 + step / 3 * 2 - late, chance.below(3) as f64);
            series.add(minute(at), Unit::NONE, &Reading::One(value));
            list.push((at, value));
        }
        for (start, length) in (700..3_000).flat_map(|start| [(start, 1), (start, 7), (start, 500)]) {
            let inside = list.iter().filter(|(at, _)| (start..start + length).contains(at));
            let expected = inside.map(|(_, value)| Statistics::of(*value)).reduce(Statistics::merge);
            assert_eq!(series.window(minute(start), MINUTE * length, None), expected, "{length} from {start}");
        }
    }

    #[test]
    fn what_comes_later_than_its_minute_is_kept_joins_a_longer_datapoint() {
        let mut series = one_a_minute(20 * 1_440, |_| 1.0);
        series.expire(minute(20 * 1_440), &Retention::default());
        series.add(minute(100), Unit::NONE, &Reading::One(1.0));
        let five_minutes = SimDuration::from_secs(300);
        assert_eq!(series.window(minute(100), five_minutes, None).map(|found| found.sum), Some(6.0));
        assert_eq!(series.window(minute(100), MINUTE, None), None);
    }
}
