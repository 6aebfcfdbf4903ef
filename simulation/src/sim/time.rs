//! Simulated time: whole microseconds, so that sums are exact and equal on every machine.
use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A moment: microseconds since the beginning of simulated day 1, midnight UTC ([`SimTime::CALENDAR_START`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SimTime(u64);

/// A length of simulated time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SimDuration(u64);

impl SimTime {
    /// Midnight of day 1.
    pub const ZERO: SimTime = SimTime(0);
    /// The calendar date of midnight of day 1, in seconds since the Unix epoch: Monday 2026-01-05T00:00:00Z.
    pub const CALENDAR_START: i64 = 1_767_571_200;

    /// The moment `micros` microseconds after midnight of day 1.
    pub const fn from_micros(micros: u64) -> Self {
        SimTime(micros)
    }

    /// The moment `seconds` seconds after midnight of day 1.
    pub const fn from_secs(seconds: u64) -> Self {
        SimTime(seconds * 1_000_000)
    }

    /// Microseconds since midnight of day 1.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Seconds since midnight of day 1.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// The time that passed since `earlier`; zero if `earlier` is later.
    pub fn since(self, earlier: SimTime) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }

    /// The latest multiple of `period` (counted from midnight of day 1) that is not after this moment.
    pub fn floor_to(self, period: SimDuration) -> SimTime {
        SimTime(self.0 - self.0 % period.0.max(1))
    }

    /// The day, counted from 1, and the hour, minute and second of that day.
    pub fn day_and_clock(self) -> (u64, u64, u64, u64) {
        let seconds = self.0 / 1_000_000;
        (seconds / 86_400 + 1, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
    }

    /// The moment as AWS prints it: `2026-01-05T10:42:15Z`, cut to whole seconds.
    pub fn to_iso8601(self) -> String {
        let seconds = Self::CALENDAR_START + (self.0 / 1_000_000) as i64;
        Timestamp::from_second(seconds).map_or_else(|_| "9999-12-31T23:59:59Z".to_owned(), |moment| moment.to_string())
    }

    /// Milliseconds since the Unix epoch.
    pub fn unix_millis(self) -> i64 {
        Self::CALENDAR_START * 1_000 + (self.0 / 1_000) as i64
    }

    /// The moment that an ISO 8601 text names, if it is one and not before day 1.
    pub fn parse_iso8601(text: &str) -> Option<SimTime> {
        let moment: Timestamp = text.parse().ok()?;
        let micros = moment.as_microsecond().checked_sub(Self::CALENDAR_START * 1_000_000)?;
        u64::try_from(micros).ok().map(SimTime)
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: SimDuration = SimDuration(0);
    /// Sixty seconds.
    pub const MINUTE: SimDuration = SimDuration::from_secs(60);
    /// Sixty minutes.
    pub const HOUR: SimDuration = SimDuration::from_secs(3_600);

    /// A length of `micros` microseconds.
    pub const fn from_micros(micros: u64) -> Self {
        SimDuration(micros)
    }

    /// A length of `seconds` seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        SimDuration(seconds * 1_000_000)
    }

    /// A length of `seconds` seconds, rounded to the nearest microsecond; negative numbers and NaN give zero.
    pub fn from_secs_f64(seconds: f64) -> Self {
        SimDuration(libm::round(seconds * 1e6) as u64)
    }

    /// The length in microseconds.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// The length in seconds.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

impl Add<SimDuration> for SimTime {
    type Output = SimTime;
    fn add(self, length: SimDuration) -> SimTime {
        SimTime(self.0.saturating_add(length.0))
    }
}

impl Sub<SimDuration> for SimTime {
    type Output = SimTime;
    fn sub(self, length: SimDuration) -> SimTime {
        SimTime(self.0.saturating_sub(length.0))
    }
}

impl AddAssign<SimDuration> for SimTime {
    fn add_assign(&mut self, length: SimDuration) {
        *self = *self + length;
    }
}

impl Add for SimDuration {
    type Output = SimDuration;
    fn add(self, other: SimDuration) -> SimDuration {
        SimDuration(self.0.saturating_add(other.0))
    }
}

impl Mul<u64> for SimDuration {
    type Output = SimDuration;
    fn mul(self, times: u64) -> SimDuration {
        SimDuration(self.0.saturating_mul(times))
    }
}

impl fmt::Display for SimTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.to_iso8601())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_survives_its_text() {
        let moment = SimTime::from_secs(10 * 3_600 + 42 * 60 + 15);
        assert_eq!(moment.to_iso8601(), "2026-01-05T10:42:15Z");
        assert_eq!(SimTime::parse_iso8601("2026-01-05T10:42:15Z"), Some(moment));
        assert_eq!(moment.day_and_clock(), (1, 10, 42, 15));
    }

    #[test]
    fn a_moment_before_day_one_or_no_moment_is_refused() {
        assert_eq!(SimTime::parse_iso8601("2025-12-31T00:00:00Z"), None);
        assert_eq!(SimTime::parse_iso8601("yesterday"), None);
    }
}
