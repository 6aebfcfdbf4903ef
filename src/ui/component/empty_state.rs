//! What a page says when there is nothing to show: what belongs here and how to get it.
use leptos::prelude::*;

use super::{Icon, IconImage};

/// What a page says when there is nothing to show yet.
#[component]
pub fn EmptyState(
    /// A picture of what would be here.
    icon: Icon,
    /// `No instances yet`.
    #[prop(into)]
    title: String,
    /// What such a thing is good for, in a sentence.
    #[prop(into)]
    text: String,
    /// The way to the first one.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state-icon"><IconImage icon=icon /></span>
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="empty-state-actions">{children.map(|children| children())}</div>
        </div>
    }
}
