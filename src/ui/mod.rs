//! The page: a thin view on the session. The only layer that touches the browser.
//!
//! What needs no browser (`kept`, `pace`, `route`) is built and tested without one; the rest needs the feature `ui`.
pub mod kept;
pub mod pace;
pub mod route;

#[cfg(feature = "ui")]
mod app;
#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod chart;
#[cfg(feature = "ui")]
pub mod classroom;
#[cfg(feature = "ui")]
pub mod component;
#[cfg(feature = "ui")]
pub mod driver;
#[cfg(feature = "ui")]
mod errand;
#[cfg(feature = "ui")]
pub mod keeper;
#[cfg(feature = "ui")]
pub mod lab;
#[cfg(feature = "ui")]
mod news;
#[cfg(feature = "ui")]
mod opening;
#[cfg(feature = "ui")]
pub mod page;
#[cfg(feature = "ui")]
pub mod preferences;
#[cfg(feature = "ui")]
mod schoolbag;
#[cfg(feature = "ui")]
pub mod shell;
#[cfg(feature = "ui")]
mod travel;
#[cfg(feature = "ui")]
pub mod welcome;
#[cfg(feature = "ui")]
pub mod why;

#[cfg(feature = "ui")]
pub use app::mount;
