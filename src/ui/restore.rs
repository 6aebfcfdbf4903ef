//! Brings a kept session back while the first picture is still there, some milliseconds a picture.
use std::cell::RefCell;
use std::rc::Rc;

use super::browser::frame::{Flow, FrameLoop};
use super::browser::{boot, now_millis};
use super::lab::SLICE;
use crate::session::{Replay, Session};

/// What the replay may take of one picture. Milliseconds; nothing else goes on yet.
const BUDGET_MILLIS: f64 = 25.0;

/// Replays, and calls `done` with the session.
pub fn run(replay: Replay, done: impl FnOnce(Session) + 'static) {
    let (mut replay, mut done) = (Some(replay), Some(done));
    let kept_alive: Rc<RefCell<Option<FrameLoop>>> = Rc::default();
    let own = Rc::clone(&kept_alive);
    let frames = FrameLoop::new(move |_| {
        if replay.as_mut().is_some_and(steps) {
            return Flow::Continue;
        }
        if let Some((replay, done)) = replay.take().zip(done.take()) {
            done(replay.into_session());
        }
        own.replace(None);
        Flow::Sleep
    });
    frames.wake();
    kept_alive.replace(Some(frames));
}

/// As many steps as the budget holds; whether there are more.
fn steps(replay: &mut Replay) -> bool {
    let start = now_millis();
    let mut has_more = true;
    while has_more && now_millis() - start < BUDGET_MILLIS {
        has_more = replay.step(SLICE);
    }
    let share = replay.share();
    boot::tell(&format!("Restoring your session: {:.0}%", share * 100.0), share);
    has_more
}
