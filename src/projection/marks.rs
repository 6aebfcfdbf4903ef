//! Marks on the axis of time: what a group did, alarms, faults, and what the learner asked for.
use super::chart::{Glyph, Tone};
use crate::cloud::{Event, EventId, Fact};
use crate::session::fault::Planned;
use crate::session::{Entry, Session, Timeline, is_read};
use crate::sim::{SimDuration, SimTime};

/// A moment at which something happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When.
    pub at: SimTime,
    /// What kind of thing.
    pub kind: MarkKind,
    /// What, in a few words.
    pub text: String,
    /// The same for a chart: shorter, nothing for what needs no word.
    pub short: String,
    /// The event of the record, if it is one.
    pub event: Option<EventId>,
}

/// What kind of thing a mark stands for. The later ones are drawn over the earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// The learner asked for something.
    Request,
    /// A group changed its size.
    Scaling,
    /// An alarm rang.
    Alarm,
    /// Something broke, or was mended.
    Fault,
}

/// What a learner asks why about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An event of the record.
    Event(EventId),
    /// A scaling activity, by its id.
    Activity(String),
    /// A group, by its name: what it did last up to a moment.
    Group(String, SimTime),
}

/// A mark on a bar: where, in thousandths of its length.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Thousandths of the length.
    pub permille: u64,
    /// What kind of thing.
    pub kind: MarkKind,
    /// What, in a few words; several things are joined.
    pub text: String,
}

impl MarkKind {
    /// All kinds.
    pub const ALL: [MarkKind; 4] = [MarkKind::Request, MarkKind::Scaling, MarkKind::Alarm, MarkKind::Fault];

    /// Its shape on a chart; the bar of time shows the same.
    pub fn glyph(self) -> Glyph {
        match self {
            MarkKind::Request => Glyph::Dot,
            MarkKind::Scaling => Glyph::Bar,
            MarkKind::Alarm => Glyph::Triangle,
            MarkKind::Fault => Glyph::Cross,
        }
    }

    /// What its colour means.
    pub fn tone(self) -> Tone {
        match self {
            MarkKind::Request => Tone::Muted,
            MarkKind::Scaling => Tone::Accent,
            MarkKind::Alarm => Tone::Warning,
            MarkKind::Fault => Tone::Bad,
        }
    }

    /// What it stands for, in the legend of the charts.
    pub fn title(self) -> &'static str {
        match self {
            MarkKind::Request => "Your request",
            MarkKind::Scaling => "Scaling activity",
            MarkKind::Alarm => "Alarm",
            MarkKind::Fault => "Fault",
        }
    }

    /// Its name for the learner and for the styles.
    pub fn name(self) -> &'static str {
        match self {
            MarkKind::Request => "request",
            MarkKind::Scaling => "scaling",
            MarkKind::Alarm => "alarm",
            MarkKind::Fault => "fault",
        }
    }
}

/// The marks of a session in a region up to its moment, in order of time.
pub fn marks(session: &Session, region: &str) -> Vec<Mark> {
    let here = |event: &&Event| event.region == region;
    let events = session.cloud().events().iter().filter(here).filter_map(of_event);
    let asked = session.journal().entries.iter().filter_map(|entry| of_entry(entry, region));
    let faults = session.faults().all().flat_map(|(_, planned)| of_fault(planned, session.now()));
    let mut all: Vec<Mark> = events.chain(asked).chain(faults).collect();
    all.sort_by_key(|mark| (mark.at, mark.kind));
    all
}

/// The marks of the learner's requests that lie ahead in a branch.
pub fn ahead(timeline: &Timeline, region: &str) -> Vec<Mark> {
    timeline.ahead().filter_map(|entry| of_entry(entry, region)).collect()
}

fn of_event(event: &Event) -> Option<Mark> {
    let (kind, text, short) = match &event.fact {
        Fact::DesiredCapacityChanged { group, from, to, .. } if *from > 0 => {
            (MarkKind::Scaling, format!("{group}: {from} → {to}"), format!("{from} → {to}"))
        }
        Fact::AlarmStateChanged { alarm, state: "ALARM", .. } => {
            (MarkKind::Alarm, format!("{alarm} is in ALARM"), "alarm".to_owned())
        }
        _ => return None,
    };
    Some(Mark { at: event.at, kind, text, short, event: Some(event.id) })
}

fn of_entry(entry: &Entry, region: &str) -> Option<Mark> {
    let request = &entry.call.request;
    // Faults have marks of their own, when they begin and end.
    let is_shown = entry.call.region == region && !is_read(request) && !request.operation().ends_with("Fault");
    let text = format!("you asked: {}", request.operation());
    is_shown.then_some(Mark { at: entry.at, kind: MarkKind::Request, text, short: String::new(), event: None })
}

fn of_fault(planned: &Planned, now: SimTime) -> Vec<Mark> {
    let name = planned.fault.name();
    let mark = |at: SimTime, text: &str, short: &str| {
        let (text, short) = (format!("{name} {text}"), short.to_owned());
        Mark { at, kind: MarkKind::Fault, text, short, event: None }
    };
    let end = planned.end.map(|end| mark(end, "is over", "over"));
    std::iter::once(mark(planned.start, "begins", name)).chain(end).filter(|mark| mark.at <= now).collect()
}

/// The marks on a bar from `from` to `to` with so many places: several of one kind at one place become one.
pub fn placed(marks: &[Mark], from: SimTime, to: SimTime, places: u64) -> Vec<Placed> {
    let length = to.since(from).as_micros().max(1);
    let mut all: Vec<Placed> = Vec::new();
    for mark in marks.iter().filter(|mark| (from..=to).contains(&mark.at)) {
        let place = mark.at.since(from).as_micros().saturating_mul(places) / length;
        let permille = place * 1_000 / places;
        let same = all.iter_mut().rev().take(MarkKind::ALL.len()).find(|one| one.permille == permille);
        match same.filter(|one| one.kind == mark.kind) {
            Some(one) if one.text.len() < MOST_TEXT => one.text = format!("{}, {}", one.text, mark.text),
            Some(_) => {}
            None => all.push(Placed { permille, kind: mark.kind, text: mark.text.clone() }),
        }
    }
    all
}

/// A text of marks that grew longer than this many bytes grows no more.
const MOST_TEXT: usize = 160;

/// The mark of the record that is nearest to a moment, if there is one within a reach.
pub fn near(marks: &[Mark], moment: SimTime, reach: SimDuration) -> Option<&Mark> {
    let distance = |mark: &&Mark| mark.at.since(moment).max(moment.since(mark.at));
    let recorded = marks.iter().filter(|mark| mark.event.is_some() && distance(mark) <= reach);
    recorded.min_by_key(distance)
}

/// The last mark before a moment.
pub fn before(marks: &[Mark], moment: SimTime) -> Option<&Mark> {
    marks.iter().rev().find(|mark| mark.at < moment)
}

/// The first mark after a moment.
pub fn after(marks: &[Mark], moment: SimTime) -> Option<&Mark> {
    marks.iter().find(|mark| mark.at > moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(second: u64, kind: MarkKind) -> Mark {
        Mark { at: SimTime::from_secs(second), kind, text: format!("at {second}"), short: String::new(), event: None }
    }

    #[test]
    fn marks_of_one_kind_at_one_place_become_one_and_others_stay() {
        let marks = [
            mark(0, MarkKind::Request),
            mark(10, MarkKind::Request),
            mark(11, MarkKind::Alarm),
            mark(12, MarkKind::Request),
            mark(500, MarkKind::Fault),
            mark(2_000, MarkKind::Fault),
        ];
        let placed = placed(&marks, SimTime::ZERO, SimTime::from_secs(1_000), 20);
        let found: Vec<_> = placed.iter().map(|one| (one.permille, one.kind, one.text.as_str())).collect();
        assert_eq!(
            found,
            [
                (0, MarkKind::Request, "at 0, at 10"),
                (0, MarkKind::Alarm, "at 11"),
                (0, MarkKind::Request, "at 12"),
                (500, MarkKind::Fault, "at 500"),
            ]
        );
    }

    #[test]
    fn the_neighbours_of_a_moment_are_the_marks_around_it() {
        let marks = [mark(10, MarkKind::Alarm), mark(20, MarkKind::Alarm)];
        let at = |second| SimTime::from_secs(second);
        assert_eq!(before(&marks, at(20)).map(|mark| mark.at), Some(at(10)));
        assert_eq!(after(&marks, at(10)).map(|mark| mark.at), Some(at(20)));
        assert_eq!((before(&marks, at(10)), after(&marks, at(20))), (None, None));
    }
}
