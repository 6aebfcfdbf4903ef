//! A chart in one sentence, for those who do not see it and those who have no time.
use super::ticks::moment_text;
use super::{ChartSpec, Series, Threshold};

/// What the chart shows: each series' latest value and its range, and the thresholds.
///
/// `CPU utilisation, 10:30 to 10:42: group average 58% (20% to 97%); target 50%.`
pub fn summary(spec: &ChartSpec) -> String {
    if spec.is_empty() {
        return format!("{}: no data yet.", spec.title);
    }
    let (from, to) = (moment_text(spec.window.from, spec.window), moment_text(spec.window.to, spec.window));
    let series = spec.series.iter().filter_map(|series| describe_series(spec, series));
    let thresholds = spec.thresholds.iter().map(|threshold| describe_threshold(spec, threshold));
    let parts: Vec<String> = series.chain(thresholds).collect();
    format!("{}, {from} to {to}: {}.", spec.title, parts.join("; "))
}

fn describe_series(spec: &ChartSpec, series: &Series) -> Option<String> {
    let values = || series.values_in(spec.window).map(|(_, value)| value);
    let latest = values().last()?;
    let (low, high) = values().fold((latest, latest), |(low, high), value| (value.min(low), value.max(high)));
    let text = |value| spec.unit.format(value);
    let range = if low == high { "all the time".to_owned() } else { format!("{} to {}", text(low), text(high)) };
    Some(format!("{} {} ({range})", series.label, text(latest)))
}

fn describe_threshold(spec: &ChartSpec, threshold: &Threshold) -> String {
    format!("{} {}", threshold.label, spec.unit.format(threshold.value))
}

#[cfg(test)]
mod tests {
    use super::super::{TimeWindow, Tone, Unit};
    use super::*;
    use crate::sim::SimTime;

    fn minute(minute: u64) -> SimTime {
        SimTime::from_secs(10 * 3_600 + minute * 60)
    }

    fn cpu() -> ChartSpec {
        ChartSpec::new("CPU utilisation", Unit::Percent, TimeWindow { from: minute(30), to: minute(42) })
    }

    #[test]
    fn the_latest_value_comes_first_then_the_range_then_the_target() {
        let points = vec![(minute(31), 20.0), (minute(37), 97.0), (minute(40), 58.04), (minute(50), 1.0)];
        let spec = cpu().with_series(Series::new("group average", points)).with_threshold("target", 50.0, Tone::Muted);
        let expected = "CPU utilisation, 10:30 to 10:42: group average 58% (20% to 97%); target 50%.";
        assert_eq!(summary(&spec), expected);
    }

    #[test]
    fn a_value_that_never_moved_has_no_range() {
        let spec = cpu().with_series(Series::new("web-1", vec![(minute(31), 5.0), (minute(32), 5.0)]));
        assert_eq!(summary(&spec), "CPU utilisation, 10:30 to 10:42: web-1 5% (all the time).");
    }

    #[test]
    fn a_chart_without_values_says_so() {
        assert_eq!(summary(&cpu().with_series(Series::new("web-1", vec![]))), "CPU utilisation: no data yet.");
    }
}
