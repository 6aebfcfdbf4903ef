//! What a chart shows: named series over a window of simulated time. No pixels, no colours.
use super::Unit;
use crate::sim::{SimDuration, SimTime};

/// One chart: its title, what it measures, and the series, thresholds and events on it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSpec {
    /// What is measured, in sentence case: `CPU utilisation`.
    pub title: String,
    /// The unit of every value on the chart.
    pub unit: Unit,
    /// The part of time that is shown.
    pub window: TimeWindow,
    /// The values that the upright axis spans.
    pub domain: Domain,
    /// The lines, the most important one first.
    pub series: Vec<Series>,
    /// Level lines such as an alarm's threshold or a policy's target.
    pub thresholds: Vec<Threshold>,
    /// Moments at which something happened.
    pub markers: Vec<Marker>,
    /// What is said in place of the chart while it has no value; without it the chart is drawn empty.
    pub nothing: Option<&'static str>,
}

/// A span of simulated time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeWindow {
    /// The left edge.
    pub from: SimTime,
    /// The right edge; never before `from`.
    pub to: SimTime,
}

/// The values that the upright axis spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Domain {
    /// From zero (or the lowest value, if that is below zero) to a round number above all values, and at least this one.
    FromZero {
        /// The least value at the top of the axis, so that a quiet chart does not magnify noise.
        at_least: f64,
    },
    /// From `low` to `high`, whatever the values are.
    Fixed {
        /// The value at the bottom.
        low: f64,
        /// The value at the top.
        high: f64,
    },
}

/// One line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What the line is, short enough to stand at its end: `p95`.
    pub label: String,
    /// What its colour means.
    pub tone: Tone,
    /// Its dash pattern: it tells lines apart where colour cannot.
    pub dash: Dash,
    /// How two points are joined.
    pub shape: Shape,
    /// The values in order of time. A value that is not finite is a gap in the line.
    pub points: Vec<(SimTime, f64)>,
}

/// What a colour means. The page maps each to a token of the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The main thing shown.
    Primary,
    /// A second thing, equal in rank.
    Accent,
    /// It is as it should be.
    Good,
    /// It deserves a look.
    Warning,
    /// It is wrong.
    Bad,
    /// Background: limits, targets, comparisons.
    Muted,
}

/// A dash pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// No gaps.
    Solid,
    /// Long dashes.
    Long,
    /// Short dashes.
    Short,
    /// Dots.
    Dotted,
}

/// How two points of a series are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// By a straight line: a quantity that flows, such as requests per second.
    Straight,
    /// By a step: the value holds until the next point, such as the desired capacity.
    Step,
}

/// A level line over the whole width.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// What the level is: `target`.
    pub label: String,
    /// The level.
    pub value: f64,
    /// What its colour means.
    pub tone: Tone,
}

/// A moment at which something happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// When it happened.
    pub at: SimTime,
    /// What happened, short: `desired 5`.
    pub label: String,
    /// What its colour means.
    pub tone: Tone,
    /// The shape at its foot: it tells kinds of events apart where colour cannot.
    pub glyph: Glyph,
}

/// A small shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A dot.
    Dot,
    /// An upright bar.
    Bar,
    /// A triangle.
    Triangle,
    /// A cross.
    Cross,
}

impl ChartSpec {
    /// A chart without lines yet, from zero upwards.
    pub fn new(title: impl Into<String>, unit: Unit, window: TimeWindow) -> Self {
        ChartSpec {
            title: title.into(),
            unit,
            window,
            domain: Domain::FromZero { at_least: unit.least_top() },
            series: Vec::new(),
            thresholds: Vec::new(),
            markers: Vec::new(),
            nothing: None,
        }
    }

    /// The chart with `series` added behind the ones it has.
    pub fn with_series(mut self, series: Series) -> Self {
        self.series.push(series);
        self
    }

    /// The chart with a level line added.
    pub fn with_threshold(mut self, label: impl Into<String>, value: f64, tone: Tone) -> Self {
        self.thresholds.push(Threshold { label: label.into(), value, tone });
        self
    }

    /// The chart with an event added.
    pub fn with_marker(mut self, marker: Marker) -> Self {
        self.markers.push(marker);
        self
    }

    /// The chart with what is said in its place while it has no value.
    pub fn or_nothing(mut self, nothing: &'static str) -> Self {
        self.nothing = Some(nothing);
        self
    }

    /// Whether no series has a value inside the window.
    pub fn is_empty(&self) -> bool {
        !self.series.iter().any(|series| series.values_in(self.window).next().is_some())
    }
}

impl Marker {
    /// A dot at a moment, with a word.
    pub fn new(at: SimTime, label: impl Into<String>, tone: Tone) -> Self {
        Marker { at, label: label.into(), tone, glyph: Glyph::Dot }
    }

    /// The marker with another shape.
    pub fn glyph(mut self, glyph: Glyph) -> Self {
        self.glyph = glyph;
        self
    }
}

impl Series {
    /// A solid straight line of the main colour.
    pub fn new(label: impl Into<String>, points: Vec<(SimTime, f64)>) -> Self {
        Series { label: label.into(), tone: Tone::Primary, dash: Dash::Solid, shape: Shape::Straight, points }
    }

    /// The series in another colour.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The series with another dash pattern.
    pub fn dash(mut self, dash: Dash) -> Self {
        self.dash = dash;
        self
    }

    /// The series drawn in steps.
    pub fn steps(mut self) -> Self {
        self.shape = Shape::Step;
        self
    }

    /// The finite values inside `window`, in order of time.
    pub fn values_in(&self, window: TimeWindow) -> impl Iterator<Item = (SimTime, f64)> + '_ {
        self.points.iter().copied().filter(move |(at, value)| window.contains(*at) && value.is_finite())
    }
}

impl TimeWindow {
    /// The window of `length` that ends at `to`; it begins at midnight of day 1 at the earliest.
    pub fn ending_at(to: SimTime, length: SimDuration) -> Self {
        TimeWindow { from: to - length, to }
    }

    /// Whether `at` lies inside, ends included.
    pub fn contains(&self, at: SimTime) -> bool {
        self.from <= at && at <= self.to
    }

    /// Its length.
    pub fn length(&self) -> SimDuration {
        self.to.since(self.from)
    }

    /// Whether it begins and ends on the same simulated day.
    pub fn is_within_a_day(&self) -> bool {
        self.from.day_and_clock().0 == self.to.day_and_clock().0
    }
}
