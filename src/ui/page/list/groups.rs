//! Auto Scaling groups and their activities.
use leptos::prelude::*;

use super::{List, nothing, table};
use crate::projection::console::{self, ActivityRow, GroupRow};
use crate::projection::marks::Subject;
use crate::ui::component::{Button, ButtonKind, Cell, Column, Row, State};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};
use crate::ui::why::Inquiry;

pub(super) fn list() -> List {
    let columns = vec![
        Column::new("Name"),
        Column::new("Launch template"),
        Column::new("In service").numeric(),
        Column::new("Min").numeric(),
        Column::new("Desired").numeric(),
        Column::new("Max").numeric(),
        Column::new("Availability Zones").wide(),
        Column::new("Policies"),
        Column::new("Status"),
    ];
    let rows = |session: &_, region: &str| console::groups(session, region).into_iter().map(row).collect();
    List { rows, columns, actions: None }
}

fn row(row: GroupRow) -> Row {
    let [min, desired, max] = row.sizes.map(|size| Cell::text(size.to_string()));
    let link = Cell::Link(Route::Detail(Section::Groups, row.name.clone()), row.name.clone());
    let (template, in_service) = (Cell::Text(row.template), Cell::text(row.in_service.to_string()));
    let (zones, policies, status) = (Cell::Text(row.zones), Cell::Text(row.policies), Cell::text(row.status));
    Row::new(row.name, [link, template, in_service, min, desired, max, zones, policies, status])
}

/// The activities of a group, with their causes in AWS's words.
pub fn activity_table(group: String) -> AnyView {
    let rows = Lab::get().view(move |session, region| {
        let activities = console::activities(session, region).into_iter().filter(|row| row.group == group);
        activities.map(activity).collect()
    });
    let columns = vec![
        Column::new("Status"),
        Column::new("Description").wide(),
        Column::new("Cause").wide(),
        Column::new("Start time"),
    ];
    let list = List { rows: |_, _| Vec::new(), columns, actions: Some(why_button) };
    table("Activity history", rows, list, nothing("No activities yet."))
}

fn why_button(id: &str) -> AnyView {
    let subject = Subject::Activity(id.to_owned());
    view! { <Button label="Why?" kind=ButtonKind::Quiet on_press=move || Inquiry::get().ask(&subject) /> }.into_any()
}

fn activity(row: ActivityRow) -> Row {
    let state = match row.status.as_str() {
        "Successful" => State::Good,
        "Failed" | "Cancelled" => State::Bad,
        _ => State::Busy,
    };
    let (status, started) = (Cell::State(state, row.status), Cell::Text(row.started));
    Row::new(row.id, [status, Cell::Text(row.description), Cell::Text(row.cause), started])
}
