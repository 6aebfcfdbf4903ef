//! What a lesson keeps under names: ids and addresses that differ from one learner to the next.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::sim::SimTime;

/// Values by name. A lesson writes `${name}` where one of them belongs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Variables(BTreeMap<String, Value>);

impl Variables {
    /// Keeps a value.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// The value of this name; null if there is none.
    pub fn get(&self, name: &str) -> Value {
        match seconds_from_now(name) {
            Some(seconds) => self.moment(seconds).unwrap_or_default(),
            None => self.0.get(name).cloned().unwrap_or_default(),
        }
    }

    /// Whether a value is kept under this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// These values, with `${now}` as this moment.
    pub(super) fn at(&self, now: Value) -> Variables {
        let mut variables = self.clone();
        variables.set(NOW, now);
        variables
    }

    /// The moment so many seconds from now, if now is known.
    fn moment(&self, seconds: i64) -> Option<Value> {
        let now = SimTime::parse_iso8601(self.0.get(NOW)?.as_str()?)?;
        let micros = now.as_micros().saturating_add_signed(seconds.saturating_mul(1_000_000));
        Some(SimTime::from_micros(micros).to_iso8601().into())
    }

    /// A text with the values in their places, for people and for parameters.
    pub fn in_text(&self, text: &str) -> String {
        replace(text, |name| as_text(&self.get(name)))
    }

    /// A JMESPath expression with the values as literals.
    pub fn in_expression(&self, text: &str) -> String {
        replace(text, |name| format!("`{}`", self.get(name).to_string().replace('`', "\\`")))
    }

    /// Parameters with the values in their places; a text that is nothing but `${name}` becomes the value itself.
    pub fn in_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match names_in(text).as_slice() {
                [name] if *text == format!("${{{name}}}") => self.get(name),
                _ => Value::String(self.in_text(text)),
            },
            Value::Array(items) => Value::Array(items.iter().map(|item| self.in_value(item)).collect()),
            Value::Object(members) => Value::Object(self.in_members(members)),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    /// As [`Variables::in_value`], for the members of an object.
    pub fn in_members(&self, members: &Map<String, Value>) -> Map<String, Value> {
        members.iter().map(|(name, member)| (name.clone(), self.in_value(member))).collect()
    }
}

/// The name of the lab's time.
const NOW: &str = "now";

/// Whether a name stands for a moment: `now`, `now-600`, `now+60`.
pub(super) fn is_time(name: &str) -> bool {
    seconds_from_now(name).is_some()
}

fn seconds_from_now(name: &str) -> Option<i64> {
    match name.strip_prefix(NOW)? {
        "" => Some(0),
        apart if apart.starts_with(['-', '+']) => apart.parse::<i32>().ok().map(i64::from),
        _ => None,
    }
}

/// The names that a text uses.
pub(super) fn names_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    replace(text, |name| {
        names.push(name.to_owned());
        String::new()
    });
    names
}

/// A value as people read it: a text without its quotes, a list with commas, a number without digits that say nothing.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(", "),
        Value::Number(number) if number.is_f64() => rounded(number.as_f64().unwrap_or_default()),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// A number with about three digits: 320, 51.2, 1.25, 0.005.
fn rounded(number: f64) -> String {
    let digits = match number.abs() {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 4,
    };
    let text = format!("{number:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn replace(text: &str, mut value_of: impl FnMut(&str) -> String) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        written.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            return written + "${" + after;
        };
        written.push_str(&value_of(name));
        rest = tail;
    }
    written + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn variables() -> Variables {
        let mut variables = Variables::default();
        variables.set("server", json!("i-1"));
        variables.set("count", json!(2));
        variables.set("odd", json!("a`b\"c"));
        variables
    }

    #[test]
    fn a_text_that_is_one_name_becomes_the_value_itself() {
        let value = json!({"Ids": ["${server}"], "Count": "${count}", "Note": "${count} of ${server}", "Open": "${x"});
        let expected = json!({"Ids": ["i-1"], "Count": 2, "Note": "2 of i-1", "Open": "${x"});
        assert_eq!(variables().in_value(&value), expected);
    }

    #[test]
    fn a_number_is_written_with_the_digits_that_say_something() {
        let numbers =
            [json!(320.0), json!(1234.6), json!(51.2345), json!(0.1 + 0.2), json!(0.005), json!(-2.5), json!(7)];
        assert_eq!(numbers.each_ref().map(as_text), ["320", "1235", "51.2", "0.3", "0.005", "-2.5", "7"]);
    }

    #[test]
    fn moments_are_counted_from_now() {
        let variables = variables().at(json!("2026-01-05T08:00:00Z"));
        let value = json!(["${now}", "${now-600}", "${now+86400}", "${nowhere}", "${now*2}"]);
        let expected = json!(["2026-01-05T08:00:00Z", "2026-01-05T07:50:00Z", "2026-01-06T08:00:00Z", null, null]);
        assert_eq!(variables.in_value(&value), expected);
        assert_eq!(Variables::default().get("now-600"), Value::Null);
    }

    #[test]
    fn an_expression_gets_literals_whatever_they_hold() {
        assert_eq!(variables().in_expression("Id == ${server} && N > ${count}"), r#"Id == `"i-1"` && N > `2`"#);
        assert_eq!(variables().in_expression("${odd}"), r#"`"a\`b\"c"`"#);
        assert_eq!(variables().in_expression("${unknown}"), "`null`");
    }
}
