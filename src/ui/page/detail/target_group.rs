//! A target group: its health check and how its targets are.
use leptos::prelude::*;

use super::page_of;
use crate::projection::console::{self, TargetGroupRow, TargetRow};
use crate::ui::component::{Card, Cell, Column, DataTable, Fact, Facts, Row};
use crate::ui::page::words::target_state;
use crate::ui::route::{Route, Section};

pub(super) fn page(id: String) -> AnyView {
    page_of((Section::TargetGroups, id), console::target_groups, |row| &row.name, cards)
}

fn cards(row: Signal<TargetGroupRow>) -> AnyView {
    let targets = Memo::new(move |_| row.with(|row| row.targets.iter().map(target).collect::<Vec<Row>>()));
    let columns = vec![Column::new("Instance ID"), Column::new("Health status"), Column::new("Reason").wide()];
    let empty =
        || view! { <p class="quiet">"No targets. An Auto Scaling group registers its instances by itself."</p> };
    view! {
        <Card title="Target group details"><Facts facts=Signal::derive(move || row.with(facts)) /></Card>
        <Card title="Targets"><DataTable caption="Targets" rows=targets columns=columns empty=empty /></Card>
    }
    .into_any()
}

fn facts(row: &TargetGroupRow) -> Vec<Fact> {
    vec![
        ("Port", Cell::fact(row.port.to_string())),
        ("Health check path", Cell::fact(&row.health_path)),
        ("ARN", Cell::fact(&row.arn)),
    ]
}

fn target(row: &TargetRow) -> Row {
    let link = Cell::Link(Route::Detail(Section::Instances, row.instance_id.clone()), row.instance_id.clone());
    let health = Cell::State(target_state(row.state), row.state.to_owned());
    Row::new(row.instance_id.clone(), [link, health, Cell::text(&row.reason)])
}
