//! Moments of the real calendar as people's files write them.
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::SimTime;

/// Seconds since 1970 of `2026-01-05T10:42:00Z`, with any offset, or of `2026/01/05 10:42:00`, taken as UTC.
pub fn seconds_of_moment(text: &str) -> Option<i64> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_second());
    }
    let plain: DateTime = text.replace('/', "-").parse().ok()?;
    TimeZone::UTC.to_timestamp(plain).ok().map(Timestamp::as_second)
}

/// Seconds since 1970 of `05/Jan/2026:10:42:15 +0000`, the moment of a line in a web server's access log.
pub fn seconds_of_log(text: &str) -> Option<i64> {
    let (clock, offset) = text.trim().split_once(' ').unwrap_or((text.trim(), "+0000"));
    let (date, time) = clock.split_once(':')?;
    let [day, month, year] = date.split('/').collect::<Vec<_>>()[..] else { return None };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let plain: DateTime = format!("{year}-{month:02}-{day}T{time}").parse().ok()?;
    let (hours, minutes) = offset.split_at_checked(3)?;
    let minutes = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    let zone = TimeZone::fixed(Offset::from_seconds(minutes * 60).ok()?);
    zone.to_timestamp(plain).ok().map(Timestamp::as_second)
}

/// Midnight of the first day of the month after this moment's.
pub fn first_of_next_month(moment: SimTime) -> SimTime {
    let next = || {
        let now = Timestamp::from_second(moment.unix_millis() / 1_000).ok()?;
        let first = TimeZone::UTC.to_datetime(now).date().last_of_month().tomorrow().ok()?;
        let seconds = TimeZone::UTC.to_timestamp(first.at(0, 0, 0, 0)).ok()?.as_second() - SimTime::CALENDAR_START;
        Some(SimTime::from_secs(u64::try_from(seconds).ok()?))
    };
    // Beyond the last year of the calendar there is no month to wait for.
    next().unwrap_or(moment)
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_aws_the_console_and_a_log_write_them() {
        let expected = Some(1_767_609_735);
        assert_eq!(seconds_of_moment("2026-01-05T10:42:15Z"), expected);
        assert_eq!(seconds_of_moment("2026-01-05T12:42:15+02:00"), expected);
        assert_eq!(seconds_of_moment("2026/01/05 10:42:15"), expected);
        assert_eq!(seconds_of_log("05/Jan/2026:10:42:15 +0000"), expected);
        assert_eq!(seconds_of_log("05/Jan/2026:12:42:15 +0200"), expected);
        assert_eq!(seconds_of_moment("60"), None);
        assert_eq!(seconds_of_log("05/Foo/2026:10:42:15 +0000"), None);
    }
}
