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
use crate::ui::chart::{Chart, ChartTools, ChartView};
use crate::ui::component::{Later, PageHeader};
use crate::ui::lab::Lab;
use crate::ui::why::Inquiry;

/// The bench.
#[component]
pub fn Bench() -> impl IntoView {
    view! {
        <PageHeader title="Bench".to_owned() note="Your servers, the visitors you send them, and what comes of it.".to_owned() />
        <WelcomeCard />
        <Later><MapCard /></Later>
        <Later><TrafficCard /></Later>
        <Later><FaultsCard /></Later>
        <Later><ComparisonCard /></Later>
        <Later><Charts /></Later>
        <Later><LatestCard /></Later>
    }
}

#[component]
fn Charts() -> impl IntoView {
    let lab = Lab::get();
    let view = ChartView::new(lab.view_late(|timeline, _| bench::extent(timeline.session())));
    let on_ask = Callback::new(|(moment, reach)| Inquiry::get().ask_at(moment, reach));
    let specs = lab.view_late(move |timeline, region| {
        let (window, hidden) = (view.window(), view.hidden().get());
        lab.with_ghost(|ghost| {
            bench::charts(timeline.session(), region, bench::Look { window, hidden: &hidden, ghost })
        })
    });
    let chart = move |index: usize| {
        let spec = Memo::new(move |_| specs.with(|specs| specs[index].clone()));
        view! { <Later><Chart spec=spec view=view on_ask=on_ask /></Later> }
    };
    view! {
        <section class="charts" aria-labelledby="charts-heading">
            <h2 id="charts-heading">"Charts"</h2>
            <ChartTools view=view />
            <div class="chart-grid">{(0..bench::COUNT).map(chart).collect_view()}</div>
        </section>
    }
}
