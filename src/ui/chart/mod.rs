//! Charts: a thin interpreter of [`ChartSpec`] on a canvas, with words, keys and a table beside it.
mod axis;
mod backend;
mod data;
mod draw;
mod legend;
mod painter;
mod pen;
mod reader;
pub mod surface;
pub mod theme;

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;

pub use self::theme::provide_theme;

use self::data::ChartData;
use self::legend::Legend;
use self::painter::Painter;
use self::reader::{ChartCursor, Reader};
use crate::projection::chart::{ChartSpec, Cursor, Samples, summary};
use crate::sim::{SimDuration, SimTime};

/// A chart with its title, legend, cursor and data table.
#[component]
pub fn Chart(
    /// What to show; the chart repaints when it changes, ten times a second at most.
    #[prop(into)]
    spec: Signal<ChartSpec>,
    /// The moment that is read; charts that share it read the same one.
    cursor: RwSignal<Cursor>,
    /// Called with the moment that the learner asks about, and how near a mark must be to be meant.
    on_ask: Callback<(SimTime, SimDuration)>,
) -> impl IntoView {
    let title = Memo::new(move |_| spec.with(|spec| spec.title.clone()));
    let sentence = Memo::new(move |_| spec.with(summary));
    let samples = Memo::new(move |_| spec.with(Samples::of));
    let is_empty = Memo::new(move |_| spec.with(ChartSpec::is_empty));
    let place = RwSignal::new(None);
    let reader = Reader::new(spec, samples, (place, cursor, on_ask));
    let canvas = NodeRef::<html::Canvas>::new();
    paint(canvas, spec, place);
    view! {
        <figure class="chart">
            <figcaption>
                <h2>{title}</h2>
                <Legend spec=spec />
            </figcaption>
            <div class="plot" on:pointermove=move |event| reader.point(&event) on:pointerleave=move |_| reader.leave() on:click=move |event| reader.ask_where(&event)>
                <canvas node_ref=canvas role="img" aria-label=sentence></canvas>
                <ChartCursor reader=reader title=title />
                <p class="plot-empty">{move || is_empty.get().then_some("No data yet")}</p>
            </div>
            <ChartData samples=samples />
        </figure>
    }
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
