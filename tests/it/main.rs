//! Tests of the model, without a browser.
mod lab_api;
mod main_job;
mod renewal;
