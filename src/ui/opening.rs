//! Brings a kept session back, or a scenario on its way, while the first picture is still there, some milliseconds a picture.
use std::cell::RefCell;
use std::rc::Rc;

use super::browser::frame::{Flow, FrameLoop};
use super::browser::{boot, now_millis};
use super::lab::SLICE;
use crate::curriculum::Script;
use crate::session::{START, Timeline};
use crate::sim::SimDuration;

/// What the opening may take of one picture. Milliseconds; nothing else goes on yet.
const BUDGET_MILLIS: f64 = 25.0;

/// An account on its way to the moment at which it is shown.
pub struct Opening {
    timeline: Timeline,
    /// The requests that make it ready, and how long it runs after them; none for one that is ready.
    script: Option<(Script, SimDuration)>,
}

impl Opening {
    /// A timeline that has only to travel to its goal.
    pub fn of(timeline: Timeline) -> Self {
        Opening { timeline, script: None }
    }

    /// A timeline that is made ready by a script, and runs for a while then.
    pub fn by(timeline: Timeline, script: Script, runs_for: SimDuration) -> Self {
        Opening { timeline, script: Some((script, runs_for)) }
    }

    /// Opens it, and calls `done` then; `doing` says what is done meanwhile.
    pub fn run(self, doing: &'static str, done: impl FnOnce(Timeline) + 'static) {
        let (mut opening, mut done) = (Some(self), Some(done));
        let kept_alive: Rc<RefCell<Option<FrameLoop>>> = Rc::default();
        let own = Rc::clone(&kept_alive);
        let frames = FrameLoop::new(move |_| {
            if opening.as_mut().is_some_and(|opening| opening.steps(doing)) {
                return Flow::Continue;
            }
            if let Some((opening, done)) = opening.take().zip(done.take()) {
                done(opening.timeline);
            }
            own.replace(None);
            Flow::Sleep
        });
        frames.wake();
        kept_alive.replace(Some(frames));
    }

    /// As many steps as the budget holds; whether there are more.
    fn steps(&mut self, doing: &str) -> bool {
        let start = now_millis();
        let mut has_more = true;
        while has_more && now_millis() - start < BUDGET_MILLIS {
            has_more = self.step();
        }
        let whole = self.timeline.goal().unwrap_or(START).since(START).as_secs_f64();
        let behind = self.timeline.session().now().since(START).as_secs_f64();
        let share = match (&self.script, whole > 0.0) {
            (Some(_), _) => 0.0,
            (None, true) => behind / whole,
            (None, false) => 1.0,
        };
        boot::tell(&format!("{doing}: {:.0}%", share * 100.0), share);
        has_more
    }

    /// A request, or some simulated time; whether there is more. A test rules out that a request is refused; then the rest of the script is
    /// left out.
    fn step(&mut self) -> bool {
        let Some((script, runs_for)) = &mut self.script else { return !self.timeline.travel(SLICE).is_done };
        match script.step(&mut |call| self.timeline.submit(call).map(|response| response.output())) {
            Some(Ok(_)) => {}
            Some(Err(_)) | None => {
                self.timeline.seek(self.timeline.session().now() + *runs_for);
                self.script = None;
            }
        }
        true
    }
}
