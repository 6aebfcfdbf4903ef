//! A browser. It tells no CPU time, so that a busy machine disturbs: compare what ran within one call.
use wasm_bindgen::prelude::wasm_bindgen;

use super::Pledges;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_millis() -> f64;
}

/// What [`seconds`] counts.
pub const SECONDS: &str = "s";

/// What is pledged in wasm.
pub const PLEDGES: Pledges = Pledges { event_loop_millions: 8.0, day_seconds: [0.5, 1.8], month_megabytes: 8.0 };

/// The time on the wall.
pub fn seconds() -> f64 {
    now_millis() / 1e3
}

/// The wasm's memory, which never shrinks.
pub fn memory_bytes() -> f64 {
    const PAGE: f64 = 65_536.0;
    core::arch::wasm32::memory_size(0) as f64 * PAGE
}

/// Shows a line.
pub fn say(line: &str) {
    wasm_bindgen_test::console_log!("{line}");
}
