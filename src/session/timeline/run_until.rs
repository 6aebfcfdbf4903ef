//! Running until something happens.
use super::Timeline;
use crate::cloud::{Event, EventId, Fact};
use crate::session::Progress;
use crate::sim::{SimDuration, SimTime};

/// What a run waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Anything that the record of events names.
    Event,
    /// An alarm that changes its state.
    Alarm,
    /// A scaling activity that begins or ends.
    ScalingActivity,
    /// A moment.
    Time(SimTime),
}

/// A run that ends when something happens.
#[derive(Clone, Copy, Debug)]
pub struct RunUntil {
    awaited: Awaited,
    known: u64,
    limit: SimTime,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunEnd {
    /// What it waited for happened.
    Happened(EventId),
    /// Its moment came, or nothing happened for [`PATIENCE`].
    TimeIsUp,
}

/// A run that waits for something that never comes ends after this time.
pub const PATIENCE: SimDuration = SimDuration::from_secs(86_400);

impl RunUntil {
    /// A run of the timeline from where it stands.
    pub fn new(timeline: &Timeline, awaited: Awaited) -> Self {
        let now = timeline.session().now();
        let limit = match awaited {
            Awaited::Time(moment) => moment.max(now),
            Awaited::Event | Awaited::Alarm | Awaited::ScalingActivity => now + PATIENCE,
        };
        RunUntil { awaited, known: known_events(timeline), limit }
    }

    /// Goes on until about `budget` requests of visitors were sent; says how it ended if it did.
    pub fn work(&self, timeline: &mut Timeline, budget: u64) -> Option<RunEnd> {
        let mut sent = 0;
        while sent < budget {
            let before = timeline.session().history().tally().sent;
            let soonest = timeline.session().now() + SimDuration::from_micros(1);
            let due = timeline.session().next_due().map_or(self.limit, |due| due.max(soonest).min(self.limit));
            let Progress { reached, is_done } = timeline.advance(due, budget - sent);
            if let Some(event) = self.happened(timeline) {
                return Some(RunEnd::Happened(event));
            }
            if is_done && reached >= self.limit {
                return Some(RunEnd::TimeIsUp);
            }
            // A step without a visitor costs something too.
            sent += timeline.session().history().tally().sent.saturating_sub(before).max(STEP_COST);
            if !is_done {
                break;
            }
        }
        None
    }

    fn happened(&self, timeline: &Timeline) -> Option<EventId> {
        let events = timeline.session().cloud().events();
        let new = events.iter().rev().take_while(|event| event.id.0 >= self.known);
        new.filter(|event| self.is_awaited(event)).last().map(|event| event.id)
    }

    fn is_awaited(&self, event: &Event) -> bool {
        match self.awaited {
            Awaited::Event => true,
            Awaited::Alarm => matches!(event.fact, Fact::AlarmStateChanged { .. }),
            Awaited::ScalingActivity => matches!(event.fact, Fact::ActivityChanged { .. }),
            Awaited::Time(_) => false,
        }
    }
}

/// What a step of the calendar counts for, in requests.
const STEP_COST: u64 = 20;

fn known_events(timeline: &Timeline) -> u64 {
    timeline.session().cloud().events().iter().next_back().map_or(0, |event| event.id.0 + 1)
}
