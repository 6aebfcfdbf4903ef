//! `Filters` of the describe operations.
use crate::api::ApiError;
use crate::api::ec2::{Filter, Tag};

/// What a thing is asked by filters: property names of AWS and the thing's values for each.
#[derive(Debug, Default)]
pub struct Properties(Vec<(&'static str, Vec<String>)>);

impl Properties {
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
    fn an_unknown_filter_is_refused_by_name() {
        let filter = Filter { name: Some("colour".into()), values: vec!["red".into()] };
        let error = Properties::default().pass(&[], &[filter]).expect_err("no such filter");
        assert_eq!(error.message, "The filter 'colour' is invalid");
    }
}
