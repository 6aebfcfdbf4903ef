//! The lines between the boxes, and above them the requests that go along. Nothing of it can be focused, and screen readers pass it by: what
//! it shows stands in words in the boxes.
use leptos::html;
use leptos::prelude::*;

use super::painter::{Line, Painter};
use crate::projection::topology::Topology;
use crate::ui::browser::media;
use crate::ui::chart::theme;
use crate::ui::lab::Lab;
use crate::ui::pace::Speed;

/// What is known of the requests on the map, for the lines and the legend.
#[derive(Clone, Copy)]
pub(super) struct Traffic {
    /// The map.
    pub(super) map: Memo<Topology>,
    /// Whether time is slow enough to follow single requests.
    pub(super) is_slow: Memo<bool>,
    /// Whether the learner wants nothing to move.
    pub(super) is_still: ReadSignal<bool>,
    /// Each so many-th request is shown.
    pub(super) one_of: Memo<u64>,
}

/// More requests a second than that would be a cloud.
const MOST_A_SECOND: u64 = 60;

impl Traffic {
    pub(super) fn new(map: Memo<Topology>) -> Self {
        let lab = Lab::get();
        let sum = move || map.with(|map| map.visitors.iter().map(|one| one.requests_per_second).sum::<u64>());
        let traffic = Traffic {
            map,
            is_slow: Memo::new(move |_| lab.speed().get() == Speed::X1),
            is_still: media::matches("(prefers-reduced-motion: reduce)"),
            one_of: Memo::new(move |_| sum().div_ceil(MOST_A_SECOND).max(1)),
        };
        Effect::new(move |_| lab.watch_requests(traffic.is_slow.get()));
        on_cleanup(move || lab.watch_requests(false));
        traffic
    }
}

/// The lines, and the single requests while they can be followed.
#[component]
pub(super) fn Wires(traffic: Traffic, place: NodeRef<html::Div>) -> impl IntoView {
    let lab = Lab::get();
    let theme = theme::theme();
    let lines = RwSignal::new(Vec::<Line>::new());
    let canvas = NodeRef::<html::Canvas>::new();
    let painter = StoredValue::new_local(None);
    let wake = move || painter.with_value(|painter: &Option<Painter>| painter.iter().for_each(Painter::wake));
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            painter.set_value(Painter::new(place.into(), canvas, (traffic, lines)));
        }
    });
    Effect::new(move |_| {
        traffic.map.track();
        traffic.is_slow.track();
        painter.with_value(|painter| painter.iter().for_each(Painter::measure_soon));
    });
    Effect::new(move |_| {
        lab.now().track();
        theme.track();
        wake();
    });
    let shows_dots = move || traffic.is_slow.get() && !traffic.is_still.get();
    let line = |line: Line| {
        view! { <path d=line.points stroke-width=line.width data-flow=line.has_flow.then_some("") /> }
    };
    let state = move || match (traffic.is_slow.get() || traffic.is_still.get(), lab.running().get()) {
        (true, _) => "still",
        (false, true) => "flows",
        (false, false) => "pauses",
    };
    view! {
        <svg class="map-lines" aria-hidden="true" focusable="false" data-state=state>
            {move || lines.get().into_iter().map(line).collect_view()}
        </svg>
        <Show when=shows_dots>
            <canvas class="map-dots" node_ref=canvas aria-hidden="true"></canvas>
        </Show>
    }
}
