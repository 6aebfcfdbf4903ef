//! Beginning again.
use leptos::prelude::*;

use crate::session::Timeline;
use crate::ui::browser::storage;
use crate::ui::classroom::Classroom;
use crate::ui::component::{Button, ButtonKind, Icon, Question, Questions};
use crate::ui::keeper;
use crate::ui::lab::{Lab, SEED};

/// A button that asks, and then begins again with an empty account.
#[component]
pub fn RestartButton() -> impl IntoView {
    let (lab, room) = (Lab::get(), Classroom::get());
    let restart = move |()| {
        room.leave();
        lab.replace(Timeline::new(SEED));
        keeper::write(lab, room);
    };
    let ask = move || {
        let kept = if storage::is_there() {
            "This session is kept in your browser; it would be gone."
        } else {
            "This browser keeps nothing here: a reload begins again too."
        };
        Questions::get().ask(Question {
            title: "Start over with an empty account?".to_owned(),
            text: format!("All instances, images and groups go, in every region. {kept}"),
            yes: "Start over",
            on_yes: Callback::new(restart),
        });
    };
    view! { <Button label="Start over" icon=Icon::Restart icon_only=true kind=ButtonKind::Quiet on_press=ask /> }
}
