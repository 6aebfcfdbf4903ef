//! A rate as a line through points that the learner drew or pasted.
use serde::{Deserialize, Serialize};

use crate::sim::SimDuration;

/// Pairs of seconds and requests a second, in order of the seconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Curve {
    /// The points.
    pub points: Vec<(f64, f64)>,
}

/// More points than a month of minutes are not kept.
pub const MOST_POINTS: usize = 50_000;

impl Curve {
    /// The rate when so much time has passed: straight from point to point, flat before the first and after the last.
    pub fn rate_after(&self, passed: SimDuration) -> f64 {
        let seconds = passed.as_secs_f64();
        let next = self.points.partition_point(|(at, _)| *at <= seconds);
        let before = next.checked_sub(1).and_then(|index| self.points.get(index));
        match (before, self.points.get(next)) {
            (Some((from, low)), Some((to, high))) => low + (high - low) * ((seconds - from) / (to - from)),
            (Some((_, rate)), None) | (None, Some((_, rate))) => *rate,
            (None, None) => 0.0,
        }
    }

    /// What makes the curve impossible, in words.
    pub fn fault(&self) -> Option<String> {
        if self.points.is_empty() || self.points.len() > MOST_POINTS {
            let count = self.points.len();
            return Some(format!("Points must hold between 1 and {MOST_POINTS} pairs, but there are {count}."));
        }
        let is_wrong = |(seconds, rate): &(f64, f64)| !(*seconds >= 0.0 && *rate >= 0.0);
        if let Some(index) = self.points.iter().position(is_wrong) {
            return Some(format!("Point {} must not have a negative number.", index + 1));
        }
        let out_of_order = self.points.windows(2).position(|pair| pair[0].0 >= pair[1].0);
        out_of_order.map(|index| format!("Point {} must be later than the one before it.", index + 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_straight_between_its_points_and_flat_around_them() {
        let curve = Curve { points: vec![(10.0, 2.0), (20.0, 4.0), (40.0, 0.0)] };
        let rates = [0, 10, 15, 20, 30, 40, 99].map(|at| curve.rate_after(SimDuration::from_secs(at)));
        assert_eq!(rates, [2.0, 2.0, 3.0, 4.0, 2.0, 0.0, 0.0]);
    }

    #[test]
    fn a_curve_out_of_order_or_with_a_negative_rate_is_refused() {
        let fault = |points: &[(f64, f64)]| Curve { points: points.to_vec() }.fault();
        assert_eq!(fault(&[(0.0, 1.0), (1.0, 2.0)]), None);
        assert!(fault(&[]).is_some_and(|words| words.contains("there are 0")));
        assert!(fault(&[(0.0, -1.0)]).is_some_and(|words| words.starts_with("Point 1 ")));
        assert!(fault(&[(0.0, f64::NAN)]).is_some_and(|words| words.starts_with("Point 1 ")));
        assert!(fault(&[(5.0, 1.0), (5.0, 2.0)]).is_some_and(|words| words.starts_with("Point 2 ")));
    }
}
