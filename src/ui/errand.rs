//! Long work that is done in slices between pictures, shows how far it is, and can be stopped.
use std::fmt::Write;

use crate::projection::console::clock;
use crate::projection::time_bar::{self, Stop};
use crate::session::Timeline;
use crate::session::timeline::{Awaited, BranchId, Comparing, RunUntil};
use crate::sim::SimTime;

/// Work under way.
pub enum Errand {
    /// To another moment of the branch.
    Travel {
        /// The checkpoint where it began.
        from: SimTime,
        /// Where it leads.
        to: SimTime,
        /// What is told at the end.
        told: String,
    },
    /// A run until something happens.
    Run {
        /// The run.
        run: RunUntil,
        /// What it waits for.
        stop: Stop,
        /// Where it began.
        from: SimTime,
    },
    /// Two branches side by side.
    Compare {
        /// The work.
        comparing: Box<Comparing>,
        /// Which branches.
        branches: [BranchId; 2],
    },
}

/// How far work is, for the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub text: String,
    /// Per cent; none if nobody can know.
    pub percent: Option<u32>,
}

impl Errand {
    /// A slice of the work, of about so many requests; says what came of it once it is done.
    pub fn work(&mut self, timeline: &mut Timeline, budget: u64) -> Option<String> {
        match self {
            Errand::Travel { told, .. } => timeline.travel(budget).is_done.then(|| std::mem::take(told)),
            Errand::Run { run, stop, .. } => {
                let end = run.work(timeline, budget)?;
                Some(time_bar::how_it_ended(timeline.session(), *stop, end))
            }
            Errand::Compare { comparing, .. } => {
                let is_done = comparing.work(budget).is_done;
                is_done.then(|| "The comparison is ready.".to_owned())
            }
        }
    }

    /// How far it is.
    pub fn progress(&self, timeline: &Timeline) -> Progress {
        let now = timeline.session().now();
        match self {
            Errand::Travel { from, to, .. } => {
                Progress { text: format!("Going to {}", clock(*to)), percent: share(*from, *to, now) }
            }
            Errand::Run { stop, from, .. } => {
                let mut text = format!("Running until {}", stop.label());
                let percent = match stop.awaited(*from) {
                    Awaited::Time(until) => share(*from, until, now),
                    Awaited::Event | Awaited::Alarm | Awaited::ScalingActivity => None,
                };
                // Writing to a text cannot fail.
                let _ = write!(text, " · now {}", clock(now));
                Progress { text, percent }
            }
            Errand::Compare { comparing, .. } => Progress {
                text: "Comparing both branches".to_owned(),
                percent: Some((comparing.share() * 100.0) as u32),
            },
        }
    }
}

fn share(from: SimTime, to: SimTime, now: SimTime) -> Option<u32> {
    let whole = to.since(from).as_secs_f64();
    (whole > 0.0).then(|| (now.since(from).as_secs_f64() / whole * 100.0).min(100.0) as u32)
}
