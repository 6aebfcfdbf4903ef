//! The names of the lines, with their colours, dashes and latest values.
use leptos::prelude::*;

use super::theme::token;
use crate::projection::chart::{ChartSpec, Dash, Tone};

/// One entry of the legend.
#[derive(Clone, PartialEq)]
struct Entry {
    label: String,
    value: Option<String>,
    tone: Tone,
    dash: Dash,
}

/// The names of the lines.
#[component]
pub fn Legend(spec: Signal<ChartSpec>) -> impl IntoView {
    let entries = Memo::new(move |_| spec.with(entries));
    let item = |entry: Entry| {
        view! {
            <li style:--tone=format!("var({})", token(entry.tone))>
                <svg viewBox="0 0 18 4" aria-hidden="true" focusable="false">
                    <line x1="0" x2="18" y1="2" y2="2" stroke-dasharray=dash_array(entry.dash) />
                </svg>
                <span>{entry.label}</span>
                <b>{entry.value}</b>
            </li>
        }
    };
    view! { <ul class="chart-legend">{move || entries.get().into_iter().map(item).collect_view()}</ul> }
}

fn entries(spec: &ChartSpec) -> Vec<Entry> {
    let series = spec.series.iter().map(|series| Entry {
        label: series.label.clone(),
        value: series.values_in(spec.window).last().map(|(_, value)| spec.unit.format(value)),
        tone: series.tone,
        dash: series.dash,
    });
    let thresholds = spec.thresholds.iter().map(|threshold| Entry {
        label: threshold.label.clone(),
        value: Some(spec.unit.format(threshold.value)),
        tone: threshold.tone,
        dash: Dash::Short,
    });
    series.chain(thresholds).collect()
}

fn dash_array(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "none",
        Dash::Long => "8 2",
        Dash::Short => "4 3",
        Dash::Dotted => "2 2",
    }
}
