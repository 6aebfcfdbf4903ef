//! Timers for the page's own manners (announcements, notices). Never for simulated time.
use std::time::Duration;

use gloo_timers::callback::Timeout;

/// Calls `action` once, later. It may outlive its owner: use the `try_` methods of signals inside.
pub fn after(delay: Duration, action: impl FnOnce() + 'static) {
    let millis = u32::try_from(delay.as_millis()).unwrap_or(u32::MAX);
    Timeout::new(millis, action).forget();
}
