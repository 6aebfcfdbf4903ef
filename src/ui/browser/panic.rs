//! What happens when the page breaks: the banner of `index.html` comes out, with what went wrong for a report.
use std::panic;

use wasm_bindgen::JsValue;

/// Shows the banner on a panic. The page does not work on after one: `<ErrorBoundary>` does not catch it.
pub fn reveal_banner_on_panic() {
    panic::set_hook(Box::new(|report| {
        let text = report.to_string();
        web_sys::console::error_1(&JsValue::from_str(&text));
        reveal(&text);
    }));
}

/// Whether the banner is out: then nothing of the lab can be trusted any more, least of all what it would keep.
pub fn has_stopped() -> bool {
    let banner = super::document().get_element_by_id("stopped");
    banner.is_some_and(|banner| !banner.has_attribute("hidden"))
}

/// Shows the banner. Nothing here may panic again.
fn reveal(text: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Some(banner) = document.get_element_by_id("stopped") {
        let _ = banner.remove_attribute("hidden");
    }
    if let Some(cause) = document.get_element_by_id("stopped-cause") {
        cause.set_text_content(Some(text));
    }
}
