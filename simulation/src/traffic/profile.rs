//! How many requests a second come, over time.
mod curve;
mod import;

use std::f64::consts::TAU;

use serde::{Deserialize, Serialize};

pub use curve::Curve;
pub use import::{CurveError, curve_from_text};

use super::visitors::VisitorSpec;
use crate::sim::{SimDuration, SimTime};

/// Who comes, and when: a rate over the time since the stream began, or a number of visitors who wait for their answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "Type", rename_all_fields = "PascalCase", deny_unknown_fields)]
pub enum Profile {
    /// Always the same.
    Steady {
        /// The rate.
        requests_per_second: f64,
    },
    /// From one rate to another, and then on with that.
    Ramp {
        /// The rate at the beginning.
        from: f64,
        /// The rate at the end.
        to: f64,
        /// How long it takes.
        seconds: f64,
    },
    /// From one rate to another in equal steps, and then on with that.
    Steps {
        /// The rate at the beginning.
        from: f64,
        /// The rate of the last step.
        to: f64,
        /// How many steps lead there.
        steps: u32,
        /// How long each lasts.
        step_seconds: f64,
    },
    /// A rate, for a while another, and the first again.
    Spike {
        /// The rate before and after.
        base: f64,
        /// The rate of the spike.
        peak: f64,
        /// When it begins.
        at_seconds: f64,
        /// How long it lasts.
        seconds: f64,
    },
    /// A link is shared: the rate doubles again and again until the peak, stays there, and falls by half again and again.
    FlashCrowd {
        /// The rate before and long after.
        base: f64,
        /// The highest rate.
        peak: f64,
        /// When it begins.
        at_seconds: f64,
        /// How long it rises.
        rise_seconds: f64,
        /// How long it stays.
        hold_seconds: f64,
        /// The time in which what is above the base falls to a half.
        half_life_seconds: f64,
    },
    /// A day of the simulated clock: least at night, most twelve hours later.
    Day {
        /// The rate at the quietest moment.
        night: f64,
        /// The rate at the busiest one.
        peak: f64,
        /// The busiest hour of the day; 15 if none is given.
        #[serde(default = "afternoon")]
        peak_hour: f64,
    },
    /// A week of the simulated clock: five days as in `Day`, and a weekend with a share of them.
    Week {
        /// The rate at the quietest moment of a working day.
        night: f64,
        /// The rate at the busiest one.
        peak: f64,
        /// The busiest hour of the day; 15 if none is given.
        #[serde(default = "afternoon")]
        peak_hour: f64,
        /// The weekend's share in per cent.
        weekend_percent: f64,
    },
    /// A wave that begins at its lowest point.
    Sine {
        /// The rate halfway up.
        mean: f64,
        /// How far it rises above and falls below.
        amplitude: f64,
        /// The time from one lowest point to the next.
        period_seconds: f64,
    },
    /// A line through points.
    Curve {
        /// Pairs of seconds and requests a second, in order of the seconds. After the last the rate stays.
        points: Curve,
    },
    /// Visitors who wait for their answers, think, and ask again: a closed system.
    Visitors(VisitorSpec),
}

/// More than this is not simulated; a typing error must not stop the page.
pub const MOST_REQUESTS_PER_SECOND: f64 = 100_000.0;

const DAY_SECONDS: f64 = 86_400.0;
/// Day 1 is a Monday.
const DAYS_OF_WORK: u64 = 5;

fn afternoon() -> f64 {
    15.0
}

impl Profile {
    /// The rate at the moment `now` of a stream that began at `began`. Of visitors who wait it is the most that they send when every answer
    /// comes at once.
    pub fn rate_at(&self, began: SimTime, now: SimTime) -> f64 {
        let passed = now.since(began).as_secs_f64();
        let rate = match self {
            Profile::Steady { requests_per_second } => *requests_per_second,
            Profile::Ramp { from, to, seconds } => from + (to - from) * share(passed, *seconds),
            Profile::Steps { from, to, steps, step_seconds } => {
                let done = libm::floor(passed / step_seconds.max(1.0)).min(f64::from(*steps));
                from + (to - from) * share(done, f64::from(*steps))
            }
            Profile::Spike { base, peak, at_seconds, seconds } => {
                if (*at_seconds..at_seconds + seconds).contains(&passed) { *peak } else { *base }
            }
            Profile::FlashCrowd { base, peak, at_seconds, rise_seconds, hold_seconds, half_life_seconds } => {
                let times = [*rise_seconds, *hold_seconds, *half_life_seconds];
                flash_crowd([*base, *peak], passed - at_seconds, times)
            }
            Profile::Day { night, peak, peak_hour } => of_day(now, *night, *peak, *peak_hour),
            Profile::Week { night, peak, peak_hour, weekend_percent } => {
                let is_work = (now.day_and_clock().0 - 1) % 7 < DAYS_OF_WORK;
                of_day(now, *night, *peak, *peak_hour) * if is_work { 1.0 } else { weekend_percent / 100.0 }
            }
            Profile::Sine { mean, amplitude, period_seconds } => {
                mean - amplitude * libm::cos(TAU * passed / period_seconds.max(1.0))
            }
            Profile::Curve { points } => points.rate_after(SimDuration::from_secs_f64(passed)),
            Profile::Visitors(visitors) => visitors.most_requests_per_second(),
        };
        rate.clamp(0.0, MOST_REQUESTS_PER_SECOND)
    }

    /// The visitors, if the profile is of those who wait for their answers.
    pub fn visitors(&self) -> Option<&VisitorSpec> {
        match self {
            Profile::Visitors(visitors) => Some(visitors),
            Profile::Steady { .. }
            | Profile::Ramp { .. }
            | Profile::Steps { .. }
            | Profile::Spike { .. }
            | Profile::FlashCrowd { .. }
            | Profile::Day { .. }
            | Profile::Week { .. }
            | Profile::Sine { .. }
            | Profile::Curve { .. } => None,
        }
    }

    /// What makes the profile impossible, in words; nothing if it can be simulated.
    pub fn fault(&self) -> Option<String> {
        match self {
            Profile::Curve { points } => points.fault(),
            Profile::Visitors(visitors) => visitors.fault(),
            Profile::Steps { steps: 0, .. } => Some("Steps must be at least 1.".into()),
            Profile::Day { peak_hour, .. } | Profile::Week { peak_hour, .. } if !(0.0..=24.0).contains(peak_hour) => {
                Some(format!("PeakHour must be between 0 and 24, but it is {peak_hour}."))
            }
            Profile::Steady { .. }
            | Profile::Ramp { .. }
            | Profile::Steps { .. }
            | Profile::Spike { .. }
            | Profile::FlashCrowd { .. }
            | Profile::Day { .. }
            | Profile::Week { .. }
            | Profile::Sine { .. } => None,
        }
    }
}

/// The part of a whole, at most all of it.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 1.0 }
}

/// Grows evenly on a logarithmic scale, which is what doubling again and again looks like.
fn flash_crowd([base, peak]: [f64; 2], since: f64, [rise, hold, half_life]: [f64; 3]) -> f64 {
    if since < 0.0 {
        base
    } else if since < rise {
        let from = base.max(1.0);
        from * libm::pow((peak / from).max(1.0), since / rise)
    } else if since < rise + hold {
        peak
    } else {
        base + (peak - base) * libm::exp2(-(since - rise - hold) / half_life.max(1.0))
    }
}

fn of_day(now: SimTime, night: f64, peak: f64, peak_hour: f64) -> f64 {
    let hours = now.as_secs_f64() % DAY_SECONDS / 3_600.0;
    let height = (1.0 + libm::cos(TAU * (hours - peak_hour) / 24.0)) / 2.0;
    night + (peak - night) * height
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(profile: &Profile, seconds: u64) -> f64 {
        let began = SimTime::from_secs(3_600);
        profile.rate_at(began, began + SimDuration::from_secs(seconds))
    }

    #[test]
    fn a_ramp_and_steps_go_from_one_rate_to_the_other_and_stay() {
        let ramp = Profile::Ramp { from: 10.0, to: 30.0, seconds: 100.0 };
        assert_eq!([0, 50, 100, 9_999].map(|at| rate(&ramp, at)), [10.0, 20.0, 30.0, 30.0]);
        let steps = Profile::Steps { from: 10.0, to: 30.0, steps: 4, step_seconds: 60.0 };
        assert_eq!([0, 59, 60, 180, 240, 9_999].map(|at| rate(&steps, at)), [10.0, 10.0, 15.0, 25.0, 30.0, 30.0]);
    }

    #[test]
    fn a_spike_and_a_flash_crowd_rise_and_pass() {
        let spike = Profile::Spike { base: 5.0, peak: 50.0, at_seconds: 60.0, seconds: 30.0 };
        assert_eq!([59, 60, 89, 90].map(|at| rate(&spike, at)), [5.0, 50.0, 50.0, 5.0]);
        let crowd = Profile::FlashCrowd {
            base: 4.0,
            peak: 64.0,
            at_seconds: 60.0,
            rise_seconds: 40.0,
            hold_seconds: 20.0,
            half_life_seconds: 30.0,
        };
        let rates = [59, 60, 70, 80, 90, 100, 119, 150].map(|at| rate(&crowd, at));
        let expected = [4.0, 4.0, 8.0, 16.0, 32.0, 64.0, 64.0, 34.0];
        assert!(rates.iter().zip(expected).all(|(found, exact)| (found - exact).abs() < 1e-9), "{rates:?}");
    }

    #[test]
    fn a_day_and_a_week_follow_the_simulated_clock() {
        let at = |profile: &Profile, hour: u64| profile.rate_at(SimTime::ZERO, SimTime::from_secs(hour * 3_600));
        let day = Profile::Day { night: 10.0, peak: 110.0, peak_hour: 15.0 };
        assert_eq!([3, 9, 15, 27].map(|hour| libm::round(at(&day, hour))), [10.0, 60.0, 110.0, 10.0]);
        let week = Profile::Week { night: 10.0, peak: 110.0, peak_hour: 15.0, weekend_percent: 50.0 };
        let afternoons = [0, 4, 5, 6, 7].map(|day| libm::round(at(&week, day * 24 + 15)));
        assert_eq!(afternoons, [110.0, 110.0, 55.0, 55.0, 110.0], "Monday, Friday, the weekend, Monday");
    }

    #[test]
    fn a_wave_begins_at_its_lowest_point_and_no_rate_is_negative() {
        let wave = Profile::Sine { mean: 10.0, amplitude: 20.0, period_seconds: 100.0 };
        assert_eq!([0, 25, 50, 100].map(|at| libm::round(rate(&wave, at))), [0.0, 10.0, 30.0, 0.0]);
    }

    #[test]
    fn a_profile_survives_its_text() {
        for text in [
            r#"{"Type":"Steady","RequestsPerSecond":20.0}"#,
            r#"{"Type":"Curve","Points":[[0.0,5.0],[60.0,10.0]]}"#,
            r#"{"Type":"Day","Night":5.0,"Peak":50.0,"PeakHour":15.0}"#,
        ] {
            let profile: Profile = serde_json::from_str(text).expect("a profile");
            assert_eq!(serde_json::to_string(&profile).expect("a text"), text);
        }
    }
}
