//! Elastic IP addresses and security groups.
use leptos::prelude::*;

use super::{link_to, table};
use crate::api::ec2::ReleaseAddressRequest;
use crate::projection::console::{self, AddressRow, SecurityGroupRow};
use crate::ui::component::{Button, ButtonKind, ButtonLink, Column, Question, Questions};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

pub(super) fn address_list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::new("Allocated IPv4 address", |row: Signal<AddressRow>| {
            move || row.with(|row| link_to(Section::Addresses, row.allocation_id.clone(), row.public_ip.clone()))
        }),
        Column::text("Allocation ID", |row: &AddressRow| row.allocation_id.clone()),
        Column::text("Associated instance ID", |row: &AddressRow| row.instance_id.clone()),
        Column::text("Association ID", |row: &AddressRow| row.association_id.clone()),
        Column::new("Actions", address_actions),
    ];
    table(Section::Addresses, lab.view(console::addresses), |row| row.allocation_id.clone(), columns)
}

fn address_actions(row: Signal<AddressRow>) -> AnyView {
    let lab = Lab::get();
    let to = Route::Detail(Section::Addresses, row.with_untracked(|row| row.allocation_id.clone()));
    let release = move || {
        let AddressRow { allocation_id, public_ip, .. } = row.get_untracked();
        let request =
            move || ReleaseAddressRequest { allocation_id: Some(allocation_id.clone()), ..Default::default() };
        Questions::get().ask(Question {
            title: format!("Release {public_ip}?"),
            text: "The address goes back to Amazon's pool. You can hardly get it again.".to_owned(),
            yes: "Release",
            on_yes: Callback::new(move |()| lab.act("Released", request())),
        });
    };
    view! {
        <div class="row-actions">
            <ButtonLink label="Associate" to=to />
            <Button label="Release" kind=ButtonKind::Danger on_press=release />
        </div>
    }
    .into_any()
}

pub(super) fn security_group_list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::text("Security group ID", |row: &SecurityGroupRow| row.id.clone()),
        Column::text("Security group name", |row: &SecurityGroupRow| row.name.clone()),
        Column::text("Inbound rules", |row: &SecurityGroupRow| row.rules.clone()),
        Column::text("Description", |row: &SecurityGroupRow| row.description.clone()),
    ];
    table(Section::SecurityGroups, lab.view(console::security_groups), |row| row.id.clone(), columns)
}
