//! Read models: what the learner sees, in the learner's words. Pure functions of what is there; nothing here changes anything.
pub mod bench;
pub mod chart;
pub mod comparison;
pub mod console;
pub mod events;
pub mod faults;
pub mod marks;
pub mod time_bar;
pub mod topology;
pub mod why;
