//! A table of things, one row each.
use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::cell::{Cell, cell_view};
use super::{Button, Choice};
use crate::console::table::{Query, choices};

/// Longer tables show this many rows until asked for all.
const FIRST_ROWS: usize = 100;

/// Tables of so many columns do not fit a tablet.
const MANY_COLUMNS: usize = 6;

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    heading: &'static str,
    is_numeric: bool,
    is_wide: bool,
}

impl Column {
    /// A column of short values.
    pub const fn new(heading: &'static str) -> Self {
        Column { heading, is_numeric: false, is_wide: false }
    }

    /// The column with its texts on the right, digits under digits.
    pub const fn numeric(self) -> Self {
        Column { is_numeric: true, ..self }
    }

    /// The column with sentences: they may take several lines.
    pub const fn wide(self) -> Self {
        Column { is_wide: true, ..self }
    }
}

/// A row: what tells it apart, and a value for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// An id or an ARN.
    pub key: String,
    /// The values.
    pub cells: Vec<Cell>,
}

impl Row {
    /// A row.
    pub fn new(key: impl Into<String>, cells: impl Into<Vec<Cell>>) -> Self {
        Row { key: key.into(), cells: cells.into() }
    }
}

/// What can be done to a row, by its key.
pub type RowActions = Callback<String, AnyView>;

/// What all rows of a table share.
#[derive(Clone, Copy)]
struct Shape {
    columns: StoredValue<Vec<Column>>,
    by_key: Memo<BTreeMap<String, Row>>,
    actions: Option<RowActions>,
    query: RwSignal<Query>,
    selected: Option<RwSignal<BTreeSet<String>>>,
}

/// A table. A row keeps its elements while its key stays; only the cells that changed are written.
///
/// On a phone each row becomes a small card. The explicit roles keep it a table for screen readers there.
#[component]
pub fn DataTable(
    /// What the table lists; read out, not shown.
    #[prop(into)]
    caption: String,
    /// The rows, in order.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
    /// The columns. The first one names the row.
    columns: Vec<Column>,
    /// What can be done to a row, in a column of its own.
    #[prop(optional)]
    actions: Option<RowActions>,
    /// What stands here while there is no row.
    #[prop(optional, into)]
    empty: ViewFn,
    /// Shows a search and a filter above it.
    #[prop(optional)]
    tools: bool,
    /// The keys of the rows that are ticked; without it no row can be.
    #[prop(optional)]
    selected: Option<RwSignal<BTreeSet<String>>>,
    /// What can be done to all ticked rows.
    #[prop(optional, into)]
    bulk: ViewFn,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let columns = StoredValue::new(columns);
    let by_key = Memo::new(move |_| rows.with(|rows| by_key(rows)));
    let query = RwSignal::new(Query::default());
    let shape = Shape { columns, by_key, actions, query, selected };
    let shown = Memo::new(move |_| {
        query.with(|query| {
            rows.with(|rows| {
                query.arrange(&texts(rows)).into_iter().map(|index| rows[index].clone()).collect::<Vec<_>>()
            })
        })
    });
    move || {
        if is_empty.get() {
            return empty.run();
        }
        let tools = tools.then(|| tools_view(rows, shown, shape, bulk.clone()));
        let table = filled(caption.clone(), shown.into(), shape);
        view! { {tools}{table} }.into_any()
    }
}

fn texts(rows: &[Row]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.cells.iter().map(Cell::searched).collect()).collect()
}

/// The search, the filter, how many rows there are, and what can be done to the ticked ones.
fn tools_view(rows: Signal<Vec<Row>>, shown: Memo<Vec<Row>>, shape: Shape, bulk: ViewFn) -> AnyView {
    let query = shape.query;
    let entries = Memo::new(move |_| filter_entries(shape.columns, &rows.with(|rows| texts(rows))));
    let filter = move |value: String| {
        let chosen = value.split_once('=').and_then(|(column, text)| Some((column.parse().ok()?, text.to_owned())));
        query.update(|query| query.filter = chosen);
    };
    let options = move || {
        let option = |choice: Choice| {
            let is_chosen = query.with_untracked(|query| {
                query.filter.as_ref().is_some_and(|(column, text)| format!("{column}={text}") == choice.value)
            });
            view! { <option value=choice.value selected=is_chosen>{choice.label}</option> }
        };
        entries.get().into_iter().map(option).collect_view()
    };
    let count = move || {
        let (found, all) = (shown.with(Vec::len), rows.with(Vec::len));
        if found == all { String::new() } else { format!("{found} of {all}") }
    };
    let ticked = move || shape.selected.map_or(0, |selected| selected.with(BTreeSet::len));
    view! {
        <div class="table-tools" role="search">
            <input
                type="search"
                aria-label="Find by text"
                placeholder="Find by any text"
                prop:value=move || query.with(|query| query.search.clone())
                on:input:target=move |event| query.update(|query| query.search = event.target().value())
            />
            <select aria-label="Filter by property" on:change:target=move |event| filter(event.target().value())>
                <option value="">"Any property"</option>
                {options}
            </select>
            <span class="quiet" role="status">{count}</span>
            <Show when=move || ticked().gt(&0)>
                <span class="table-bulk" role="group" aria-label="Actions for the selected rows">
                    <span>{move || format!("{} selected", ticked())}</span>
                    {bulk.run()}
                </span>
            </Show>
        </div>
    }
    .into_any()
}

/// The texts to filter by, column by column; not of the first one, which names the row.
fn filter_entries(columns: StoredValue<Vec<Column>>, rows: &[Vec<String>]) -> Vec<Choice> {
    let mut found = Vec::new();
    columns.with_value(|columns| {
        for (index, column) in columns.iter().enumerate().skip(1) {
            for text in choices(rows, index) {
                found.push(Choice::new(format!("{index}={text}"), format!("{} = {text}", column.heading)));
            }
        }
    });
    found
}

/// Row by row: collecting would bring a sort of its own for this type.
fn by_key(rows: &[Row]) -> BTreeMap<String, Row> {
    let mut found = BTreeMap::new();
    for row in rows {
        found.insert(row.key.clone(), row.clone());
    }
    found
}

fn filled(caption: String, rows: Signal<Vec<Row>>, shape: Shape) -> AnyView {
    let limit = RwSignal::new(FIRST_ROWS);
    let keys = move || rows.with(|rows| rows.iter().take(limit.get()).map(|row| row.key.clone()).collect::<Vec<_>>());
    let hidden = Memo::new(move |_| rows.with(Vec::len).saturating_sub(limit.get()));
    let more = Signal::derive(move || format!("Show {} more", hidden.get()));
    let label = caption.clone();
    let many = (shape.columns.with_value(Vec::len) >= MANY_COLUMNS).then_some("");
    view! {
        <div class="data-table" role="group" aria-label=label tabindex="0" data-many=many>
            <table role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{headings(shape)}</tr></thead>
                <tbody role="rowgroup"><For each=keys key=String::clone children=move |key| row(key, shape) /></tbody>
            </table>
            <Show when=move || hidden.get().gt(&0)>
                <Button label=more on_press=move || limit.set(usize::MAX) />
            </Show>
        </div>
    }
    .into_any()
}

const ACTIONS: Column = Column::new("Actions");

fn headings(shape: Shape) -> AnyView {
    let tick = shape.selected.map(|selected| {
        let all = move || shape.by_key.with(|rows| rows.keys().cloned().collect::<BTreeSet<_>>());
        let is_all = move || selected.with(|selected| *selected == all());
        let toggle = move |ticked: bool| selected.set(if ticked { all() } else { BTreeSet::new() });
        view! { <th role="columnheader" scope="col" class="table-tick">{tick_box("Select all rows".to_owned(), is_all, toggle)}</th> }
    });
    let actions = shape.actions.map(|_| view! { <th role="columnheader" scope="col">{ACTIONS.heading}</th> });
    let headings = shape.columns.with_value(|columns| {
        columns.iter().enumerate().map(|(index, column)| heading(index, *column, shape.query)).collect_view()
    });
    (tick, headings, actions).into_any()
}

/// A heading that sorts: upwards, downwards, not at all.
fn heading(index: usize, column: Column, query: RwSignal<Query>) -> AnyView {
    let sorted = move || {
        query.with(|query| query.sort.filter(|(column, _)| *column == index).map(|(_, is_backwards)| is_backwards))
    };
    let said = move || match sorted() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    let turn = move |_| {
        let next = match sorted() {
            None => Some((index, false)),
            Some(false) => Some((index, true)),
            Some(true) => None,
        };
        query.update(|query| query.sort = next);
    };
    let arrow = move || match sorted() {
        None => "",
        Some(false) => " \u{25b2}",
        Some(true) => " \u{25bc}",
    };
    view! {
        <th role="columnheader" scope="col" aria-sort=said data-numeric=column.is_numeric.then_some("")>
            <button type="button" on:click=turn>{column.heading}<span aria-hidden="true">{arrow}</span></button>
        </th>
    }
    .into_any()
}

fn tick_box(label: String, is_ticked: impl Fn() -> bool + Send + 'static, toggle: impl Fn(bool) + 'static) -> AnyView {
    view! {
        <label class="tick"><input type="checkbox" aria-label=label prop:checked=is_ticked on:change:target=move |event| toggle(event.target().checked()) /></label>
    }
    .into_any()
}

fn row(key: String, shape: Shape) -> AnyView {
    let actions = shape.actions.map(|actions| framed(&ACTIONS, actions.run(key.clone())));
    let tick = shape.selected.map(|selected| {
        let own = StoredValue::new(key.clone());
        let is_ticked = move || selected.with(|selected| own.with_value(|own| selected.contains(own)));
        let toggle = move |ticked: bool| {
            selected.update(|selected| {
                if ticked {
                    selected.insert(own.get_value())
                } else {
                    selected.remove(&own.get_value())
                };
            });
        };
        view! { <td role="cell" class="table-tick">{tick_box(format!("Select {key}"), is_ticked, toggle)}</td> }
    });
    let row = Memo::new(move |before: Option<&Row>| {
        let current = shape.by_key.with(|rows| rows.get(&key).cloned());
        // A row that is about to go keeps its last content: its cells may be read once more before they go too.
        current.or_else(|| before.cloned()).unwrap_or_else(|| Row::new(key.clone(), []))
    });
    let value = move |index: usize| {
        let cell =
            Memo::new(move |_| row.with(|row| row.cells.get(index).cloned().unwrap_or(Cell::Text(String::new()))));
        cell_view(cell)
    };
    let cells = shape.columns.with_value(|columns| {
        columns.iter().enumerate().map(|(index, column)| framed(column, value(index))).collect_view()
    });
    view! { <tr role="row">{tick}{cells}{actions}</tr> }.into_any()
}

fn framed(column: &Column, content: AnyView) -> AnyView {
    let (numeric, wide) = (column.is_numeric.then_some(""), column.is_wide.then_some(""));
    view! { <td role="cell" data-label=column.heading data-numeric=numeric data-wide=wide>{content}</td> }.into_any()
}
