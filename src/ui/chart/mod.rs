//! Charts: a thin interpreter of [`ChartSpec`] on a canvas, with words, keys and a table beside it.
mod axis;
mod backend;
mod data;
mod draw;
mod gesture;
mod legend;
mod painter;
mod pen;
mod reader;
pub mod surface;
pub mod theme;
mod tools;
mod view;

use std::rc::Rc;

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

pub use self::theme::provide_theme;
pub use self::tools::ChartTools;
pub use self::view::ChartView;

use self::data::ChartData;
use self::gesture::Gesture;
use self::legend::Legend;
use self::painter::Painter;
use self::reader::{ChartCursor, Reader};
use crate::projection::chart::{ChartSpec, Samples, summary};
use crate::sim::{SimDuration, SimTime};

/// A chart with its title, legend, cursor and data table.
#[component]
pub fn Chart(
    /// What to show; the chart repaints when it changes, ten times a second at most.
    #[prop(into)]
    spec: Signal<ChartSpec>,
    /// What it shares with the other charts: the time that is shown, and the moment that is read.
    view: ChartView,
    /// Called with the moment that the learner asks about, and how near a mark must be to be meant.
    on_ask: Callback<(SimTime, SimDuration)>,
) -> impl IntoView {
    let title = Memo::new(move |_| spec.with(|spec| spec.title.clone()));
    let sentence = Memo::new(move |_| spec.with(summary));
    let samples = Memo::new(move |_| spec.with(Samples::of));
    let is_empty = Memo::new(move |_| spec.with(ChartSpec::is_empty));
    let place = RwSignal::new(None);
    let nothing = Memo::new(move |_| spec.with(|spec| spec.nothing.filter(|_| spec.is_empty())));
    let reader = Reader::new(spec, samples, (place, view, on_ask));
    let gesture = Gesture::new(reader);
    let ask = move |event: MouseEvent| {
        if !gesture.takes_click() {
            reader.ask_where(&event)
        }
    };
    let canvas = NodeRef::<html::Canvas>::new();
    paint(canvas, spec, place);
    view! {
        <figure class="chart" data-nothing=move || nothing.get().map(|_| "")>
            <figcaption>
                <h2>{title}</h2>
                <Legend spec=spec />
            </figcaption>
            <p class="chart-nothing">{nothing}</p>
            <div
                class="plot"
                on:pointerdown=move |event| gesture.press(&event)
                on:pointermove=move |event| gesture.moved(&event)
                on:pointerup=move |event| gesture.release(&event)
                on:pointercancel=move |event| gesture.release(&event)
                on:pointerleave=move |_| gesture.leave()
                on:wheel=move |event| gesture.wheel(&event)
                on:click=ask
            >
                <canvas node_ref=canvas role="img" aria-label=sentence></canvas>
                <Selected gesture=gesture reader=reader />
                <ChartCursor reader=reader title=title />
                <p class="plot-empty">{move || is_empty.get().then_some("No data yet")}</p>
            </div>
            <ChartData title=title samples=samples />
        </figure>
    }
}

/// The stretch that is being selected.
#[component]
fn Selected(gesture: Gesture, reader: Reader) -> impl IntoView {
    let band = move |shares: [f64; 2]| {
        let [from, to] = shares.map(|share| reader.x_of_share(share).unwrap_or_default());
        view! { <div class="chart-selected" style:--x=format!("{from}px") style:--width=format!("{}px", to - from)></div> }
    };
    move || gesture.selected().get().map(band)
}

/// Paints once the canvas is in the page, and again after each change of what is shown or of the theme.
fn paint(canvas: NodeRef<html::Canvas>, spec: Signal<ChartSpec>, place: RwSignal<Option<painter::PlotPlace>>) {
    let painter = StoredValue::new_local(None::<Rc<Painter>>);
    let theme = theme::theme();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            painter.set_value(Some(Painter::new(canvas, spec, place)));
        }
    });
    Effect::new(move |_| {
        spec.track();
        theme.track();
        painter.with_value(|painter| painter.iter().for_each(|painter| painter.repaint_soon()));
    });
}
