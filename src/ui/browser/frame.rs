//! Work once per picture.
use std::cell::Cell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Whether a loop wants another picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Call again with the next picture.
    Continue,
    /// Sleep until woken.
    Sleep,
}

/// A loop over animation frames that sleeps when it has nothing to do. Dropping it ends it.
#[derive(Clone)]
pub struct FrameLoop(Rc<Inner>);

struct Inner {
    pending: Cell<Option<i32>>,
    closure: Closure<dyn FnMut(f64)>,
}

impl FrameLoop {
    /// A sleeping loop that will call `on_frame` with the picture's time in milliseconds.
    pub fn new(mut on_frame: impl FnMut(f64) -> Flow + 'static) -> Self {
        FrameLoop(Rc::new_cyclic(|inner: &Weak<Inner>| {
            let inner = inner.clone();
            let closure = Closure::new(move |millis| {
                let Some(inner) = inner.upgrade() else { return };
                inner.pending.set(None);
                match on_frame(millis) {
                    Flow::Continue => inner.request(),
                    Flow::Sleep => {}
                }
            });
            Inner { pending: Cell::new(None), closure }
        }))
    }

    /// Asks for the next picture, if that has not been done yet.
    pub fn wake(&self) {
        self.0.request();
    }
}

impl Inner {
    fn request(&self) {
        if self.pending.get().is_none() {
            let callback = self.closure.as_ref().unchecked_ref();
            self.pending.set(super::window().request_animation_frame(callback).ok());
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(handle) = self.pending.get() {
            let _ = super::window().cancel_animation_frame(handle);
        }
    }
}
