//! Parts of a page that come after the others.
use std::time::Duration;

use leptos::prelude::*;

use crate::ui::browser::timer;

/// Builds what is in it in a task of its own, after what stands before it on the page: the browser paints and answers in between.
#[component]
pub fn Later(children: ChildrenFn) -> impl IntoView {
    let is_due = RwSignal::new(false);
    timer::after(Duration::ZERO, move || {
        let _ = is_due.try_set(true);
    });
    move || is_due.get().then(|| children())
}
