//! What someone meets who was never here: a shop that is open already.
use leptos::prelude::*;

use super::kept::View;
use super::opening::Opening;
use super::pace::Speed;
use crate::curriculum::Scenario;
use crate::session::Timeline;
use crate::sim::SimDuration;

/// Whether the learner is still to be told where they are; in context.
#[derive(Clone, Copy)]
pub struct Welcome {
    is_open: RwSignal<bool>,
}

impl Welcome {
    /// Puts it into context.
    pub fn provide(is_open: bool) {
        provide_context(Welcome { is_open: RwSignal::new(is_open) });
    }

    /// The one in context.
    pub fn get() -> Self {
        expect_context()
    }

    /// Whether it is shown.
    pub fn is_open(self) -> Signal<bool> {
        self.is_open.into()
    }

    /// Takes it away.
    pub fn close(self) {
        self.is_open.set(false);
    }
}

/// The account of the busy shop, on its way to the moment when the newcomer comes. A test rules out that there is none.
pub fn busy_shop() -> Option<Opening> {
    let scenario = Scenario::busy_shop().ok()?;
    let runs_for = SimDuration::from_secs(scenario.runs_for_seconds.into());
    Some(Opening::by(Timeline::new(scenario.seed), scenario.requests(), runs_for))
}

/// How a newcomer looks at it: an hour goes by in a minute.
pub fn view() -> View {
    View { speed: Speed::X60, ..View::default() }
}

/// Whether the account is the shop as it began: nothing was asked for since.
pub fn is_scenario(timeline: &Timeline) -> bool {
    let entries = &timeline.session().journal().entries;
    let mut regions = timeline.session().cloud().regions();
    // The scenario is read only for an account that looks like it.
    regions.any(|region| region.autoscaling.groups.contains_key("shop-asg"))
        && Scenario::busy_shop().is_ok_and(|scenario| scenario.changes() == entries.len())
}
