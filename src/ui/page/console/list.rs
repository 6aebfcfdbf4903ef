//! The list of a section: its rows, what can be done to one or to several, and the way to a new one.
use std::collections::BTreeSet;

use leptos::prelude::*;
use serde_json::Value;

use super::act::{self, Subject};
use super::dialog::{FormDialog, FormDialogs};
use super::part;
use crate::console::{Action, Kind, Run};
use crate::ui::component::{Button, ButtonKind, ButtonLink, DataTable, EmptyState, Icon, PageHeader, Row};
use crate::ui::lab::Lab;
use crate::ui::page::words::words;
use crate::ui::route::{Route, Section};

/// The list of a section.
#[component]
pub fn ListPage(section: Section) -> impl IntoView {
    let Some(kind) = Kind::of(section) else { return ().into_any() };
    let dialogs = FormDialogs::provide();
    let words = words(section);
    let create = move || {
        let link = view! { <ButtonLink label=words.create to=Route::Create(section) kind=ButtonKind::Primary icon=Icon::Plus /> };
        kind.create.map(|_| link)
    };
    let nothing = Signal::stored(Value::Null);
    let rows = Lab::get().read(nothing, |asker, _| {
        kind.entries(asker).unwrap_or_default().iter().map(|entry| part::row(&kind.table, entry)).collect::<Vec<Row>>()
    });
    let summary = (!kind.summary.is_empty()).then(|| {
        let answer = Lab::get().read(nothing, |asker, _| kind.answer(asker));
        part::facts_card("Summary", answer.into(), kind.summary)
    });
    let refusal = Lab::get()
        .read(nothing, |asker, _| kind.entries(asker).err().map_or_else(String::new, |refusal| refusal.to_string()));
    let empty = ViewFn::from(move || {
        if refusal.with(String::is_empty) {
            view! { <EmptyState icon=words.icon title=words.empty text=words.first>""</EmptyState> }.into_any()
        } else {
            view! { <EmptyState icon=Icon::Critical title="AWS refuses to list them" text=refusal.get()>""</EmptyState> }.into_any()
        }
    });
    let selected = RwSignal::new(BTreeSet::new());
    view! {
        <PageHeader title=section.title().to_owned() note=words.note.to_owned() actions=create />
        {summary}
        {table(kind, section.title(), (rows, selected), empty)}
        <FormDialog dialogs=dialogs />
    }
    .into_any()
}

type Shown = (Memo<Vec<Row>>, RwSignal<BTreeSet<String>>);

fn table(kind: &'static Kind, title: &'static str, (rows, selected): Shown, empty: ViewFn) -> AnyView {
    let columns = part::columns(&kind.table);
    if kind.table.actions.is_empty() {
        return view! { <DataTable caption=title rows=rows columns=columns empty=empty tools=true /> }.into_any();
    }
    let menu = Callback::new(move |key: String| {
        let label = format!("Actions for {}", act::short_key(&key));
        let key = StoredValue::new(key);
        act::menu(label, true, kind.table.actions, move || subject(kind, &key.get_value()), None)
    });
    let bulk = ViewFn::from(move || bulk_view(kind, selected));
    view! { <DataTable caption=title rows=rows columns=columns actions=menu empty=empty tools=true selected=selected bulk=bulk /> }
        .into_any()
}

fn subject(kind: &'static Kind, key: &str) -> Option<Subject> {
    let entries = Lab::get().ask(|asker| kind.entries(asker)).unwrap_or_default();
    let item = entries.into_iter().find(|entry| kind.table.key_of(entry) == key)?;
    Some(Subject { parent: item.clone(), item, key: key.to_owned() })
}

/// What can be done to all selected rows: each action that needs no form.
fn bulk_view(kind: &'static Kind, selected: RwSignal<BTreeSet<String>>) -> AnyView {
    let button = move |action: &'static Action| {
        let press = move || {
            let keys = selected.get_untracked();
            let subjects =
                keys.iter().filter_map(|key| subject(kind, key)).filter(|subject| action.fits(&subject.item));
            act::begin(action, subjects.collect(), None);
            selected.set(BTreeSet::new());
        };
        let danger = if action.ask.is_empty() { ButtonKind::Plain } else { ButtonKind::Danger };
        view! { <Button label=action.label kind=danger on_press=press /> }
    };
    let calls = kind.table.actions.iter().filter(|action| matches!(action.run, Run::Call(..)));
    calls.map(button).collect_view().into_any()
}
