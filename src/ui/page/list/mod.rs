//! What happened: the page of all of it, and the latest of it for the bench.
mod observe;

use leptos::prelude::*;
use serde_json::Value;

pub use self::observe::event_table;

use super::console::part_view;
use super::words::words;
use crate::console::requests::REQUESTS;
use crate::ui::component::{DataTable, EmptyState, PageHeader};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

/// All that happened in the region.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let section = Section::Activity;
    let words = words(section);
    let rows = Lab::get().view(observe::all);
    let empty = move || view! { <EmptyState icon=words.icon title=words.empty text=words.first>""</EmptyState> };
    view! {
        <PageHeader title=section.title().to_owned() note=words.note.to_owned() />
        <DataTable caption=section.title() rows=rows columns=observe::columns() actions=observe::why() empty=empty tools=true />
        {part_view(&REQUESTS, Signal::stored(Value::Null))}
    }
}
