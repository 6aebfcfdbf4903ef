//! A question that wants an answer before anything else.
use leptos::html;
use leptos::prelude::*;

use super::{Button, ButtonKind, Icon};

/// A modal dialog. The browser keeps the focus inside, closes it on Escape and gives the focus back.
///
/// Its content is made anew each time it opens, so a form in it starts fresh.
#[component]
pub fn Dialog(
    /// What it asks.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let id = super::unique_id("dialog");
    let labelled_by = id.clone();
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    let content = StoredValue::new(children);
    view! {
        <dialog class="dialog" node_ref=element aria-labelledby=labelled_by on:close=move |_| open.set(false)>
            <header>
                <h2 id=id>{title}</h2>
                <Button label="Close" icon=Icon::Close icon_only=true kind=ButtonKind::Quiet on_press=move || open.set(false) />
            </header>
            <Show when=move || open.get()>{content.with_value(|content| content())}</Show>
        </dialog>
    }
}
