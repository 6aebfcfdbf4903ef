//! Brings a kept session back, or a scenario on its way, while the first picture is still there, some milliseconds a picture.
use std::cell::RefCell;
use std::rc::Rc;

use super::browser::frame::{Flow, FrameLoop};
use super::browser::{boot, now_millis};
use super::lab::SLICE;
use crate::session::{START, Timeline};

/// What the travel may take of one picture. Milliseconds; nothing else goes on yet.
const BUDGET_MILLIS: f64 = 25.0;

/// Travels to the goal of the timeline, and calls `done` there; `doing` says what is done meanwhile.
pub fn run(timeline: Timeline, doing: &'static str, done: impl FnOnce(Timeline) + 'static) {
    let (mut timeline, mut done) = (Some(timeline), Some(done));
    let kept_alive: Rc<RefCell<Option<FrameLoop>>> = Rc::default();
    let own = Rc::clone(&kept_alive);
    let frames = FrameLoop::new(move |_| {
        if timeline.as_mut().is_some_and(|timeline| steps(timeline, doing)) {
            return Flow::Continue;
        }
        if let Some((timeline, done)) = timeline.take().zip(done.take()) {
            done(timeline);
        }
        own.replace(None);
        Flow::Sleep
    });
    frames.wake();
    kept_alive.replace(Some(frames));
}

/// As many steps as the budget holds; whether there are more.
fn steps(timeline: &mut Timeline, doing: &str) -> bool {
    let start = now_millis();
    let whole = timeline.goal().unwrap_or(START).since(START).as_secs_f64();
    let mut has_more = true;
    while has_more && now_millis() - start < BUDGET_MILLIS {
        has_more = !timeline.travel(SLICE).is_done;
    }
    let behind = timeline.session().now().since(START).as_secs_f64();
    let share = if whole > 0.0 { behind / whole } else { 1.0 };
    boot::tell(&format!("{doing}: {:.0}%", share * 100.0), share);
    has_more
}
