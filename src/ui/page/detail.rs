//! One thing: an instance with its page and its image, or an Elastic IP address and its bond.
use leptos::prelude::*;

use super::list::{instance_actions, instance_state};
use crate::api::ec2::{AssociateAddressRequest, CreateImageRequest, DisassociateAddressRequest};
use crate::api::lab::WriteFileRequest;
use crate::cloud::ec2::disk::INDEX_PAGE;
use crate::projection::console::{self, AddressRow, InstanceRow};
use crate::ui::component::{
    Badge, Button, Card, Choice, EmptyState, Fact, Facts, Icon, PageHeader, SelectField, TextField,
};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

/// The page of one thing.
#[component]
pub fn DetailPage(section: Section, id: String) -> impl IntoView {
    match section {
        Section::Instances => view! { <InstancePage id=id /> }.into_any(),
        Section::Addresses => view! { <AddressPage id=id /> }.into_any(),
        Section::LaunchTemplates
        | Section::Images
        | Section::Snapshots
        | Section::SecurityGroups
        | Section::LoadBalancers
        | Section::TargetGroups
        | Section::Groups
        | Section::Metrics
        | Section::Activity => view! { <super::list::ListPage section=section /> }.into_any(),
    }
}

#[component]
fn InstancePage(id: String) -> impl IntoView {
    let wanted = id.clone();
    let row = Lab::get()
        .view(move |session, region| console::instances(session, region).into_iter().find(|row| row.id == wanted));
    let is_there = Memo::new(move |_| row.with(Option::is_some));
    let body = move || {
        match row.get_untracked().filter(|_| is_there.get()) {
        Some(first) => {
            let row = Signal::derive(move || row.get().unwrap_or_else(|| first.clone()));
            view! { <InstanceCards row=row /> }.into_any()
        }
        None => view! { <EmptyState icon=Icon::Server title="No such instance" text="It may be in another region, or gone for an hour.">""</EmptyState> }.into_any(),
    }
    };
    view! {
        <PageHeader title=id note="Instance".to_owned() />
        {body}
    }
}

#[component]
fn InstanceCards(row: Signal<InstanceRow>) -> impl IntoView {
    let lab = Lab::get();
    let (name, page) =
        (RwSignal::new("web-v1".to_owned()), RwSignal::new(row.with_untracked(|row| row.page.trim().to_owned())));
    let id = move || row.with_untracked(|row| row.id.clone());
    let image = move || {
        lab.act(
            "Creating the image",
            CreateImageRequest { instance_id: id(), name: name.get_untracked(), ..Default::default() },
        )
    };
    let write = move || {
        lab.act(
            "Written",
            WriteFileRequest { instance_id: id(), path: INDEX_PAGE.into(), content: page.get_untracked() },
        );
    };
    view! {
        <Card title="Instance summary">
            <Facts facts=instance_facts(row) />
            {instance_actions(row)}
        </Card>
        <Card title="Create image" note="The instance restarts, so that its files are whole.".to_owned()>
            <TextField label="Image name" value=name />
            <Button label="Create image" on_press=image />
        </Card>
        <Card title="Files" note=INDEX_PAGE.to_owned()>
            <TextField label="Page" value=page />
            <Button label="Write page" on_press=write />
        </Card>
    }
}

fn instance_facts(row: Signal<InstanceRow>) -> Vec<Fact> {
    let text = move |look: fn(&InstanceRow) -> String| move || row.with(look);
    let state = move || {
        let kind = Signal::derive(move || row.with(|row| instance_state(row.state)));
        view! { <Badge state=kind text=Signal::derive(move || row.with(|row| row.state.to_owned())) /> }
    };
    vec![
        Fact::new("Instance state", state),
        Fact::new("Server", text(|row| row.server.to_owned())),
        Fact::new("Public IPv4 address", text(|row| row.public_ip.clone())),
        Fact::new("Private IPv4 address", text(|row| row.private_ip.clone())),
        Fact::new("Instance type", text(|row| row.instance_type.to_owned())),
        Fact::new("AMI ID", text(|row| row.image_id.clone())),
        Fact::new("Availability Zone", text(|row| row.zone.clone())),
        Fact::new("Auto Scaling group", text(|row| row.group.clone())),
    ]
}

#[component]
fn AddressPage(id: String) -> impl IntoView {
    let lab = Lab::get();
    let wanted = id.clone();
    let row = lab.view(move |session, region| {
        console::addresses(session, region).into_iter().find(|row| row.allocation_id == wanted)
    });
    let instances = lab.view(console::instances);
    let choices = Signal::derive(move || {
        let usable = instances.get().into_iter().filter(|row| row.state == "running" || row.state == "stopped");
        usable.map(|row| Choice::new(row.id.clone(), row.id).note(row.state)).collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(
        choices.with_untracked(|choices| choices.first().map(|choice| choice.value.clone()).unwrap_or_default()),
    );
    let of_row =
        move |look: fn(&AddressRow) -> String| move || row.with(|row| row.as_ref().map(look).unwrap_or_default());
    let associate = {
        let id = id.clone();
        move || {
            let (allocation_id, instance_id) = (Some(id.clone()), Some(chosen.get_untracked()));
            lab.act("Associated", AssociateAddressRequest { allocation_id, instance_id, ..Default::default() });
        }
    };
    let bond = move || row.with_untracked(|row| row.as_ref().map(|row| row.association_id.clone()));
    let disassociate =
        move || lab.act("Disassociated", DisassociateAddressRequest { association_id: bond(), ..Default::default() });
    let facts = vec![
        Fact::new("Allocated IPv4 address", of_row(|row| row.public_ip.clone())),
        Fact::new("Associated instance ID", of_row(|row| row.instance_id.clone())),
    ];
    view! {
        <PageHeader title=id note="Elastic IP address".to_owned() />
        <Card title="Association">
            <Facts facts=facts />
            <SelectField label="Instance" value=chosen choices=choices placeholder="Choose an instance" />
            <div class="row-actions">
                <Button label="Associate" on_press=associate />
                <Button label="Disassociate" on_press=disassociate />
            </div>
        </Card>
    }
}
