//! Keeps the session in the browser's storage, so that a reload or a crash loses nothing: the branch that is shown, with its future and the
//! moment where the learner stands. Other branches are not kept, and the page says so.
use std::time::Duration;

use leptos::prelude::*;

use super::browser::listener::Listener;
use super::browser::{self, panic, storage, timer};
use super::classroom::Classroom;
use super::kept::Kept;
use super::lab::Lab;
use crate::api::ApiError;

/// Where the session is kept. `public/boot.js` takes it away when the learner wants to start afresh after a crash.
const KEY: &str = "scaling-lab.session";
/// Changes come in crowds: they are written together.
const QUIET: Duration = Duration::from_secs(1);

/// The kept session, if there is one.
///
/// # Errors
/// `InvalidJournal` if there is one that cannot be read.
pub fn kept() -> Result<Option<Kept>, ApiError> {
    storage::load(KEY).map(|text| Kept::from_text(&text)).transpose()
}

/// From now on, writes down what changes, soon after it did and when the page goes out of sight.
pub fn keep(lab: Lab, room: Classroom) {
    let is_waiting = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        lab.track();
        room.attempt().track();
        room.lesson().track();
        if before.is_some() && !is_waiting.get_value() {
            is_waiting.set_value(true);
            timer::after(QUIET, move || {
                is_waiting.set_value(false);
                write(lab, room);
            });
        }
    });
    Listener::new(&browser::document(), "visibilitychange", move |_| write(lab, room)).keep();
    Listener::new(&browser::window(), "pagehide", move |_| write(lab, room)).keep();
}

/// A lab that has stopped keeps nothing more: the last good state is worth more than what it would write.
pub fn write(lab: Lab, room: Classroom) {
    if !panic::has_stopped() {
        let view = lab.look(|_, view| view.clone());
        let lesson = room.to_keep();
        // On the way to another moment, the learner is there after a reload.
        let text = lab.look_at_time(|timeline| {
            let at = timeline.goal().unwrap_or(timeline.session().now());
            Kept::to_text(&timeline.journal(), at, &view, lesson.as_deref())
        });
        storage::save(KEY, &text);
    }
}
