//! Names and values of one thing.
use leptos::prelude::*;

/// A name and its value.
#[derive(Clone)]
pub struct Fact {
    label: String,
    value: ViewFn,
}

impl Fact {
    /// A fact whose value is any view: a text, a badge, a link.
    pub fn new<V: IntoAny + 'static>(label: impl Into<String>, value: impl Fn() -> V + Send + Sync + 'static) -> Self {
        Fact { label: label.into(), value: ViewFn::from(move || value().into_any()) }
    }
}

/// A list of facts, in columns where there is room.
#[component]
pub fn Facts(facts: Vec<Fact>) -> impl IntoView {
    let row = |fact: Fact| {
        view! {
            <div>
                <dt>{fact.label}</dt>
                <dd>{fact.value.run()}</dd>
            </div>
        }
    };
    view! { <dl class="facts">{facts.into_iter().map(row).collect_view()}</dl> }
}
