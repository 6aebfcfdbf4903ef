//! The zones of the map, and the instances in them.
use leptos::prelude::*;

use super::{Keyed, broken};
use crate::projection::topology::{Place, Tile, ZoneBox};
use crate::ui::component::{Badge, Meter, State};
use crate::ui::page::words::instance_state;
use crate::ui::route::{Route, Section};

/// How much room an instance gets: the more there are in a zone, the less.
fn density(count: usize) -> &'static str {
    match count {
        0..=6 => "full",
        7..=24 => "compact",
        _ => "dense",
    }
}

/// A zone with its instances.
pub(super) fn zone_box(zone: Signal<ZoneBox>) -> AnyView {
    let tiles = Memo::new(move |_| zone.with(|zone| zone.tiles.clone()));
    let key = zone.with_untracked(|zone| Place::Zone(zone.name.clone()).key());
    let density = Memo::new(move |_| density(tiles.with(Vec::len)));
    view! {
        <li data-balanced=move || zone.with(|zone| zone.is_balanced).then_some("")>
            <div class="map-zone" data-node=key>
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
            <a class="map-tile" data-node=Place::Instance(id.clone()).key() href=to.to_string() data-state=move || state.get().name() title=name style:--share=move || format!("{}%", cpu.get().unwrap_or(0.0))>
                <b>{short(&id)}</b>
                <span class="map-tile-state"><Badge state=state text=doing /></span>
                <span class="map-tile-cpu"><Meter label="CPU" percent=cpu /></span>
                <span class="map-tile-rate">{move || tile.with(|tile| tile.requests_per_second.map(rate))}</span>
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
    let rate = tile.requests_per_second.map(|per_second| format!(", {}", rate(per_second))).unwrap_or_default();
    format!("{}: {}, {}{cpu}{rate}{broken}", tile.row.id, tile.doing, tile.image)
}

fn tile_note(tile: &Tile) -> String {
    let address = match (tile.row.public_ip.as_str(), tile.row.is_elastic) {
        ("", _) => "no public address".to_owned(),
        (address, true) => format!("Elastic IP {address}"),
        (address, false) => address.to_owned(),
    };
    format!("{} · {} · {address}", tile.row.instance_type, tile.image)
}

fn rate(per_second: f64) -> String {
    if per_second > 0.0 && per_second < 9.95 {
        format!("{per_second:.1} req/s")
    } else {
        format!("{per_second:.0} req/s")
    }
}

/// `i-0a31c4d5…`: enough to tell instances apart.
fn short(id: &str) -> String {
    let start: String = id.chars().take(10).collect();
    if start.len() < id.len() { format!("{start}…") } else { start }
}
