//! The form that names a moment to come.
use super::field::{CLOCK, DAY};
use super::{Check, Faults};
use crate::sim::{SimDuration, SimTime};

/// The draft of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MomentDraft {
    /// The day, counted from 1.
    pub day: String,
    /// The time of the day: `18:30`.
    pub clock: String,
}

impl MomentDraft {
    /// The last day that can be named.
    const LAST_DAY: i64 = 366;

    /// The next full hour, to begin with.
    pub fn after(now: SimTime) -> Self {
        let (day, hour, ..) = (now.floor_to(SimDuration::HOUR) + SimDuration::HOUR).day_and_clock();
        MomentDraft { day: day.to_string(), clock: format!("{hour:02}:00") }
    }

    /// The moment.
    ///
    /// # Errors
    /// What is wrong with the draft, or that the moment is gone by.
    pub fn read(&self, now: SimTime) -> Result<SimTime, Faults> {
        let mut check = Check::default();
        let day = check.whole(DAY, &self.day, 1..=Self::LAST_DAY);
        let minutes = minutes_of(&self.clock);
        if minutes.is_none() {
            check.fault(CLOCK, "Enter hours and minutes, such as 18:30.");
        }
        let day = SimDuration::from_secs(86_400) * (day - 1).unsigned_abs();
        let moment = SimTime::ZERO + day + SimDuration::MINUTE * minutes.unwrap_or(0);
        if minutes.is_some() && moment <= now {
            check.fault(CLOCK, "This time is gone by: go back to it with the bar of time.");
        }
        check.finish(moment)
    }
}

fn minutes_of(clock: &str) -> Option<u64> {
    let (hours, minutes) = clock.trim().split_once(':')?;
    let (hours, minutes): (u64, u64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(day: &str, clock: &str) -> Result<String, Faults> {
        let now = SimTime::from_secs(8 * 3_600);
        let draft = MomentDraft { day: day.into(), clock: clock.into() };
        draft.read(now).map(SimTime::to_iso8601)
    }

    #[test]
    fn a_day_and_a_clock_name_a_moment() {
        assert_eq!(read("1", "18:30").as_deref(), Ok("2026-01-05T18:30:00Z"));
        assert_eq!(read(" 3 ", "0:05").as_deref(), Ok("2026-01-07T00:05:00Z"));
    }

    #[test]
    fn what_is_no_moment_or_gone_by_is_told_at_its_field() {
        for (day, clock, field) in [
            ("0", "18:30", DAY),
            ("x", "18:30", DAY),
            ("1", "24:00", CLOCK),
            ("1", "noon", CLOCK),
            ("1", "08:00", CLOCK),
        ] {
            let faults = read(day, clock).expect_err("refused");
            assert!(faults.at(field).is_some(), "{day} {clock}: {faults:?}");
        }
    }

    #[test]
    fn the_draft_begins_with_the_next_full_hour() {
        let draft = MomentDraft::after(SimTime::from_secs(23 * 3_600 + 5));
        assert_eq!((draft.day.as_str(), draft.clock.as_str()), ("2", "00:00"));
    }
}
