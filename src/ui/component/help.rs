//! Help on a term of AWS, beside the field where it is asked for.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::console::help;

/// A small button that opens what a term means; nothing for a term that speaks for itself.
pub(super) fn button(term: &str) -> Option<AnyView> {
    let (text, simplified) = help::help(term)?;
    let opener = Opener { class: "help-button", label: Some(format!("What is {term}?")), text: "i".to_owned() };
    Some(opener.beside(term, text, simplified))
}

/// A word in a text that opens what it means; the word alone if nothing is known of it.
pub fn term(word: &str, id: &str) -> AnyView {
    let Some((name, text, simplified)) = help::term(id) else { return word.to_owned().into_any() };
    Opener { class: "term", label: None, text: word.to_owned() }.beside(name, text, simplified)
}

/// What is pressed to read a note.
struct Opener {
    class: &'static str,
    label: Option<String>,
    text: String,
}

impl Opener {
    fn beside(self, title: &str, text: &'static str, simplified: &'static str) -> AnyView {
        let id = super::unique_id("help");
        let place = {
            let id = id.clone();
            move |event: web_sys::MouseEvent| place_beside(&event, &id)
        };
        let in_lab = (!simplified.is_empty())
            .then(|| view! { <span class="help-text"><b>"In this lab: "</b>{simplified}</span> });
        let title = title.to_owned();
        // Only words that may stand within a paragraph: a term stands in one.
        view! {
            <button type="button" class=self.class aria-label=self.label popovertarget=id.clone() on:click=place>{self.text}</button>
            <span class="help" popover="auto" id=id role="note"><b>{title}</b><span class="help-text">{text}</span>{in_lab}</span>
        }
        .into_any()
    }
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
