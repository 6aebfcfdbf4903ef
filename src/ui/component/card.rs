//! A panel with a heading.
use leptos::prelude::*;

/// A panel with a heading, a remark beside it, and what belongs to it on the right.
#[component]
pub fn Card(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A remark after the heading.
    #[prop(optional, into)]
    note: Signal<String>,
    /// Buttons on the right of the heading.
    #[prop(optional, into)]
    actions: ViewFn,
    children: Children,
) -> impl IntoView {
    let id = super::unique_id("card");
    let labelled_by = id.clone();
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <header>
                <h2 id=id>{title}</h2>
                <small>{note}</small>
                <div class="card-actions">{actions.run()}</div>
            </header>
            {children()}
        </section>
    }
}
