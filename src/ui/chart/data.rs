//! The numbers behind a chart, as a table that opens on demand.
use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::projection::chart::{Sample, Samples};
use crate::ui::browser::download;
use crate::ui::component::{Button, ButtonKind, Icon};

/// More rows than this are thinned out.
const MOST_ROWS: usize = 60;

/// The data table. It is only built while it is open.
#[component]
pub fn ChartData(#[prop(into)] title: Signal<String>, samples: Memo<Samples>) -> impl IntoView {
    let open = RwSignal::new(false);
    let is_open = |event: &Event| {
        event.target().is_some_and(|target| {
            target.dyn_ref::<web_sys::Element>().is_some_and(|details| details.has_attribute("open"))
        })
    };
    view! {
        <details class="chart-data" on:toggle=move |event| open.set(is_open(&event))>
            <summary>"Data table"</summary>
            <Show when=move || open.get()><Rows title=title samples=samples /></Show>
        </details>
    }
}

#[component]
fn Rows(title: Signal<String>, samples: Memo<Samples>) -> impl IntoView {
    let download = move || {
        let name = title.with_untracked(|title| format!("{}.csv", title.to_lowercase().replace(' ', "-")));
        download::offer(&name, "text/csv", &samples.with_untracked(Samples::to_csv));
    };
    let heading = |label: String| view! { <th scope="col">{label}</th> };
    let headings = move || samples.with(|samples| samples.labels.iter().cloned().map(heading).collect_view());
    let body = move || {
        samples.with(|samples| {
            samples.thinned(MOST_ROWS).into_iter().rev().map(|sample| row(samples, sample)).collect_view()
        })
    };
    view! {
        <Button label="Download CSV" kind=ButtonKind::Quiet icon=Icon::Open on_press=download />
        <div tabindex="0" role="group" aria-label=move || format!("Data of {}", title.get())>
            <table>
                <thead><tr><th scope="col">"Time"</th>{headings}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

fn row(samples: &Samples, sample: &Sample) -> impl IntoView + use<> {
    let values = sample.values.iter().map(|value| samples.value_of(*value)).map(|text| view! { <td>{text}</td> });
    view! { <tr><th scope="row">{samples.moment_of(sample)}</th>{values.collect_view()}</tr> }
}
