//! A chart laid out for a plot of a certain size: axes, ticks and the points of each line. What is left is to draw it.
use std::fmt;

use super::polyline::{Point, polylines};
use super::{ChartSpec, Dash, Domain, Marker, Series, Threshold, TimeTick, TimeWindow, Tone, ValueAxis, time_ticks};

/// The room that a plot has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotSize {
    /// In CSS pixels: how much text fits.
    pub width: f64,
    /// In CSS pixels.
    pub height: f64,
    /// In device pixels: how many points can be told apart.
    pub columns: usize,
}

/// A chart, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPlan {
    /// The part of time that is shown.
    pub window: TimeWindow,
    /// The ticks of the time axis.
    pub time_ticks: Vec<TimeTick>,
    /// The upright axis.
    pub axis: ValueAxis,
    /// The lines, the most important one first.
    pub lines: Vec<PlannedLine>,
    /// The level lines that lie on the axis.
    pub thresholds: Vec<Threshold>,
    /// The events inside the window.
    pub markers: Vec<Marker>,
}

/// A line, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedLine {
    /// What the line is.
    pub label: String,
    /// What its colour means.
    pub tone: Tone,
    /// Its dash pattern.
    pub dash: Dash,
    /// Its unbroken parts; values lie on the axis.
    pub parts: Vec<Vec<Point>>,
}

/// CSS pixels that a tick of the time axis needs for its text.
const TIME_TICK_ROOM: f64 = 84.0;
/// CSS pixels between two ticks of the upright axis.
const VALUE_TICK_ROOM: f64 = 36.0;

impl ChartPlan {
    /// Lays `spec` out.
    pub fn new(spec: &ChartSpec, size: PlotSize) -> Self {
        let axis = value_axis(spec, fitting(size.height, VALUE_TICK_ROOM, 8));
        let lines = spec.series.iter().map(|series| planned(series, spec.window, &axis, size.columns)).collect();
        let on_axis = |threshold: &&Threshold| (axis.low..=axis.high).contains(&threshold.value);
        ChartPlan {
            window: spec.window,
            time_ticks: time_ticks(spec.window, fitting(size.width, TIME_TICK_ROOM, 12)),
            lines,
            thresholds: spec.thresholds.iter().filter(on_axis).cloned().collect(),
            markers: spec.markers.iter().filter(|marker| spec.window.contains(marker.at)).cloned().collect(),
            axis,
        }
    }
}

impl PlannedLine {
    /// The last point of the line.
    pub fn end(&self) -> Option<Point> {
        self.parts.last()?.last().copied()
    }
}

fn fitting(room: f64, each: f64, most: usize) -> usize {
    ((room / each) as usize).clamp(2, most)
}

fn value_axis(spec: &ChartSpec, wanted: usize) -> ValueAxis {
    match spec.domain {
        Domain::Fixed { low, high } => ValueAxis::exact(low, high, spec.unit, wanted),
        Domain::FromZero { at_least } => {
            let values = spec.series.iter().flat_map(|series| series.values_in(spec.window)).map(|(_, value)| value);
            let levels = spec.thresholds.iter().map(|threshold| threshold.value).filter(|value| value.is_finite());
            let (low, high) =
                values.chain(levels).fold((0.0, at_least), |(low, high), value: f64| (value.min(low), value.max(high)));
            ValueAxis::round(low, high, spec.unit, wanted)
        }
    }
}

fn planned(series: &Series, window: TimeWindow, axis: &ValueAxis, columns: usize) -> PlannedLine {
    let mut parts = polylines(series, window, columns);
    for point in parts.iter_mut().flatten() {
        point.1 = point.1.clamp(axis.low, axis.high);
    }
    PlannedLine { label: series.label.clone(), tone: series.tone, dash: series.dash, parts }
}

/// One line of text for each thing that will be drawn: what the tests compare.
impl fmt::Display for ChartPlan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value_ticks: Vec<_> = self.axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
        let time_ticks: Vec<_> = self.time_ticks.iter().map(|tick| tick.label.as_str()).collect();
        writeln!(out, "values {} | {}..{}", value_ticks.join(" "), self.axis.low, self.axis.high)?;
        writeln!(out, "times {}", time_ticks.join(" "))?;
        for threshold in &self.thresholds {
            writeln!(out, "threshold {} {} {:?}", threshold.label, threshold.value, threshold.tone)?;
        }
        for marker in &self.markers {
            writeln!(
                out,
                "marker {} at {} {:?} {:?}",
                marker.label,
                marker.at.as_secs_f64(),
                marker.tone,
                marker.glyph
            )?;
        }
        self.lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

impl fmt::Display for PlannedLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {} {:?} {:?}", self.label, self.tone, self.dash)?;
        for part in &self.parts {
            write!(out, " |")?;
            part.iter().try_for_each(|(at, value)| write!(out, " {at},{value}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Glyph, Unit};
    use super::*;
    use crate::sim::SimTime;

    const SIZE: PlotSize = PlotSize { width: 400.0, height: 150.0, columns: 800 };

    fn minute(minute: u64) -> SimTime {
        SimTime::from_secs(10 * 3_600 + minute * 60)
    }

    fn spec() -> ChartSpec {
        let window = TimeWindow { from: minute(30), to: minute(42) };
        ChartSpec::new("Instances", Unit::Count, window)
    }

    #[test]
    fn a_chart_of_steps_with_a_limit_and_an_event() {
        let desired = vec![(minute(28), 1.0), (minute(36), 3.0), (minute(40), 3.0)];
        let spec = spec()
            .with_series(Series::new("desired", desired).tone(Tone::Accent).dash(Dash::Short).steps())
            .with_threshold("max", 6.0, Tone::Muted)
            .with_threshold("beyond", f64::INFINITY, Tone::Muted)
            .with_marker(Marker::new(minute(36), "alarm", Tone::Warning).glyph(Glyph::Triangle))
            .with_marker(Marker::new(minute(50), "later", Tone::Warning));
        let expected = "\
values 0 2 4 6 | 0..6
times 10:30 10:35 10:40
threshold max 6 Muted
marker alarm at 38160 Warning Triangle
line desired Accent Short | 37800,1 38160,1 38160,3 38400,3
";
        assert_eq!(ChartPlan::new(&spec, SIZE).to_string(), expected);
    }

    #[test]
    fn a_quiet_chart_has_axes_and_no_line() {
        let expected = "values 0 1 2 3 4 | 0..4\ntimes 10:30 10:35 10:40\n";
        assert_eq!(ChartPlan::new(&spec(), SIZE).to_string(), expected);
    }

    #[test]
    fn a_value_beyond_a_fixed_axis_is_held_at_its_end() {
        let mut spec = spec().with_series(Series::new("cpu", vec![(minute(31), 140.0), (minute(32), -3.0)]));
        spec.domain = Domain::Fixed { low: 0.0, high: 100.0 };
        let plan = ChartPlan::new(&spec, SIZE);
        assert_eq!(plan.lines[0].parts, [[(37_860.0, 100.0), (37_920.0, 0.0)]]);
    }

    #[test]
    fn a_narrow_plot_has_fewer_ticks() {
        let narrow = ChartPlan::new(&spec(), PlotSize { width: 120.0, height: 60.0, columns: 120 });
        assert_eq!(narrow.to_string(), "values 0 2 4 | 0..4\ntimes 10:30 10:40\n");
    }
}
