//! The lists of the console: a page each, their rows by service.
mod balancing;
mod groups;
mod images;
mod instances;
mod network;
mod observe;
mod templates;

use leptos::prelude::*;

pub use self::groups::activity_table;
pub use self::instances::{instance_actions, instance_table};
pub use self::observe::event_table;

use super::words::words;
use crate::session::Session;
use crate::ui::component::{
    ButtonKind, ButtonLink, Cell, Column, DataTable, EmptyState, Icon, PageHeader, Row, RowActions, State,
};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

/// What a list shows: its rows, their columns, and what can be done to one.
struct List {
    rows: fn(&Session, &str) -> Vec<Row>,
    columns: Vec<Column>,
    actions: Option<RowActions>,
}

/// The list of a section.
#[component]
pub fn ListPage(section: Section) -> impl IntoView {
    let list = match section {
        Section::Instances => instances::list(),
        Section::LaunchTemplates => templates::list(),
        Section::Images => images::list(),
        Section::Snapshots => images::snapshot_list(),
        Section::Addresses => network::address_list(),
        Section::SecurityGroups => network::security_group_list(),
        Section::LoadBalancers => balancing::balancer_list(),
        Section::TargetGroups => balancing::target_group_list(),
        Section::Groups => groups::list(),
        Section::Metrics => observe::alarm_list(),
        Section::Activity => observe::event_list(),
    };
    let words = words(section);
    let create = move || {
        let link = view! { <ButtonLink label=words.create to=Route::Create(section) kind=ButtonKind::Primary icon=Icon::Plus /> };
        (!words.create.is_empty()).then_some(link)
    };
    let empty = move || view! { <EmptyState icon=words.icon title=words.empty text=words.first>""</EmptyState> };
    view! {
        <PageHeader title=section.title().to_owned() note=words.note.to_owned() actions=create />
        {table(section.title(), Lab::get().view(list.rows), list, ViewFn::from(empty))}
    }
}

fn table(caption: &'static str, rows: Memo<Vec<Row>>, list: List, empty: ViewFn) -> AnyView {
    match list.actions {
        Some(actions) => {
            view! { <DataTable caption=caption rows=rows columns=list.columns actions=actions empty=empty /> }
                .into_any()
        }
        None => view! { <DataTable caption=caption rows=rows columns=list.columns empty=empty /> }.into_any(),
    }
}

/// What stands in a table of a page when there is no row.
fn nothing(text: &'static str) -> ViewFn {
    ViewFn::from(move || view! { <p class="quiet">{text}</p> })
}

/// A thing that is on its way until it has a word's state.
fn ready(state: &str, word: &str) -> Cell {
    Cell::State(if state == word { State::Good } else { State::Busy }, state.to_owned())
}
