pub mod calendar;
pub mod distribution;
mod exponential;
pub mod random;
pub mod time;

pub use calendar::Calendar;
pub use distribution::Distribution;
pub use random::{Randomness, Stream};
pub use time::{SimDuration, SimTime};
