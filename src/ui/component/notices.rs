//! Notices: what came of the last action, for a few seconds in a corner and once for screen readers.
use std::time::Duration;

use leptos::prelude::*;

use super::{Badge, Button, ButtonKind, Icon, State};
use crate::ui::browser::timer;

/// How long good news stay. Bad news stay until they are closed.
const GOOD_NEWS: Duration = Duration::from_secs(6);
/// Older notices make room.
const MOST: usize = 4;

/// Shows notices; in context, see [`Notices::provide`].
#[derive(Clone, Copy)]
pub struct Notices {
    list: RwSignal<Vec<Notice>>,
    next_id: StoredValue<usize>,
}

#[derive(Clone, PartialEq)]
struct Notice {
    id: usize,
    state: State,
    title: String,
    text: String,
}

impl Notices {
    /// Puts the notices into context.
    pub fn provide() -> Self {
        let notices = Notices { list: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) };
        provide_context(notices);
        notices
    }

    /// Says that something worked.
    pub fn good(self, title: impl Into<String>, text: impl Into<String>) {
        let id = self.add(State::Good, title.into(), text.into());
        timer::after(GOOD_NEWS, move || self.close(id));
    }

    /// Says that something was refused, and why: AWS's code and message.
    pub fn bad(self, title: impl Into<String>, text: impl Into<String>) {
        self.add(State::Bad, title.into(), text.into());
    }

    fn add(self, state: State, title: String, text: String) -> usize {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.list.update(|list| {
            list.push(Notice { id, state, title, text });
            list.drain(..list.len().saturating_sub(MOST));
        });
        id
    }

    fn close(self, id: usize) {
        let _ = self.list.try_update(|list| list.retain(|notice| notice.id != id));
    }
}

/// Where the notices appear. One per page, always there, so that screen readers watch it.
#[component]
pub fn NoticeList(notices: Notices) -> impl IntoView {
    let notice = move |notice: Notice| {
        let id = notice.id;
        view! {
            <li class="notice" data-bad=(notice.state == State::Bad).then_some("")>
                <Badge state=notice.state text=notice.title />
                <p>{notice.text}</p>
                <Button label="Close notice" icon=Icon::Close icon_only=true kind=ButtonKind::Quiet on_press=move || notices.close(id) />
            </li>
        }
    };
    view! {
        <div role="status">
            <ul class="notice-list">
                <For each=move || notices.list.get() key=|notice| notice.id children=notice />
            </ul>
        </div>
    }
}
