//! Tests of the model, without a browser.
mod main_job;
