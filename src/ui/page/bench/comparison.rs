//! How two branches compare.
use leptos::prelude::*;

use crate::projection::comparison::{ComparedRow, ComparisonTable};
use crate::ui::component::{Button, Card};
use crate::ui::lab::Lab;

/// The last comparison, as long as it is wanted.
#[component]
pub fn ComparisonCard() -> impl IntoView {
    let lab = Lab::get();
    move || lab.compared().get().map(|table| shown(lab, table))
}

fn shown(lab: Lab, table: ComparisonTable) -> AnyView {
    let close = move || view! { <Button label="Close comparison" on_press=move || lab.forget_comparison() /> };
    let headings = table.names.clone().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let note = format!("The same visitors, {}. The charts show {} dotted.", table.period, table.names[1]);
    view! {
        <Card title="Comparison" note=note actions=close>
            <table class="comparison">
                <thead><tr><th scope="col">"Figure"</th>{headings}<th scope="col">"Difference"</th></tr></thead>
                <tbody>{table.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </Card>
    }
    .into_any()
}

fn row(row: ComparedRow) -> impl IntoView {
    let values = row.values.map(|value| view! { <td>{value}</td> }).collect_view();
    view! { <tr><th scope="row">{row.name}</th>{values}<td>{row.difference}</td></tr> }
}
