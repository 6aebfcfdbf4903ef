pub mod calendar;
pub mod civil;
pub mod distribution;
mod exponential;
pub mod heap;
pub mod histogram;
pub mod pieces;
pub mod random;
pub mod time;

pub use calendar::Calendar;
pub use distribution::Distribution;
pub(crate) use exponential::Ziggurat;
pub use heap::Heap;
pub use histogram::Histogram;
pub use pieces::{Pieces, Weight};
pub use random::{Randomness, Stream};
pub use time::{SimDuration, SimTime};
