//! A state in a word: colour, icon and text say the same.
use leptos::prelude::*;

use super::{Icon, IconImage, icon};

/// What a state means for the learner. Each has an icon of its own, so that colour is never alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is as it should be.
    Good,
    /// It is on its way.
    Busy,
    /// It rests.
    Idle,
    /// It deserves a look.
    Warning,
    /// It is wrong.
    Bad,
    /// It is gone.
    Gone,
}

impl State {
    /// Its name for the styles.
    pub fn name(self) -> &'static str {
        match self {
            State::Good => "good",
            State::Busy => "busy",
            State::Idle => "idle",
            State::Warning => "warning",
            State::Bad => "bad",
            State::Gone => "gone",
        }
    }

    fn icon(self) -> Icon {
        match self {
            State::Good => Icon::Check,
            State::Busy => Icon::Clock,
            State::Idle => Icon::Pause,
            State::Warning => Icon::Warning,
            State::Bad => Icon::Critical,
            State::Gone => Icon::Minus,
        }
    }
}

/// A state that does not change.
pub(super) fn shown(state: State, text: &str) -> AnyView {
    view! { <span class="badge" data-state=state.name()>{icon::shown(state.icon())}{text.to_owned()}</span> }.into_any()
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
    let icon = Signal::derive(move || state.get().icon());
    view! {
        <span class="badge" data-state=move || state.get().name()>
            <IconImage icon=icon />
            {text}
        </span>
    }
}
