//! Waiting for the page: the only place where a test pauses.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "a browser lives in real time")]

use std::thread;
use std::time::{Duration, Instant};

/// How long a page may take to show what a test expects.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often the page is looked at.
const POLL: Duration = Duration::from_millis(40);

/// Tries until it succeeds; gives the last failure when patience has run out.
pub fn until<T, E>(mut attempt: impl FnMut() -> Result<T, E>) -> Result<T, E> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match attempt() {
            Err(_) if Instant::now() < deadline => thread::sleep(POLL),
            done => return done,
        }
    }
}
