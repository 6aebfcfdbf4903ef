//! The simulated clock.
use leptos::prelude::*;

use crate::sim::SimTime;
use crate::ui::lab::Lab;

/// The simulated day and time. It changes too often to be read out.
#[component]
pub fn Clock() -> impl IntoView {
    let now = Lab::get().now();
    let day = Memo::new(move |_| format!("Day {}", now.get().day_and_clock().0));
    let text = Memo::new(move |_| clock_text(now.get()));
    view! {
        <p class="clock">
            <span class="visually-hidden">"Simulated time: "</span>
            <span class="clock-day">{day}</span>
            <span class="clock-dot">"·"</span>
            <span>{text}</span>
        </p>
    }
}

fn clock_text(now: SimTime) -> String {
    let (_, hour, minute, second) = now.day_and_clock();
    format!("{hour:02}:{minute:02}:{second:02}")
}
