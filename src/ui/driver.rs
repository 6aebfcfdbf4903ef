//! Drives simulated time from animation frames: a budget per picture, no debt, nothing while paused or hidden. Long work (a journey, a run
//! until something happens, a comparison) goes before the clock.
use leptos::prelude::*;

use super::browser::frame::{Flow, FrameLoop};
use super::browser::{now_millis, visibility};
use super::lab::Lab;
use super::pace::{BUDGET_MILLIS, Meter, Plan};
use crate::sim::SimTime;

/// Lets time go on while the lab runs and the page can be seen.
pub fn drive(lab: Lab) {
    let visible = visibility::is_page_visible();
    let has_errand = Memo::new(move |_| lab.progress().with(Option::is_some));
    let goes_on = Memo::new(move |_| (lab.running().get() || has_errand.get()) && visible.get());
    let pulse = StoredValue::new_local(pulse(lab, goes_on));
    Effect::new(move |_| {
        if goes_on.get() {
            pulse.with_value(FrameLoop::wake);
        }
    });
}

fn pulse(lab: Lab, goes_on: Memo<bool>) -> FrameLoop {
    let mut last_picture = None;
    let (mut meter, mut metered) = (Meter::default(), lab.speed().get_untracked());
    FrameLoop::new(move |millis| {
        let goes_on = goes_on.try_get_untracked();
        if goes_on != Some(true) {
            if goes_on.is_some() {
                lab.show_all();
            }
            last_picture = None;
            meter = Meter::default();
            tell(lab, None);
            return Flow::Sleep;
        }
        if lab.progress().with_untracked(Option::is_some) {
            lab.work();
            tell(lab, None);
            (last_picture, meter) = (None, Meter::default());
            return Flow::Continue;
        }
        // What was measured at another speed says nothing of this one.
        let speed = lab.speed().get_untracked();
        if std::mem::replace(&mut metered, speed) != speed {
            meter = Meter::default();
        }
        // The first picture after a pause only starts the clock.
        if let Some(before) = last_picture.replace(millis) {
            picture(lab, millis - before, &mut meter);
        }
        Flow::Continue
    })
}

fn picture(lab: Lab, wall_millis: f64, meter: &mut Meter) {
    let speed = lab.speed().get_untracked();
    let from = lab.now().get_untracked();
    let now = advance_within_budget(lab, from, Plan::new(from, wall_millis, speed));
    lab.publish(now);
    meter.record(wall_millis, now.since(from));
    tell(lab, meter.shortfall(speed));
}

/// Tells the speed that is reached, if it is not the one that was chosen.
fn tell(lab: Lab, shortfall: Option<u32>) {
    if lab.shortfall().try_get_untracked().is_some_and(|told| told != shortfall) {
        lab.shortfall().set(shortfall);
    }
}

/// Slice by slice, until the horizon or the end of the budget; what is not done by then is dropped.
fn advance_within_budget(lab: Lab, from: SimTime, plan: Plan) -> SimTime {
    let start = now_millis();
    let mut now = from;
    while let Some(next) = plan.next(now) {
        now = lab.advance(next);
        if now_millis() - start > BUDGET_MILLIS {
            break;
        }
    }
    now
}
