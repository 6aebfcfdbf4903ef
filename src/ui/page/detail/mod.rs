//! One thing on a page of its own.
mod address;
mod group;
mod instance;
mod load_balancer;
mod target_group;

use leptos::prelude::*;

use crate::session::Session;
use crate::ui::component::{ButtonLink, EmptyState, PageHeader};
use crate::ui::lab::Lab;
use crate::ui::page::not_found::NotFound;
use crate::ui::page::words::words;
use crate::ui::route::{Route, Section};

/// The page of one thing.
#[component]
pub fn DetailPage(section: Section, id: String) -> impl IntoView {
    match section {
        Section::Instances => instance::page(id),
        Section::Addresses => address::page(id),
        Section::LoadBalancers => load_balancer::page(id),
        Section::TargetGroups => target_group::page(id),
        Section::Groups => group::page(id),
        Section::LaunchTemplates
        | Section::Images
        | Section::Snapshots
        | Section::SecurityGroups
        | Section::Metrics
        | Section::Activity => view! { <NotFound path=Route::Detail(section, id).to_string() /> }.into_any(),
    }
}

/// A page that follows one row as long as it is there, and says so when it is not.
fn page_of<R: Clone + PartialEq + Send + Sync + 'static>(
    (section, id): (Section, String),
    look: fn(&Session, &str) -> Vec<R>,
    key: fn(&R) -> &String,
    cards: fn(Signal<R>) -> AnyView,
) -> AnyView {
    let wanted = id.clone();
    let row = Lab::get().view(move |session, region| look(session, region).into_iter().find(|row| *key(row) == wanted));
    let is_there = Memo::new(move |_| row.with(Option::is_some));
    let body = move || match row.get_untracked().filter(|_| is_there.get()) {
        // While the page goes, its last content may be read once more.
        Some(first) => cards(Signal::derive(move || row.get().unwrap_or_else(|| first.clone()))),
        None => missing(section),
    };
    view! {
        <PageHeader title=id note=section.title().to_owned() />
        {body}
    }
    .into_any()
}

fn missing(section: Section) -> AnyView {
    view! {
        <EmptyState icon=words(section).icon title="It is not here" text="It may be in another region, or gone.">
            <ButtonLink label=format!("All {}", section.title()) to=Route::List(section) />
        </EmptyState>
    }
    .into_any()
}
