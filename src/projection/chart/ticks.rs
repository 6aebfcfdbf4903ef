//! Where an axis has its ticks, and what stands beside them.
use super::{TimeWindow, Unit};
use crate::sim::{SimDuration, SimTime};

/// The upright axis: its ends and its ticks, from the bottom up.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueAxis {
    /// The value at the bottom.
    pub low: f64,
    /// The value at the top; always above `low`.
    pub high: f64,
    /// The ticks, from low to high.
    pub ticks: Vec<ValueTick>,
}

/// A tick of the upright axis.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueTick {
    /// Its value.
    pub value: f64,
    /// What stands beside it.
    pub label: String,
}

/// A tick of the time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeTick {
    /// Its moment.
    pub at: SimTime,
    /// What stands below it: `10:42`, `10:42:15`, or `Day 2` where a day begins.
    pub label: String,
}

/// The distances between time ticks that read well, in seconds.
const TIME_STEPS: [u64; 18] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

impl ValueAxis {
    /// An axis that spans `low` to `high` at least and ends on round numbers, with `wanted` intervals at most.
    pub fn round(low: f64, high: f64, unit: Unit, wanted: usize) -> Self {
        let high = if high > low { high } else { low + unit.least_top() };
        let step = round_step((high - low) / wanted.max(1) as f64, unit.is_whole());
        let first = (low / step).floor();
        let last = (high / step - 1e-9).ceil().max(first + 1.0);
        Self::between(first * step, last * step, step, unit)
    }

    /// An axis that spans exactly `low` to `high`, with ticks at round numbers inside.
    pub fn exact(low: f64, high: f64, unit: Unit, wanted: usize) -> Self {
        let high = if high > low { high } else { low + unit.least_top() };
        let step = round_step((high - low) / wanted.max(1) as f64, unit.is_whole());
        Self::between(low, high, step, unit)
    }

    fn between(low: f64, high: f64, step: f64, unit: Unit) -> Self {
        let first = (low / step - 1e-9).ceil();
        let count = ((high / step + 1e-9).floor() - first) as usize + 1;
        let tick = |index: usize| {
            let value = (first + index as f64) * step;
            ValueTick { value, label: unit.format_tick(value, step) }
        };
        ValueAxis { low, high, ticks: (0..count).map(tick).collect() }
    }
}

/// Ticks at round moments inside the window, `wanted` at most (but for windows of many days, one each day).
pub fn time_ticks(window: TimeWindow, wanted: usize) -> Vec<TimeTick> {
    let step = SimDuration::from_secs(time_step(window.length(), wanted));
    let mut at = window.from.floor_to(step);
    if at < window.from {
        at += step;
    }
    let mut ticks = Vec::new();
    while at <= window.to {
        ticks.push(TimeTick { at, label: tick_label(at, step) });
        at += step;
    }
    ticks
}

/// The clock as a reader says it: `10:42`, with seconds only where there are some.
pub fn clock_text(at: SimTime) -> String {
    let (_, hour, minute, second) = at.day_and_clock();
    match second {
        0 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

/// The clock, with the day in front if the window spans more than one.
pub fn moment_text(at: SimTime, window: TimeWindow) -> String {
    if window.is_within_a_day() { clock_text(at) } else { format!("day {} {}", at.day_and_clock().0, clock_text(at)) }
}

fn tick_label(at: SimTime, step: SimDuration) -> String {
    let (day, hour, minute, second) = at.day_and_clock();
    let is_midnight = hour == 0 && minute == 0 && second == 0;
    if is_midnight {
        format!("Day {day}")
    } else if step < SimDuration::MINUTE {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{hour:02}:{minute:02}")
    }
}

fn time_step(length: SimDuration, wanted: usize) -> u64 {
    let least = length.as_secs_f64() / wanted.max(1) as f64;
    let days = (least / 86_400.0).ceil() as u64;
    TIME_STEPS.into_iter().find(|step| *step as f64 >= least).unwrap_or(days * 86_400)
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `least`; a whole number where only those have a meaning.
fn round_step(least: f64, is_whole: bool) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let exponent = libm::floor(libm::log10(least)) as i32;
    let candidates = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|digit| digit * power_of_ten(exponent));
    let reads_well = |step: &f64| *step >= least * (1.0 - 1e-9) && (!is_whole || step.fract() == 0.0);
    candidates.into_iter().find(reads_well).unwrap_or(1.0)
}

/// Exact for whole powers, and the nearest number for fractions: a product, not a logarithm.
fn power_of_ten(exponent: i32) -> f64 {
    let power = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { 1.0 / power } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &ValueAxis) -> Vec<&str> {
        axis.ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    fn clock(hour: u64, minute: u64, second: u64) -> SimTime {
        SimTime::from_secs(hour * 3_600 + minute * 60 + second)
    }

    fn time_labels(from: SimTime, to: SimTime, wanted: usize) -> Vec<String> {
        time_ticks(TimeWindow { from, to }, wanted).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn an_axis_ends_on_round_numbers_above_all_values() {
        assert_eq!(
            labels(&ValueAxis::round(0.0, 184.0, Unit::PerSecond, 4)),
            ["0/s", "50/s", "100/s", "150/s", "200/s"]
        );
        assert_eq!(labels(&ValueAxis::round(0.0, 100.0, Unit::Percent, 4)), ["0%", "25%", "50%", "75%", "100%"]);
        assert_eq!(
            labels(&ValueAxis::round(0.0, 0.089, Unit::Seconds, 4)),
            ["0 ms", "25 ms", "50 ms", "75 ms", "100 ms"]
        );
        assert_eq!(labels(&ValueAxis::round(-3.0, 5.0, Unit::None, 4)), ["-4", "-2", "0", "2", "4", "6"]);
    }

    #[test]
    fn things_that_are_counted_have_whole_ticks() {
        assert_eq!(labels(&ValueAxis::round(0.0, 2.0, Unit::Count, 4)), ["0", "1", "2"]);
        assert_eq!(labels(&ValueAxis::round(0.0, 9.0, Unit::Count, 4)), ["0", "5", "10"]);
    }

    #[test]
    fn a_flat_or_hostile_range_still_gives_an_axis() {
        for (low, high) in [(0.0, 0.0), (5.0, 1.0), (0.0, f64::MIN_POSITIVE), (0.0, 1e300)] {
            let axis = ValueAxis::round(low, high, Unit::None, 4);
            assert!(axis.high > axis.low && axis.ticks.len() >= 2 && axis.ticks.len() < 12, "{low} {high}: {axis:?}");
        }
    }

    #[test]
    fn an_exact_axis_keeps_its_ends() {
        let axis = ValueAxis::exact(0.0, 90.0, Unit::Percent, 4);
        assert_eq!((axis.low, axis.high), (0.0, 90.0));
        assert_eq!(labels(&axis), ["0%", "25%", "50%", "75%"]);
    }

    #[test]
    fn time_ticks_stand_at_round_moments() {
        assert_eq!(time_labels(clock(10, 29, 10), clock(10, 42, 15), 4), ["10:30", "10:35", "10:40"]);
        assert_eq!(time_labels(clock(10, 42, 1), clock(10, 42, 31), 4), ["10:42:10", "10:42:20", "10:42:30"]);
    }

    #[test]
    fn the_beginning_of_a_day_is_named() {
        assert_eq!(time_labels(clock(18, 0, 0), clock(30, 0, 0), 4), ["18:00", "21:00", "Day 2", "03:00", "06:00"]);
    }

    #[test]
    fn a_window_of_weeks_has_whole_days() {
        let labels = time_labels(SimTime::ZERO, clock(24 * 20, 0, 0), 4);
        assert_eq!(labels, ["Day 1", "Day 6", "Day 11", "Day 16", "Day 21"]);
    }
}
