//! The model in wasm: the same answers as natively.
#![cfg(target_arch = "wasm32")]

use scaling_lab::sim::SimTime;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_moment_survives_its_text_in_wasm() {
    let moment = SimTime::from_secs(10 * 3_600 + 42 * 60 + 15);
    assert_eq!(moment.to_iso8601(), "2026-01-05T10:42:15Z");
    assert_eq!(SimTime::parse_iso8601("2026-01-05T10:42:15Z"), Some(moment));
}
