//! Recurrences: five fields as in cron, in UTC or at a fixed distance from it.
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::sim::SimTime;

/// When something recurs: minute, hour, day of the month, month, day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    minutes: Vec<i8>,
    hours: Vec<i8>,
    days: Vec<i8>,
    months: Vec<i8>,
    weekdays: Vec<i8>,
    /// Whether both days are limited: then one of them is enough, as in cron.
    either_day: bool,
}

/// How far ahead an occurrence is looked for: 29 February comes within eight years.
const HORIZON_DAYS: usize = 8 * 366;

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The values a field can have, and names for them.
struct Field {
    min: i8,
    max: i8,
    names: &'static [&'static str],
}

impl Cron {
    /// The recurrence that the text means, if it means one.
    pub fn parse(text: &str) -> Option<Cron> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays] = fields[..] else { return None };
        let mut weekday = Field { min: 0, max: 7, names: &WEEKDAYS }.parse(weekdays)?;
        // 7 is Sunday too.
        if weekday.contains(&7) {
            weekday.retain(|day| *day != 7 && *day != 0);
            weekday.insert(0, 0);
        }
        Some(Cron {
            minutes: Field { min: 0, max: 59, names: &[] }.parse(minutes)?,
            hours: Field { min: 0, max: 23, names: &[] }.parse(hours)?,
            days: Field { min: 1, max: 31, names: &[] }.parse(days)?,
            months: Field { min: 1, max: 12, names: &MONTHS }.parse(months)?,
            weekdays: weekday,
            either_day: !days.starts_with('*') && !weekdays.starts_with('*'),
        })
    }

    /// The first occurrence after `moment`, on clocks that are `offset` seconds ahead of UTC.
    pub fn next_after(&self, moment: SimTime, offset: i32) -> Option<SimTime> {
        let offset = Offset::from_seconds(offset).ok()?;
        let seconds = SimTime::CALENDAR_START + (moment.as_micros() / 1_000_000) as i64;
        let local: DateTime = offset.to_datetime(Timestamp::from_second(seconds).ok()?);
        let mut date = local.date();
        for day in 0..HORIZON_DAYS {
            if self.fits(date) {
                let after = (day == 0).then(|| (local.hour(), local.minute()));
                if let Some(found) = self.time_after(after) {
                    let found = offset.to_timestamp(date.at(found.0, found.1, 0, 0)).ok()?;
                    let since = found.as_second().checked_sub(SimTime::CALENDAR_START)?;
                    return u64::try_from(since).ok().map(SimTime::from_secs);
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    fn fits(&self, date: Date) -> bool {
        let day = self.days.contains(&date.day());
        let weekday = self.weekdays.contains(&date.weekday().to_sunday_zero_offset());
        self.months.contains(&date.month()) && if self.either_day { day || weekday } else { day && weekday }
    }

    /// The first hour and minute after this one, or of the day.
    fn time_after(&self, after: Option<(i8, i8)>) -> Option<(i8, i8)> {
        let times = self.hours.iter().flat_map(|hour| self.minutes.iter().map(move |minute| (*hour, *minute)));
        times.into_iter().find(|time| after.is_none_or(|after| *time > after))
    }
}

impl Field {
    /// The values of a list such as `1,5-10,*/15`, in order.
    fn parse(&self, text: &str) -> Option<Vec<i8>> {
        let mut values = Vec::new();
        for part in text.split(',') {
            let (range, step) = part.split_once('/').map_or((part, "1"), |split| split);
            let step: i8 = step.parse().ok().filter(|step| *step > 0)?;
            let (first, last) = match range.split_once('-') {
                _ if range == "*" => (self.min, self.max),
                Some((first, last)) => (self.value(first)?, self.value(last)?),
                None if part.contains('/') => (self.value(range)?, self.max),
                None => (self.value(range)?, self.value(range)?),
            };
            if first > last {
                return None;
            }
            values.extend((first..=last).step_by(usize::try_from(step).ok()?));
        }
        values.sort_unstable();
        values.dedup();
        Some(values)
    }

    fn value(&self, text: &str) -> Option<i8> {
        let named = self.names.iter().position(|name| name.eq_ignore_ascii_case(text));
        let value = match named {
            Some(index) => self.min + i8::try_from(index).ok()?,
            None => text.parse().ok()?,
        };
        (self.min..=self.max).contains(&value).then_some(value)
    }
}

/// The distance from UTC in seconds of a time zone that has a fixed one, such as `Etc/GMT+9`, which is nine hours behind.
pub fn fixed_offset(zone: &str) -> Option<i32> {
    let name = zone.strip_prefix("Etc/").unwrap_or(zone);
    if ["UTC", "GMT", "UCT", "Zulu", "Universal", "Greenwich"].contains(&name) {
        return Some(0);
    }
    let hours: i32 = name.strip_prefix("GMT").filter(|rest| rest.starts_with(['+', '-']))?.parse().ok()?;
    (-14..=12).contains(&hours).then_some(-hours * 3_600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cron: &str, moment: &str, offset: i32) -> Option<String> {
        let moment = SimTime::parse_iso8601(moment).expect("a moment");
        Cron::parse(cron).expect("a recurrence").next_after(moment, offset).map(SimTime::to_iso8601)
    }

    /// EC2 Auto Scaling User Guide, "Scheduled scaling": five fields, with lists, ranges, steps and names.
    #[test]
    fn the_next_occurrence_is_the_first_after_the_moment() {
        for (cron, moment, found) in [
            ("0 10 * * *", "2026-01-05T08:00:00Z", "2026-01-05T10:00:00Z"),
            ("0 10 * * *", "2026-01-05T10:00:00Z", "2026-01-06T10:00:00Z"),
            ("*/15 * * * *", "2026-01-05T08:16:00Z", "2026-01-05T08:30:00Z"),
            ("30 6 * * MON-FRI", "2026-01-09T07:00:00Z", "2026-01-12T06:30:00Z"),
            ("0 0 1 1,6,12 0", "2026-01-05T00:00:00Z", "2026-01-11T00:00:00Z"),
            ("0 0 * * 7", "2026-01-05T00:00:00Z", "2026-01-11T00:00:00Z"),
            ("0 12 29 2 *", "2026-01-05T00:00:00Z", "2028-02-29T12:00:00Z"),
        ] {
            assert_eq!(next(cron, moment, 0).as_deref(), Some(found), "{cron} after {moment}");
        }
    }

    #[test]
    fn a_day_that_never_comes_has_no_occurrence() {
        assert_eq!(next("0 0 31 2 *", "2026-01-05T00:00:00Z", 0), None);
    }

    #[test]
    fn a_clock_ahead_of_utc_strikes_earlier() {
        assert_eq!(next("0 10 * * *", "2026-01-05T00:00:00Z", 9 * 3_600).as_deref(), Some("2026-01-05T01:00:00Z"));
        assert_eq!(fixed_offset("Etc/GMT-9"), Some(9 * 3_600));
        assert_eq!(fixed_offset("Europe/Berlin"), None);
    }

    #[test]
    fn what_is_no_recurrence_is_refused() {
        for text in ["", "* * * *", "60 * * * *", "5-1 * * * *", "*/0 * * * *", "a * * * *", "* * * * * *"] {
            assert_eq!(Cron::parse(text), None, "{text:?}");
        }
    }
}
