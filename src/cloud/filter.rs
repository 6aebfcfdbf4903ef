//! `Filters` of the describe operations.
use serde_json::Value;

use crate::api::ApiError;
use crate::api::ec2::{Filter, Tag};
use crate::api::wire::Wire;

/// The filters of an operation: AWS's name of each, and where the shapes of the answer keep its values, as in `Placement.AvailabilityZone`.
/// What carries tags can be asked for `tag:<key>` and `tag-key` besides.
pub type FilterNames = [(&'static str, &'static str)];

/// The shapes that pass all filters.
///
/// # Errors
/// `InvalidParameterValue` for a filter that the operation does not have.
pub fn select<T: Wire>(shapes: Vec<T>, names: &FilterNames, filters: &[Filter]) -> Result<Vec<T>, ApiError> {
    Properties::of_shape(names, &Value::Null).pass(&[], filters)?;
    if filters.is_empty() {
        return Ok(shapes);
    }
    let mut selected = Vec::new();
    for shape in shapes {
        let value = shape.to_wire();
        let tags: Vec<Tag> = value.get("Tags").and_then(|tags| Wire::from_wire(tags.clone()).ok()).unwrap_or_default();
        if Properties::of_shape(names, &value).pass(&tags, filters)? {
            selected.push(shape);
        }
    }
    Ok(selected)
}

/// The simple values at a place in a shape; a list on the way stands for each of its items.
fn values_at(shape: &Value, path: &str) -> Vec<String> {
    match shape {
        Value::Array(items) => items.iter().flat_map(|item| values_at(item, path)).collect(),
        Value::Object(members) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            members.get(first).map(|member| values_at(member, rest)).unwrap_or_default()
        }
        Value::String(text) if path.is_empty() => vec![text.clone()],
        Value::Bool(_) | Value::Number(_) if path.is_empty() => vec![shape.to_string()],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// What a thing is asked by filters: property names of AWS and the thing's values for each.
#[derive(Debug, Default)]
pub struct Properties(Vec<(&'static str, Vec<String>)>);

impl Properties {
    fn of_shape(names: &FilterNames, shape: &Value) -> Self {
        Properties(names.iter().map(|(name, path)| (*name, values_at(shape, path))).collect())
    }

    /// Adds a property with one value.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push((name, vec![value.into()]));
        self
    }

    /// Adds a property with any number of values.
    pub fn with_all(mut self, name: &'static str, values: impl IntoIterator<Item = String>) -> Self {
        self.0.push((name, values.into_iter().collect()));
        self
    }

    /// Whether the thing with these properties and tags passes all filters. Values of one filter are alternatives.
    ///
    /// # Errors
    /// `InvalidParameterValue` for a filter that the operation does not have.
    pub fn pass(&self, tags: &[Tag], filters: &[Filter]) -> Result<bool, ApiError> {
        for filter in filters {
            if !self.passes_one(tags, filter)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn passes_one(&self, tags: &[Tag], filter: &Filter) -> Result<bool, ApiError> {
        let name = filter.name.as_deref().unwrap_or_default();
        let values: Vec<&str> = if let Some(key) = name.strip_prefix("tag:") {
            tags.iter().filter(|tag| tag.key == key).map(|tag| tag.value.as_str()).collect()
        } else if name == "tag-key" {
            tags.iter().map(|tag| tag.key.as_str()).collect()
        } else {
            let known = self.0.iter().find(|(known, _)| *known == name);
            let (_, values) = known
                .ok_or_else(|| ApiError::new("InvalidParameterValue", format!("The filter '{name}' is invalid")))?;
            values.iter().map(String::as_str).collect()
        };
        Ok(filter.values.iter().any(|pattern| values.iter().any(|value| matches_pattern(pattern, value))))
    }
}

/// Whether `text` fits `pattern`, in which `*` is any text and `?` any character.
pub(in crate::cloud) fn matches_pattern(pattern: &str, text: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .any(|at| matches_pattern(&pattern[1..], &text[at..])),
        Some(first) => text.chars().next().is_some_and(|actual| {
            (first == '?' || first == actual)
                && matches_pattern(&pattern[first.len_utf8()..], &text[actual.len_utf8()..])
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_stand_for_text() {
        for (pattern, text, fits) in [
            ("web-*", "web-1", true),
            ("web-?", "web-12", false),
            ("*", "", true),
            ("a*c", "abbc", true),
            ("", "a", false),
        ] {
            assert_eq!(matches_pattern(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn a_filter_reads_the_shape_of_the_answer() {
        let names = [("zone", "Placement.Zone"), ("group", "Groups.Id")];
        let shape = |zone: &str| serde_json::json!({"Placement": {"Zone": zone}, "Groups": [{"Id": 1}, {"Id": 2}]});
        let filter = |name: &str, value: &str| Filter { name: Some(name.into()), values: vec![value.into()] };
        let filters = [filter("zone", "*a"), filter("group", "2")];
        assert_eq!(select(vec![shape("1a"), shape("1b")], &names, &filters), Ok(vec![shape("1a")]));
        assert!(select(Vec::<Value>::new(), &names, &[filter("colour", "red")]).is_err(), "also of an empty list");
    }

    #[test]
    fn an_unknown_filter_is_refused_by_name() {
        let filter = Filter { name: Some("colour".into()), values: vec!["red".into()] };
        let error = Properties::default().pass(&[], &[filter]).expect_err("no such filter");
        assert_eq!(error.message, "The filter 'colour' is invalid");
    }
}
