//! What kinds of request there are, and how much work they are.
use serde::{Deserialize, Serialize};

use super::Discipline;
use crate::sim::{Distribution, SimDuration};

/// A kind of request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestClass {
    /// A file that is only sent: 5 ms of a virtual CPU on average.
    StaticPage,
    /// A page that is computed: 50 ms of a virtual CPU on average.
    #[default]
    Page,
    /// A page that is computed at length: 250 ms of a virtual CPU on average, in many slices.
    CpuHeavyPage,
    /// A question to a model: 400 ms of a virtual CPU on average, a tenth of that with an accelerator.
    Inference,
}

/// How much faster inference is with an accelerator. A guess: it depends on the model and the accelerator.
pub(super) const ACCELERATION: u64 = 10;

impl RequestClass {
    /// All kinds.
    pub const ALL: [RequestClass; 4] =
        [RequestClass::StaticPage, RequestClass::Page, RequestClass::CpuHeavyPage, RequestClass::Inference];

    /// The name in requests.
    pub fn name(self) -> &'static str {
        match self {
            RequestClass::StaticPage => "StaticPage",
            RequestClass::Page => "Page",
            RequestClass::CpuHeavyPage => "CpuHeavyPage",
            RequestClass::Inference => "Inference",
        }
    }

    /// The law of the work. Simplified: one virtual CPU does the same work a second whatever the type of instance.
    pub fn work(self) -> Distribution {
        let mean_micros = match self {
            RequestClass::StaticPage => 5_000,
            RequestClass::Page => 50_000,
            RequestClass::CpuHeavyPage => 250_000,
            RequestClass::Inference => 400_000,
        };
        Distribution::Exponential { mean: SimDuration::from_micros(mean_micros) }
    }

    /// How a server that gets such requests shares its CPUs: an operating system lets long computations take turns in slices of a few
    /// milliseconds. Simplified: shorter ones are done in one go, and inference goes through a queue as model servers have it.
    pub fn discipline(self) -> Discipline {
        match self {
            RequestClass::StaticPage | RequestClass::Page | RequestClass::Inference => Discipline::FirstInFirstOut,
            RequestClass::CpuHeavyPage => Discipline::ProcessorSharing,
        }
    }
}
