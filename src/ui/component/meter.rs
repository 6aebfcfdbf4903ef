//! A share of a whole as a bar.
use leptos::prelude::*;

/// A share of a whole as a bar with its number beside it.
#[component]
pub fn Meter(
    /// What is measured: `CPU`.
    #[prop(into)]
    label: String,
    /// The share, 0 to 100; `None` while it is not known.
    #[prop(into)]
    percent: Signal<Option<f64>>,
    /// From here on the bar warns. The number tells it too.
    #[prop(default = 70.0)]
    high: f64,
) -> impl IntoView {
    let rounded = move || percent.get().map(|percent| percent.clamp(0.0, 100.0).round());
    let text = move || rounded().map_or_else(|| "–".to_owned(), |percent| format!("{percent}%"));
    let width = move || format!("{}%", rounded().unwrap_or(0.0));
    let level = move || if rounded().is_some_and(|percent| percent > high) { "high" } else { "fine" };
    view! {
        <span class="meter" data-level=level style:--share=width>
            <span
                role="meter"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || rounded().unwrap_or(0.0).to_string()
                aria-valuetext=text
            ></span>
            <span class="meter-text" aria-hidden="true">{text}</span>
        </span>
    }
}
