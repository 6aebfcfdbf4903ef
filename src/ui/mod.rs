//! The page: a thin view on the session. The only layer that touches the browser.
use leptos::prelude::*;

/// Puts the lab into the document's body.
pub fn mount() {
    leptos::mount::mount_to_body(|| view! { <main><h1>"Scaling Lab"</h1></main> });
}
