//! Tests of the model, without a browser.
mod architecture;
mod autoscaling;
mod billing;
mod charts;
mod cloudwatch;
mod console;
mod contrast;
mod curriculum;
mod determinism;
mod dns;
mod ec2;
mod elb;
mod faults;
mod forms;
mod lab;
mod lab_api;
mod main_job;
mod map;
mod properties;
#[path = "../common/random_sessions.rs"]
mod random_sessions;
mod renewal;
#[path = "../common/replay.rs"]
mod replay;
mod restore;
mod simplified;
mod sources;
mod support;
mod timeline;
mod traffic;
