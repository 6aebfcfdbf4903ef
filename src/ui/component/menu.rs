//! A button that opens a list of actions.
use std::time::Duration;

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Icon, IconImage};
use crate::ui::browser::{self, timer};

/// An action of a menu.
#[derive(Clone)]
pub struct MenuItem {
    label: String,
    on_choose: Callback<()>,
    disabled: Signal<bool>,
}

impl MenuItem {
    /// An action that can always be chosen.
    pub fn new(label: impl Into<String>, on_choose: impl Fn() + Send + Sync + 'static) -> Self {
        MenuItem {
            label: label.into(),
            on_choose: Callback::new(move |()| on_choose()),
            disabled: Signal::stored(false),
        }
    }

    /// The action, greyed while `disabled` says so.
    pub fn disabled(mut self, disabled: impl Into<Signal<bool>>) -> Self {
        self.disabled = disabled.into();
        self
    }
}

/// A button that opens a list of actions. The browser closes it on Escape and on a press outside.
#[component]
pub fn Menu(
    /// What the actions are for.
    #[prop(into)]
    label: String,
    /// Shows three dots instead of the label, for rows of a table.
    #[prop(optional)]
    compact: bool,
    /// The actions.
    items: Vec<MenuItem>,
) -> impl IntoView {
    let id = super::unique_id("menu");
    let list = NodeRef::<html::Div>::new();
    // What fits is found anew at each opening, not while the list is closed.
    let opened = RwSignal::new(0_u32);
    let place = move |event: MouseEvent| {
        opened.update(|times| *times += 1);
        place_below(&event, list.get_untracked().as_ref());
    };
    let entry = {
        let id = id.clone();
        move |item| menu_entry(&id, item, opened)
    };
    let (icon, title) = if compact { (Icon::More, Some(label.clone())) } else { (Icon::ChevronDown, None) };
    view! {
        <button
            type="button"
            class="button"
            data-kind=if compact { "quiet" } else { "plain" }
            data-icon-only=compact.then_some("")
            title=title
            popovertarget=id.clone()
            on:click=place
        >
            <span class:visually-hidden=compact>{label}</span>
            <IconImage icon=icon />
        </button>
        <div class="menu" popover="auto" id=id node_ref=list>{items.into_iter().map(entry).collect_view()}</div>
    }
}

fn menu_entry(id: &str, item: MenuItem, opened: RwSignal<u32>) -> impl IntoView + use<> {
    let owner = Owner::current();
    // After the list has closed and the focus is back at the button: a question that opens then gives it back there.
    let choose = move |_: MouseEvent| {
        let owner = owner.clone();
        timer::after(Duration::ZERO, move || {
            if let Some(owner) = owner {
                owner.with(|| item.on_choose.try_run(()));
            }
        });
    };
    let disabled = move || opened.get() > 0 && item.disabled.get();
    view! {
        <button
            type="button"
            disabled=disabled
            popovertarget=id.to_owned()
            popovertargetaction="hide"
            on:click=choose
        >
            {item.label}
        </button>
    }
}

/// Tells the list where its button is: once per opening, outside of the frame path.
fn place_below(event: &MouseEvent, list: Option<&web_sys::HtmlDivElement>) {
    let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some((button, list)) = button.zip(list.and_then(|list| list.dyn_ref::<HtmlElement>())) else { return };
    let place = button.get_bounding_client_rect();
    let style = list.style();
    let _ = style.set_property("--menu-top", &format!("{}px", place.bottom()));
    // A button at the lower edge of the window has its list above it.
    let window = browser::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let _ = style.set_property("--menu-bottom", &format!("{}px", window - place.top()));
    let _ = style.set_property("--menu-left", &format!("{}px", place.left()));
    let _ = style.set_property("--menu-right", &format!("{}px", place.right()));
}
