//! Auto Scaling groups and their activities.
use leptos::prelude::*;

use super::{link_to, state_column, table};
use crate::projection::console::{self, ActivityRow, GroupRow};
use crate::ui::component::{Column, DataTable, State};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

pub(super) fn list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::new("Name", |row: Signal<GroupRow>| {
            move || row.with(|row| link_to(Section::Groups, row.name.clone(), row.name.clone()))
        }),
        Column::text("Launch template", |row: &GroupRow| row.template.clone()),
        Column::text("In service", |row: &GroupRow| row.in_service.to_string()).numeric(),
        Column::text("Min", |row: &GroupRow| row.sizes[0].to_string()).numeric(),
        Column::text("Desired", |row: &GroupRow| row.sizes[1].to_string()).numeric(),
        Column::text("Max", |row: &GroupRow| row.sizes[2].to_string()).numeric(),
        Column::text("Availability Zones", |row: &GroupRow| row.zones.clone()),
        Column::text("Policies", |row: &GroupRow| row.policies.clone()),
        Column::text("Status", |row: &GroupRow| row.status.to_owned()),
    ];
    table(Section::Groups, lab.view(console::groups), |row| row.name.clone(), columns)
}

/// The activities of a group, with their causes in AWS's words.
pub fn activity_table(rows: Signal<Vec<ActivityRow>>) -> AnyView {
    let columns = vec![
        state_column("Status", |row: &ActivityRow| {
            let state = match row.status.as_str() {
                "Successful" => State::Good,
                "Failed" | "Cancelled" => State::Bad,
                _ => State::Busy,
            };
            (state, row.status.clone())
        }),
        Column::text("Description", |row: &ActivityRow| row.description.clone()),
        Column::text("Cause", |row: &ActivityRow| row.cause.clone()).wide(),
        Column::text("Start time", |row: &ActivityRow| row.started.clone()),
    ];
    let empty = || view! { <p class="quiet">"No activities yet."</p> };
    view! { <DataTable caption="Activity history" rows=rows key=|row: &ActivityRow| row.id.clone() columns=columns empty=empty /> }
        .into_any()
}
