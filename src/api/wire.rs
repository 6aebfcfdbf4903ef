//! Shapes to JSON and back.
//!
//! Derived code of serde for several hundred shapes would be most of the page's size; this is a line of code a member instead.
use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

/// What can stand in a request or an answer.
pub trait Wire: Sized {
    /// The value as JSON. What is not set is null.
    fn to_wire(&self) -> Value;

    /// Reads the value.
    ///
    /// # Errors
    /// [`Misfit`] if the JSON is no such value.
    fn from_wire(value: Value) -> Result<Self, Misfit>;
}

/// A value that does not fit its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The place, the outermost part last.
    path: Vec<String>,
    /// What is wrong there.
    trouble: String,
}

/// The members of an object, while a shape takes its own from them.
///
/// It keeps the first misfit until the end, so that the code of a shape needs no way out at each member.
pub(super) struct Members {
    left: Map<String, Value>,
    misfit: Option<Misfit>,
}

impl Misfit {
    fn new(trouble: impl Into<String>) -> Self {
        Misfit { path: Vec::new(), trouble: trouble.into() }
    }

    fn within(mut self, place: impl Into<String>) -> Self {
        self.path.push(place.into());
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in self.path.iter().rev() {
            write!(out, "{place}: ")?;
        }
        out.write_str(&self.trouble)
    }
}

impl Members {
    pub(super) fn of(value: Value) -> Self {
        match value {
            Value::Object(left) => Members { left, misfit: None },
            other => Members { left: Map::new(), misfit: Some(misfit(&other, "object")) },
        }
    }

    /// The member of this name, or its type's default if there is none or it does not fit.
    pub(super) fn take<T: Wire + Default>(&mut self, name: &str) -> T {
        let Some(value) = self.remove(name) else { return T::default() };
        T::from_wire(value).unwrap_or_else(|misfit| {
            self.note(name, misfit);
            T::default()
        })
    }

    /// Refuses what did not fit, and what no shape has taken.
    pub(super) fn finish(self) -> Result<(), Misfit> {
        let unknown = || self.left.into_iter().next().map(|(name, _)| Misfit::new(format!("unknown member `{name}`")));
        self.misfit.or_else(unknown).map_or(Ok(()), Err)
    }

    // Once for all types: see `put`.
    #[inline(never)]
    fn remove(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name)
    }

    #[inline(never)]
    fn note(&mut self, name: &str, misfit: Misfit) {
        self.misfit.get_or_insert_with(|| misfit.within(name));
    }
}

/// Adds a member. The page holds one copy of this, not one for each member of each shape.
#[inline(never)]
pub(super) fn put(members: &mut Map<String, Value>, name: &str, value: Value) {
    members.insert(name.to_owned(), value);
}

fn misfit(value: &Value, wanted: &str) -> Misfit {
    Misfit::new(format!("{value} is no {wanted}"))
}

impl Wire for String {
    fn to_wire(&self) -> Value {
        Value::String(self.clone())
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(misfit(&other, "text")),
        }
    }
}

impl Wire for bool {
    fn to_wire(&self) -> Value {
        Value::Bool(*self)
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        value.as_bool().ok_or_else(|| misfit(&value, "truth value"))
    }
}

impl Wire for i64 {
    fn to_wire(&self) -> Value {
        Value::from(*self)
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        value.as_i64().ok_or_else(|| misfit(&value, "whole number"))
    }
}

impl Wire for f64 {
    fn to_wire(&self) -> Value {
        Value::from(*self)
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        value.as_f64().ok_or_else(|| misfit(&value, "number"))
    }
}

impl Wire for Value {
    fn to_wire(&self) -> Value {
        self.clone()
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        Ok(value)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn to_wire(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_wire)
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        if value.is_null() { Ok(None) } else { T::from_wire(value).map(Some) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn to_wire(&self) -> Value {
        Value::Array(self.iter().map(T::to_wire).collect())
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        let Value::Array(items) = value else { return Err(misfit(&value, "list")) };
        let read =
            |(index, item): (usize, Value)| T::from_wire(item).map_err(|misfit| misfit.within(index.to_string()));
        items.into_iter().enumerate().map(read).collect()
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn to_wire(&self) -> Value {
        Value::Object(self.iter().map(|(key, value)| (key.clone(), value.to_wire())).collect())
    }

    fn from_wire(value: Value) -> Result<Self, Misfit> {
        let Value::Object(members) = value else { return Err(misfit(&value, "object")) };
        let read = |(key, value): (String, Value)| match T::from_wire(value) {
            Ok(value) => Ok((key, value)),
            Err(misfit) => Err(misfit.within(key)),
        };
        members.into_iter().map(read).collect()
    }
}

/// How many letters the name `image_id` has as `ImageId`.
pub(super) const fn pascal_length(name: &str) -> usize {
    let (bytes, mut index, mut length) = (name.as_bytes(), start_of(name), 0);
    while index < bytes.len() {
        if bytes[index] != b'_' {
            length += 1;
        }
        index += 1;
    }
    length
}

/// The name `image_id` as `ImageId`.
pub(super) const fn pascal<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    let (bytes, mut index, mut length, mut is_first) = (name.as_bytes(), start_of(name), 0, true);
    let mut letters = [0; LENGTH];
    while index < bytes.len() {
        if bytes[index] == b'_' {
            is_first = true;
        } else {
            letters[length] = if is_first { bytes[index].to_ascii_uppercase() } else { bytes[index] };
            (length, is_first) = (length + 1, false);
        }
        index += 1;
    }
    letters
}

/// Where the name begins: behind the `r#` of a Rust keyword.
const fn start_of(name: &str) -> usize {
    let bytes = name.as_bytes();
    if bytes.len() > 2 && bytes[1] == b'#' { 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    shapes! {
        /// A shape of this test.
        Outer { image_id: Option<String>, #[serde(rename = "VPCIds")] vpc_ids: Vec<String>, inner: Option<Inner>, r#return: i64 }

        /// A shape in it.
        Inner { share: f64, flags: BTreeMap<String, bool> }
    }

    #[test]
    fn a_shape_survives_its_json_under_the_names_of_aws() {
        let inner = Inner { share: 0.5, flags: BTreeMap::from([("a".to_owned(), true)]) };
        let outer = Outer { image_id: None, vpc_ids: vec!["vpc-1".into()], inner: Some(inner), r#return: 3 };
        let wire = outer.to_wire();
        let inner = json!({"Share": 0.5, "Flags": {"a": true}});
        assert_eq!(wire, json!({"ImageId": null, "VPCIds": ["vpc-1"], "Inner": inner, "Return": 3}));
        assert_eq!(Outer::from_wire(wire), Ok(outer));
        assert_eq!(Outer::from_wire(json!({})), Ok(Outer::default()));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        for (value, told) in [
            (json!({"Colour": 1}), "unknown member `Colour`"),
            (json!({"Inner": {"Colour": 1}}), "Inner: unknown member `Colour`"),
            (json!({"VPCIds": ["a", 7]}), "VPCIds: 1: 7 is no text"),
            (json!({"Inner": {"Flags": {"a": 1}}}), "Inner: Flags: a: 1 is no truth value"),
            (json!({"Return": 1.5}), "Return: 1.5 is no whole number"),
            // Of several, the first in the shape's order.
            (json!({"Return": 1.5, "Colour": 1, "VPCIds": 1}), "VPCIds: 1 is no list"),
            (json!([]), "[] is no object"),
        ] {
            assert_eq!(Outer::from_wire(value).map_err(|misfit| misfit.to_string()), Err(told.to_owned()));
        }
    }
}
