//! A chart as rows: each moment at which some series has a value, with the value of each series.
use super::ticks::moment_text;
use super::{ChartSpec, TimeWindow, Unit};
use crate::sim::SimTime;

/// The rows of a chart, for its data table and its cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// The names of the series, in the chart's order.
    pub labels: Vec<String>,
    /// The rows, in order of time.
    pub rows: Vec<Sample>,
    unit: Unit,
    window: TimeWindow,
}

/// The values of all series at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The moment.
    pub at: SimTime,
    /// One entry per series; `None` where that series has no value at this moment.
    pub values: Vec<Option<f64>>,
}

impl Samples {
    /// The rows of `spec` inside its window.
    pub fn of(spec: &ChartSpec) -> Self {
        let rows = moments(spec).into_iter().map(|at| Sample { at, values: values_at(spec, at) }).collect();
        let labels = spec.series.iter().map(|series| series.label.clone()).collect();
        Samples { labels, rows, unit: spec.unit, window: spec.window }
    }

    /// At most `limit` rows, evenly chosen, the last one always among them.
    pub fn thinned(&self, limit: usize) -> Vec<&Sample> {
        let every = self.rows.len().div_ceil(limit.max(1)).max(1);
        let mut kept: Vec<&Sample> = self.rows.iter().rev().step_by(every).collect();
        kept.reverse();
        kept
    }

    /// All rows as values with commas between them, the moments and numbers as they are: for a spreadsheet.
    pub fn to_csv(&self) -> String {
        let unit = self.unit.name();
        let mut text = "Time".to_owned();
        self.labels.iter().for_each(|label| text.push_str(&format!(",{}", quoted(&format!("{label} ({unit})")))));
        for sample in &self.rows {
            text.push_str("\r\n");
            text.push_str(&sample.at.to_iso8601());
            for value in &sample.values {
                text.push(',');
                text.push_str(&value.map(|value| value.to_string()).unwrap_or_default());
            }
        }
        text.push_str("\r\n");
        text
    }

    /// The clock time of a row, with the day if the chart spans more than one.
    pub fn moment_of(&self, sample: &Sample) -> String {
        moment_text(sample.at, self.window)
    }

    /// A value of a row as it is shown; a dash where there is none.
    pub fn value_of(&self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| self.unit.format(value))
    }

    /// A row in words: `10:42: group average 58%, in service 4`.
    pub fn describe(&self, index: usize) -> Option<String> {
        let sample = self.rows.get(index)?;
        let known = self.labels.iter().zip(&sample.values);
        let parts =
            known.filter_map(|(label, value)| value.map(|value| format!("{label} {}", self.unit.format(value))));
        Some(format!("{}: {}", self.moment_of(sample), parts.collect::<Vec<_>>().join(", ")))
    }

    /// The row nearest to `at`; of two equally near ones the earlier.
    pub fn nearest(&self, at: SimTime) -> Option<usize> {
        let distance = |index: &usize| self.rows[*index].at.as_micros().abs_diff(at.as_micros());
        let after = self.rows.partition_point(|sample| sample.at < at);
        [after.checked_sub(1), (after < self.rows.len()).then_some(after)].into_iter().flatten().min_by_key(distance)
    }
}

/// A text of a table with commas, as RFC 4180 quotes it.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn moments(spec: &ChartSpec) -> Vec<SimTime> {
    let values = spec.series.iter().flat_map(|series| series.values_in(spec.window));
    let mut moments: Vec<SimTime> = values.map(|(at, _)| at).collect();
    moments.sort_unstable();
    moments.dedup();
    moments
}

fn values_at(spec: &ChartSpec, at: SimTime) -> Vec<Option<f64>> {
    spec.series.iter().map(|series| value_at(&series.points, at)).collect()
}

fn value_at(points: &[(SimTime, f64)], at: SimTime) -> Option<f64> {
    let index = points.binary_search_by_key(&at, |(moment, _)| *moment).ok()?;
    points.get(index).map(|(_, value)| *value).filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::super::Series;
    use super::*;

    fn at(second: u64) -> SimTime {
        SimTime::from_secs(second)
    }

    fn samples() -> Samples {
        let window = TimeWindow { from: at(0), to: at(600) };
        let spec = ChartSpec::new("CPU utilisation", Unit::Percent, window)
            .with_series(Series::new("web-1", vec![(at(60), 20.0), (at(120), 58.04), (at(900), 1.0)]))
            .with_series(Series::new("web-2", vec![(at(120), 61.0), (at(180), f64::NAN), (at(240), 70.0)]));
        Samples::of(&spec)
    }

    #[test]
    fn there_is_one_row_for_each_moment_that_has_a_value() {
        let rows: Vec<_> = samples().rows.iter().map(|row| (row.at, row.values.clone())).collect();
        let expected = [
            (at(60), vec![Some(20.0), None]),
            (at(120), vec![Some(58.04), Some(61.0)]),
            (at(240), vec![None, Some(70.0)]),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_row_is_told_in_words_without_what_is_missing() {
        assert_eq!(samples().describe(1).as_deref(), Some("00:02: web-1 58%, web-2 61%"));
        assert_eq!(samples().describe(2).as_deref(), Some("00:04: web-2 70%"));
        assert_eq!(samples().describe(3), None);
    }

    /// RFC 4180, "Common Format and MIME Type for Comma-Separated Values (CSV) Files"
    #[test]
    fn a_file_of_values_has_each_row_and_quotes_what_has_commas() {
        let mut samples = samples();
        samples.labels[1] = "web-2, \"new\"".to_owned();
        let expected = "Time,web-1 (Percent),\"web-2, \"\"new\"\" (Percent)\"\r\n\
            2026-01-05T00:01:00Z,20,\r\n\
            2026-01-05T00:02:00Z,58.04,61\r\n\
            2026-01-05T00:04:00Z,,70\r\n";
        assert_eq!(samples.to_csv(), expected);
    }

    #[test]
    fn thinning_keeps_the_latest_row() {
        let samples = samples();
        let kept: Vec<_> = samples.thinned(2).into_iter().map(|row| row.at).collect();
        assert_eq!(kept, [at(60), at(240)]);
        assert_eq!(samples.thinned(0).len(), 1);
        assert_eq!(samples.thinned(50).len(), 3);
    }

    #[test]
    fn the_nearest_row_is_found_from_either_side() {
        let samples = samples();
        let found: Vec<_> = [0, 89, 91, 179, 181, 999].map(|second| samples.nearest(at(second))).into();
        assert_eq!(found, [Some(0), Some(0), Some(1), Some(1), Some(2), Some(2)]);
    }
}
