//! The store: all series of a region, by their metrics.
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::metric::{MetricKey, MetricRef, Named};
use super::series::{Reading, Retention, Series, retention};
use super::unit::Unit;
use crate::sim::{SimDuration, SimTime, Weight};

/// All series of a region.
#[derive(Clone, Default)]
pub struct Store {
    ids: BTreeMap<Arc<MetricKey>, SeriesId>,
    /// The series by their places.
    places: Vec<Place>,
    /// Places whose series has gone.
    vacant: Vec<u32>,
    /// The place that was last looked up by its name.
    last: u32,
    retention: Retention,
}

/// Where a series is: whoever writes to it every minute looks its name up once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesId {
    place: u32,
    /// Which of the series that had the place one after the other.
    turn: u32,
}

#[derive(Clone, Debug, Default)]
struct Place {
    turn: u32,
    /// The place that was looked up next after this one. Minute after minute names are looked up in the same order, so it is likely to be
    /// the one that is looked for now.
    next: u32,
    unit: Unit,
    key: Arc<MetricKey>,
    series: Series,
}

impl fmt::Debug for Store {
    /// What there is; where it lies tells nothing.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}

impl Store {
    /// The series of a metric.
    pub fn get(&self, key: &MetricKey) -> Option<&Series> {
        let id = self.ids.get(key)?;
        self.places.get(id.place as usize).map(|place| &place.series)
    }

    /// All series, in the order of their metrics.
    pub fn iter(&self) -> impl Iterator<Item = (&MetricKey, &Series)> {
        self.ids.iter().filter_map(|(key, id)| Some((key.as_ref(), &self.places.get(id.place as usize)?.series)))
    }

    /// Where the series of a metric is; begins one if there is none. Builds a key only for a new metric.
    pub fn id_of(&mut self, metric: MetricRef) -> SeriesId {
        let id = self.guess().filter(|(key, _)| metric.is_of(key)).map(|(_, id)| id);
        let id = id.or_else(|| self.ids.get(&metric as &dyn Named).copied());
        let id = id.unwrap_or_else(|| self.begin(metric.to_key()));
        if let Some(before) = self.places.get_mut(self.last as usize) {
            before.next = id.place;
        }
        self.last = id.place;
        id
    }

    /// What was looked up next the last time.
    fn guess(&self) -> Option<(&MetricKey, SeriesId)> {
        let place = self.places.get(self.last as usize)?.next;
        let home = self.places.get(place as usize).filter(|home| !home.series.is_empty())?;
        Some((&home.key, SeriesId { place, turn: home.turn }))
    }

    fn begin(&mut self, key: MetricKey) -> SeriesId {
        let place = self.vacant.pop().unwrap_or_else(|| {
            self.places.push(Place::default());
            self.places.len() as u32 - 1
        });
        let home = &mut self.places[place as usize];
        home.unit = Unit::of_metric(&key.namespace, &key.name);
        home.key = Arc::new(key);
        let id = SeriesId { place, turn: home.turn };
        self.ids.insert(Arc::clone(&home.key), id);
        id
    }

    /// Adds to the datapoint of the minute that begins at `at`, in the unit in which AWS measures it. Says whether the series is still there.
    pub fn add(&mut self, id: SeriesId, at: SimTime, reading: &Reading) -> bool {
        let found = self.places.get_mut(id.place as usize).filter(|place| place.turn == id.turn);
        found.map(|place| place.series.add(at, place.unit, reading)).is_some()
    }

    /// Adds to a metric of the learner's own, in a unit of its own.
    pub(super) fn add_in(&mut self, key: MetricKey, at: SimTime, (unit, reading): (Unit, &Reading)) {
        let id = self.ids.get(&key).copied().unwrap_or_else(|| self.begin(key));
        if let Some(place) = self.places.get_mut(id.place as usize) {
            place.series.add(at, unit, reading);
        }
    }

    /// Once an hour, lets go what is too old, and what there is no room for.
    pub(in crate::cloud) fn expire(&mut self, now: SimTime) {
        if now.floor_to(SimDuration::HOUR) != now {
            return;
        }
        let mut bytes = self.keep(now);
        if bytes < retention::BUDGET_BYTES / 4 {
            self.retention = self.retention.longer();
        }
        while let Some(shorter) = self.retention.shorter().filter(|_| bytes > retention::BUDGET_BYTES) {
            self.retention = shorter;
            bytes = self.keep(now);
        }
        self.remove_empty();
    }

    /// Lets go what is too old. Returns what is left, in bytes.
    fn keep(&mut self, now: SimTime) -> usize {
        self.places.iter_mut().for_each(|place| place.series.expire(now, &self.retention));
        self.bytes()
    }

    /// How much room the datapoints take.
    pub fn bytes(&self) -> usize {
        self.places.iter().map(|place| place.series.bytes()).sum()
    }

    /// Adds to a weight what all series take.
    pub(in crate::cloud) fn weigh(&self, weight: &mut Weight) {
        self.places.iter().for_each(|place| place.series.weigh(weight));
    }

    fn remove_empty(&mut self) {
        let Store { ids, places, vacant, .. } = self;
        ids.retain(|_, id| {
            let Some(home) = places.get_mut(id.place as usize) else { return false };
            let is_empty = home.series.is_empty();
            if is_empty {
                (home.turn, home.series) = (home.turn + 1, Series::default());
                vacant.push(id.place);
            }
            !is_empty
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(store: &mut Store, number: usize) -> SeriesId {
        let instance = format!("i-{number}");
        store.id_of(MetricRef { namespace: "AWS/EC2", name: "Metric", dimensions: &[("InstanceId", &instance)] })
    }

    /// A hundred instances with detailed monitoring have three metrics each that change every minute.
    #[test]
    fn a_regions_metrics_fit_their_budget_however_long_it_runs() {
        let mut store = Store::default();
        let ids: Vec<SeriesId> = (0..300).map(|number| id_of(&mut store, number)).collect();
        let mut day_one = 0;
        for minute in 1..=60 * 60 {
            let at = SimTime::from_secs(minute * 60);
            store.expire(at);
            for id in &ids {
                assert!(store.add(*id, at, &Reading::One((minute % 59) as f64)));
            }
            day_one = if minute == 1_440 { store.bytes() } else { day_one };
        }
        let end = SimTime::from_secs(60 * 3_600);
        assert!(store.bytes() - day_one < 8_000_000, "{} after {day_one} on the first day", store.bytes());
        let series = store.iter().next().map(|(_, series)| series).expect("a series");
        let samples = |age: u64, period: SimDuration| {
            series.window(end - SimDuration::HOUR * age, period, None).map(|found| found.count)
        };
        assert_eq!(samples(24, SimDuration::MINUTE), Some(1.0), "a day of minutes is kept");
        assert_eq!(samples(50, SimDuration::MINUTE), None, "of two days ago there are no minutes left");
        assert_eq!(samples(50, SimDuration::HOUR), Some(60.0), "but all values in their hour");
    }

    #[test]
    fn a_place_whose_series_has_gone_is_no_longer_written_to() {
        let mut store = Store::default();
        let gone = id_of(&mut store, 1);
        store.add(gone, SimTime::ZERO, &Reading::One(1.0));
        store.expire(SimTime::from_secs(500 * 86_400));
        assert_eq!(store.iter().count(), 0);
        let other = id_of(&mut store, 2);
        assert!(!store.add(gone, SimTime::ZERO, &Reading::One(1.0)));
        assert!(store.add(other, SimTime::ZERO, &Reading::One(1.0)));
    }
}
