//! Files for the learner. A frame that may not download does nothing: the table beside the button has the same values.
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Offers a text as a file.
pub fn offer(name: &str, kind: &str, text: &str) {
    let address = format!("data:{kind};charset=utf-8,{}", String::from(js_sys::encode_uri_component(text)));
    let link = super::document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    let Some(link) = link else { return };
    let is_ready = link.set_attribute("href", &address).and_then(|()| link.set_attribute("download", name));
    if is_ready.is_ok() {
        link.click();
    }
}
