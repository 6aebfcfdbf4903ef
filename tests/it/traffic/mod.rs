//! The data plane against theory and against itself.
mod behaviour;
mod closed_forms;
mod laws;
mod support;
mod watched;
