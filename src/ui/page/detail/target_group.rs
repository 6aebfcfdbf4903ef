//! A target group: its health check and how its targets are.
use leptos::prelude::*;

use super::page_of;
use crate::projection::console::{self, TargetGroupRow, TargetRow};
use crate::ui::component::{Badge, Card, Column, DataTable, Fact, Facts};
use crate::ui::page::words::target_state;
use crate::ui::route::{Route, Section};

pub(super) fn page(id: String) -> AnyView {
    page_of((Section::TargetGroups, id), console::target_groups, |row| &row.name, cards)
}

fn cards(row: Signal<TargetGroupRow>) -> AnyView {
    let targets = Memo::new(move |_| row.with(|row| row.targets.clone()));
    let facts = vec![
        Fact::new("Port", move || row.with(|row| row.port.to_string())),
        Fact::new("Health check path", move || row.with(|row| row.health_path.clone())),
        Fact::new("ARN", move || row.with(|row| row.arn.clone())),
    ];
    let empty =
        || view! { <p class="quiet">"No targets. An Auto Scaling group registers its instances by itself."</p> };
    view! {
        <Card title="Target group details"><Facts facts=facts /></Card>
        <Card title="Targets">
            <DataTable caption="Targets" rows=targets key=|row: &TargetRow| row.instance_id.clone() columns=columns() empty=empty />
        </Card>
    }
    .into_any()
}

fn columns() -> Vec<Column<TargetRow>> {
    vec![
        Column::new("Instance ID", |row: Signal<TargetRow>| {
            let id = row.with_untracked(|row| row.instance_id.clone());
            let to = Route::Detail(Section::Instances, id.clone()).to_string();
            view! { <a href=to>{id}</a> }
        }),
        Column::new("Health status", |row: Signal<TargetRow>| {
            let state = Signal::derive(move || row.with(|row| target_state(row.state)));
            view! { <Badge state=state text=Signal::derive(move || row.with(|row| row.state.to_owned())) /> }
        }),
        Column::text("Reason", |row: &TargetRow| row.reason.clone()).wide(),
    ]
}
