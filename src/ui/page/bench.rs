//! The bench: the map, the visitors, the charts.
use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::json;

use super::form::whole_number;
use crate::api::lab::SetTrafficRequest;
use crate::projection::bench::{self, MapView, VisitorsView};
use crate::projection::console::{self, InstanceRow};
use crate::sim::SimDuration;
use crate::ui::chart::Chart;
use crate::ui::component::{
    Badge, Button, ButtonKind, ButtonLink, Card, Choice, EmptyState, Icon, Notices, PageHeader, SelectField, TextField,
};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

/// How far back the charts look.
const WINDOW: SimDuration = SimDuration::from_secs(3_600);

/// The bench.
#[component]
pub fn Bench() -> impl IntoView {
    view! {
        <PageHeader title="Bench".to_owned() note="Your servers, the visitors you send them, and what comes of it.".to_owned() />
        <MapCard />
        <TrafficCard />
        <Charts />
    }
}

#[component]
fn MapCard() -> impl IntoView {
    let map = Lab::get().view(bench::map);
    let picture = move || {
        let map = map.get();
        if map.zones.is_empty() && map.visitors.is_empty() { empty_map() } else { filled_map(map) }
    };
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

fn filled_map(map: MapView) -> AnyView {
    let visitors = map.visitors.into_iter().map(visitors_box).collect_view();
    let balancers = map.balancers.into_iter().map(|balancer| {
        view! { <li class="map-box"><b>{balancer.name}</b><span>{balancer.state}</span><small>{balancer.dns_name}</small></li> }
    });
    let groups = map.groups.into_iter().map(|group| {
        let [min, desired, max] = group.sizes;
        view! { <p class="map-group"><b>{group.name}</b>{format!(" · min {min} · desired {desired} · max {max} · {} in service", group.in_service)}</p> }
    });
    let zones = map.zones.into_iter().map(|(zone, instances)| {
        let instances = instances.into_iter().map(instance_box).collect_view();
        view! { <li class="map-zone"><h3>{zone}</h3><ul>{instances}</ul></li> }
    });
    view! {
        <div class="map">
            <ul class="map-column" aria-label="Visitors">{visitors}</ul>
            <ul class="map-column" aria-label="Load balancers">{balancers.collect_view()}</ul>
            <div class="map-zones">
                {groups.collect_view()}
                <ul aria-label="Availability Zones">{zones.collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}

fn visitors_box(visitors: VisitorsView) -> impl IntoView {
    view! { <li class="map-box"><b>"Visitors"</b><span>{visitors.rate}</span><small>{visitors.answered}</small></li> }
}

fn instance_box(row: InstanceRow) -> impl IntoView {
    let state = super::list::instance_state(row.state);
    let cpu = row.cpu.map(|cpu| format!("CPU {cpu} %")).unwrap_or_default();
    let to = Route::Detail(Section::Instances, row.id.clone());
    view! {
        <li class="map-box">
            <a href=to.to_string()>{row.id}</a>
            <Badge state=state text=row.state.to_owned() />
            <small>{format!("{} · {}", row.instance_type, if row.public_ip.is_empty() { "no public address" } else { &row.public_ip })}</small>
            <small>{format!("{} {cpu}", row.server)}</small>
        </li>
    }
}

#[component]
fn TrafficCard() -> impl IntoView {
    let lab = Lab::get();
    let targets = lab.view(|session, region| {
        let balancers = console::balancers(session, region).into_iter().map(|row| (row.dns_name, row.name));
        let instances = console::instances(session, region).into_iter().filter(|row| !row.public_ip.is_empty());
        balancers.chain(instances.map(|row| (row.public_ip, row.id))).collect::<Vec<_>>()
    });
    let choices = Signal::derive(move || {
        targets.get().into_iter().map(|(to, name)| Choice::new(to.clone(), name).note(to)).collect::<Vec<_>>()
    });
    let first = targets.with_untracked(|targets| targets.first().map(|(to, _)| to.clone()).unwrap_or_default());
    let (target, rate) = (RwSignal::new(first), RwSignal::new("12".to_owned()));
    let change = move |factor: i64| match whole_number("Requests per second", &rate.get_untracked()) {
        Ok(now) => rate.set((now * factor).min(10_000).to_string()),
        Err(error) => expect_context::<Notices>().bad(error.code, error.message),
    };
    view! {
        <Card title="Visitors" note="Each request costs 50 ms of a virtual CPU on average.".to_owned()>
            <div class="traffic-form">
                <SelectField label="Target" value=target choices=choices placeholder="Choose a name or an address" />
                <TextField label="Requests per second" value=rate numeric=true />
                <div class="row-actions">
                    <Button label="Send visitors" kind=ButtonKind::Primary on_press=move || send(lab, target, rate) />
                    <Button label="Ten times as many" on_press=move || { change(10); send(lab, target, rate) } />
                    <Button label="Stop visitors" on_press=move || { rate.set("0".into()); send(lab, target, rate) } />
                </div>
            </div>
        </Card>
    }
}

fn send(lab: Lab, target: RwSignal<String>, rate: RwSignal<String>) {
    let notices: Notices = expect_context();
    if target.with_untracked(String::is_empty) {
        return notices.bad("No target", "Choose the load balancer's name or a server's address first.");
    }
    match whole_number("Requests per second", &rate.get_untracked()) {
        Ok(rate) => {
            let members = [("Type".to_owned(), json!("Steady")), ("RequestsPerSecond".to_owned(), json!(rate))];
            let profile = BTreeMap::from(members);
            lab.act(
                "Visitors set",
                SetTrafficRequest { target: target.get_untracked(), profile, ..Default::default() },
            );
        }
        Err(error) => notices.bad(error.code, error.message),
    }
}

#[component]
fn Charts() -> impl IntoView {
    let specs = Lab::get().view(|session, region| bench::charts(session, region, WINDOW));
    let chart = move |index: usize| {
        let spec = Memo::new(move |_| specs.with(|specs| specs[index].clone()));
        view! { <Chart spec=spec /> }
    };
    view! { <div class="chart-grid">{(0..4).map(chart).collect_view()}</div> }
}
