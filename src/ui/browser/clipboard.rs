//! Copying. Frames are often refused the clipboard: the caller then selects the text, so that the learner can copy it.
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// Copies `text`; says whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    let clipboard = super::window().navigator().clipboard();
    // Without a secure context there is no clipboard at all.
    if JsValue::from(clipboard.clone()).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Selects what `element` holds.
pub fn select(element: &Element) {
    if let Ok(Some(selection)) = super::window().get_selection() {
        let _ = selection.select_all_children(element);
    }
}
