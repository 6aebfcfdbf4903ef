//! One value as tables and lists of facts show it: a text, a state, a link, a share.
//!
//! It is one type for all of them, so that the page holds one table and not one for each kind of row.
use leptos::prelude::*;

use super::{Icon, State, badge, icon, meter};
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
    /// A sentence with what it means: the name of a style, and a picture.
    Marked(&'static str, Icon, String),
}

impl Cell {
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
        Cell::Share(name, share) => meter::shown(name, share.map(f64::from), meter::HIGH),
        Cell::Marked(meaning, picture, text) => {
            view! { <span class="event" data-weight=*meaning>{icon::shown(*picture)}<span>{text.clone()}</span></span> }
                .into_any()
        }
    }
}
