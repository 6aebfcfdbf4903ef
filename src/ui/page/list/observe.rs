//! What happened, as rows.
use leptos::prelude::*;

use crate::cloud::EventId;
use crate::projection::events::{self, EventRow, Weight};
use crate::projection::marks::Subject;
use crate::session::Session;
use crate::ui::component::{Button, ButtonKind, Cell, Column, DataTable, Icon, Row, RowActions};
use crate::ui::lab::Lab;
use crate::ui::why::Inquiry;

/// How many events the page of activity goes back.
const MOST: usize = 1_000;
/// How many events the bench shows.
const LATEST: usize = 8;

pub(super) fn columns() -> Vec<Column> {
    vec![Column::new("Time"), Column::new("What happened").wide(), Column::new("Because of").wide()]
}

pub(super) fn all(session: &Session, region: &str) -> Vec<Row> {
    rows(session, region, MOST)
}

/// The latest events of the region.
pub fn event_table() -> AnyView {
    let latest = Lab::get().view_late(|timeline, region| rows(timeline.session(), region, LATEST));
    let empty = || view! { <p class="quiet">"Nothing yet."</p> };
    view! { <DataTable caption="What happened last" rows=latest columns=columns() empty=empty /> }.into_any()
}

/// Asks why, event by event.
pub(super) fn why() -> RowActions {
    Callback::new(|id: String| why_button(&id))
}

fn why_button(id: &str) -> AnyView {
    let event = id.parse().ok().map(|number| Subject::Event(EventId(number)));
    let ask = move || event.iter().for_each(|event| Inquiry::get().ask(event));
    view! { <Button label="Why?" kind=ButtonKind::Quiet on_press=ask /> }.into_any()
}

fn rows(session: &Session, region: &str, most: usize) -> Vec<Row> {
    events::latest(session, region, most).into_iter().map(event).collect()
}

fn event(row: EventRow) -> Row {
    let (meaning, icon) = match row.weight {
        Weight::Asked => ("quiet", Icon::Play),
        Weight::Step => ("quiet", Icon::Minus),
        Weight::Good => ("good", Icon::Check),
        Weight::Change => ("change", Icon::Activity),
        Weight::Bad => ("bad", Icon::Critical),
    };
    Row::new(row.id, [Cell::Text(row.at), Cell::Marked(meaning, icon, row.text), Cell::Text(row.cause)])
}
