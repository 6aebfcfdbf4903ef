//! A table of things, one row each.
use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::Button;

/// Longer tables show this many rows until asked for all.
const FIRST_ROWS: usize = 100;

/// Tables of so many columns do not fit a tablet.
const MANY_COLUMNS: usize = 6;

/// A column: its heading, and what a row shows in it.
pub struct Column<R: Send + Sync + 'static> {
    heading: &'static str,
    is_numeric: bool,
    is_wide: bool,
    cell: Arc<dyn Fn(Signal<R>) -> AnyView + Send + Sync>,
}

impl<R: Clone + Send + Sync + 'static> Column<R> {
    /// A column of views: badges, links, meters, buttons.
    pub fn new<V: IntoAny>(heading: &'static str, cell: impl Fn(Signal<R>) -> V + Send + Sync + 'static) -> Self {
        Column { heading, is_numeric: false, is_wide: false, cell: Arc::new(move |row| cell(row).into_any()) }
    }

    /// A column of plain texts.
    pub fn text(heading: &'static str, text: impl Fn(&R) -> String + Copy + Send + Sync + 'static) -> Self {
        Self::new(heading, move |row: Signal<R>| move || row.with(text))
    }

    /// The column with its texts on the right, digits under digits.
    pub fn numeric(mut self) -> Self {
        self.is_numeric = true;
        self
    }

    /// The column with sentences: they may take several lines.
    pub fn wide(mut self) -> Self {
        self.is_wide = true;
        self
    }
}

impl<R: Send + Sync + 'static> Clone for Column<R> {
    fn clone(&self) -> Self {
        Column { cell: Arc::clone(&self.cell), ..*self }
    }
}

/// A table. A row keeps its elements while its key stays; only the cells that changed are written.
///
/// On a phone each row becomes a small card. The explicit roles keep it a table for screen readers there.
#[component]
pub fn DataTable<R>(
    /// What the table lists; read out, not shown.
    #[prop(into)]
    caption: String,
    /// The rows, in order.
    #[prop(into)]
    rows: Signal<Vec<R>>,
    /// What tells rows apart: an id, an ARN.
    key: fn(&R) -> String,
    /// The columns. The first one names the row.
    columns: Vec<Column<R>>,
    /// What stands here while there is no row.
    #[prop(optional, into)]
    empty: ViewFn,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let columns = StoredValue::new(columns);
    let table = move || view! { <FilledTable caption=caption.clone() rows=rows key=key columns=columns /> };
    view! { {move || if is_empty.get() { empty.run() } else { table().into_any() }} }
}

#[component]
fn FilledTable<R>(
    caption: String,
    rows: Signal<Vec<R>>,
    key: fn(&R) -> String,
    columns: StoredValue<Vec<Column<R>>>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let label = caption.clone();
    let limit = RwSignal::new(FIRST_ROWS);
    let by_key = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|row| (key(row), row.clone())).collect::<BTreeMap<_, _>>())
    });
    let shown = move || rows.with(|rows| rows.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let many = (columns.with_value(Vec::len) >= MANY_COLUMNS).then_some("");
    let hidden = Memo::new(move |_| rows.with(Vec::len).saturating_sub(limit.get()));
    let row = move |row: R| view! { <TableRow first=row key=key by_key=by_key columns=columns /> };
    view! {
        <div class="data-table" role="region" aria-label=label tabindex="0" data-many=many>
            <table role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{columns.with_value(|columns| headings(columns))}</tr></thead>
                <tbody role="rowgroup"><For each=shown key=key children=row /></tbody>
            </table>
            <Show when=move || hidden.get().gt(&0)>
                <Button label=Signal::derive(move || format!("Show {} more", hidden.get())) on_press=move || limit.set(usize::MAX) />
            </Show>
        </div>
    }
}

fn headings<R: Send + Sync + 'static>(columns: &[Column<R>]) -> AnyView {
    let heading = |column: &Column<R>| {
        view! { <th role="columnheader" scope="col" data-numeric=column.is_numeric.then_some("")>{column.heading}</th> }
    };
    columns.iter().map(heading).collect_view().into_any()
}

#[component]
fn TableRow<R>(
    first: R,
    key: fn(&R) -> String,
    by_key: Memo<BTreeMap<String, R>>,
    columns: StoredValue<Vec<Column<R>>>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let own_key = key(&first);
    // A row that is about to go keeps its last content: its cells may be read once more before they go too.
    let row = Memo::new(move |before: Option<&R>| {
        let current = by_key.with(|rows| rows.get(&own_key).cloned());
        current.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let cells = columns.with_value(|columns| columns.iter().map(|column| cell(column, row.into())).collect_view());
    view! { <tr role="row">{cells}</tr> }
}

fn cell<R: Send + Sync + 'static>(column: &Column<R>, row: Signal<R>) -> AnyView {
    let (numeric, wide) = (column.is_numeric.then_some(""), column.is_wide.then_some(""));
    view! { <td role="cell" data-label=column.heading data-numeric=numeric data-wide=wide>{(column.cell)(row)}</td> }
        .into_any()
}
