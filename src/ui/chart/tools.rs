//! The tools above the charts: what part of the time they show, and what their marks mean.
use leptos::prelude::*;

use super::view::ChartView;
use crate::projection::chart::ZoomStep;
use crate::projection::marks::MarkKind;
use crate::ui::component::{Button, ButtonKind, Icon};

/// The tools of all charts that share a view.
#[component]
pub fn ChartTools(view: ChartView) -> impl IntoView {
    let icon = |label: &'static str, icon: Icon, step: ZoomStep| {
        view! { <Button label=label icon=icon icon_only=true kind=ButtonKind::Quiet on_press=move || view.step(step) /> }
    };
    let word = |label: &'static str, step: ZoomStep| {
        view! { <Button label=label kind=ButtonKind::Quiet on_press=move || view.step(step) /> }
    };
    view! {
        <div class="chart-tools">
            <div role="group" aria-label="Time that the charts show">
                {icon("Zoom in", Icon::ZoomIn, ZoomStep::In)}
                {icon("Zoom out", Icon::ZoomOut, ZoomStep::Out)}
                {icon("Earlier", Icon::ChevronLeft, ZoomStep::Earlier)}
                {icon("Later", Icon::ChevronRight, ZoomStep::Later)}
                {word("All", ZoomStep::All)}
                {word("Follow now", ZoomStep::Now)}
                <span class="chart-span">{move || view.text()}</span>
            </div>
            <fieldset>
                <legend>"Marks"</legend>
                {MarkKind::ALL.map(|kind| mark_toggle(view, kind)).collect_view()}
            </fieldset>
        </div>
    }
}

fn mark_toggle(view: ChartView, kind: MarkKind) -> impl IntoView {
    let is_shown = move || view.hidden().with(|hidden| !hidden.contains(&kind));
    view! {
        <label>
            <input type="checkbox" prop:checked=is_shown on:change:target=move |event| view.show_marks(kind, event.target().checked()) />
            <i class="mark" data-kind=kind.name() aria-hidden="true"></i>
            <span>{kind.title()}</span>
        </label>
    }
}
