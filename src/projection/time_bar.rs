//! The bar of time: where the learner stands, what lies around, where a run may end.
use super::console::clock;
use super::marks::{self, Mark};
use crate::session::timeline::{Awaited, BranchId, BranchSummary, RunEnd};
use crate::session::{Entry, START, Session, Timeline};
use crate::sim::civil::first_of_next_month;
use crate::sim::{SimDuration, SimTime};

/// Where the learner stands.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeBar {
    /// The moment that is shown.
    pub now: SimTime,
    /// How far the branch has been.
    pub end: SimTime,
    /// Whether a change here would begin a branch.
    pub is_past: bool,
    /// What would be taken back, and made again.
    pub undo: Option<String>,
    /// See `undo`.
    pub redo: Option<String>,
    /// The name of the branch.
    pub branch: String,
    /// How many branches there are.
    pub branches: usize,
}

/// A branch as the learner reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct BranchRow {
    /// Which one.
    pub id: BranchId,
    /// Its name.
    pub name: String,
    /// What it left and when: `from main at Day 1 · 10:20:00`; empty for the first.
    pub origin: String,
    /// How far it has been.
    pub end: String,
    /// Whether the learner stands in it.
    pub is_current: bool,
}

/// Where a run may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// At the next thing that the record of events names.
    Event,
    /// When an alarm changes its state.
    Alarm,
    /// When a scaling activity begins or ends.
    ScalingActivity,
    /// At the next full hour.
    Hour,
    /// At midnight.
    Day,
    /// At the midnight before Monday.
    Week,
    /// At the midnight before the first of a month.
    Month,
    /// At a moment.
    Time(SimTime),
}

/// A move of the thumb on the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// A little earlier.
    Back,
    /// A little later.
    Forward,
    /// Much earlier.
    FarBack,
    /// Much later.
    FarForward,
    /// To the beginning.
    First,
    /// To the end of the branch.
    Last,
    /// To the mark before.
    MarkBefore,
    /// To the mark after.
    MarkAfter,
}

impl Stop {
    /// Those that a menu offers.
    pub const OFFERED: [Stop; 6] = [Stop::Alarm, Stop::ScalingActivity, Stop::Hour, Stop::Day, Stop::Week, Stop::Month];

    /// As the learner reads it, after "until".
    pub fn label(self) -> String {
        match self {
            Stop::Event => "the next event".to_owned(),
            Stop::Alarm => "the next alarm".to_owned(),
            Stop::ScalingActivity => "the next scaling activity".to_owned(),
            Stop::Hour => "the end of the hour".to_owned(),
            Stop::Day => "the end of the day".to_owned(),
            Stop::Week => "the end of the week".to_owned(),
            Stop::Month => "the end of the month".to_owned(),
            Stop::Time(moment) => clock(moment),
        }
    }

    /// What a run from this moment waits for.
    pub fn awaited(self, now: SimTime) -> Awaited {
        let next = |period: u64| {
            let period = SimDuration::from_secs(period);
            Awaited::Time(now.floor_to(period) + period)
        };
        match self {
            Stop::Event => Awaited::Event,
            Stop::Alarm => Awaited::Alarm,
            Stop::ScalingActivity => Awaited::ScalingActivity,
            Stop::Hour => next(3_600),
            Stop::Day => next(86_400),
            // Day 1 is a Monday.
            Stop::Week => next(7 * 86_400),
            Stop::Month => Awaited::Time(first_of_next_month(now)),
            Stop::Time(moment) => Awaited::Time(moment),
        }
    }
}

/// Where the learner stands.
pub fn time_bar(timeline: &Timeline) -> TimeBar {
    let branches = timeline.branches();
    TimeBar {
        now: timeline.goal().unwrap_or(timeline.session().now()),
        end: timeline.end(),
        is_past: timeline.is_in_the_past(),
        undo: timeline.session().journal().entries.last().map(in_words),
        redo: timeline.undone().map(in_words),
        branch: branches.get(timeline.current().0).map(|branch| branch.name.clone()).unwrap_or_default(),
        branches: branches.len(),
    }
}

/// The branches, the oldest first.
pub fn branches(timeline: &Timeline) -> Vec<BranchRow> {
    let all = timeline.branches();
    let origin = |branch: &BranchSummary| {
        let (from, at) = branch.origin?;
        Some(format!("from {} at {}", all.get(from.0)?.name, clock(at)))
    };
    let row = |branch: &BranchSummary| BranchRow {
        id: branch.id,
        name: branch.name.clone(),
        origin: origin(branch).unwrap_or_default(),
        end: clock(branch.end),
        is_current: branch.id == timeline.current(),
    };
    all.iter().map(row).collect()
}

/// A request of the journal: `RunInstances of Day 1 · 10:20:00`.
pub fn in_words(entry: &Entry) -> String {
    format!("{} of {}", entry.call.request.operation(), clock(entry.at))
}

/// How a run ended, in a sentence.
pub fn how_it_ended(session: &Session, stop: Stop, end: RunEnd) -> String {
    let now = clock(session.now());
    match end {
        RunEnd::Happened(event) => {
            let what = session.cloud().events().get(event).map(|event| event.fact.sentence()).unwrap_or_default();
            format!("Stopped at {now}: {what}")
        }
        RunEnd::TimeIsUp if matches!(stop.awaited(session.now()), Awaited::Time(_)) => format!("Stopped at {now}."),
        RunEnd::TimeIsUp => format!("Stopped at {now}: a day went by without {}.", stop.label()),
    }
}

/// The moment at these thousandths of the bar.
pub fn moment_at(permille: u64, end: SimTime) -> SimTime {
    if permille >= 1_000 {
        return end;
    }
    let length = end.since(START).as_micros();
    (START + SimDuration::from_micros(length / 1_000 * permille)).floor_to(SimDuration::from_secs(1)).max(START)
}

/// Where a moment stands on the bar, in thousandths.
pub fn permille_of(moment: SimTime, end: SimTime) -> u64 {
    moment.since(START).as_micros().saturating_mul(1_000) / end.since(START).as_micros().max(1)
}

/// Where a move leads.
pub fn moved(step: Move, bar: &TimeBar, marks: &[Mark]) -> SimTime {
    let length = bar.end.since(START);
    let (little, much) = if length <= SimDuration::from_secs(7_200) {
        (SimDuration::from_secs(10), SimDuration::from_secs(300))
    } else {
        (SimDuration::MINUTE, SimDuration::from_micros(length.as_micros() / 20))
    };
    let to = match step {
        Move::Back => bar.now - little,
        Move::Forward => bar.now + little,
        Move::FarBack => bar.now - much,
        Move::FarForward => bar.now + much,
        Move::First => START,
        Move::Last => bar.end,
        Move::MarkBefore => marks::before(marks, bar.now).map_or(START, |mark| mark.at),
        Move::MarkAfter => marks::after(marks, bar.now).map_or(bar.end, |mark| mark.at),
    };
    to.clamp(START, bar.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SimTime {
        START + SimDuration::from_secs(seconds)
    }

    fn bar(now: u64, end: u64) -> TimeBar {
        let (undo, redo) = (None, None);
        TimeBar { now: at(now), end: at(end), is_past: false, undo, redo, branch: "main".into(), branches: 1 }
    }

    #[test]
    fn the_ends_of_hour_day_week_and_month_follow_the_calendar() {
        // Monday, 5 January 2026, 8:00.
        let until = |stop: Stop| match stop.awaited(START) {
            Awaited::Time(moment) => moment.to_iso8601(),
            other => panic!("{other:?}"),
        };
        assert_eq!(until(Stop::Hour), "2026-01-05T09:00:00Z");
        assert_eq!(until(Stop::Day), "2026-01-06T00:00:00Z");
        assert_eq!(until(Stop::Week), "2026-01-12T00:00:00Z");
        assert_eq!(until(Stop::Month), "2026-02-01T00:00:00Z");
    }

    #[test]
    fn the_thumb_moves_within_the_branch() {
        let bar = bar(600, 3_600);
        assert_eq!(moved(Move::Back, &bar, &[]), at(590));
        assert_eq!(moved(Move::FarForward, &bar, &[]), at(900));
        assert_eq!((moved(Move::First, &bar, &[]), moved(Move::Last, &bar, &[])), (START, at(3_600)));
        assert_eq!(moved(Move::MarkBefore, &bar, &[]), START);
        let early = TimeBar { now: at(3), ..bar };
        assert_eq!(moved(Move::Back, &early, &[]), START);
    }

    #[test]
    fn a_place_on_the_bar_and_its_moment_agree() {
        let end = at(36_000);
        for permille in [0, 1, 250, 999, 1_000] {
            let there = permille_of(moment_at(permille, end), end);
            assert!(there.abs_diff(permille) <= 1, "{permille} became {there}");
        }
        assert_eq!(moment_at(1_000, at(7)), at(7));
        assert_eq!(permille_of(START, START), 0);
    }
}
