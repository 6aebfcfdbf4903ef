//! Several views of one thing, one at a time.
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A tab: its name and what it shows.
#[derive(Clone)]
pub struct Tab {
    label: &'static str,
    view: ViewFn,
}

impl Tab {
    /// A tab; `view` runs each time it is opened.
    pub fn new<V: IntoAny + 'static>(label: &'static str, view: impl Fn() -> V + Send + Sync + 'static) -> Self {
        Tab { label, view: ViewFn::from(move || view().into_any()) }
    }
}

/// Several views, one at a time. The arrow keys, Home and End move between the tabs.
#[component]
pub fn Tabs(
    /// What the tabs are views of; for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs, at least one.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let id = super::unique_id("tabs");
    let count = tabs.len();
    let button = |(index, tab): (usize, &Tab)| tab_button(&id, index, tab.label, chosen);
    let buttons = tabs.iter().enumerate().map(button).collect_view();
    let on_key = move |event: KeyboardEvent| {
        if let Some(next) = tab_after(&event.key(), chosen.get_untracked(), count) {
            event.prevent_default();
            chosen.set(next);
            focus_tab(&event, next);
        }
    };
    let labelled_by = format!("{id}-tab");
    view! {
        <div class="tabs">
            <div class="tab-list" role="tablist" aria-label=label on:keydown=on_key>{buttons}</div>
            <div
                class="tab-panel"
                role="tabpanel"
                id=format!("{id}-panel")
                aria-labelledby=move || format!("{labelled_by}-{}", chosen.get())
            >
                {move || tabs.get(chosen.get()).map(|tab| tab.view.run())}
            </div>
        </div>
    }
}

fn tab_button(id: &str, index: usize, label: &'static str, chosen: RwSignal<usize>) -> impl IntoView + use<> {
    let is_chosen = move || chosen.get() == index;
    view! {
        <button
            type="button"
            role="tab"
            name=label
            id=format!("{id}-tab-{index}")
            aria-controls=format!("{id}-panel")
            aria-selected=move || is_chosen().to_string()
            tabindex=move || if is_chosen() { "0" } else { "-1" }
            on:click=move |_| chosen.set(index)
        >
            {label}
        </button>
    }
}

fn tab_after(key: &str, chosen: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((chosen + 1) % count),
        "ArrowLeft" => Some((chosen + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

fn focus_tab(event: &KeyboardEvent, index: usize) {
    let list = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let tab = list.and_then(|list| list.children().item(u32::try_from(index).unwrap_or(0)));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        let _ = tab.focus();
    }
}
