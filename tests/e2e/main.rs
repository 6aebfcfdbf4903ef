//! Tests of the page in a real browser: `cargo lab test --only browser`.
mod harness;
mod harness_itself;
mod scene;
mod screenshots;
mod start;
