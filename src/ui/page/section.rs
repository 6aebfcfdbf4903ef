//! A section before it has anything to show.
use leptos::prelude::*;

use super::words::words;
use crate::ui::component::{ButtonKind, ButtonLink, EmptyState, Icon, PageHeader};
use crate::ui::route::{Route, Section};

/// A section before it has anything to show.
#[component]
pub fn SectionPage(section: Section) -> impl IntoView {
    let words = words(section);
    let create = (!words.create.is_empty()).then(|| {
        view! { <ButtonLink label=words.create to=Route::Create(section) kind=ButtonKind::Primary icon=Icon::Plus /> }
    });
    view! {
        <PageHeader title=section.title().to_owned() note=words.note.to_owned() />
        <EmptyState icon=words.icon title=words.empty text=words.first>{create}</EmptyState>
    }
}
