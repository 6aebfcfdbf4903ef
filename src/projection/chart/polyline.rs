//! From the values of a series to the few points that a plot of so many pixels can show.
use super::{Series, Shape, TimeWindow};
use crate::sim::SimTime;

/// A point of a line: seconds since midnight of day 1, and the value.
pub type Point = (f64, f64);

/// The lines of a series inside a window: cut at its gaps and at the window's edges, at most four points per pixel column.
pub fn polylines(series: &Series, window: TimeWindow, columns: usize) -> Vec<Vec<Point>> {
    unbroken(&series.points)
        .map(|points| stepped(points, series.shape))
        .map(|line| clipped(&line, window))
        .map(|line| decimated(&line, window, columns))
        .filter(|line| !line.is_empty())
        .collect()
}

/// The runs of finite values.
fn unbroken(points: &[(SimTime, f64)]) -> impl Iterator<Item = &[(SimTime, f64)]> {
    points.split(|(_, value)| !value.is_finite()).filter(|run| !run.is_empty())
}

fn stepped(points: &[(SimTime, f64)], shape: Shape) -> Vec<Point> {
    let mut line: Vec<Point> = Vec::with_capacity(points.len() * 2);
    for (at, value) in points.iter().map(|(at, value)| (at.as_secs_f64(), *value)) {
        match (shape, line.last()) {
            (Shape::Step, Some((_, before))) if *before != value => line.push((at, *before)),
            (Shape::Step | Shape::Straight, _) => {}
        }
        line.push((at, value));
    }
    line
}

/// The part of a line inside the window; where it crosses an edge it gets a point on the edge.
fn clipped(line: &[Point], window: TimeWindow) -> Vec<Point> {
    let (from, to) = (window.from.as_secs_f64(), window.to.as_secs_f64());
    let mut inside = Vec::with_capacity(line.len());
    for (index, point) in line.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| line.get(before));
        if let Some(before) = before {
            inside.extend([from, to].into_iter().filter_map(|edge| crossing(*before, *point, edge)));
        }
        if (from..=to).contains(&point.0) {
            inside.push(*point);
        }
    }
    inside
}

/// The point at which the stretch between two points crosses the moment `edge`, if it does.
fn crossing(before: Point, after: Point, edge: f64) -> Option<Point> {
    let crosses = before.0 < edge && edge < after.0;
    crosses.then(|| (edge, before.1 + (after.1 - before.1) * (edge - before.0) / (after.0 - before.0)))
}

/// Keeps the first, lowest, highest and last point of each pixel column: the picture is the same, the work is bounded.
fn decimated(line: &[Point], window: TimeWindow, columns: usize) -> Vec<Point> {
    if line.len() <= columns.saturating_mul(2) {
        return line.to_vec();
    }
    let (from, length) = (window.from.as_secs_f64(), window.length().as_secs_f64().max(f64::MIN_POSITIVE));
    let column = |point: &Point| ((point.0 - from) / length * columns as f64) as usize;
    line.chunk_by(|one, other| column(one) == column(other)).flat_map(extremes).collect()
}

fn extremes(points: &[Point]) -> Vec<Point> {
    let by_value = |one: &usize, other: &usize| points[*one].1.total_cmp(&points[*other].1);
    let lowest = (0..points.len()).min_by(by_value).unwrap_or(0);
    let highest = (0..points.len()).max_by(by_value).unwrap_or(0);
    let mut kept = [0, lowest, highest, points.len() - 1].to_vec();
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().map(|index| points[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(points: &[(u64, f64)]) -> Series {
        Series::new("line", points.iter().map(|(second, value)| (SimTime::from_secs(*second), *value)).collect())
    }

    fn window(from: u64, to: u64) -> TimeWindow {
        TimeWindow { from: SimTime::from_secs(from), to: SimTime::from_secs(to) }
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let lines = polylines(&series(&[(0, 1.0), (1, 2.0), (2, f64::NAN), (3, 4.0)]), window(0, 9), 100);
        assert_eq!(lines, [vec![(0.0, 1.0), (1.0, 2.0)], vec![(3.0, 4.0)]]);
    }

    #[test]
    fn a_step_holds_until_the_next_point() {
        let lines = polylines(&series(&[(0, 1.0), (5, 1.0), (6, 3.0)]).steps(), window(0, 9), 100);
        assert_eq!(lines, [vec![(0.0, 1.0), (5.0, 1.0), (6.0, 1.0), (6.0, 3.0)]]);
    }

    #[test]
    fn a_line_enters_and_leaves_at_the_edges_of_the_window() {
        let lines = polylines(&series(&[(0, 0.0), (10, 10.0), (20, 0.0)]), window(4, 15), 100);
        assert_eq!(lines, [vec![(4.0, 4.0), (10.0, 10.0), (15.0, 5.0)]]);
        let across = polylines(&series(&[(0, 0.0), (20, 20.0)]), window(4, 15), 100);
        assert_eq!(across, [vec![(4.0, 4.0), (15.0, 15.0)]]);
    }

    #[test]
    fn what_lies_outside_is_not_drawn() {
        assert!(polylines(&series(&[(0, 1.0), (1, 2.0)]), window(5, 9), 100).is_empty());
    }

    #[test]
    fn a_hundred_thousand_points_become_four_a_column_and_keep_each_peak() {
        let mut points: Vec<(u64, f64)> = (0..100_000).map(|second| (second, (second % 7) as f64)).collect();
        points[43_210].1 = 99.0;
        points[50_123].1 = -5.0;
        let lines = polylines(&series(&points), window(0, 100_000), 500);
        assert!(lines[0].len() <= 4 * 501, "{} points", lines[0].len());
        assert!(lines[0].contains(&(43_210.0, 99.0)) && lines[0].contains(&(50_123.0, -5.0)));
        assert!(lines[0].is_sorted_by(|one, other| one.0 <= other.0));
    }
}
