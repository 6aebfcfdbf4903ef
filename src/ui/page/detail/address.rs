//! An Elastic IP address and the instance that has it.
use leptos::prelude::*;

use super::page_of;
use crate::api::ec2::{AssociateAddressRequest, DisassociateAddressRequest};
use crate::projection::console::{self, AddressRow, InstanceRow};
use crate::session::Session;
use crate::ui::component::{Button, Card, Cell, Choice, Facts, SelectField};
use crate::ui::lab::Lab;
use crate::ui::page::form::{FormState, first_of};
use crate::ui::route::Section;

pub(super) fn page(id: String) -> AnyView {
    page_of((Section::Addresses, id), console::addresses, |row| &row.allocation_id, cards)
}

/// The instances that can have an address.
fn usable(session: &Session, region: &str) -> Vec<Choice> {
    let is_usable = |row: &InstanceRow| row.state == "running" || row.state == "stopped";
    let instances = console::instances(session, region).into_iter().filter(is_usable);
    instances.map(|row| Choice::new(row.id.clone(), row.id).note(row.state)).collect()
}

fn cards(row: Signal<AddressRow>) -> AnyView {
    let lab = Lab::get();
    let state = FormState::default();
    let choices = lab.view(usable);
    let choices = Signal::derive(move || choices.get());
    let chosen = first_of(choices);
    let associate = move || {
        if chosen.with_untracked(String::is_empty) {
            return state.show(Some(crate::form::Faults::one("Instance", "Choose an instance.")));
        }
        state.show(None);
        let (allocation_id, instance_id) =
            (row.with_untracked(|row| row.allocation_id.clone()), chosen.get_untracked());
        let request = AssociateAddressRequest {
            allocation_id: Some(allocation_id),
            instance_id: Some(instance_id),
            ..Default::default()
        };
        lab.act("Associated", request);
    };
    let disassociate = move || {
        let association_id = Some(row.with_untracked(|row| row.association_id.clone()));
        lab.act("Disassociated", DisassociateAddressRequest { association_id, ..Default::default() });
    };
    let is_free = Signal::derive(move || row.with(|row| row.association_id.is_empty()));
    let facts = |row: &AddressRow| {
        vec![
            ("Allocated IPv4 address", Cell::fact(&row.public_ip)),
            ("Associated instance ID", Cell::fact(&row.instance_id)),
            ("Association ID", Cell::fact(&row.association_id)),
        ]
    };
    view! {
        <Card title="Association">
            <Facts facts=Signal::derive(move || row.with(facts)) />
            <form class="form form-place" aria-label="Association" novalidate on:submit=move |event| { event.prevent_default(); associate() }>
                <SelectField label="Instance" value=chosen choices=choices error=state.at("Instance") placeholder="Choose an instance" />
                <div class="row-actions">
                    <button type="submit" class="button" data-kind="primary">"Associate"</button>
                    <Button label="Disassociate" on_press=disassociate disabled=is_free />
                </div>
            </form>
        </Card>
    }
    .into_any()
}
