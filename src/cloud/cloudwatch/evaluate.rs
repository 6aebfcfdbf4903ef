//! The evaluation of alarms: how datapoints, and periods without any, become a state.
//!
//! CloudWatch User Guide, "Alarm evaluation", "Configuring how CloudWatch alarms treat missing data", "Avoiding premature transitions to
//! alarm state".
use super::alarm::{Alarm, AlarmState, MissingData};
use super::series::Series;
use crate::sim::{SimDuration, SimTime};

/// A period that an alarm looked at, and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluated {
    /// The beginning of the period.
    pub at: SimTime,
    /// The statistic of the period.
    pub value: f64,
    /// How many values it was made of.
    pub samples: f64,
    /// Whether it crosses the threshold.
    pub is_breaching: bool,
}

/// What an evaluation found.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The state that follows.
    pub state: AlarmState,
    /// The datapoints it follows from, the newest first.
    pub datapoints: Vec<Evaluated>,
    /// How many missing ones were filled in.
    pub filled: usize,
}

impl Alarm {
    /// How many periods the alarm reaches back to, to make up for missing ones: the evaluation range. AWS documents 5 for 3 evaluation
    /// periods of five minutes, and that it depends on the length of the period; that it reaches five minutes further back with shorter
    /// periods is a guess.
    pub(super) fn evaluation_range(&self) -> usize {
        let spare = if self.period < SimDuration::from_secs(300) { 5 } else { 2 };
        self.evaluation_periods + spare
    }

    /// The state at the end of the periods before `now`, and what it follows from; none if the alarm keeps its state.
    pub(super) fn evaluate(&self, series: Option<&Series>, now: SimTime) -> Option<Evaluation> {
        let end = now.floor_to(self.period);
        let places = 1..=self.evaluation_range() as u64;
        let starts = places.take_while(|back| self.period * *back <= end.since(SimTime::ZERO));
        let points: Vec<Option<Evaluated>> =
            starts.map(|back| self.datapoint(series?, end - self.period * back)).collect();
        self.judge(&points)
    }

    fn datapoint(&self, series: &Series, at: SimTime) -> Option<Evaluated> {
        let (value, samples) = series.value_and_count(at, self.period, self.statistic, self.unit)?;
        Some(Evaluated { at, value, samples, is_breaching: self.comparison.crosses(value, self.threshold) })
    }

    /// What follows from the periods of the evaluation range, the newest first.
    fn judge(&self, points: &[Option<Evaluated>]) -> Option<Evaluation> {
        let (needed, wanted) = (self.needed(), self.evaluation_periods);
        let real: Vec<Evaluated> = points.iter().flatten().copied().take(wanted).collect();
        let breaching = real.iter().filter(|point| point.is_breaching).count();
        let filled = wanted - real.len();
        let state = match self.missing {
            _ if filled == 0 => at_least(breaching, needed),
            MissingData::Breaching => at_least(breaching + filled, needed),
            MissingData::NotBreaching => at_least(breaching, needed),
            MissingData::Missing if real.is_empty() => AlarmState::InsufficientData,
            MissingData::Missing if is_overdue(points, needed) => AlarmState::Alarm,
            MissingData::Ignore if real.is_empty() || (breaching < needed && is_overdue(points, needed)) => {
                return None;
            }
            MissingData::Missing | MissingData::Ignore => at_least(breaching, needed),
        };
        Some(Evaluation { state, datapoints: real, filled })
    }
}

fn at_least(breaching: usize, needed: usize) -> AlarmState {
    if breaching >= needed { AlarmState::Alarm } else { AlarmState::Ok }
}

/// Whether all there is breaches and the oldest of it is at least as old as the number of datapoints to alarm: then the alarm waits for
/// no further ones. Without this rule it would stay silent for as long as the metric does; before that moment it would ring too early.
fn is_overdue(points: &[Option<Evaluated>], needed: usize) -> bool {
    let age_of_oldest = points.iter().rposition(Option::is_some).map_or(0, |place| place + 1);
    age_of_oldest >= needed && points.iter().flatten().all(|point| point.is_breaching)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::cloudwatch::MetricKey;

    /// The periods as the documentation draws them: the newest last, `X` breaching, `0` not breaching, `-` missing.
    fn periods(drawing: &str) -> Vec<Option<Evaluated>> {
        let point = |sign: &str| match sign {
            "-" => None,
            sign => {
                let is_breaching = sign == "X";
                Some(Evaluated { at: SimTime::ZERO, value: 0.0, samples: 1.0, is_breaching })
            }
        };
        drawing.split(' ').rev().map(point).collect()
    }

    fn states(drawing: &str, needed: usize) -> [Option<AlarmState>; 4] {
        let key = MetricKey::of("Lab", "Metric", "Name", "Value");
        let treatments = [MissingData::Missing, MissingData::Ignore, MissingData::Breaching, MissingData::NotBreaching];
        treatments.map(|missing| {
            let alarm = Alarm {
                evaluation_periods: 3,
                datapoints_to_alarm: Some(needed),
                period: SimDuration::from_secs(300),
                missing,
                ..Alarm::new("alarm", key.clone(), SimTime::ZERO)
            };
            assert_eq!(alarm.evaluation_range(), 5);
            alarm.judge(&periods(drawing)).map(|found| found.state)
        })
    }

    const OK: Option<AlarmState> = Some(AlarmState::Ok);
    const ALARM: Option<AlarmState> = Some(AlarmState::Alarm);
    const UNKNOWN: Option<AlarmState> = Some(AlarmState::InsufficientData);
    const KEPT: Option<AlarmState> = None;

    /// CloudWatch User Guide, "How alarm state is evaluated when data is missing", first table: 3 out of 3; the columns are missing,
    /// ignore, breaching, not breaching.
    #[test]
    fn three_out_of_three_follows_the_documented_table() {
        for (drawing, expected) in [
            ("0 - X - X", [OK, OK, OK, OK]),
            ("- - - - 0", [OK, OK, OK, OK]),
            ("- - - - -", [UNKNOWN, KEPT, ALARM, OK]),
            ("0 X X - X", [ALARM, ALARM, ALARM, ALARM]),
            ("- - X - -", [ALARM, KEPT, ALARM, OK]),
        ] {
            assert_eq!(states(drawing, 3), expected, "{drawing}");
        }
    }

    /// The same page, second table: 2 out of 3.
    #[test]
    fn two_out_of_three_follows_the_documented_table() {
        for (drawing, expected) in [
            ("0 - X - X", [ALARM, ALARM, ALARM, ALARM]),
            ("0 0 X 0 X", [ALARM, ALARM, ALARM, ALARM]),
            ("0 - X - -", [OK, OK, ALARM, OK]),
            ("- - - - 0", [OK, OK, ALARM, OK]),
            ("- - - X -", [ALARM, KEPT, ALARM, OK]),
        ] {
            assert_eq!(states(drawing, 2), expected, "{drawing}");
        }
    }

    /// CloudWatch User Guide, "Avoiding premature transitions to alarm state".
    #[test]
    fn a_single_new_datapoint_rings_no_alarm_of_three() {
        for drawing in ["- - - - X", "- - - X -", "- - - X 0", "- - X - 0"] {
            assert_eq!(states(drawing, 3)[0], OK, "{drawing}");
        }
    }
}
