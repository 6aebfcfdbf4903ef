//! Thin wrappers around the browser, each guarded: inside a sandboxed frame many of them are refused.
pub mod boot;
pub mod clipboard;
pub mod double_click;
pub mod download;
pub mod frame;
pub mod listener;
pub mod live;
pub mod location;
pub mod media;
pub mod panic;
pub mod pointer;
pub mod storage;
pub mod timer;
pub mod visibility;

use web_sys::{Document, Window};

/// The window this page lives in.
pub fn window() -> Window {
    leptos::prelude::window()
}

/// The document of this page.
pub fn document() -> Document {
    leptos::prelude::document()
}

/// Milliseconds on a clock that never goes back. Only for pictures and budgets, never for the model.
pub fn now_millis() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Device pixels for each CSS pixel.
pub fn device_pixel_ratio() -> f64 {
    window().device_pixel_ratio().clamp(0.5, 8.0)
}
