//! Alarms, and what happened.
use leptos::prelude::*;

use super::{List, nothing, table};
use crate::cloud::EventId;
use crate::cloud::cloudwatch::AlarmState;
use crate::projection::console::{self, AlarmRow};
use crate::projection::events::{self, EventRow, Weight};
use crate::projection::marks::Subject;
use crate::session::Session;
use crate::ui::component::{Button, ButtonKind, Cell, Column, Icon, Row, State};
use crate::ui::lab::Lab;
use crate::ui::why::Inquiry;

/// How many events the page of activity goes back.
const MOST: usize = 1_000;
/// How many events the bench shows.
const LATEST: usize = 8;

pub(super) fn alarm_list() -> List {
    let columns = vec![
        Column::new("Name").wide(),
        Column::new("State"),
        Column::new("Conditions").wide(),
        Column::new("Reason").wide(),
    ];
    let rows = |session: &_, region: &str| console::alarms(session, region).into_iter().map(alarm).collect();
    List { rows, columns, actions: None }
}

fn alarm(row: AlarmRow) -> Row {
    let state = match row.state {
        AlarmState::Ok => State::Good,
        AlarmState::Alarm => State::Bad,
        AlarmState::InsufficientData => State::Idle,
    };
    let state = Cell::State(state, row.state.name().to_owned());
    Row::new(row.name.clone(), [Cell::Text(row.name), state, Cell::Text(row.condition), Cell::Text(row.reason)])
}

pub(super) fn event_list() -> List {
    let columns = vec![Column::new("Time"), Column::new("What happened").wide(), Column::new("Because of").wide()];
    List { rows: |session, region| rows(session, region, MOST), columns, actions: Some(why_button) }
}

/// The latest events of the region.
pub fn event_table() -> AnyView {
    let latest = Lab::get().view(|session, region| rows(session, region, LATEST));
    table("What happened last", latest, event_list(), nothing("Nothing yet."))
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
