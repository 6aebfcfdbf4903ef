//! Running until something happens or a moment comes.
use leptos::prelude::*;

use crate::form::{MomentDraft, field};
use crate::projection::time_bar::Stop;
use crate::ui::component::{Dialog, Menu, MenuItem, TextField};
use crate::ui::lab::Lab;
use crate::ui::page::form::FormState;

/// The menu of what a run can wait for.
#[component]
pub fn RunUntilMenu() -> impl IntoView {
    let lab = Lab::get();
    let is_asking = RwSignal::new(false);
    let item = move |stop: Stop| MenuItem::new(capital(&stop.label()), move || lab.run_until(stop));
    let mut items: Vec<MenuItem> = Stop::OFFERED.into_iter().map(item).collect();
    items.push(MenuItem::new("A time...", move || is_asking.set(true)));
    view! {
        <Menu label="Run until" items=items />
        <Dialog title=Signal::stored("Run until a time".to_owned()) open=is_asking>
            <MomentForm open=is_asking />
        </Dialog>
    }
}

#[component]
fn MomentForm(open: RwSignal<bool>) -> impl IntoView {
    let lab = Lab::get();
    let now = lab.look(|session, _| session.now());
    let MomentDraft { day, clock } = MomentDraft::after(now);
    let (day, clock) = (RwSignal::new(day), RwSignal::new(clock));
    let state = FormState::default();
    let run = move || {
        let draft = MomentDraft { day: day.get_untracked(), clock: clock.get_untracked() };
        let moment = draft.read(lab.look(|session, _| session.now()));
        if let Ok(moment) = &moment {
            open.set(false);
            lab.run_until(Stop::Time(*moment));
        }
        state.show(moment.err());
    };
    view! {
        <form class="form form-place" aria-label="A time" novalidate on:submit=move |event| { event.prevent_default(); run() }>
            <div class="field-row">
                <TextField label=field::DAY value=day numeric=true error=state.at(field::DAY) />
                <TextField label=field::CLOCK value=clock hint=Signal::stored("Hours and minutes: 18:30".to_owned()) error=state.at(field::CLOCK) />
            </div>
            <button type="submit" class="button" data-kind="primary">"Run"</button>
        </form>
    }
}

fn capital(text: &str) -> String {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
