//! The map: visitors, names, balancers, zones and instances, with lines between them and the requests that go along.
mod boxes;
mod legend;
mod painter;
mod wires;
mod zone;

use std::collections::BTreeMap;

use leptos::html;
use leptos::prelude::*;

use self::boxes::{balancer_box, door_box, group_row, visitors_box};
use self::legend::Legend;
use self::wires::{Traffic, Wires};
use self::zone::zone_box;
use crate::projection::topology::{Topology, topology};
use crate::ui::component::{ButtonKind, ButtonLink, Card, EmptyState, Icon, IconImage};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

/// The map of the region.
#[component]
pub fn MapCard() -> impl IntoView {
    let map = Lab::get().view(topology);
    let is_empty =
        Memo::new(move |_| map.with(|map| map.zones.is_empty() && map.visitors.is_empty() && map.doors.is_empty()));
    let picture = move || if is_empty.get() { empty_map() } else { view! { <Picture map=map /> }.into_any() };
    view! { <Card title="Map">{picture}</Card> }
}

fn empty_map() -> AnyView {
    view! {
        <EmptyState
            icon=Icon::Bench
            title="Nothing runs yet"
            text="Launch a server, put it behind a load balancer, and send it visitors. The map fills as you go."
        >
            <ButtonLink label="Launch instance" to=Route::Create(Section::Instances) kind=ButtonKind::Primary icon=Icon::Plus />
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Picture(map: Memo<Topology>) -> impl IntoView {
    let traffic = Traffic::new(map);
    let place = NodeRef::<html::Div>::new();
    let has_doors = Memo::new(move |_| map.with(|map| !map.doors.is_empty()));
    let has_balancers = Memo::new(move |_| map.with(|map| !map.balancers.is_empty()));
    let groups = keyed(map, |map| &map.groups, |group| group.name.clone(), group_row);
    let doors = keyed(map, |map| &map.doors, |door| door.place().key(), door_box);
    let visitors = keyed(map, |map| &map.visitors, |visitors| visitors.place().key(), visitors_box);
    let balancers = keyed(map, |map| &map.balancers, |balancer| balancer.row.arn.clone(), balancer_box);
    let zones = keyed(map, |map| &map.zones, |zone| zone.name.clone(), zone_box);
    view! {
        // The frames of groups would cross the zones, so they stand above them.
        <ul class="map-groups" aria-label="Auto Scaling groups">{groups.run()}</ul>
        <div class="map-place">
            <div class="map" node_ref=place>
                <ul class="map-column" aria-label="Visitors">
                    {visitors.run()}
                    <Show when=move || map.with(|map| map.visitors.is_empty())>
                        <li><div class="map-box" data-ghost=""><span>"No visitors yet"</span><small>"Send some below."</small></div></li>
                    </Show>
                </ul>
                <Show when=move || has_doors.get()>
                    <ul class="map-column" aria-label="Names and addresses">{doors.run()}</ul>
                </Show>
                <Show when=move || has_balancers.get()>
                    <ul class="map-column map-balancers" aria-label="Load balancers">{balancers.run()}</ul>
                </Show>
                <ul class="map-column map-zones" aria-label="Availability Zones">{zones.run()}</ul>
                <Wires traffic=traffic place=place />
            </div>
        </div>
        <Legend traffic=traffic />
    }
}

/// A list of things that keep their elements while their keys stay: focus and pointer are not lost when a figure changes.
fn keyed<T: Clone + PartialEq + Send + Sync + 'static>(
    map: Memo<Topology>,
    list: fn(&Topology) -> &Vec<T>,
    key: fn(&T) -> String,
    show: fn(Signal<T>) -> AnyView,
) -> ViewFn {
    let rows = Memo::new(move |_| map.with(|map| list(map).clone()));
    ViewFn::from(move || view! { <Keyed rows=rows key=key show=show /> })
}

#[component]
fn Keyed<T: Clone + PartialEq + Send + Sync + 'static>(
    #[prop(into)] rows: Signal<Vec<T>>,
    key: fn(&T) -> String,
    show: fn(Signal<T>) -> AnyView,
) -> impl IntoView {
    let places = Memo::new(move |_| rows.with(|rows| places(rows.iter().map(key))));
    let item = move |first: T| {
        let own = key(&first);
        let row = Memo::new(move |before: Option<&T>| {
            let place = places.with(|places| places.get(&own).copied());
            let current = place.and_then(|place| rows.with(|rows| rows.get(place).cloned()));
            current.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        show(row.into())
    };
    view! { <For each=move || rows.get() key=key children=item /> }
}

/// Where each key stands. One by one: collecting would bring a sort of its own.
fn places(keys: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    for (place, key) in keys.enumerate() {
        places.insert(key, place);
    }
    places
}

/// What is broken, where it is broken.
fn broken(what: Signal<Vec<String>>) -> AnyView {
    let line = |what: String| view! { <span class="broken"><IconImage icon=Icon::Warning />{what}</span> };
    (move || what.get().into_iter().map(line).collect_view()).into_any()
}
