//! The cursor of a chart: which row is being read. It stays on its moment while new rows arrive.
use super::Samples;
use crate::sim::SimTime;

/// What the reader looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// Nothing in particular.
    #[default]
    Off,
    /// The row at, or nearest to, this moment.
    At(SimTime),
}

/// A move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the row before.
    Back,
    /// To the row after.
    Forward,
    /// A tenth of the rows back.
    FarBack,
    /// A tenth of the rows forward.
    FarForward,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Cursor {
    /// The row that the cursor is on.
    pub fn row(self, samples: &Samples) -> Option<usize> {
        match self {
            Cursor::Off => None,
            Cursor::At(moment) => samples.nearest(moment),
        }
    }

    /// The cursor after a move; a cursor that is off begins at the last row.
    pub fn moved(self, step: Step, samples: &Samples) -> Cursor {
        let Some(last) = samples.rows.len().checked_sub(1) else { return Cursor::Off };
        let far = (samples.rows.len() / 10).max(1);
        let index = match (self.row(samples), step) {
            (_, Step::First) => 0,
            (None, _) | (_, Step::Last) => last,
            (Some(row), Step::Back) => row.saturating_sub(1),
            (Some(row), Step::Forward) => (row + 1).min(last),
            (Some(row), Step::FarBack) => row.saturating_sub(far),
            (Some(row), Step::FarForward) => (row + far).min(last),
        };
        samples.rows.get(index).map_or(Cursor::Off, |sample| Cursor::At(sample.at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ChartSpec, Series, TimeWindow, Unit};
    use super::*;

    fn samples(seconds: &[u64]) -> Samples {
        let points = seconds.iter().map(|second| (SimTime::from_secs(*second), 1.0)).collect();
        let window = TimeWindow { from: SimTime::ZERO, to: SimTime::from_secs(3_600) };
        Samples::of(&ChartSpec::new("t", Unit::None, window).with_series(Series::new("s", points)))
    }

    fn second_after(start: Cursor, steps: &[Step], samples: &Samples) -> Cursor {
        steps.iter().fold(start, |cursor, step| cursor.moved(*step, samples))
    }

    #[test]
    fn the_first_arrow_reads_the_latest_row() {
        let samples = samples(&[60, 120, 180]);
        assert_eq!(Cursor::Off.moved(Step::Back, &samples), Cursor::At(SimTime::from_secs(180)));
    }

    #[test]
    fn the_cursor_stops_at_both_ends() {
        let samples = samples(&[60, 120, 180]);
        let first = second_after(Cursor::Off, &[Step::First, Step::Back, Step::FarBack], &samples);
        let last = second_after(first, &[Step::Forward, Step::Forward, Step::Forward, Step::FarForward], &samples);
        assert_eq!((first.row(&samples), last.row(&samples)), (Some(0), Some(2)));
    }

    #[test]
    fn the_cursor_stays_on_its_moment_when_rows_arrive() {
        let cursor = Cursor::At(SimTime::from_secs(120));
        assert_eq!(cursor.row(&samples(&[60, 120])), Some(1));
        assert_eq!(cursor.row(&samples(&[60, 90, 120, 180])), Some(2));
    }

    #[test]
    fn there_is_nothing_to_read_on_an_empty_chart() {
        assert_eq!(Cursor::Off.moved(Step::Last, &samples(&[])), Cursor::Off);
        assert_eq!(Cursor::At(SimTime::ZERO).row(&samples(&[])), None);
    }
}
