//! Reading a chart point by point: with the pointer, with the arrow keys, with a screen reader.
use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;

use super::painter::PlotPlace;
use super::view::ChartView;
use crate::projection::chart::{ChartSpec, Cursor, Samples, Step, ZoomStep};
use crate::sim::{SimDuration, SimTime};

/// What the reader of a chart looks at.
#[derive(Clone, Copy)]
pub struct Reader {
    samples: Memo<Samples>,
    spec: Signal<ChartSpec>,
    place: RwSignal<Option<PlotPlace>>,
    view: ChartView,
    on_ask: AskWhy,
}

/// Asks why about a moment, with how far from it a mark is still meant.
pub type AskWhy = Callback<(SimTime, SimDuration)>;

/// A mark is meant within this part of the width.
const REACH: f64 = 0.015;

impl Reader {
    /// A reader of `spec` with its place on the page, what it shares with other charts, and whom it asks.
    pub fn new(
        spec: Signal<ChartSpec>,
        samples: Memo<Samples>,
        (place, view, on_ask): (RwSignal<Option<PlotPlace>>, ChartView, AskWhy),
    ) -> Self {
        Reader { samples, spec, place, view, on_ask }
    }

    /// Asks why about the moment under the pointer.
    pub fn ask_where(self, event: &MouseEvent) {
        if let Some(at) = self.moment_at(f64::from(event.offset_x())) {
            self.ask(at);
        }
    }

    fn ask(self, at: SimTime) {
        let window = self.spec.with_untracked(|spec| spec.window.length().as_secs_f64());
        self.on_ask.run((at, SimDuration::from_secs_f64(window * REACH)));
    }

    /// Asks why about the moment that the cursor reads.
    fn ask_here(self) {
        if let Some(row) = self.row()
            && let Some(at) = self.samples.with_untracked(|samples| samples.rows.get(row).map(|sample| sample.at))
        {
            self.ask(at);
        }
    }

    /// Looks at the row under the pointer.
    pub fn point(self, event: &PointerEvent) {
        if let Some(at) = self.moment_at(f64::from(event.offset_x())) {
            self.view.cursor.set(Cursor::At(at));
        }
    }

    /// Looks at nothing.
    pub fn leave(self) {
        self.view.cursor.set(Cursor::Off);
    }

    /// Moves by a key, if it is one of the cursor's or of the zoom's.
    pub fn press(self, event: &KeyboardEvent) {
        if let Some(step) = zoom_of(event) {
            event.prevent_default();
            return self.view.step(step);
        }
        let Some(step) = step_of(&event.key()) else {
            match event.key().as_str() {
                "Escape" => self.leave(),
                "Enter" => self.ask_here(),
                _ => {}
            }
            return;
        };
        event.prevent_default();
        self.samples.with(|samples| self.view.cursor.update(|cursor| *cursor = cursor.moved(step, samples)));
    }

    fn row(self) -> Option<usize> {
        self.samples.with(|samples| self.view.cursor.get().row(samples))
    }

    /// What all charts share.
    pub fn view(self) -> ChartView {
        self.view
    }

    /// The share of the width at `x`, and its moment.
    pub fn share_at(self, x: f64) -> Option<(f64, SimTime)> {
        let place = self.place.get_untracked()?;
        let share = ((x - place.left) / (place.right - place.left).max(1.0)).clamp(0.0, 1.0);
        Some((share, self.moment_of(share)))
    }

    /// The moment at a share of the width.
    pub fn moment_of(self, share: f64) -> SimTime {
        let window = self.spec.with_untracked(|spec| spec.window);
        window.from + SimDuration::from_secs_f64(window.length().as_secs_f64() * share)
    }

    /// A share of the width in CSS pixels from the left.
    pub fn x_of_share(self, share: f64) -> Option<f64> {
        let place = self.place.get()?;
        Some(place.left + (place.right - place.left) * share)
    }

    fn moment_at(self, x: f64) -> Option<SimTime> {
        self.share_at(x).map(|(_, moment)| moment)
    }

    /// Where the row stands, in CSS pixels from the left.
    fn x_of(self, row: usize) -> Option<f64> {
        let at = self.samples.with(|samples| samples.rows.get(row).map(|sample| sample.at))?;
        let window = self.spec.with(|spec| spec.window);
        let share = at.since(window.from).as_secs_f64() / window.length().as_secs_f64().max(1.0);
        self.x_of_share(share)
    }
}

/// With Control or its like the browser's own zoom is meant.
fn zoom_of(event: &KeyboardEvent) -> Option<ZoomStep> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("+" | "=", _) => Some(ZoomStep::In),
        ("-" | "_", _) => Some(ZoomStep::Out),
        ("0", _) => Some(ZoomStep::All),
        ("ArrowLeft", true) => Some(ZoomStep::Earlier),
        ("ArrowRight", true) => Some(ZoomStep::Later),
        _ => None,
    }
}

fn step_of(key: &str) -> Option<Step> {
    match key {
        "ArrowLeft" => Some(Step::Back),
        "ArrowRight" => Some(Step::Forward),
        "PageDown" => Some(Step::FarBack),
        "PageUp" => Some(Step::FarForward),
        "Home" => Some(Step::First),
        "End" => Some(Step::Last),
        _ => None,
    }
}

/// The cursor line, what it reads, and the slider by which keys and screen readers move it.
#[component]
pub fn ChartCursor(reader: Reader, #[prop(into)] title: Signal<String>) -> impl IntoView {
    let last = move || reader.samples.with(|samples| samples.rows.len().saturating_sub(1));
    let spoken = move || {
        let row = reader.row().and_then(|row| reader.samples.with(|samples| samples.describe(row)));
        row.unwrap_or_else(|| "No point chosen".to_owned())
    };
    view! {
        <input
            type="range"
            class="chart-slider"
            aria-label=move || format!("Read {} point by point", title.get())
            min="0"
            max=last
            prop:value=move || reader.row().unwrap_or_else(last).to_string()
            aria-valuetext=spoken
            aria-description="Enter asks why. Plus and minus zoom, Shift and an arrow move the time, 0 shows all of it."
            on:keydown=move |event| reader.press(&event)
            on:input:target=move |event| choose(reader, &event.target().value())
            on:blur=move |_| reader.leave()
        />
        {move || reader.row().map(|row| view! { <Readout reader=reader row=row /> })}
    }
}

/// A screen reader moved the slider by itself.
fn choose(reader: Reader, value: &str) {
    let at = value.parse().ok().and_then(|row: usize| reader.samples.with(|samples| Some(samples.rows.get(row)?.at)));
    if let Some(at) = at {
        reader.view.cursor.set(Cursor::At(at));
    }
}

#[component]
fn Readout(reader: Reader, row: usize) -> impl IntoView {
    let x = reader.x_of(row);
    let is_right = x.zip(reader.place.get()).is_some_and(|(x, place)| x > (place.left + place.right) / 2.0);
    let lines = reader.samples.with(|samples| readout_lines(samples, row));
    let item = |(label, value): (String, String)| view! { <li><span>{label}</span><b>{value}</b></li> };
    let (moment, values) = lines?;
    Some(view! {
        <div
            class="chart-readout"
            data-side=if is_right { "left" } else { "right" }
            style:--x=format!("{}px", x?)
            aria-hidden="true"
        >
            <div>
                <p>{moment}</p>
                <ul>{values.into_iter().map(item).collect_view()}</ul>
                <p>"Click: why? Drag: zoom"</p>
            </div>
        </div>
    })
}

fn readout_lines(samples: &Samples, row: usize) -> Option<(String, Vec<(String, String)>)> {
    let sample = samples.rows.get(row)?;
    let values = samples.labels.iter().zip(&sample.values);
    let known = values.filter(|(_, value)| value.is_some());
    Some((samples.moment_of(sample), known.map(|(label, value)| (label.clone(), samples.value_of(*value))).collect()))
}
