//! What a lesson keeps under names: ids and addresses that differ from one learner to the next.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
        self.0.get(name).cloned().unwrap_or_default()
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

/// The names that a text uses.
pub(super) fn names_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    replace(text, |name| {
        names.push(name.to_owned());
        String::new()
    });
    names
}

/// A value as people read it: a text without its quotes, a list with commas.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
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
    fn an_expression_gets_literals_whatever_they_hold() {
        assert_eq!(variables().in_expression("Id == ${server} && N > ${count}"), r#"Id == `"i-1"` && N > `2`"#);
        assert_eq!(variables().in_expression("${odd}"), r#"`"a\`b\"c"`"#);
        assert_eq!(variables().in_expression("${unknown}"), "`null`");
    }
}
