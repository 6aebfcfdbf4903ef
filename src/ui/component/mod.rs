//! The parts that pages are made of. They take signals of plain values and callbacks; none of them knows the session.
mod badge;
mod button;
mod card;
mod cell;
mod check_group;
mod command_line;
mod dialog;
mod empty_state;
mod facts;
mod field;
mod help;
mod icon;
mod later;
mod menu;
mod meter;
mod notices;
mod page_header;
mod question;
mod segmented;
mod select_field;
mod size_axis;
mod table;
mod tabs;

pub use badge::{Badge, State};
pub use button::{Button, ButtonKind, ButtonLink};
pub use card::Card;
pub use cell::Cell;
pub use check_group::CheckGroup;
pub use command_line::CommandLine;
pub use dialog::Dialog;
pub use empty_state::EmptyState;
pub use facts::{Fact, Facts};
pub use field::{AreaField, CheckField, Choice, FieldFrame, TextField};
pub use help::term;
pub use icon::{Icon, IconImage};
pub use later::Later;
pub use menu::{Menu, MenuItem};
pub use meter::Meter;
pub use notices::{NoticeList, Notices};
pub use page_header::PageHeader;
pub use question::{Question, QuestionDialog, Questions};
pub use segmented::Segmented;
pub use select_field::SelectField;
pub use size_axis::SizeAxis;
pub use table::{Column, DataTable, Row, RowActions};
pub use tabs::{Tab, Tabs};

use std::sync::atomic::{AtomicUsize, Ordering};

/// An id that no other element of the page has.
fn unique_id(kind: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{kind}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
