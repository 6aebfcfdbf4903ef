//! The bench: the map, the visitors, the charts, what happened last.
mod comparison;
mod faults;
mod latest;
mod map;
mod traffic;
mod welcome;

use leptos::prelude::*;

use self::comparison::ComparisonCard;
use self::faults::FaultsCard;
use self::latest::LatestCard;
use self::map::MapCard;
use self::traffic::TrafficCard;
use self::welcome::WelcomeCard;
use crate::projection::bench;
use crate::projection::chart::Cursor;
use crate::sim::SimDuration;
use crate::ui::chart::Chart;
use crate::ui::component::PageHeader;
use crate::ui::lab::Lab;
use crate::ui::why::Inquiry;

/// How far back the charts look.
const WINDOW: SimDuration = SimDuration::from_secs(3_600);

/// The bench.
#[component]
pub fn Bench() -> impl IntoView {
    view! {
        <PageHeader title="Bench".to_owned() note="Your servers, the visitors you send them, and what comes of it.".to_owned() />
        <WelcomeCard />
        <MapCard />
        <TrafficCard />
        <FaultsCard />
        <ComparisonCard />
        <Charts />
        <LatestCard />
    }
}

#[component]
fn Charts() -> impl IntoView {
    let lab = Lab::get();
    let cursor = RwSignal::new(Cursor::Off);
    let on_ask = Callback::new(|(moment, reach)| Inquiry::get().ask_at(moment, reach));
    let specs = lab.view_late(move |timeline, region| {
        lab.with_ghost(|ghost| bench::charts(timeline.session(), region, bench::Look { length: WINDOW, ghost }))
    });
    let chart = move |index: usize| {
        let spec = Memo::new(move |_| specs.with(|specs| specs[index].clone()));
        view! { <Chart spec=spec cursor=cursor on_ask=on_ask /> }
    };
    view! { <div class="chart-grid">{(0..4).map(chart).collect_view()}</div> }
}
