//! A kind of thing: its list, its page, what can be done to it.
use serde_json::Value;

use super::ask::{Asker, Context, Read};
use super::table::Row;
use super::{Action, Column, Draft, Form, Section, path};
use crate::api::ApiError;
use crate::session::Session;

/// A kind of thing.
#[derive(Debug)]
pub struct Kind {
    /// Its list.
    pub table: Table,
    /// Facts about all of them, above the list.
    pub summary: &'static [Column],
    /// The form that makes one.
    pub create: Option<&'static Form>,
    /// Where the name stands under which its page is known: the key of links to it.
    pub key: &'static str,
    /// What its page shows, tab by tab; no page without any.
    pub tabs: &'static [Tab],
    /// What the lab knows of one beyond AWS's answer, such as what its server does; it stands under `Lab`.
    pub lab: Option<fn(&Session, &str, &str) -> Value>,
}

/// A tab of a page.
#[derive(Debug)]
pub struct Tab {
    /// Its name.
    pub label: &'static str,
    /// What it shows.
    pub parts: &'static [Part],
}

/// A part of a page.
#[derive(Debug)]
pub enum Part {
    /// Facts of the thing.
    Facts(&'static str, &'static [Column]),
    /// Facts that another question brings.
    More(&'static str, Read, &'static [Column]),
    /// A list of what belongs to the thing.
    Table(&'static str, Table),
    /// A list for each entry of an answer; its heading names the entry by what stands at the path in braces.
    Each(&'static str, Read, Table),
    /// A form that changes it; it begins with the answer to a question, or with the thing itself.
    Form(Option<Read>, &'static Form),
}

/// A list.
#[derive(Debug)]
pub struct Table {
    /// Where its entries come from; without a question they stand in the thing itself.
    pub read: Result<Read, &'static str>,
    /// Where an entry's key stands.
    pub key: &'static str,
    /// Its columns. The first one names the entry.
    pub columns: &'static [Column],
    /// What can be done to an entry.
    pub actions: &'static [Action],
    /// The forms that add an entry.
    pub add: &'static [Action],
    /// What stands there while there is none.
    pub empty: &'static str,
    /// Entries that come after all others: those with one of the values at a path.
    pub last: (&'static str, &'static [&'static str]),
}

impl Table {
    /// A list of what a question brings.
    pub const fn of(read: Read, key: &'static str, columns: &'static [Column]) -> Self {
        Table { read: Ok(read), key, columns, actions: &[], add: &[], empty: "", last: ("", &[]) }
    }

    /// A list of what stands in the thing itself.
    pub const fn inside(list: &'static str, key: &'static str, columns: &'static [Column]) -> Self {
        Table { read: Err(list), key, columns, actions: &[], add: &[], empty: "", last: ("", &[]) }
    }

    /// The list with some entries after all others.
    pub const fn last(self, path: &'static str, values: &'static [&'static str]) -> Self {
        Table { last: (path, values), ..self }
    }

    /// The list with what can be done to an entry.
    pub const fn actions(self, actions: &'static [Action]) -> Self {
        Table { actions, ..self }
    }

    /// The list with the forms that add an entry.
    pub const fn add(self, add: &'static [Action]) -> Self {
        Table { add, ..self }
    }

    /// The list with words for none.
    pub const fn empty(self, empty: &'static str) -> Self {
        Table { empty, ..self }
    }

    /// The entries, as JSON.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn entries(&self, asker: &mut Asker, thing: &Value) -> Result<Vec<Value>, ApiError> {
        let draft = Draft::default();
        let context = Context { item: thing, parent: thing, key: "", draft: &draft, answers: &[] };
        let entries = match &self.read {
            Ok(read) => read.entries(asker, context)?,
            Err(list) => path::all(thing, list).into_iter().cloned().collect(),
        };
        let (path, values) = self.last;
        let is_last = |entry: &Value| values.contains(&path::text(entry, path).as_str());
        let (last, mut entries): (Vec<Value>, Vec<Value>) = entries.into_iter().partition(is_last);
        entries.extend(last);
        Ok(entries)
    }

    /// The key of an entry.
    pub fn key_of(&self, entry: &Value) -> String {
        path::text(entry, self.key)
    }

    /// The row of an entry.
    pub fn row(&self, entry: &Value) -> Row {
        Row { key: self.key_of(entry), cells: self.columns.iter().map(|column| column.cell(entry)).collect() }
    }
}

impl Kind {
    /// All things of this kind, as JSON.
    ///
    /// # Errors
    /// AWS's code and message when it is refused.
    pub fn entries(&self, asker: &mut Asker) -> Result<Vec<Value>, ApiError> {
        let mut entries = self.table.entries(asker, &Value::Null)?;
        for entry in &mut entries {
            self.enrich(asker, entry);
        }
        Ok(entries)
    }

    /// The whole answer that holds the list; nothing if AWS refuses it.
    pub fn answer(&self, asker: &mut Asker) -> Value {
        let draft = Draft::default();
        let context = Context { item: &Value::Null, parent: &Value::Null, key: "", draft: &draft, answers: &[] };
        let read = self.table.read.as_ref().ok();
        read.and_then(|read| read.answer(asker, context).ok()).unwrap_or_default()
    }

    /// The thing that a page shows, by the name in its address.
    pub fn find(&self, asker: &mut Asker, name: &str) -> Option<Value> {
        let entries = self.table.entries(asker, &Value::Null).ok()?;
        let mut entry = entries.into_iter().find(|entry| path::text(entry, self.key) == name)?;
        self.enrich(asker, &mut entry);
        Some(entry)
    }

    fn enrich(&self, asker: &mut Asker, entry: &mut Value) {
        if let Some(lab) = self.lab {
            let (key, region) = (self.table.key_of(entry), asker.region);
            asker.account.look(&mut |session| path::put(entry, "Lab", lab(session, region, &key)));
        }
    }

    /// The section under which it is found.
    pub fn of(section: Section) -> Option<&'static Kind> {
        super::kinds::kind(section)
    }
}
