//! Instances: their table, and what can be done to one.
use leptos::prelude::*;

use super::{List, nothing, table};
use crate::api::ec2::{RebootInstancesRequest, StartInstancesRequest, StopInstancesRequest, TerminateInstancesRequest};
use crate::projection::console::{self, InstanceRow};
use crate::ui::component::{Cell, Column, Menu, MenuItem, Question, Questions, Row};
use crate::ui::lab::Lab;
use crate::ui::page::words::instance_state;
use crate::ui::route::{Route, Section};

pub(super) fn list() -> List {
    let columns = vec![
        Column::new("Instance ID"),
        Column::new("Name"),
        Column::new("Instance state"),
        Column::new("Server"),
        Column::new("Type"),
        Column::new("Zone"),
        Column::new("Public IPv4 address"),
        Column::new("CPU"),
        Column::new("Group"),
    ];
    let rows = |session: &_, region: &str| console::instances(session, region).into_iter().map(row).collect();
    List { rows, columns, actions: Some(|id| instance_actions(id, true)) }
}

/// The instances of a group.
pub fn instance_table(group: String) -> AnyView {
    let rows = Lab::get().view(move |session, region| {
        let members = console::instances(session, region).into_iter().filter(|row| row.group == group);
        members.map(row).collect()
    });
    table("Instances of the group", rows, list(), nothing("The group has no instances now."))
}

fn row(row: InstanceRow) -> Row {
    let address = if row.is_elastic { Cell::Tagged(row.public_ip, "Elastic") } else { Cell::Text(row.public_ip) };
    let group = if row.group.is_empty() {
        Cell::text("")
    } else {
        Cell::Link(Route::Detail(Section::Groups, row.group.clone()), row.group)
    };
    let cells = [
        Cell::Link(Route::Detail(Section::Instances, row.id.clone()), row.id.clone()),
        Cell::Text(row.name),
        Cell::State(instance_state(row.state, ""), row.state.to_owned()),
        Cell::text(row.server),
        Cell::text(row.instance_type),
        Cell::Text(row.zone),
        address,
        Cell::Share("CPU", row.cpu),
        group,
    ];
    Row::new(row.id, cells)
}

/// The menu that starts, stops, restarts and ends an instance.
pub fn instance_actions(id: &str, compact: bool) -> AnyView {
    let lab = Lab::get();
    let id = StoredValue::new(id.to_owned());
    let state = lab.view(move |session, region| {
        let instance = session.cloud().region(region).and_then(|region| region.ec2.instances.get(&id.get_value()));
        instance.map_or("terminated", |instance| instance.state.name())
    });
    let ids = move || vec![id.get_value()];
    let is_not = move |wanted: &'static str| Signal::derive(move || state.get() != wanted);
    let is_over = Signal::derive(move || matches!(state.get(), "terminated" | "shutting-down"));
    let start = move || lab.act("Starting", StartInstancesRequest { instance_ids: ids(), ..Default::default() });
    let restart = move || lab.act("Restarting", RebootInstancesRequest { instance_ids: ids(), ..Default::default() });
    let items = vec![
        MenuItem::new("Start", start).disabled(is_not("stopped")),
        MenuItem::new("Stop", move || ask_to_stop(lab, &id.get_value())).disabled(is_not("running")),
        MenuItem::new("Restart", restart).disabled(is_not("running")),
        MenuItem::new("Terminate", move || ask_to_terminate(lab, &id.get_value())).disabled(is_over),
    ];
    let label = if compact { format!("Actions for {}", id.get_value()) } else { "Actions".to_owned() };
    view! { <Menu label=label compact=compact items=items /> }.into_any()
}

fn ask_to_stop(lab: Lab, id: &str) {
    let Some(row) = lab.look(|session, view| console::instance(session, &view.region, id)) else { return };
    let address = if row.is_elastic {
        "Its Elastic IP address stays."
    } else {
        "Its public address goes; it gets another one when it starts again."
    };
    let group = match row.group.as_str() {
        "" => String::new(),
        group => format!(" {group} will take it for broken and replace it."),
    };
    let request = StopInstancesRequest { instance_ids: vec![row.id.clone()], ..Default::default() };
    Questions::get().ask(Question {
        title: format!("Stop {}?", row.id),
        text: format!("{address}{group}"),
        yes: "Stop",
        on_yes: Callback::new(move |()| lab.act("Stopping", request.clone())),
    });
}

fn ask_to_terminate(lab: Lab, id: &str) {
    let Some(row) = lab.look(|session, view| console::instance(session, &view.region, id)) else { return };
    let group = match row.group.as_str() {
        "" => String::new(),
        group => format!(" {group} will launch another one in its place."),
    };
    let request = TerminateInstancesRequest { instance_ids: vec![row.id.clone()], ..Default::default() };
    Questions::get().ask(Question {
        title: format!("Terminate {}?", row.id),
        text: format!("Its disk goes with it; this cannot be undone.{group}"),
        yes: "Terminate",
        on_yes: Callback::new(move |()| lab.act("Terminating", request.clone())),
    });
}
