//! The page's handle on the model.
use leptos::prelude::*;

use super::pace::Speed;
use crate::sim::SimTime;

/// The lab, for every component: in context, and `Copy`.
#[derive(Clone, Copy)]
pub struct Lab {
    now: RwSignal<SimTime>,
    running: RwSignal<bool>,
    speed: RwSignal<Speed>,
    shortfall: RwSignal<Option<u32>>,
    region: RwSignal<String>,
}

impl Lab {
    /// Puts a new lab into context.
    pub fn provide() -> Self {
        let lab = Lab {
            now: RwSignal::new(SimTime::from_secs(9 * 3_600)),
            running: RwSignal::new(true),
            speed: RwSignal::new(Speed::X10),
            shortfall: RwSignal::new(None),
            region: RwSignal::new(crate::api::DEFAULT_REGION.to_owned()),
        };
        provide_context(lab);
        lab
    }

    /// The lab in context.
    pub fn get() -> Self {
        expect_context()
    }

    /// The simulated time; follows each picture.
    pub fn now(self) -> Signal<SimTime> {
        self.now.into()
    }

    /// Whether time goes on.
    pub fn running(self) -> RwSignal<bool> {
        self.running
    }

    /// How fast time goes on.
    pub fn speed(self) -> RwSignal<Speed> {
        self.speed
    }

    /// The factor that is reached, while the machine does not keep up.
    pub fn shortfall(self) -> RwSignal<Option<u32>> {
        self.shortfall
    }

    /// The code of the region that the pages show.
    pub fn region(self) -> RwSignal<String> {
        self.region
    }

    /// Lets the model run until `horizon`; says how far it is.
    pub(super) fn advance(self, horizon: SimTime) -> SimTime {
        horizon
    }

    /// Shows what the model did since the last picture.
    pub(super) fn publish(self, now: SimTime) {
        self.now.set(now);
    }
}
