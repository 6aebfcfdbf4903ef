//! The map: visitors, balancers, zones and instances, with lines between them.
use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::projection::topology::{BalancerBox, Tile, Topology, VisitorsBox, ZoneBox, topology};
use crate::ui::component::{Badge, ButtonKind, ButtonLink, Card, EmptyState, Icon, IconImage, Meter, State};
use crate::ui::lab::Lab;
use crate::ui::page::words::instance_state;
use crate::ui::route::{Route, Section};

/// The map of the region.
#[component]
pub fn MapCard() -> impl IntoView {
    let map = Lab::get().view(topology);
    let is_empty = Memo::new(move |_| map.with(|map| map.zones.is_empty() && map.visitors.is_empty()));
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
    let has_visitors = Memo::new(move |_| map.with(|map| map.visitors.iter().any(|one| one.requests_per_second > 0)));
    let has_balancers = Memo::new(move |_| map.with(|map| !map.balancers.is_empty()));
    let visitors = keyed(map, |map| &map.visitors, |visitors| visitors.name.clone(), visitors_box);
    let balancers = keyed(map, |map| &map.balancers, |balancer| balancer.row.arn.clone(), balancer_box);
    let zones = keyed(map, |map| &map.zones, |zone| zone.name.clone(), zone_box);
    view! {
        <Groups map=map />
        <div class="map" data-flows=move || has_visitors.get().then_some("")>
            <ul class="map-column" aria-label="Visitors">
                {visitors.run()}
                <Show when=move || map.with(|map| map.visitors.is_empty())>
                    <li><div class="map-box" data-ghost=""><span>"No visitors yet"</span><small>"Send some below."</small></div></li>
                </Show>
            </ul>
            <Show when=move || has_balancers.get()>
                <ul class="map-column" aria-label="Load balancers">{balancers.run()}</ul>
            </Show>
            <ul class="map-column map-zones" aria-label="Availability Zones">{zones.run()}</ul>
        </div>
    }
}

/// The groups of the region: their frames would cross the zones, so they stand above them.
#[component]
fn Groups(map: Memo<Topology>) -> impl IntoView {
    let groups = keyed(
        map,
        |map| &map.groups,
        |group| group.name.clone(),
        |group| {
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
        },
    );
    view! { <ul class="map-groups" aria-label="Auto Scaling groups">{groups.run()}</ul> }
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

fn visitors_box(visitors: Signal<VisitorsBox>) -> AnyView {
    let rate = move || visitors.with(|visitors| format!("{} req/s", visitors.requests_per_second));
    view! {
        <li>
            <div class="map-box">
                <b>{move || visitors.with(|visitors| visitors.name.clone())}</b>
                <strong>{rate}</strong>
                <small>{move || visitors.with(|visitors| format!("to {}", visitors.target))}</small>
            </div>
        </li>
    }
    .into_any()
}

fn balancer_box(balancer: Signal<BalancerBox>) -> AnyView {
    let to = balancer
        .with_untracked(|balancer| Route::Detail(Section::LoadBalancers, balancer.row.name.clone()).to_string());
    let of = move |text: fn(&BalancerBox) -> String| move || balancer.with(text);
    view! {
        <li>
            <div class="map-box" data-accent="">
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

/// How much room an instance gets: the more there are in a zone, the less.
fn density(count: usize) -> &'static str {
    match count {
        0..=6 => "full",
        7..=24 => "compact",
        _ => "dense",
    }
}

fn zone_box(zone: Signal<ZoneBox>) -> AnyView {
    let tiles = Memo::new(move |_| zone.with(|zone| zone.tiles.clone()));
    let density = Memo::new(move |_| density(tiles.with(Vec::len)));
    view! {
        <li data-balanced=move || zone.with(|zone| zone.is_balanced).then_some("")>
            <div class="map-zone">
                <h3>{move || zone.with(|zone| zone.name.clone())}" "<small>{move || zone.with(|zone| zone.summary.clone())}</small></h3>
                {broken(Signal::derive(move || zone.with(|zone| zone.broken.clone())))}
                <ul class="map-tiles" data-density=density>
                    <Keyed rows=tiles key=|tile: &Tile| tile.row.id.clone() show=tile />
                </ul>
            </div>
        </li>
    }
    .into_any()
}

fn tile(tile: Signal<Tile>) -> AnyView {
    let (to, id) =
        tile.with_untracked(|tile| (Route::Detail(Section::Instances, tile.row.id.clone()), tile.row.id.clone()));
    let cpu = Signal::derive(move || tile.with(|tile| tile.row.cpu.map(f64::from)));
    let state = Signal::derive(move || {
        tile.with(|tile| match tile.broken.as_slice() {
            [] => instance_state(tile.row.state, &tile.doing),
            [..] => State::Bad,
        })
    });
    let doing = Signal::derive(move || tile.with(|tile| tile.doing.clone()));
    let name = move || tile.with(tile_name);
    view! {
        <li>
            <a class="map-tile" href=to.to_string() data-state=move || state.get().name() title=name style:--share=move || format!("{}%", cpu.get().unwrap_or(0.0))>
                <b>{short(&id)}</b>
                <span class="map-tile-state"><Badge state=state text=doing /></span>
                <span class="map-tile-cpu"><Meter label="CPU" percent=cpu /></span>
                <small>{move || tile.with(tile_note)}</small>
                {broken(Signal::derive(move || tile.with(|tile| tile.broken.clone())))}
            </a>
        </li>
    }
    .into_any()
}

fn tile_name(tile: &Tile) -> String {
    let cpu = tile.row.cpu.map(|cpu| format!(", CPU {cpu} %")).unwrap_or_default();
    let broken: String = tile.broken.iter().map(|what| format!(", {what}")).collect();
    format!("{}: {}{cpu}{broken}", tile.row.id, tile.doing)
}

/// What is broken, where it is broken.
fn broken(what: Signal<Vec<String>>) -> AnyView {
    let line = |what: String| view! { <span class="broken"><IconImage icon=Icon::Warning />{what}</span> };
    (move || what.get().into_iter().map(line).collect_view()).into_any()
}

fn tile_note(tile: &Tile) -> String {
    let address = if tile.row.public_ip.is_empty() { "no public address" } else { &tile.row.public_ip };
    format!("{} · {address}", tile.row.instance_type)
}

/// `i-0a31c4d5…`: enough to tell instances apart.
fn short(id: &str) -> String {
    let start: String = id.chars().take(10).collect();
    if start.len() < id.len() { format!("{start}…") } else { start }
}
