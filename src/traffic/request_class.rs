//! What kinds of request there are, and how much work they are.
use serde::{Deserialize, Serialize};

use crate::sim::{Distribution, SimDuration};

/// A kind of request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestClass {
    /// A file that is only sent: 5 ms of a virtual CPU on average.
    StaticPage,
    /// A page that is computed: 50 ms of a virtual CPU on average.
    #[default]
    Page,
}

impl RequestClass {
    /// All kinds.
    pub const ALL: [RequestClass; 2] = [RequestClass::StaticPage, RequestClass::Page];

    /// The name in requests.
    pub fn name(self) -> &'static str {
        match self {
            RequestClass::StaticPage => "StaticPage",
            RequestClass::Page => "Page",
        }
    }

    /// The law of the work. Simplified: one virtual CPU does the same work a second whatever the type of instance.
    pub fn work(self) -> Distribution {
        match self {
            RequestClass::StaticPage => Distribution::Exponential { mean: SimDuration::from_micros(5_000) },
            RequestClass::Page => Distribution::Exponential { mean: SimDuration::from_micros(50_000) },
        }
    }
}
