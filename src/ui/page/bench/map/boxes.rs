//! The boxes of the map: visitors, names and addresses, balancers, and the rows of the groups.
use leptos::prelude::*;

use super::broken;
use crate::projection::console::GroupRow;
use crate::projection::topology::{BalancerBox, DoorBox, Place, VisitorsBox};
use crate::ui::component::{Icon, IconImage};
use crate::ui::route::{Route, Section};

/// A group: what it has, and what it is to have.
pub(super) fn group_row(group: Signal<GroupRow>) -> AnyView {
    let to = group.with_untracked(|group| Route::Detail(Section::Groups, group.name.clone()).to_string());
    let sizes = move || group.with(|group| group.sizes);
    let facts = [
        ("min", Signal::derive(move || sizes()[0])),
        ("desired", Signal::derive(move || sizes()[1])),
        ("max", Signal::derive(move || sizes()[2])),
        ("in service", Signal::derive(move || group.with(|group| group.in_service))),
    ];
    let facts = facts.map(|(word, value)| view! { <span>{word}" "<b>{value}</b></span> });
    view! {
        <li>
            <IconImage icon=Icon::Group />
            <a href=to>{move || group.with(|group| group.name.clone())}</a>
            {facts.collect_view()}
            <em>{move || group.with(|group| group.status)}</em>
        </li>
    }
    .into_any()
}

/// Visitors, and where they go.
pub(super) fn visitors_box(visitors: Signal<VisitorsBox>) -> AnyView {
    let rate = move || visitors.with(|visitors| format!("{} req/s", visitors.requests_per_second));
    let key = visitors.with_untracked(|visitors| visitors.place().key());
    let to = move || visitors.with(|visitors| Route::Visit(visitors.address.clone()).to_string());
    view! {
        <li>
            <div class="map-box" data-node=key>
                <a href=to>{move || visitors.with(|visitors| visitors.name.clone())}</a>
                <strong>{rate}</strong>
                <small>{move || visitors.with(|visitors| format!("to {}", visitors.target))}</small>
                {broken(Signal::derive(move || visitors.with(|visitors| visitors.broken.clone())))}
            </div>
        </li>
    }
    .into_any()
}

/// A name or an address, and what it leads to.
pub(super) fn door_box(door: Signal<DoorBox>) -> AnyView {
    let (key, to) = door.with_untracked(|door| {
        let section = if door.kind == DoorBox::ELASTIC_IP { Section::Addresses } else { Section::HostedZones };
        (door.place().key(), Route::Detail(section, door.key.clone()).to_string())
    });
    let leads_to = move || {
        door.with(|door| {
            (!door.leads_to.is_empty()).then(|| view! { <span>{format!("leads to {}", door.leads_to)}</span> })
        })
    };
    let is_broken = move || door.with(|door| (!door.broken.is_empty()).then_some(""));
    view! {
        <li>
            <div class="map-box map-door" data-node=key data-broken=is_broken>
                <a href=to>{door.with_untracked(|door| door.name.clone())}</a>
                <small>{door.with_untracked(|door| door.kind)}</small>
                {leads_to}
                {broken(Signal::derive(move || door.with(|door| door.broken.clone())))}
            </div>
        </li>
    }
    .into_any()
}

/// A balancer, and how its requests fare.
pub(super) fn balancer_box(balancer: Signal<BalancerBox>) -> AnyView {
    let to = balancer
        .with_untracked(|balancer| Route::Detail(Section::LoadBalancers, balancer.row.name.clone()).to_string());
    let key = balancer.with_untracked(|balancer| Place::Balancer(balancer.row.arn.clone()).key());
    let of = move |text: fn(&BalancerBox) -> String| move || balancer.with(text);
    view! {
        <li>
            <div class="map-box" data-accent="" data-node=key>
                <a href=to>{of(|balancer| balancer.row.name.clone())}</a>
                <span>{of(|balancer| match balancer.row.state {
                    "active" => format!("{} req/s", balancer.requests_per_second),
                    state => state.to_owned(),
                })}</span>
                <span>{of(|balancer| format!("{} of {} targets healthy", balancer.healthy, balancer.targets))}</span>
                <small>{of(|balancer| balancer.answers.clone())}</small>
                {broken(Signal::derive(move || balancer.with(|balancer| balancer.broken.clone())))}
            </div>
        </li>
    }
    .into_any()
}
