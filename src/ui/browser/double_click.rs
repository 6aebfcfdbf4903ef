//! A double click counts once: whoever is used to double clicks would launch two instances, or press what the first click brought.
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, MouseEvent};

/// What a second click must not press again.
const PRESSED: &str = "a, button, summary";

/// From now on, the second click of a double click presses nothing. Fields, boxes and texts take it as ever.
pub fn count_once() {
    let ignore: Closure<dyn FnMut(Event)> = Closure::new(|event: Event| {
        let clicks = event.dyn_ref::<MouseEvent>().map_or(0, |event| event.detail());
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_pressed = target.is_some_and(|target| target.closest(PRESSED).ok().flatten().is_some());
        if clicks > 1 && is_pressed {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let callback = ignore.as_ref().unchecked_ref();
    // Before anybody else hears of it; a browser that refuses the listener takes double clicks as two.
    let _ = super::window().add_event_listener_with_callback_and_bool("click", callback, true);
    ignore.forget();
}
