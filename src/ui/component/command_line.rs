//! The aws command that does the same as the form beside it.
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Button, ButtonKind, Icon};
use crate::ui::browser::{clipboard, timer};

/// A command to read and to copy.
#[component]
pub fn CommandLine(
    /// The command, without a prompt.
    #[prop(into)]
    command: Signal<String>,
) -> impl IntoView {
    let code = NodeRef::<html::Code>::new();
    let copied = RwSignal::new(false);
    let copy = move || {
        let text = command.get_untracked();
        spawn_local(async move {
            let done = clipboard::copy(&text).await;
            let _ = copied.try_set(done);
            if !done && let Some(code) = code.try_get_untracked().flatten() {
                clipboard::select(&code);
            }
            timer::after(std::time::Duration::from_secs(2), move || {
                let _ = copied.try_set(false);
            });
        });
    };
    let label = Signal::derive(move || if copied.get() { "Copied" } else { "Copy command" }.to_owned());
    let icon = Signal::derive(move || if copied.get() { Icon::Check } else { Icon::Copy });
    view! {
        <div class="command-line">
            <pre tabindex="0" role="group" aria-label="Command"><code node_ref=code>{command}</code></pre>
            <Button label=label icon=icon icon_only=true kind=ButtonKind::Quiet on_press=copy />
        </div>
    }
}
