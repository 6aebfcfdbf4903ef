//! The console as data: what each kind of thing shows in its list and on its page, what can be done to it, and which forms make and
//! change it, in AWS's words.
//!
//! Everything is read by AWS's own operations and done by them; [`kinds`] describes what, the other modules carry it out. The page
//! above draws it and holds nothing of its own but what was typed.
pub mod action;
pub mod ask;
pub mod column;
pub mod form;
pub mod help;
pub mod kind;
pub mod kinds;
pub mod meaning;
pub mod path;
pub mod requests;
pub mod section;
pub mod submit;
pub mod table;
pub mod visit;

pub use action::{Action, Run};
pub use ask::{Account, Arg, Asker, Context, Read};
pub use column::{Cell, Column, Show};
pub use form::{Choice, Draft, Field, Form, Group, Input, Source, Start, Step};
pub use kind::{Kind, Part, Tab, Table};
pub use meaning::Meaning;
pub use section::Section;
