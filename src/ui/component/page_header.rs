//! The head of a page: its title, a sentence, and its main actions.
use leptos::prelude::*;

/// The head of a page. Its heading takes the focus after a change of page.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence that says what the page is for.
    #[prop(optional, into)]
    note: Signal<String>,
    /// The main actions, on the right.
    #[prop(optional, into)]
    actions: ViewFn,
) -> impl IntoView {
    view! {
        <header class="page-header">
            <div>
                <h1 tabindex="-1">{title}</h1>
                <p>{note}</p>
            </div>
            <div class="page-actions">{actions.run()}</div>
        </header>
    }
}
