//! An address that leads nowhere.
use leptos::prelude::*;

use crate::ui::component::{ButtonKind, ButtonLink, EmptyState, Icon, PageHeader};
use crate::ui::route::Route;

/// Says which address leads nowhere, and the way back.
#[component]
pub fn NotFound(path: String) -> impl IntoView {
    view! {
        <PageHeader title="Page not found".to_owned() />
        <EmptyState icon=Icon::Link title="Nothing is here" text=format!("There is no page at “{path}”. Perhaps the link is from another version.")>
            <ButtonLink label="To the bench" to=Route::Bench kind=ButtonKind::Primary />
        </EmptyState>
    }
}
