//! The part of the address behind `#`, and the document's title.
use leptos::prelude::*;

use super::listener::Listener;

/// The fragment, with its `#`; follows the browser.
pub fn fragment() -> ReadSignal<String> {
    let (fragment, set_fragment) = signal(read());
    Listener::new(&super::window(), "hashchange", move |_| set_fragment.set(read())).keep();
    fragment
}

/// Goes to a fragment, such as `#/groups/web`; the back button returns.
pub fn go(fragment: &str) {
    let _ = super::window().location().set_hash(fragment);
}

/// Whether the address asks for an empty account where nothing is kept: `?start=empty`.
pub fn asks_for_empty_account() -> bool {
    let query = super::window().location().search().unwrap_or_default();
    query.trim_start_matches('?').split('&').any(|part| part == "start=empty")
}

/// Names the document.
pub fn set_title(title: &str) {
    super::document().set_title(title);
}

fn read() -> String {
    super::window().location().hash().unwrap_or_default()
}
