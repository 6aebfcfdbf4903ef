//! Ctrl+Z and Ctrl+Shift+Z. In a text field they are the field's own.
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::ui::browser::{self, listener::Listener};
use crate::ui::lab::Lab;

/// Where the browser has an undo of its own, and where nothing behind a dialog may change.
const OWN_UNDO: &str = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, dialog";

/// Listens for as long as the bar is there.
pub fn listen(lab: Lab) {
    Listener::new(&browser::document(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let is_undo = (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z");
        if !is_undo || event.alt_key() || has_own_undo(event) {
            return;
        }
        event.prevent_default();
        if event.shift_key() { lab.redo() } else { lab.undo() }
    })
    .keep();
}

fn has_own_undo(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(OWN_UNDO).ok().flatten().is_some())
}
