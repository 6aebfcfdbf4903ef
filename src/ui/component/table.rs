//! A table of things, one row each.
use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Button;
use super::cell::{Cell, cell_view};

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
pub type RowActions = fn(&str) -> AnyView;

/// What all rows of a table share.
#[derive(Clone, Copy)]
struct Shape {
    columns: StoredValue<Vec<Column>>,
    by_key: Memo<BTreeMap<String, Row>>,
    actions: Option<RowActions>,
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
) -> impl IntoView {
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let columns = StoredValue::new(columns);
    let by_key = Memo::new(move |_| rows.with(|rows| by_key(rows)));
    let shape = Shape { columns, by_key, actions };
    move || if is_empty.get() { empty.run() } else { filled(caption.clone(), rows, shape) }
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
        <div class="data-table" role="region" aria-label=label tabindex="0" data-many=many>
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
    let heading = |column: &Column| {
        view! { <th role="columnheader" scope="col" data-numeric=column.is_numeric.then_some("")>{column.heading}</th> }
    };
    let actions = shape.actions.map(|_| heading(&ACTIONS));
    let headings = shape.columns.with_value(|columns| columns.iter().map(heading).collect_view());
    (headings, actions).into_any()
}

fn row(key: String, shape: Shape) -> AnyView {
    let actions = shape.actions.map(|actions| framed(&ACTIONS, actions(&key)));
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
    view! { <tr role="row">{cells}{actions}</tr> }.into_any()
}

fn framed(column: &Column, content: AnyView) -> AnyView {
    let (numeric, wide) = (column.is_numeric.then_some(""), column.is_wide.then_some(""));
    view! { <td role="cell" data-label=column.heading data-numeric=numeric data-wide=wide>{content}</td> }.into_any()
}
