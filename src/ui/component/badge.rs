//! A state in a word: colour, icon and text say the same.
use leptos::prelude::*;

use super::{Icon, IconImage, icon};

pub use crate::console::Meaning as State;

/// Each meaning has an icon of its own, so that colour is never alone.
fn icon_of(state: State) -> Icon {
    match state {
        State::Good => Icon::Check,
        State::Busy => Icon::Clock,
        State::Idle => Icon::Pause,
        State::Warning => Icon::Warning,
        State::Bad => Icon::Critical,
        State::Gone => Icon::Minus,
    }
}

/// A state that does not change.
pub(super) fn shown(state: State, text: &str) -> AnyView {
    view! { <span class="badge" data-state=state.name()>{icon::shown(icon_of(state))}{text.to_owned()}</span> }
        .into_any()
}

/// A state in a word.
#[component]
pub fn Badge(
    /// What it means.
    #[prop(into)]
    state: Signal<State>,
    /// The word, in AWS's spelling: `running`.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let icon = Signal::derive(move || icon_of(state.get()));
    view! {
        <span class="badge" data-state=move || state.get().name()>
            <IconImage icon=icon />
            {text}
        </span>
    }
}
