//! JMESPath, the query language of AWS's command line (<https://jmespath.org>), by the crate of that name.
use serde_json::Value;

use super::variables::as_text;

/// Whether the expression can be read.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(expression: &str) -> Result<(), String> {
    jmespath::compile(expression).map(drop).map_err(|trouble| trouble.to_string())
}

/// What the expression makes of a value. What cannot be evaluated, such as the length of nothing, is nothing.
pub(super) fn evaluate(expression: &str, value: &Value) -> Value {
    let found = jmespath::compile(expression).and_then(|compiled| compiled.search(value));
    found.ok().and_then(|found| serde_json::to_value(&*found).ok()).unwrap_or_default()
}

/// Whether a value counts as true in JMESPath.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(is) => *is,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// A sentence with each `{expression}` in it replaced by what it makes of the value.
pub(super) fn fill(sentence: &str, value: &Value) -> String {
    let mut written = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        written.push_str(before);
        let Some(end) = closing_brace(after) else { return written + "{" + after };
        written.push_str(&as_text(&evaluate(&after[..end], value)));
        rest = &after[end + 1..];
    }
    written + rest
}

/// The expressions in a sentence.
pub(super) fn expressions_in(sentence: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some((_, after)) = rest.split_once('{') {
        let Some(end) = closing_brace(after) else { break };
        found.push(&after[..end]);
        rest = &after[end + 1..];
    }
    found
}

/// Where the brace closes that was opened before the text.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, letter)| {
        depth += match letter {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        (depth == 0).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_sentence_is_filled_with_what_the_answer_says() {
        let answer = json!({"Groups": [{"Name": "web", "Desired": 1}]});
        let sentence = "{Groups[0].Name} still wants {Groups[0].{n: Desired}.n}, not {Groups[1].Desired}.";
        assert_eq!(fill(sentence, &answer), "web still wants 1, not nothing.");
        assert_eq!(fill("open { brace", &answer), "open { brace");
    }

    #[test]
    fn what_cannot_be_evaluated_is_nothing() {
        assert_eq!(evaluate("length(Missing)", &json!({})), Value::Null);
        assert!(check("length(").is_err());
    }

    #[test]
    fn truth_is_as_jmespath_has_it() {
        let values = [json!(null), json!(false), json!(""), json!([]), json!({}), json!(0), json!("a"), json!([0])];
        assert_eq!(values.each_ref().map(is_true), [false, false, false, false, false, true, true, true]);
    }
}
