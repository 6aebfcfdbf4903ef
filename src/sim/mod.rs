pub mod calendar;
pub mod distribution;
mod exponential;
pub mod histogram;
pub mod random;
pub mod time;

pub use calendar::Calendar;
pub use distribution::Distribution;
pub use histogram::Histogram;
pub use random::{Randomness, Stream};
pub use time::{SimDuration, SimTime};
