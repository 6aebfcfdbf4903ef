//! Buttons, and links that look like them.
use leptos::prelude::*;

use super::{Icon, IconImage};
use crate::ui::route::Route;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    /// One of several things.
    #[default]
    Plain,
    /// A thing in passing: no border.
    Quiet,
    /// It takes something away.
    Danger,
}

impl ButtonKind {
    fn name(self) -> &'static str {
        match self {
            ButtonKind::Primary => "primary",
            ButtonKind::Plain => "plain",
            ButtonKind::Quiet => "quiet",
            ButtonKind::Danger => "danger",
        }
    }
}

/// A button with a text, an icon, or both.
#[component]
pub fn Button(
    /// The text. Hidden from view, but not from screen readers, if `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// A picture before the text.
    #[prop(optional, into)]
    icon: Option<Signal<Icon>>,
    /// Shows the icon alone; the label becomes the tooltip.
    #[prop(optional)]
    icon_only: bool,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let title = move || icon_only.then(|| label.get());
    view! {
        <button
            type="button"
            class="button"
            data-kind=kind.name()
            data-icon-only=icon_only.then_some("")
            title=title
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
            {icon.map(|icon| view! { <IconImage icon=icon /> })}
            <span class:visually-hidden=icon_only>{label}</span>
        </button>
    }
}

/// A link to another page that looks like a button.
#[component]
pub fn ButtonLink(
    /// The text.
    #[prop(into)]
    label: String,
    /// Where it leads.
    to: Route,
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// A picture before the text.
    #[prop(optional, into)]
    icon: Option<Signal<Icon>>,
) -> impl IntoView {
    view! {
        <a class="button" data-kind=kind.name() href=to.to_string()>
            {icon.map(|icon| view! { <IconImage icon=icon /> })}
            <span>{label}</span>
        </a>
    }
}
