//! An event listener that ends with its owner.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventTarget};

/// A listener; dropping it takes it off its target.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `on_event` for each `name` event of `target`.
    pub fn new(target: &EventTarget, name: &'static str, on_event: impl FnMut(Event) + 'static) -> Self {
        let closure: Closure<dyn FnMut(Event)> = Closure::new(on_event);
        // A browser that refuses the listener never calls it: the page works on, without that event.
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Listener { target: target.clone(), name, closure }
    }

    /// Keeps the listener until the current reactive owner is cleaned up.
    pub fn keep(self) {
        let _ = StoredValue::new_local(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, callback);
    }
}
