//! Read models: what the learner sees, in the learner's words. Pure functions of what is there; nothing here changes anything.
pub mod bench;
pub mod chart;
pub mod console;
pub mod events;
pub mod topology;
