//! One thing on a page of its own, tab by tab.
use leptos::prelude::*;
use serde_json::Value;

use super::act::{self, Subject};
use super::dialog::{FormDialog, FormDialogs};
use super::part::part_view;
use crate::console::{Kind, Tab};
use crate::ui::component::{self, ButtonLink, EmptyState, PageHeader, Tabs};
use crate::ui::lab::Lab;
use crate::ui::page::not_found::NotFound;
use crate::ui::page::words::words;
use crate::ui::route::{Route, Section};

/// The page of one thing.
#[component]
pub fn DetailPage(section: Section, id: String) -> impl IntoView {
    let Some(kind) = Kind::of(section).filter(|kind| !kind.tabs.is_empty()) else {
        return view! { <NotFound path=Route::Detail(section, id).to_string() /> }.into_any();
    };
    let dialogs = FormDialogs::provide();
    let wanted = id.clone();
    let found = Lab::get().read(Signal::stored(Value::Null), move |asker, _| kind.find(asker, &wanted));
    let is_there = Memo::new(move |_| found.with(Option::is_some));
    let body = move || match found.get_untracked().filter(|_| is_there.get()) {
        Some(first) => {
            // While the page goes, its last content may be read once more.
            let thing = Memo::new(move |before: Option<&Value>| {
                found.get().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
            });
            tabs(kind, thing.into())
        }
        None => missing(section),
    };
    let actions = move || is_there.get().then(|| menu(kind, section, found));
    view! {
        <PageHeader title=id note=section.title().to_owned() actions=actions />
        {body}
        <FormDialog dialogs=dialogs />
    }
    .into_any()
}

fn menu(kind: &'static Kind, section: Section, found: Memo<Option<Value>>) -> AnyView {
    let subject = move || {
        let item = found.get_untracked()?;
        Some(Subject { key: kind.table.key_of(&item), parent: item.clone(), item })
    };
    act::menu("Actions".to_owned(), false, kind.table.actions, subject, Some(Route::List(section)))
}

fn tabs(kind: &'static Kind, thing: Signal<Value>) -> AnyView {
    let tab = move |tab: &'static Tab| {
        component::Tab::new(tab.label, move || tab.parts.iter().map(|part| part_view(part, thing)).collect_view())
    };
    let tabs: Vec<component::Tab> = kind.tabs.iter().map(tab).collect();
    view! { <Tabs label="Details".to_owned() tabs=tabs /> }.into_any()
}

fn missing(section: Section) -> AnyView {
    view! {
        <EmptyState icon=words(section).icon title="It is not here" text="It may be in another region, or gone.">
            <ButtonLink label=format!("All {}", section.title()) to=Route::List(section) />
        </EmptyState>
    }
    .into_any()
}
