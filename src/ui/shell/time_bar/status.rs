//! The line below the axis: what is under way and how to stop it, or that this is the past, or what came of the last journey.
use leptos::prelude::*;

use crate::projection::time_bar::TimeBar;
use crate::ui::browser::live::Announcer;
use crate::ui::component::{Button, ButtonKind, Icon};
use crate::ui::lab::Lab;

/// The line.
#[component]
pub fn Status(bar: Memo<TimeBar>) -> impl IntoView {
    let lab = Lab::get();
    let announcer: Announcer = expect_context();
    let is_busy = Memo::new(move |_| lab.progress().with(Option::is_some));
    let is_past = Memo::new(move |_| bar.with(|bar| bar.is_past) && !is_busy.get());
    announce(lab, is_past, announcer);
    view! {
        <div class="time-status" data-past=move || is_past.get().then_some("")>
            <Show when=move || is_busy.get()><Work /></Show>
            <Show when=move || is_past.get()><Past bar=bar /></Show>
            <p class="time-told">{move || if is_busy.get() { String::new() } else { lab.told().get() }}</p>
        </div>
    }
}

/// Tells screen readers what came of a journey, and that this is the past.
fn announce(lab: Lab, is_past: Memo<bool>, announcer: Announcer) {
    Effect::new(move |_| {
        lab.told().with(|told| {
            if !told.is_empty() {
                announcer.say(told.clone())
            }
        })
    });
    Effect::new(move |was_past: Option<bool>| {
        let is_past = is_past.get();
        if is_past && was_past == Some(false) {
            announcer.say(PAST);
        }
        is_past
    });
}

const PAST: &str = "You are in the past: a change here begins a branch.";

#[component]
fn Work() -> impl IntoView {
    let lab = Lab::get();
    let text = move || lab.progress().with(|work| work.as_ref().map(|work| work.text.clone()));
    let percent = move || lab.progress().with(|work| work.as_ref().and_then(|work| work.percent));
    let value = move || percent().map(|percent| percent.to_string());
    view! {
        <span class="time-work">{text}</span>
        <progress max="100" value=value aria-label="How far it is"></progress>
        <Button label="Stop" icon=Icon::Stop on_press=move || lab.give_up() />
    }
}

#[component]
fn Past(bar: Memo<TimeBar>) -> impl IntoView {
    let lab = Lab::get();
    let to_the_end = move || lab.go_to(bar.with_untracked(|bar| bar.end));
    view! {
        <strong>{PAST}</strong>
        <Button label="Back to the present" kind=ButtonKind::Quiet on_press=to_the_end />
    }
}
