//! The map of Scaling Lab.
//!
//! A learning lab for cloud scaling. A deterministic model of AWS runs in the browser; the page is a thin view on it.
//!
//! # Layers
//!
//! A layer names only layers to its left, and those on one step do not know each other; `tests/it/architecture.rs` reads the sources
//! and fails on a name that leads upward.
//!
//! ```text
//! sim <- api <- cloud, traffic <- session <- projection, form <- console, curriculum <- ui
//! ```
//!
//! - [`sim`]: simulated time, the calendar, chance from named streams, laws of durations, histograms.
//! - [`api`]: the wire. Requests and answers in AWS's own shapes, checked against the published ones.
//! - [`cloud`]: the control plane, one module per AWS service.
//! - [`traffic`]: the data plane. Visitors, requests, queues and servers.
//! - [`session`]: joins both planes, keeps the journal and the history, drives time.
//! - [`projection`]: read models, what the learner sees in the learner's words.
//! - [`form`]: the way in, what the learner typed to requests or to what is wrong with it, field by field.
//! - [`console`]: the console as data, which lists, pages and forms there are, in AWS's words.
//! - [`curriculum`]: lessons as data, and the way of a learner through them.
//! - [`ui`]: the page, the only layer that touches the browser; all but two files of it need the feature `ui`.
//!
//! `sim` and `traffic`, where the time goes, are the package `simulation`, which is compiled for speed; the rest is compiled for size.
//!
//! # Invariants
//!
//! 1. Below `ui` there is no browser, no clock, no hash map, and no float function of the standard library whose bits depend on the machine.
//! 2. A session is determined by its seed and its journal, to the bit, natively and in every browser.
//! 3. Every change goes through [`session::Session`], and what follows from it is done before the next one.
//! 4. Requests may fail; timers and events may not.
//! 5. Projections change nothing, and the page holds no state of the model.
//! 6. A difference to AWS is marked `Simplified:` where the code makes it.
pub mod api;
pub mod cloud;
pub mod console;
pub mod curriculum;
pub mod form;
pub mod projection;
pub mod session;
pub mod ui;

pub use scaling_lab_simulation::{sim, traffic};
