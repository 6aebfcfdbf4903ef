//! How much simulated time each picture brings, and whether the machine keeps up. Pure: wall time comes in as numbers.
use crate::sim::{SimDuration, SimTime};

/// A wall-clock gap beyond this is a pause (a sleeping laptop, a busy tab), not time to catch up on. Milliseconds.
pub const LONGEST_STEP_MILLIS: f64 = 100.0;
/// What the simulation may take of one picture. Milliseconds.
pub const BUDGET_MILLIS: f64 = 8.0;
/// Into how many slices the time of one picture is cut, so that the budget can be watched.
const SLICES: u64 = 16;
/// How much wall time the measured speed looks back on. Milliseconds.
const MEMORY_MILLIS: f64 = 1_500.0;
/// Below this part of the wanted speed the learner is told.
const BEHIND: f64 = 0.8;

/// How many times faster than the wall clock the lab runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// Real time.
    X1,
    /// Ten seconds a second.
    X10,
    /// A minute a second.
    X60,
    /// Ten minutes a second.
    X600,
    /// An hour a second.
    X3600,
}

impl Speed {
    /// All speeds, slowest first.
    pub const ALL: [Speed; 5] = [Speed::X1, Speed::X10, Speed::X60, Speed::X600, Speed::X3600];

    /// The factor.
    pub fn factor(self) -> u32 {
        match self {
            Speed::X1 => 1,
            Speed::X10 => 10,
            Speed::X60 => 60,
            Speed::X600 => 600,
            Speed::X3600 => 3_600,
        }
    }

    /// The speed with this factor.
    pub fn from_factor(factor: u64) -> Option<Self> {
        Speed::ALL.into_iter().find(|speed| u64::from(speed.factor()) == factor)
    }

    /// As the learner reads it: `60×`.
    pub fn label(self) -> &'static str {
        match self {
            Speed::X1 => "1×",
            Speed::X10 => "10×",
            Speed::X60 => "60×",
            Speed::X600 => "600×",
            Speed::X3600 => "3600×",
        }
    }
}

/// The work of one picture: from now to a horizon, in slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where simulated time should be after this picture.
    pub horizon: SimTime,
    slice: SimDuration,
}

impl Plan {
    /// What `wall_millis` since the last picture ask for at `speed`.
    pub fn new(now: SimTime, wall_millis: f64, speed: Speed) -> Self {
        let wall_seconds = wall_millis.clamp(0.0, LONGEST_STEP_MILLIS) / 1_000.0;
        let length = SimDuration::from_secs_f64(wall_seconds * f64::from(speed.factor()));
        Plan { horizon: now + length, slice: SimDuration::from_micros(length.as_micros().div_ceil(SLICES).max(1)) }
    }

    /// How far to go in one call from `now`; `None` at the horizon.
    pub fn next(&self, now: SimTime) -> Option<SimTime> {
        (now < self.horizon).then(|| (now + self.slice).min(self.horizon))
    }
}

/// Measures the speed that is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Meter {
    wall_millis: f64,
    simulated_millis: f64,
}

impl Meter {
    /// Takes in one picture: how long it took on the wall, and how much simulated time went by.
    pub fn record(&mut self, wall_millis: f64, simulated: SimDuration) {
        let kept = (1.0 - wall_millis / MEMORY_MILLIS).max(0.0);
        self.wall_millis = self.wall_millis * kept + wall_millis;
        self.simulated_millis = self.simulated_millis * kept + simulated.as_secs_f64() * 1_000.0;
    }

    /// The factor that is reached, if it falls short of `wanted` and enough was seen to say so.
    pub fn shortfall(&self, wanted: Speed) -> Option<u32> {
        let is_sure = self.wall_millis >= MEMORY_MILLIS * 0.75;
        let reached = self.simulated_millis / self.wall_millis.max(1.0);
        (is_sure && reached < f64::from(wanted.factor()) * BEHIND).then_some(reached.round() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(plan: Plan, from: SimTime) -> Vec<SimTime> {
        std::iter::successors(plan.next(from), |now| plan.next(*now)).collect()
    }

    #[test]
    fn one_picture_at_sixty_times_brings_about_a_second_in_slices() {
        let plan = Plan::new(SimTime::ZERO, 16.0, Speed::X60);
        let steps = walk(plan, SimTime::ZERO);
        assert_eq!(steps.len(), 16);
        assert_eq!(steps.last(), Some(&SimTime::from_micros(960_000)));
    }

    #[test]
    fn a_long_gap_is_not_caught_up_on() {
        let plan = Plan::new(SimTime::ZERO, 3_600_000.0, Speed::X10);
        assert_eq!(plan.horizon, SimTime::from_secs(1));
    }

    #[test]
    fn a_clock_that_stands_or_goes_back_asks_for_nothing() {
        for wall_millis in [0.0, -5.0, f64::NAN] {
            assert_eq!(walk(Plan::new(SimTime::ZERO, wall_millis, Speed::X600), SimTime::ZERO), [], "{wall_millis}");
        }
    }

    #[test]
    fn a_machine_that_keeps_up_is_not_mentioned() {
        let mut meter = Meter::default();
        (0..300).for_each(|_| meter.record(16.0, SimDuration::from_micros(9_600_000)));
        assert_eq!(meter.shortfall(Speed::X600), None);
    }

    #[test]
    fn a_machine_that_falls_behind_says_how_far_it_gets() {
        let mut meter = Meter::default();
        (0..300).for_each(|_| meter.record(16.0, SimDuration::from_micros(3_360_000)));
        assert_eq!(meter.shortfall(Speed::X600), Some(210));
    }

    #[test]
    fn one_slow_picture_at_the_start_is_no_verdict() {
        let mut meter = Meter::default();
        meter.record(100.0, SimDuration::ZERO);
        assert_eq!(meter.shortfall(Speed::X1), None);
    }
}
