//! What the benchmark asks of the machine that it runs on: this one, or a browser's.
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(not(target_arch = "wasm32"))]
pub use native::{PLEDGES, SECONDS, memory_bytes, say, seconds};
#[cfg(target_arch = "wasm32")]
pub use wasm::{PLEDGES, SECONDS, memory_bytes, say, seconds};

/// What is pledged where the speed of the machine matters. Pledges that are ratios stand beside what they are pledged of.
pub struct Pledges {
    /// Millions of requests that the event loop simulates in a second, at least.
    pub event_loop_millions: f64,
    /// Seconds for the day W3 with round robin and with least outstanding requests, at most.
    pub day_seconds: [f64; 2],
    /// Megabytes that a month adds after its first day, at most.
    pub month_megabytes: f64,
}
