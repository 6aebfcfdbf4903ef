//! One value as tables and lists of facts show it: a text, a state, a link, a share.
//!
//! It is one type for all of them, so that the page holds one table and not one for each kind of row.
use leptos::prelude::*;

use super::{Icon, State, badge, icon, meter};
use crate::console;
use crate::ui::route::Route;

/// A value to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// What a state means, and its word.
    State(State, String),
    /// A text that leads to a page.
    Link(Route, String),
    /// A text with a remark: `54.80.174.223` and `Elastic`.
    Tagged(String, &'static str),
    /// A share in per cent, of what is named; none while it is not known.
    Share(&'static str, Option<u32>),
    /// A name or an address, with the way into the visitor's browser.
    Visit(String),
    /// A sentence with what it means: the name of a style, and a picture.
    Marked(&'static str, Icon, String),
}

impl From<console::Cell> for Cell {
    fn from(cell: console::Cell) -> Self {
        match cell {
            console::Cell::Text(text) => Cell::Text(text),
            console::Cell::State(meaning, word) => Cell::State(meaning, word),
            console::Cell::Link(section, key, text) => Cell::Link(Route::Detail(section, key), text),
            console::Cell::Visit(text) => Cell::Visit(text),
            console::Cell::Share(share) => Cell::Share("CPU", share),
        }
    }
}

impl Cell {
    /// What can be searched and sorted by.
    pub fn searched(&self) -> String {
        match self {
            Cell::Text(text)
            | Cell::State(_, text)
            | Cell::Link(_, text)
            | Cell::Tagged(text, _)
            | Cell::Visit(text)
            | Cell::Marked(_, _, text) => text.clone(),
            Cell::Share(_, share) => share.map_or_else(String::new, |share| share.to_string()),
        }
    }

    /// A text, or a dash for none.
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// A text, or a dash for none: for lists of facts, where nothing would look forgotten.
    pub fn fact(text: impl Into<String>) -> Self {
        let text = text.into();
        Cell::Text(if text.is_empty() { "–".to_owned() } else { text })
    }
}

/// The value, kept up to date.
pub fn cell_view(cell: Memo<Cell>) -> AnyView {
    (move || cell.with(shown)).into_any()
}

fn shown(cell: &Cell) -> AnyView {
    match cell {
        Cell::Text(text) => text.clone().into_any(),
        Cell::State(state, text) => badge::shown(*state, text),
        Cell::Link(to, text) => view! { <a href=to.to_string()>{text.clone()}</a> }.into_any(),
        Cell::Tagged(text, tag) => view! { {text.clone()}" "<small class="tag">{*tag}</small> }.into_any(),
        Cell::Visit(text) => {
            let to = Route::Visit(format!("http://{}/", text.trim_end_matches('.'))).to_string();
            let name = format!("Open {text} in the visitor's browser");
            view! {
                <a class="visit-link" href=to aria-label=name title="Open in the visitor's browser">{text.clone()}" "{icon::shown(Icon::Open)}</a>
            }
            .into_any()
        }
        Cell::Share(name, share) => meter::shown(name, share.map(f64::from), meter::HIGH),
        Cell::Marked(meaning, picture, text) => {
            view! { <span class="event" data-weight=*meaning>{icon::shown(*picture)}<span>{text.clone()}</span></span> }
                .into_any()
        }
    }
}
