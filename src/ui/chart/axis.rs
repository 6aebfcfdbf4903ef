//! An axis for plotters whose ticks and labels were chosen by the plan.
use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;

/// A straight axis with given ticks.
pub struct TickedAxis {
    inner: RangedCoordf64,
    ticks: Vec<(f64, String)>,
}

impl TickedAxis {
    /// An axis from the range's start to its end, with a label at each tick.
    pub fn new(range: Range<f64>, ticks: Vec<(f64, String)>) -> Self {
        TickedAxis { inner: range.into(), ticks }
    }
}

impl Ranged for TickedAxis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.inner.map(value, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        self.ticks.iter().map(|(value, _)| *value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.inner.range()
    }
}

impl ValueFormatter<f64> for TickedAxis {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.ticks.iter().find(|(tick, _)| tick == value);
        tick.map_or_else(String::new, |(_, label)| label.clone())
    }
}
