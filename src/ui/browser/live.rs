//! What screen readers are told: one polite region, written at most every few seconds, so that a fast simulation does not chatter.
use std::time::Duration;

use leptos::prelude::*;

/// Between two announcements.
const QUIET: Duration = Duration::from_secs(3);

/// Tells screen readers what happened. In context, see [`Announcer::provide`].
#[derive(Clone, Copy)]
pub struct Announcer {
    spoken: RwSignal<String>,
    waiting: StoredValue<Vec<String>>,
    is_quiet: StoredValue<bool>,
}

impl Announcer {
    /// Puts an announcer into context; its text belongs into a `role="status"` region.
    pub fn provide() -> Self {
        let announcer = Announcer {
            spoken: RwSignal::new(String::new()),
            waiting: StoredValue::new(Vec::new()),
            is_quiet: StoredValue::new(true),
        };
        provide_context(announcer);
        announcer
    }

    /// Says `text` now, or together with what else happens in the next seconds.
    pub fn say(self, text: impl Into<String>) {
        self.waiting.update_value(|waiting| waiting.push(text.into()));
        if self.is_quiet.get_value() {
            self.speak();
        }
    }

    /// What is being said.
    pub fn text(self) -> String {
        self.spoken.get()
    }

    fn speak(self) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        self.is_quiet.try_update_value(|is_quiet| *is_quiet = waiting.is_empty());
        if !waiting.is_empty() {
            let _ = self.spoken.try_set(waiting.join(" "));
            super::timer::after(QUIET, move || self.speak());
        }
    }
}
