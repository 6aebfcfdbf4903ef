//! The charts of the bench.
use super::chart::{ChartSpec, Dash, Series, TimeWindow, Tone, Unit};
use crate::cloud::{Event, Fact};
use crate::session::{GroupPoint, Point, SAMPLE_PERIOD, START, Session};
use crate::sim::{SimDuration, SimTime};
use crate::traffic::Outcome;

/// The least that the charts look back.
const SHORTEST: SimDuration = SimDuration::from_secs(600);

/// The four charts over the last `length`, for the first group of the region, or for all servers if there is no group.
pub fn charts(session: &Session, region: &str, length: SimDuration) -> [ChartSpec; 4] {
    let end = session.now().floor_to(SAMPLE_PERIOD).max(START + SAMPLE_PERIOD);
    // A young session gets a short window, so that its beginning is no thin line at the right edge.
    let window = TimeWindow::ending_at(end, length.min(end.since(START)).max(SHORTEST));
    let all = session.history().points();
    let first = all.partition_point(|point| point.at < window.from);
    let points: Vec<&Point> = all.range(first..).collect();
    [
        requests(&points, window),
        cpu(session, region, &points, window),
        with_sizes(instances(region, &points, window), session, region),
        response_times(&points, window),
    ]
}

fn line(points: &[&Point], value: impl Fn(&Point) -> Option<f64>) -> Vec<(SimTime, f64)> {
    points.iter().map(|point| (point.at, value(point).unwrap_or(f64::NAN))).collect()
}

fn requests(points: &[&Point], window: TimeWindow) -> ChartSpec {
    let seconds = SAMPLE_PERIOD.as_secs_f64();
    let good = line(points, |point| Some(Outcome::count_good(&point.outcomes) as f64 / seconds));
    let bad = line(points, |point| {
        Some((point.outcomes.iter().sum::<u64>() - Outcome::count_good(&point.outcomes)) as f64 / seconds)
    });
    ChartSpec::new("Requests", Unit::PerSecond, window)
        .with_series(Series::new("good", good).tone(Tone::Good))
        .with_series(Series::new("failed", bad).tone(Tone::Bad).dash(Dash::Short))
}

fn cpu(session: &Session, region: &str, points: &[&Point], window: TimeWindow) -> ChartSpec {
    let group = session.cloud().region(region).and_then(|region| region.autoscaling.groups.values().next());
    let spec = ChartSpec::new("CPU utilisation", Unit::Percent, window);
    let Some(group) = group else {
        return spec.with_series(Series::new("servers", line(points, |point| point.cpu_percent)));
    };
    let spec = spec.with_series(Series::new("group", line(points, |point| group_point(point, region)?.cpu_percent)));
    match group.policies.first().and_then(|policy| policy.target()) {
        Some(target) => spec.with_threshold("target", target, Tone::Muted),
        None => spec,
    }
}

fn group_point<'a>(point: &'a Point, region: &str) -> Option<&'a GroupPoint> {
    point.groups.iter().find(|((of, _), _)| *of == region).map(|(_, group)| group)
}

fn instances(region: &str, points: &[&Point], window: TimeWindow) -> ChartSpec {
    let spec = ChartSpec::new("Instances", Unit::Count, window);
    if points.iter().all(|point| group_point(point, region).is_none()) {
        return spec.with_series(Series::new("running", line(points, |point| Some(point.running as f64))).steps());
    }
    let desired = line(points, |point| Some(group_point(point, region)?.sizes[1] as f64));
    let in_service = line(points, |point| Some(group_point(point, region)?.in_service as f64));
    spec.with_series(Series::new("desired", desired).tone(Tone::Accent).dash(Dash::Long).steps())
        .with_series(Series::new("in service", in_service).steps())
}

/// Marks the moments at which the group wanted another number of instances.
fn with_sizes(spec: ChartSpec, session: &Session, region: &str) -> ChartSpec {
    let from = spec.window.from;
    let mut recent: Vec<&Event> = session.cloud().events().iter().rev().take_while(|event| event.at >= from).collect();
    recent.reverse();
    recent.into_iter().filter(|event| event.region == region).fold(spec, |spec, event| match &event.fact {
        Fact::DesiredCapacityChanged { from, to, .. } if *from > 0 => {
            spec.with_marker(event.at, format!("{from} → {to}"), Tone::Accent)
        }
        _ => spec,
    })
}

fn response_times(points: &[&Point], window: TimeWindow) -> ChartSpec {
    let quantile = |index: usize| line(points, move |point| Some(point.latency?[index]));
    ChartSpec::new("Response time", Unit::Seconds, window)
        .with_series(Series::new("p50", quantile(0)))
        .with_series(Series::new("p95", quantile(1)).tone(Tone::Warning).dash(Dash::Long))
        .with_series(Series::new("p99", quantile(2)).tone(Tone::Bad).dash(Dash::Short))
}
