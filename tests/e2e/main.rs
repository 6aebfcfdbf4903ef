//! Tests of the page in a real browser: `cargo lab test --only browser`.
mod access;
mod careless;
mod charts;
mod faults;
mod hand;
mod harness;
mod harness_itself;
mod main_job;
mod scene;
mod screenshots;
mod size;
mod smooth;
mod start;
mod time_travel;
mod why;
