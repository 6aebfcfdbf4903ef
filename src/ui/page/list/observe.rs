//! Alarms, and what happened.
use leptos::prelude::*;

use super::{state_column, table};
use crate::cloud::cloudwatch::AlarmState;
use crate::projection::console::{self, AlarmRow};
use crate::projection::events::{self, EventRow, Weight};
use crate::ui::component::{Column, DataTable, Icon, IconImage, State};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

/// How many events the page of activity goes back.
const MOST: usize = 1_000;

pub(super) fn alarm_list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::text("Name", |row: &AlarmRow| row.name.clone()),
        state_column("State", |row: &AlarmRow| {
            let state = match row.state {
                AlarmState::Ok => State::Good,
                AlarmState::Alarm => State::Bad,
                AlarmState::InsufficientData => State::Idle,
            };
            (state, row.state.name().to_owned())
        }),
        Column::text("Conditions", |row: &AlarmRow| row.condition.clone()),
        Column::text("Reason", |row: &AlarmRow| row.reason.clone()).wide(),
    ];
    table(Section::Metrics, lab.view(console::alarms), |row| row.name.clone(), columns)
}

pub(super) fn event_list(lab: Lab) -> AnyView {
    let rows = lab.view(|session, region| events::latest(session, region, MOST));
    table(Section::Activity, rows, |row| row.id.clone(), event_columns())
}

/// A table of some events.
pub fn event_table(rows: Signal<Vec<EventRow>>) -> AnyView {
    view! { <DataTable caption="What happened last" rows=rows key=|row: &EventRow| row.id.clone() columns=event_columns() /> }
        .into_any()
}

fn event_columns() -> Vec<Column<EventRow>> {
    vec![
        Column::text("Time", |row: &EventRow| row.at.clone()),
        Column::new("What happened", |row: Signal<EventRow>| {
            let icon = Signal::derive(move || icon(row.with(|row| row.weight)));
            view! {
                <span class="event" data-weight=move || weight(row.with(|row| row.weight))>
                    <IconImage icon=icon />
                    {move || row.with(|row| row.text.clone())}
                </span>
            }
        })
        .wide(),
        Column::text("Because of", |row: &EventRow| row.cause.clone()).wide(),
    ]
}

fn icon(weight: Weight) -> Icon {
    match weight {
        Weight::Asked => Icon::Play,
        Weight::Step => Icon::Minus,
        Weight::Good => Icon::Check,
        Weight::Change => Icon::Activity,
        Weight::Bad => Icon::Critical,
    }
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Asked | Weight::Step => "quiet",
        Weight::Good => "good",
        Weight::Change => "change",
        Weight::Bad => "bad",
    }
}
