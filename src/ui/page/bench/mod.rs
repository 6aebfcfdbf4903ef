//! The bench: the map, the visitors, the charts, what happened last.
mod latest;
mod map;
mod traffic;

use leptos::prelude::*;

use self::latest::LatestCard;
use self::map::MapCard;
use self::traffic::TrafficCard;
use crate::projection::bench;
use crate::sim::SimDuration;
use crate::ui::chart::Chart;
use crate::ui::component::PageHeader;
use crate::ui::lab::Lab;

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
        <LatestCard />
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
