//! The record of events, bounded so that months stay small.
use std::collections::BTreeSet;

use super::{Event, EventId, Fact};
use crate::sim::{Pieces, SimDuration, SimTime, Weight};

/// The record of events in the order in which they happened. Old ones leave it; ids go on counting.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    /// In order of their ids, with gaps where old ones have left.
    events: Pieces<Event>,
    recorded: u64,
}

/// From so many events on, old ones leave.
const MOST: usize = 12_000;
/// So many of the newest stay at any rate, unless they are too old.
const NEWEST: usize = 6_000;
/// What an event takes, about.
const EVENT_BYTES: usize = 250;
/// What is older than this leaves, if nothing that is kept follows from it.
const KEPT: SimDuration = SimDuration::from_secs(42 * 86_400);

impl EventLog {
    pub(super) fn record(&mut self, at: SimTime, region: &'static str, cause: Option<EventId>, fact: Fact) -> EventId {
        let id = EventId(self.recorded);
        self.recorded += 1;
        self.events.push(Event { id, at, region, cause, fact });
        id
    }

    /// Whether it is time for old events to leave.
    pub(super) fn is_full(&self) -> bool {
        self.events.len() >= MOST
    }

    /// Lets old events leave, but none that `roots`, or anything else that is kept, follows from.
    pub(super) fn compact(&mut self, now: SimTime, roots: impl Iterator<Item = EventId>) {
        let newest = self.events.iter().rev().take(NEWEST).take_while(|event| now.since(event.at) <= KEPT);
        let mut open: Vec<EventId> = newest.map(|event| event.id).chain(roots).collect();
        let mut kept = BTreeSet::new();
        while let Some(id) = open.pop() {
            if kept.insert(id) {
                open.extend(self.get(id).and_then(|event| event.cause));
            }
        }
        self.events.retain(|event| kept.contains(&event.id));
    }

    /// The event with this id, as long as it is kept.
    pub fn get(&self, id: EventId) -> Option<&Event> {
        self.events.iter_from(|event| event.id < id).next().filter(|event| event.id == id)
    }

    /// The events that are kept, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.events.iter()
    }

    /// The events that are kept from the `from`th one ever on.
    pub fn since(&self, from: u64) -> impl DoubleEndedIterator<Item = &Event> {
        self.events.iter_from(move |event| event.id.0 < from)
    }

    /// Adds to a weight what the record takes.
    pub(super) fn weigh(&self, weight: &mut Weight) {
        self.events.weigh(EVENT_BYTES, weight);
    }

    /// How many events were ever recorded.
    pub fn recorded(&self) -> u64 {
        self.recorded
    }

    /// How many events are kept. It can fall; to see whether something has happened, ask [`EventLog::recorded`].
    pub fn kept(&self) -> usize {
        self.events.len()
    }

    /// The event and what led to it, back to what came from outside.
    pub fn chain(&self, id: EventId) -> Vec<&Event> {
        std::iter::successors(self.get(id), |event| event.cause.and_then(|cause| self.get(cause))).collect()
    }

    /// What followed from the event, and from that, in order of time.
    pub fn consequences(&self, id: EventId) -> Vec<&Event> {
        let mut led = BTreeSet::from([id]);
        // What follows is recorded later.
        let follows = |event: &&Event| {
            let is_one = event.cause.is_some_and(|cause| led.contains(&cause));
            if is_one {
                led.insert(event.id);
            }
            is_one
        };
        self.since(id.0).filter(follows).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact() -> Fact {
        Fact::InstanceBooted { instance_id: "i-1".into() }
    }

    fn filled(count: u64) -> EventLog {
        let mut log = EventLog::default();
        let first = log.record(SimTime::ZERO, "us-east-1", None, fact());
        let second = log.record(SimTime::ZERO, "us-east-1", Some(first), fact());
        for second_of_day in 2..count {
            log.record(
                SimTime::from_secs(second_of_day),
                "us-east-1",
                Some(second).filter(|_| second_of_day == 100),
                fact(),
            );
        }
        log
    }

    #[test]
    fn old_events_leave_and_ids_go_on() {
        let mut log = filled(MOST as u64);
        assert!(log.is_full());
        log.compact(SimTime::from_secs(MOST as u64), std::iter::empty());
        assert_eq!((log.kept(), log.recorded()), (NEWEST, MOST as u64));
        assert_eq!(log.get(EventId(0)), None);
        assert_eq!(log.record(SimTime::from_secs(20_000), "us-east-1", None, fact()), EventId(MOST as u64));
        assert_eq!(log.since(MOST as u64).count(), 1);
    }

    #[test]
    fn what_led_to_something_that_is_kept_is_kept_too() {
        let mut log = filled(MOST as u64);
        log.compact(SimTime::from_secs(MOST as u64), [EventId(100)].into_iter());
        let chain: Vec<u64> = log.chain(EventId(100)).iter().map(|event| event.id.0).collect();
        assert_eq!(chain, [100, 1, 0]);
        assert_eq!(log.kept(), NEWEST + 3);
    }

    #[test]
    fn what_is_too_old_leaves_however_few_events_there_are() {
        let mut log = filled(10);
        log.compact(SimTime::from_secs(50 * 86_400), std::iter::empty());
        assert_eq!(log.kept(), 0);
    }
}
