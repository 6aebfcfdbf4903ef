//! Read models: what the learner sees, in the learner's words. Pure functions of what is there; nothing here changes anything.
pub mod chart;
