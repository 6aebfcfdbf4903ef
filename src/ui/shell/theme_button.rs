//! Light, dark, or what the system says.
use leptos::prelude::*;

use crate::ui::component::{Button, Icon};
use crate::ui::preferences::{Preferences, Theme};

/// A button that goes round the themes.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let theme = Preferences::get().theme;
    let look = move || match theme.get() {
        Theme::System => ("Theme: system", Icon::System),
        Theme::Light => ("Theme: light", Icon::Sun),
        Theme::Dark => ("Theme: dark", Icon::Moon),
    };
    let label = Signal::derive(move || look().0.to_owned());
    let icon = Signal::derive(move || look().1);
    view! { <Button label=label icon=icon icon_only=true on_press=move || theme.update(|theme| *theme = theme.next()) /> }
}
