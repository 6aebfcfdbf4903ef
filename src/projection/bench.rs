//! The charts of the bench: what they show of the record of a session.
use super::chart::{ChartSpec, Dash, Marker, Series, Shape, TimeWindow, Tone, Unit};
use super::marks::{self, Mark, MarkKind};
use crate::cloud::billing::Cost;
use crate::cloud::cloudwatch::MetricKey;
use crate::cloud::cloudwatch::alarm::{Alarm, Comparison};
use crate::session::{CreditPoint, GroupPoint, History, Point, SAMPLE_PERIOD, START, Session};
use crate::sim::{SimDuration, SimTime};
use crate::traffic::Outcome;

/// The least time that a session has to show: a young one is no thin line at the right edge.
const SHORTEST: SimDuration = SimDuration::from_secs(600);

/// How many charts there are.
pub const COUNT: usize = 7;

/// What the charts show.
pub struct Look<'a> {
    /// The part of the time that is shown.
    pub window: TimeWindow,
    /// The kinds of marks that are not shown.
    pub hidden: &'a [MarkKind],
    /// Another branch, drawn along.
    pub ghost: Option<&'a Ghost>,
}

/// Another course of events that the charts show along with this one.
#[derive(Clone, Debug)]
pub struct Ghost {
    /// The name of its branch.
    pub name: String,
    /// What was seen there.
    pub history: History,
}

/// All the time that the charts can show.
pub fn extent(session: &Session) -> TimeWindow {
    let to = session.now().floor_to(SAMPLE_PERIOD).max(START + SAMPLE_PERIOD);
    let oldest = session.history().points().first().map_or(START, |point| point.at - SAMPLE_PERIOD);
    TimeWindow { from: oldest.max(START).min(to - SHORTEST), to }
}

/// The charts, for the first group of the region, or for all servers if there is no group.
pub fn charts(session: &Session, region: &str, look: Look) -> [ChartSpec; COUNT] {
    let window = look.window;
    let points = points_in(session.history(), window);
    let specs = [
        requests(&points, window),
        cpu(session, region, &points, window),
        instances(region, &points, window),
        response_times(&points, window),
        credits(region, &points, window),
        cost_per_hour(&points, window),
        cost_so_far(&points, window),
    ];
    let mut marks = marks::marks(session, region);
    marks.retain(|mark| window.contains(mark.at) && !look.hidden.contains(&mark.kind));
    let specs = specs.map(|spec| with_marks(spec, &marks));
    match look.ghost {
        Some(ghost) => with_ghost(specs, region, ghost),
        None => specs,
    }
}

/// The points inside a window, and those of a minute around it: a line goes on to the edge, even one with a point a minute.
fn points_in(history: &History, window: TimeWindow) -> Vec<&Point> {
    let all = history.points();
    let shown = all.iter_from(|point| point.at + SimDuration::MINUTE < window.from);
    shown.take_while(|point| point.at <= window.to + SimDuration::MINUTE).collect()
}

/// The charts with the most telling line of the other branch on each.
fn with_ghost(specs: [ChartSpec; COUNT], region: &str, ghost: &Ghost) -> [ChartSpec; COUNT] {
    let points = points_in(&ghost.history, specs[0].window);
    let seconds = SAMPLE_PERIOD.as_secs_f64();
    let failed = line(&points, |point| {
        let ended = point.outcomes.iter().sum::<u64>();
        Some((ended - Outcome::count_good(&point.outcomes)) as f64 / seconds)
    });
    let has_group = points.iter().any(|point| group_point(point, region).is_some());
    let cpu = line(&points, |point| match has_group {
        true => group_point(point, region)?.cpu_percent,
        false => point.cpu_percent,
    });
    let running = line(&points, |point| match has_group {
        true => Some(group_point(point, region)?.in_service as f64),
        false => Some(point.running as f64),
    });
    let slow = line(&points, |point| Some(point.latency?[1]));
    let [group, running_word] = if has_group { ["group", "in service"] } else { ["servers", "running"] };
    let credits = line(&points, |point| Some(credit_point(point, region, has_group)?.balance));
    let lines = [
        ("failed", failed),
        (group, cpu),
        (running_word, running),
        ("p95", slow),
        ("balance", credits),
        ("now", costs(&points, |cost| cost.per_hour)),
        ("so far", costs(&points, |cost| cost.total)),
    ];
    let mut lines = lines.into_iter();
    specs.map(|spec| {
        let Some((word, points)) = lines.next() else { return spec };
        let shape = spec.series.last().map_or(Shape::Straight, |series| series.shape);
        let series = Series::new(format!("{word} · {}", ghost.name), points).tone(Tone::Muted).dash(Dash::Dotted);
        spec.with_series(Series { shape, ..series })
    })
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
    let spec = ChartSpec::new("CPU utilisation", Unit::Percent, window);
    let place = session.cloud().region(region);
    let Some((place, group)) = place.and_then(|place| Some((place, place.autoscaling.groups.values().next()?))) else {
        return spec.with_series(Series::new("servers", line(points, |point| point.cpu_percent)));
    };
    let mut spec =
        spec.with_series(Series::new("group", line(points, |point| group_point(point, region)?.cpu_percent)));
    let target = group.policies.first().and_then(|policy| policy.target());
    if let Some(target) = target {
        spec = spec.with_threshold("target", target, Tone::Muted);
    }
    // A target's upper alarm lies on the target itself.
    let alarms = place.cloudwatch.alarms.values().filter(|alarm| watches_cpu_of(alarm, &group.name));
    alarms.filter(|alarm| Some(alarm.threshold) != target).fold(spec, |spec, alarm| {
        let word = match alarm.comparison {
            Comparison::Greater | Comparison::GreaterOrEqual => "alarm above",
            Comparison::Less | Comparison::LessOrEqual => "alarm below",
        };
        spec.with_threshold(word, alarm.threshold, Tone::Warning)
    })
}

fn watches_cpu_of(alarm: &Alarm, group: &str) -> bool {
    alarm.key == MetricKey::of("AWS/EC2", "CPUUtilization", "AutoScalingGroupName", group)
}

fn group_point<'a>(point: &'a Point, region: &str) -> Option<&'a GroupPoint> {
    point.groups.iter().find(|(of, _)| *of == region).map(|(_, group)| group)
}

fn instances(region: &str, points: &[&Point], window: TimeWindow) -> ChartSpec {
    let spec = ChartSpec::new("Instances", Unit::Count, window);
    if points.iter().all(|point| group_point(point, region).is_none()) {
        return spec.with_series(Series::new("running", line(points, |point| Some(point.running as f64))).steps());
    }
    let size = |index: usize| line(points, move |point| Some(group_point(point, region)?.sizes[index] as f64));
    let limit = |word: &str, index| Series::new(word, size(index)).tone(Tone::Muted).dash(Dash::Dotted).steps();
    let in_service = line(points, |point| Some(group_point(point, region)?.in_service as f64));
    spec.with_series(Series::new("desired", size(1)).tone(Tone::Accent).dash(Dash::Long).steps())
        .with_series(Series::new("in service", in_service).steps())
        .with_series(limit("min", 0))
        .with_series(limit("max", 2))
}

/// Marks what the group did, alarms, faults, and what the learner asked for.
fn with_marks(spec: ChartSpec, marks: &[Mark]) -> ChartSpec {
    let marker = |mark: &Mark| Marker::new(mark.at, mark.short.clone(), mark.kind.tone()).glyph(mark.kind.glyph());
    marks.iter().map(marker).fold(spec, ChartSpec::with_marker)
}

fn response_times(points: &[&Point], window: TimeWindow) -> ChartSpec {
    let quantile = |index: usize| line(points, move |point| Some(point.latency?[index]));
    ChartSpec::new("Response time", Unit::Seconds, window)
        .with_series(Series::new("p50", quantile(0)))
        .with_series(Series::new("p95", quantile(1)).tone(Tone::Warning).dash(Dash::Long))
        .with_series(Series::new("p99", quantile(2)).tone(Tone::Bad).dash(Dash::Short))
}

/// The CPU credits of burstable instances, as CloudWatch names them: `CPUCreditBalance`, `CPUSurplusCreditBalance`.
fn credits(region: &str, points: &[&Point], window: TimeWindow) -> ChartSpec {
    let has_group = points.iter().any(|point| group_point(point, region).is_some());
    let credits = |value: fn(&CreditPoint) -> f64| {
        line(points, |point| credit_point(point, region, has_group).map(|credits| value(&credits)))
    };
    ChartSpec::new("CPU credits", Unit::None, window)
        .with_series(Series::new("balance", credits(|credits| credits.balance)))
        .with_series(
            Series::new("lowest balance", credits(|credits| credits.least)).tone(Tone::Accent).dash(Dash::Long),
        )
        .with_series(Series::new("surplus", credits(|credits| credits.surplus)).tone(Tone::Warning).dash(Dash::Short))
        .or_nothing("No burstable instance was in service in this time: other instances have no CPU credits.")
}

fn credit_point(point: &Point, region: &str, has_group: bool) -> Option<CreditPoint> {
    if has_group { group_point(point, region)?.credits } else { point.credits }
}

fn cost_per_hour(points: &[&Point], window: TimeWindow) -> ChartSpec {
    ChartSpec::new("Cost per hour", Unit::Usd, window)
        .with_series(Series::new("now", costs(points, |cost| cost.per_hour)).steps())
}

fn cost_so_far(points: &[&Point], window: TimeWindow) -> ChartSpec {
    ChartSpec::new("Cost so far", Unit::Usd, window)
        .with_series(Series::new("so far", costs(points, |cost| cost.total)).tone(Tone::Accent))
}

/// The bill in dollars. It is looked at once a minute: the moments between have no point, and no gap either.
fn costs(points: &[&Point], of: fn(&Cost) -> u128) -> Vec<(SimTime, f64)> {
    points.iter().filter_map(|point| Some((point.at, of(&point.cost?) as f64 / 1e9))).collect()
}
