//! Names and values of one thing.
use leptos::prelude::*;

use super::cell::{Cell, cell_view};

/// A name and its value.
pub type Fact = (&'static str, Cell);

/// A list of facts, in columns where there is room. Their names stay as they are; their values follow.
#[component]
pub fn Facts(
    /// The facts.
    #[prop(into)]
    facts: Signal<Vec<Fact>>,
) -> impl IntoView {
    let row = |(index, label): (usize, &'static str)| {
        let value =
            Memo::new(move |_| facts.with(|facts| facts.get(index).map_or(Cell::fact(""), |fact| fact.1.clone())));
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{cell_view(value)}</dd>
            </div>
        }
    };
    let labels: Vec<&'static str> = facts.with_untracked(|facts| facts.iter().map(|fact| fact.0).collect());
    view! { <dl class="facts">{labels.into_iter().enumerate().map(row).collect_view()}</dl> }
}
