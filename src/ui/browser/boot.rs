//! The first picture, which `index.html` holds ready: what it says while the lab is not there yet.
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Says how far the start is; `share` is 0 to 1.
pub fn tell(text: &str, share: f64) {
    let document = super::document();
    if let Some(status) = document.get_element_by_id("boot-status") {
        status.set_text_content(Some(text));
    }
    if let Some(bar) = document.get_element_by_id("boot-progress") {
        let _ = bar.set_attribute("value", &share.to_string());
    }
}

/// The element that holds the first picture, empty now.
pub fn take_place() -> Option<HtmlElement> {
    let element: HtmlElement = super::document().get_element_by_id("lab")?.dyn_into().ok()?;
    element.set_text_content(None);
    let _ = element.remove_attribute("class");
    Some(element)
}
