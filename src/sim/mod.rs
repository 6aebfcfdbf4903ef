//! The kernel of the simulation: time, the calendar, random streams, distributions, histograms.
pub mod calendar;
pub mod time;

pub use calendar::Calendar;
pub use time::{SimDuration, SimTime};
