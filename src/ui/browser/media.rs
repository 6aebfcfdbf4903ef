//! What the reader's system prefers, and the theme that follows from it.
use leptos::prelude::*;

use super::listener::Listener;

/// Whether a media query holds; follows the browser.
pub fn matches(query: &str) -> ReadSignal<bool> {
    let list = super::window().match_media(query).ok().flatten();
    let (holds, set_holds) = signal(list.as_ref().is_some_and(|list| list.matches()));
    if let Some(list) = list {
        let again = list.clone();
        Listener::new(&list, "change", move |_| set_holds.set(again.matches())).keep();
    }
    holds
}

/// Writes `data-theme` on the root element, or takes it away so that the system decides.
pub fn set_theme(theme: Option<&str>) {
    let Some(root) = super::document().document_element() else { return };
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}
