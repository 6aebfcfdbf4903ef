//! The map of Scaling Lab.
//!
//! A learning lab for cloud scaling. A deterministic model of AWS runs in the browser; the page is a thin view on it.
//!
//! # Layers
//!
//! Lower layers never name higher ones; `tests/it/architecture.rs` reads the imports and fails on one that does.
//!
//! ```text
//! sim <- api <- cloud, traffic <- session <- projection, form <- ui
//! ```
pub mod api;
pub mod cloud;
pub mod projection;
pub mod session;
pub mod sim;
pub mod traffic;
pub mod ui;
