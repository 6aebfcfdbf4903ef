//! A share of a whole as a bar.
use leptos::prelude::*;

/// From here on a bar warns. The number tells it too.
pub(super) const HIGH: f64 = 70.0;

/// A share that does not change.
pub(super) fn shown(label: &str, percent: Option<f64>, high: f64) -> AnyView {
    let rounded = percent.map(|percent| percent.clamp(0.0, 100.0).round());
    let text = rounded.map_or_else(|| "–".to_owned(), |percent| format!("{percent}%"));
    let level = if rounded.is_some_and(|percent| percent > high) { "high" } else { "fine" };
    let value = rounded.unwrap_or(0.0);
    view! {
        <span class="meter" data-level=level style:--share=format!("{value}%")>
            <span
                role="meter"
                aria-label=label.to_owned()
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=value.to_string()
                aria-valuetext=text.clone()
            ></span>
            <span class="meter-text" aria-hidden="true">{text}</span>
        </span>
    }
    .into_any()
}

/// A share of a whole as a bar with its number beside it.
#[component]
pub fn Meter(
    /// What is measured: `CPU`.
    #[prop(into)]
    label: String,
    /// The share, 0 to 100; `None` while it is not known.
    #[prop(into)]
    percent: Signal<Option<f64>>,
    /// From here on the bar warns.
    #[prop(default = HIGH)]
    high: f64,
) -> impl IntoView {
    move || shown(&label, percent.get(), high)
}
