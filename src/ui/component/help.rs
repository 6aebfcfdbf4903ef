//! Help on a term of AWS, beside the field where it is asked for.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::console::help::help;

/// A small button that opens what a term means; nothing for a term that speaks for itself.
pub(super) fn button(term: &str) -> Option<AnyView> {
    let (text, simplified) = help(term)?;
    let id = super::unique_id("help");
    let place = {
        let id = id.clone();
        move |event: web_sys::MouseEvent| place_beside(&event, &id)
    };
    let in_lab = (!simplified.is_empty()).then(|| view! { <p><b>"In this lab: "</b>{simplified}</p> });
    let title = term.to_owned();
    let label = format!("What is {term}?");
    let view = view! {
        <button type="button" class="help-button" aria-label=label popovertarget=id.clone() on:click=place>"i"</button>
        <div class="help" popover="auto" id=id role="note"><b>{title}</b><p>{text}</p>{in_lab}</div>
    };
    Some(view.into_any())
}

/// Tells the note where its button is: once per opening, outside of the frame path.
fn place_beside(event: &web_sys::MouseEvent, id: &str) {
    let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let note =
        crate::ui::browser::document().get_element_by_id(id).and_then(|note| note.dyn_into::<HtmlElement>().ok());
    if let Some((button, note)) = button.zip(note) {
        let place = button.get_bounding_client_rect();
        let _ = note.style().set_property("--help-top", &format!("{}px", place.bottom()));
        let _ = note.style().set_property("--help-left", &format!("{}px", place.left()));
    }
}
