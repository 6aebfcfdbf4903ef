//! The bar of time below each page: undo and redo, step, run until, the thumb on the axis of time, the branches.
mod branches;
mod compare;
mod keys;
mod run_until;
mod scrubber;
mod status;

use leptos::prelude::*;

use self::branches::BranchButton;
use self::run_until::RunUntilMenu;
use self::scrubber::Scrubber;
use self::status::Status;
use crate::projection::time_bar::{Stop, TimeBar, time_bar};
use crate::ui::component::{Button, ButtonKind, Icon};
use crate::ui::lab::Lab;

/// The bar of time.
#[component]
pub fn TimeBarSection() -> impl IntoView {
    let lab = Lab::get();
    let bar = lab.view_of_time(|timeline, _| time_bar(timeline));
    keys::listen(lab);
    view! {
        <section class="time-bar" aria-label="Time">
            <div class="time-controls">
                <HistoryButtons bar=bar />
                <Button label="Step to the next event" icon=Icon::Step icon_only=true on_press=move || lab.run_until(Stop::Event) />
                <RunUntilMenu />
            </div>
            <Scrubber bar=bar />
            <BranchButton bar=bar />
            <Status bar=bar />
        </section>
    }
}

/// Undo and redo. They can always be pressed: with nothing to undo, the bar says so.
#[component]
fn HistoryButtons(bar: Memo<TimeBar>) -> impl IntoView {
    let lab = Lab::get();
    let faint = move |is_there: fn(&TimeBar) -> bool| move || (!bar.with(is_there)).then_some("");
    view! {
        <span class="time-history" data-nothing=faint(|bar| bar.undo.is_some())>
            <Button label="Undo" icon=Icon::Undo icon_only=true kind=ButtonKind::Quiet on_press=move || lab.undo() />
        </span>
        <span class="time-history" data-nothing=faint(|bar| bar.redo.is_some())>
            <Button label="Redo" icon=Icon::Redo icon_only=true kind=ButtonKind::Quiet on_press=move || lab.redo() />
        </span>
    }
}
