//! Elastic IP addresses and security groups.
use leptos::prelude::*;

use super::List;
use crate::api::ec2::ReleaseAddressRequest;
use crate::projection::console::{self, AddressRow, SecurityGroupRow};
use crate::ui::component::{Button, ButtonKind, ButtonLink, Cell, Column, Question, Questions, Row};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

pub(super) fn address_list() -> List {
    let columns = vec![
        Column::new("Allocated IPv4 address"),
        Column::new("Allocation ID"),
        Column::new("Associated instance ID"),
        Column::new("Association ID"),
    ];
    let rows = |session: &_, region: &str| console::addresses(session, region).into_iter().map(address).collect();
    List { rows, columns, actions: Some(address_actions) }
}

fn address(row: AddressRow) -> Row {
    let link = Cell::Link(Route::Detail(Section::Addresses, row.allocation_id.clone()), row.public_ip);
    let id = Cell::Text(row.allocation_id.clone());
    Row::new(row.allocation_id, [link, id, Cell::Text(row.instance_id), Cell::Text(row.association_id)])
}

fn address_actions(id: &str) -> AnyView {
    let lab = Lab::get();
    let id = id.to_owned();
    let to = Route::Detail(Section::Addresses, id.clone());
    view! {
        <div class="row-actions">
            <ButtonLink label="Associate" to=to />
            <Button label="Release" kind=ButtonKind::Danger on_press=move || ask_to_release(lab, &id) />
        </div>
    }
    .into_any()
}

fn ask_to_release(lab: Lab, id: &str) {
    let rows = lab.look(|session, view| console::addresses(session, &view.region));
    let Some(row) = rows.into_iter().find(|row| row.allocation_id == id) else { return };
    let request = ReleaseAddressRequest { allocation_id: Some(row.allocation_id), ..Default::default() };
    Questions::get().ask(Question {
        title: format!("Release {}?", row.public_ip),
        text: "The address goes back to Amazon's pool. You can hardly get it again.".to_owned(),
        yes: "Release",
        on_yes: Callback::new(move |()| lab.act("Released", request.clone())),
    });
}

pub(super) fn security_group_list() -> List {
    let columns = vec![
        Column::new("Security group ID"),
        Column::new("Security group name"),
        Column::new("Inbound rules").wide(),
        Column::new("Description").wide(),
    ];
    let rows =
        |session: &_, region: &str| console::security_groups(session, region).into_iter().map(security_group).collect();
    List { rows, columns, actions: None }
}

fn security_group(row: SecurityGroupRow) -> Row {
    let (name, rules, description) = (Cell::Text(row.name), Cell::Text(row.rules), Cell::Text(row.description));
    Row::new(row.id.clone(), [Cell::Text(row.id), name, rules, description])
}
