//! Whether the page can be seen.
use leptos::prelude::*;
use web_sys::VisibilityState;

use super::listener::Listener;

/// Whether the page is in a tab that is shown; follows the browser.
pub fn is_page_visible() -> ReadSignal<bool> {
    let (visible, set_visible) = signal(is_visible());
    Listener::new(&super::document(), "visibilitychange", move |_| set_visible.set(is_visible())).keep();
    visible
}

fn is_visible() -> bool {
    super::document().visibility_state() == VisibilityState::Visible
}
