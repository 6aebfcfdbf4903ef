//! Shows where something is: scrolls to it and gives it the focus, marked so that an outline is there while it has it.
use std::time::Duration;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::timer;

/// What marks it, for the style.
const MARK: &str = "data-pointed";

/// Between two looks for it: its page may still be on its way.
const PAUSE: Duration = Duration::from_millis(50);

/// How often it is looked for.
const TRIES: u32 = 20;

/// Shows the first element that a selector finds, as soon as it is there; calls `missing` if it does not come.
pub fn point_at(selector: String, missing: impl FnOnce() + 'static) {
    look_for(selector, TRIES, Box::new(missing));
}

fn look_for(selector: String, tries: u32, missing: Box<dyn FnOnce()>) {
    // Not at once: a page that is about to go would still be found.
    timer::after(PAUSE, move || match super::document().query_selector(&selector).ok().flatten() {
        Some(found) => show(&found),
        None if tries > 0 => look_for(selector, tries - 1, missing),
        None => missing(),
    });
}

fn show(found: &Element) {
    let _ = found.set_attribute(MARK, "");
    found.scroll_into_view();
    let Some(found) = found.dyn_ref::<HtmlElement>() else { return };
    // What takes no focus of itself, such as a chart, takes it for this once.
    if found.tab_index() < 0 {
        let _ = found.set_attribute("tabindex", "-1");
    }
    let _ = found.focus();
}
