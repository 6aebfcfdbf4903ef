//! Instances: their table, and what can be done to one.
use leptos::prelude::*;

use super::{link_to, state_column, table};
use crate::api::ec2::{RebootInstancesRequest, StartInstancesRequest, StopInstancesRequest, TerminateInstancesRequest};
use crate::projection::console::{self, InstanceRow};
use crate::ui::component::{Column, DataTable, Menu, MenuItem, Meter, Question, Questions};
use crate::ui::lab::Lab;
use crate::ui::page::words::instance_state;
use crate::ui::route::Section;

pub(super) fn list(lab: Lab) -> AnyView {
    table(Section::Instances, lab.view(console::instances), |row| row.id.clone(), columns())
}

/// A table of some instances, for the pages of what they belong to.
pub fn instance_table(caption: &'static str, rows: Signal<Vec<InstanceRow>>, empty: &'static str) -> AnyView {
    let empty = move || view! { <p class="quiet">{empty}</p> };
    view! { <DataTable caption=caption rows=rows key=|row: &InstanceRow| row.id.clone() columns=columns() empty=empty /> }
        .into_any()
}

fn columns() -> Vec<Column<InstanceRow>> {
    vec![
        Column::new("Instance ID", |row: Signal<InstanceRow>| {
            move || link_to(Section::Instances, row.with(|row| row.id.clone()), row.with(|row| row.id.clone()))
        }),
        Column::text("Name", |row: &InstanceRow| row.name.clone()),
        state_column("Instance state", |row: &InstanceRow| (instance_state(row.state, ""), row.state.to_owned())),
        Column::text("Server", |row: &InstanceRow| row.server.to_owned()),
        Column::text("Type", |row: &InstanceRow| row.instance_type.to_owned()),
        Column::text("Zone", |row: &InstanceRow| row.zone.clone()),
        Column::new("Public IPv4 address", |row: Signal<InstanceRow>| address(row)),
        Column::new("CPU", |row: Signal<InstanceRow>| {
            let percent = Signal::derive(move || row.with(|row| row.cpu.map(f64::from)));
            view! { <Meter label="CPU" percent=percent /> }
        }),
        Column::text("Group", |row: &InstanceRow| row.group.clone()),
        Column::new("Actions", |row: Signal<InstanceRow>| instance_actions(row, true)),
    ]
}

/// The address, and whether it stays.
fn address(row: Signal<InstanceRow>) -> AnyView {
    view! {
        {move || row.with(|row| row.public_ip.clone())}
        {move || row.with(|row| row.is_elastic).then(|| view! { " "<small class="tag">"Elastic"</small> })}
    }
    .into_any()
}

/// The menu that starts, stops, restarts and ends an instance.
pub fn instance_actions(row: Signal<InstanceRow>, compact: bool) -> AnyView {
    let lab = Lab::get();
    let ids = move || row.with_untracked(|row| vec![row.id.clone()]);
    let is_not = move |state: &'static str| Signal::derive(move || row.with(|row| row.state != state));
    let is_over = Signal::derive(move || row.with(|row| row.state == "terminated" || row.state == "shutting-down"));
    let start = move || lab.act("Starting", StartInstancesRequest { instance_ids: ids(), ..Default::default() });
    let restart = move || lab.act("Restarting", RebootInstancesRequest { instance_ids: ids(), ..Default::default() });
    let items = vec![
        MenuItem::new("Start", start).disabled(is_not("stopped")),
        MenuItem::new("Stop", move || ask_to_stop(lab, row)).disabled(is_not("running")),
        MenuItem::new("Restart", restart).disabled(is_not("running")),
        MenuItem::new("Terminate", move || ask_to_terminate(lab, row)).disabled(is_over),
    ];
    let label =
        if compact { row.with_untracked(|row| format!("Actions for {}", row.id)) } else { "Actions".to_owned() };
    view! { <Menu label=label compact=compact items=items /> }.into_any()
}

fn ask_to_stop(lab: Lab, row: Signal<InstanceRow>) {
    let InstanceRow { id, is_elastic, group, .. } = row.get_untracked();
    let address = if is_elastic {
        "Its Elastic IP address stays."
    } else {
        "Its public address goes; it gets another one when it starts again."
    };
    let group =
        if group.is_empty() { String::new() } else { format!(" {group} will take it for broken and replace it.") };
    let ids = vec![id.clone()];
    let stop = move |()| lab.act("Stopping", StopInstancesRequest { instance_ids: ids.clone(), ..Default::default() });
    Questions::get().ask(Question {
        title: format!("Stop {id}?"),
        text: format!("{address}{group}"),
        yes: "Stop",
        on_yes: Callback::new(stop),
    });
}

fn ask_to_terminate(lab: Lab, row: Signal<InstanceRow>) {
    let InstanceRow { id, group, .. } = row.get_untracked();
    let group =
        if group.is_empty() { String::new() } else { format!(" {group} will launch another one in its place.") };
    let ids = vec![id.clone()];
    let end =
        move |()| lab.act("Terminating", TerminateInstancesRequest { instance_ids: ids.clone(), ..Default::default() });
    Questions::get().ask(Question {
        title: format!("Terminate {id}?"),
        text: format!("Its disk goes with it; this cannot be undone.{group}"),
        yes: "Terminate",
        on_yes: Callback::new(end),
    });
}
