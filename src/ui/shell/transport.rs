//! Pause and speed.
use leptos::prelude::*;

use crate::ui::component::{Button, Icon, Segmented};
use crate::ui::lab::Lab;
use crate::ui::pace::Speed;

/// The controls of simulated time.
#[component]
pub fn Transport() -> impl IntoView {
    let lab = Lab::get();
    let running = lab.running();
    let label = Signal::derive(move || if running.get() { "Pause" } else { "Run" }.to_owned());
    let icon = Signal::derive(move || if running.get() { Icon::Pause } else { Icon::Play });
    let speeds = Speed::ALL.map(|speed| (speed, speed.label().to_owned())).to_vec();
    view! {
        <div class="transport">
            <Button label=label icon=icon on_press=move || running.update(|running| *running = !*running) />
            <Segmented legend="Speed of time" options=speeds value=lab.speed() on_choose=move |speed| lab.speed().set(speed) />
            <Shortfall />
        </div>
    }
}

/// Says so when the machine does not keep up.
#[component]
fn Shortfall() -> impl IntoView {
    let lab = Lab::get();
    let text = move || {
        let reached = lab.shortfall().get()?;
        Some(format!("running at {reached}× of {}", lab.speed().get().label()))
    };
    view! { <span class="shortfall">{text}</span> }
}
