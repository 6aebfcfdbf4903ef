//! The parts of a thing's page: facts, lists of what belongs to it, forms that change it.
use leptos::prelude::*;
use serde_json::Value;

use super::act::{self, Subject};
use super::form::{FormView, Place};
use crate::console::{Action, Column, Context, Draft, Form, Part, Read, Run, Table, path};
use crate::ui::component::{self, Button, ButtonKind, Card, Cell, DataTable, Facts, Icon, Notices, Row};
use crate::ui::lab::Lab;

/// A part of a thing's page.
pub fn part_view(part: &'static Part, thing: Signal<Value>) -> AnyView {
    match part {
        Part::Facts(title, columns) => facts_card(title, thing, columns),
        Part::More(title, read, columns) => {
            let answer = Lab::get()
                .read(thing, move |asker, thing| entries_of(read, asker, thing).into_iter().next().unwrap_or_default());
            facts_card(title, answer.into(), columns)
        }
        Part::Table(title, table) => table_card((*title).to_owned(), table, thing),
        Part::Each(title, read, table) => each(title, read, table, thing),
        Part::Form(read, form) => form_card(read.as_ref(), form, thing),
    }
}

fn entries_of(read: &Read, asker: &mut crate::console::Asker, thing: &Value) -> Vec<Value> {
    let draft = Draft::default();
    read.entries(asker, Context { item: thing, parent: thing, key: "", draft: &draft, answers: &[] })
        .unwrap_or_default()
}

/// Facts of a thing in a card.
pub fn facts_card(title: &'static str, thing: Signal<Value>, columns: &'static [Column]) -> AnyView {
    let fact = |column: &'static Column, thing: &Value| {
        let cell = Cell::from(column.cell(thing));
        (column.heading, if cell == Cell::text("") { Cell::fact("") } else { cell })
    };
    let facts = Signal::derive(move || {
        thing.with(|thing| columns.iter().map(|column| fact(column, thing)).collect::<Vec<_>>())
    });
    view! { <Card title=title><Facts facts=facts /></Card> }.into_any()
}

/// A list in a card, with the forms that add to it.
fn table_card(title: String, table: &'static Table, thing: Signal<Value>) -> AnyView {
    let add = move || {
        let button = |action: &'static Action| {
            let press = move || {
                let item = thing.get_untracked();
                act::begin(action, vec![Subject { parent: item.clone(), item, key: String::new() }], None);
            };
            view! { <Button label=action.label icon=Icon::Plus on_press=press /> }
        };
        table.add.iter().map(button).collect_view()
    };
    let list = table_view(title.clone(), table, thing);
    view! { <Card title=title actions=add>{list}</Card> }.into_any()
}

/// A list of what belongs to a thing.
fn table_view(caption: String, table: &'static Table, thing: Signal<Value>) -> AnyView {
    let rows = Lab::get().read(thing, move |asker, thing| {
        table.entries(asker, thing).unwrap_or_default().iter().map(|entry| row(table, entry)).collect::<Vec<Row>>()
    });
    let empty = ViewFn::from(move || view! { <p class="quiet">{table.empty}</p> });
    let columns = columns(table);
    if table.actions.is_empty() {
        return view! { <DataTable caption=caption rows=rows columns=columns empty=empty /> }.into_any();
    }
    let menu = Callback::new(move |key: String| {
        if let [action @ Action { run: Run::Why, .. }] = table.actions {
            let ask = move || {
                act::begin(action, vec![Subject { item: Value::Null, parent: Value::Null, key: key.clone() }], None);
            };
            return view! { <Button label=action.label kind=ButtonKind::Quiet on_press=ask /> }.into_any();
        }
        let label = format!("Actions for {}", act::short_key(&key));
        let key = StoredValue::new(key);
        let subject = move || {
            let (thing, key) = (thing.get_untracked(), key.get_value());
            let entries = Lab::get().ask(|asker| table.entries(asker, &thing)).unwrap_or_default();
            let item = entries.into_iter().find(|entry| table.key_of(entry) == key)?;
            Some(Subject { item, parent: thing, key })
        };
        act::menu(label, true, table.actions, subject, None)
    });
    view! { <DataTable caption=caption rows=rows columns=columns actions=menu empty=empty /> }.into_any()
}

/// The row of an entry.
pub fn row(table: &Table, entry: &Value) -> Row {
    let row = table.row(entry);
    Row { key: row.key, cells: row.cells.into_iter().map(Cell::from).collect() }
}

/// The columns as the table draws them.
pub fn columns(table: &Table) -> Vec<component::Column> {
    use crate::console::Show;
    let column = |column: &Column| {
        let drawn = component::Column::new(column.heading);
        match column.show {
            Show::Number => drawn.numeric(),
            _ if column.is_wide => drawn.wide(),
            _ => drawn,
        }
    };
    table.columns.iter().map(column).collect()
}

/// A list for each entry of an answer.
fn each(title: &'static str, read: &'static Read, table: &'static Table, thing: Signal<Value>) -> AnyView {
    let count = Lab::get().read(thing, move |asker, thing| entries_of(read, asker, thing).len());
    let one = move |index: usize| {
        let entry = Lab::get()
            .read(thing, move |asker, thing| entries_of(read, asker, thing).into_iter().nth(index).unwrap_or_default());
        let (before, rest) = title.split_once('{').unwrap_or((title, ""));
        let title = format!("{before}{}", path::text(&entry.get_untracked(), rest.trim_end_matches('}')));
        table_card(title, table, entry.into())
    };
    (move || (0..count.get()).map(one).collect_view()).into_any()
}

/// A form that changes the thing.
fn form_card(read: Option<&'static Read>, form: &'static Form, thing: Signal<Value>) -> AnyView {
    let parent = thing.get_untracked();
    let key = String::new();
    let item = match read {
        Some(read) => Lab::get().ask(|asker| entries_of(read, asker, &parent).into_iter().next()).unwrap_or_default(),
        None => parent.clone(),
    };
    let notices: Notices = expect_context();
    let done = Callback::new(move |_| notices.good(form.label, ""));
    view! { <Card title=form.title><FormView form=form subject=Subject { item, parent, key } place=Place::Part done=done /></Card> }.into_any()
}
