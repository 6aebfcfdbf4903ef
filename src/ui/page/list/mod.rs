//! The lists of the console: a page each, their columns by service.
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
use crate::ui::component::{Badge, ButtonKind, ButtonLink, Column, DataTable, EmptyState, Icon, PageHeader, State};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

/// The list of a section.
#[component]
pub fn ListPage(section: Section) -> impl IntoView {
    let lab = Lab::get();
    let list = match section {
        Section::Instances => instances::list(lab),
        Section::LaunchTemplates => templates::list(lab),
        Section::Images => images::list(lab),
        Section::Snapshots => images::snapshot_list(lab),
        Section::Addresses => network::address_list(lab),
        Section::SecurityGroups => network::security_group_list(lab),
        Section::LoadBalancers => balancing::balancer_list(lab),
        Section::TargetGroups => balancing::target_group_list(lab),
        Section::Groups => groups::list(lab),
        Section::Metrics => observe::alarm_list(lab),
        Section::Activity => observe::event_list(lab),
    };
    let words = words(section);
    let create = move || {
        let link = view! { <ButtonLink label=words.create to=Route::Create(section) kind=ButtonKind::Primary icon=Icon::Plus /> };
        (!words.create.is_empty()).then_some(link)
    };
    view! {
        <PageHeader title=section.title().to_owned() note=words.note.to_owned() actions=create />
        {list}
    }
}

/// A table of a section's things, or what the section is good for while there are none.
fn table<R: Clone + PartialEq + Send + Sync + 'static>(
    section: Section,
    rows: Memo<Vec<R>>,
    key: fn(&R) -> String,
    columns: Vec<Column<R>>,
) -> AnyView {
    let words = words(section);
    let empty = move || view! { <EmptyState icon=words.icon title=words.empty text=words.first>""</EmptyState> };
    view! { <DataTable caption=section.title() rows=rows key=key columns=columns empty=empty /> }.into_any()
}

/// A link to the page of one thing.
fn link_to(section: Section, id: String, text: String) -> AnyView {
    let to = Route::Detail(section, id);
    view! { <a href=to.to_string()>{text}</a> }.into_any()
}

/// A column with a state: what it means, and the word.
fn state_column<R: Clone + PartialEq + Send + Sync + 'static>(
    heading: &'static str,
    state: fn(&R) -> (State, String),
) -> Column<R> {
    Column::new(heading, move |row: Signal<R>| {
        let kind = Signal::derive(move || row.with(state).0);
        view! { <Badge state=kind text=Signal::derive(move || row.with(state).1) /> }
    })
}
