//! JMESPath, the query language of AWS's command line (<https://jmespath.org>), by the crate of that name.
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jmespath::{Expression, Rcvar, Variable};
use serde_json::Value;

use super::variables::as_text;

/// An answer as JMESPath reads it.
#[derive(Debug)]
pub(super) struct Answer(Rcvar);

impl From<&Value> for Answer {
    fn from(value: &Value) -> Answer {
        Answer(Rcvar::new(Variable::try_from(value).unwrap_or(Variable::Null)))
    }
}

/// Whether the expression can be read.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(expression: &str) -> Result<(), String> {
    jmespath::compile(expression).map(drop).map_err(|trouble| trouble.to_string())
}

/// What the expression makes of an answer. What cannot be evaluated, such as the length of nothing, is nothing.
pub(super) fn evaluate(expression: &str, answer: &Answer) -> Value {
    search(expression, answer).and_then(|found| serde_json::to_value(&*found).ok()).unwrap_or_default()
}

/// Whether what the expression makes of an answer counts as true in JMESPath.
pub(super) fn holds(expression: &str, answer: &Answer) -> bool {
    search(expression, answer).is_some_and(|found| found.is_truthy())
}

fn search(expression: &str, Answer(answer): &Answer) -> Option<Rcvar> {
    compiled(expression)?.search(answer).ok()
}

type Compiled = Option<Rc<Expression<'static>>>;

thread_local! {
    /// What was compiled already. A step is looked at many times a second, with the same expressions each time.
    static COMPILED: RefCell<BTreeMap<String, Compiled>> = const { RefCell::new(BTreeMap::new()) };
}

/// How many expressions are kept; more than any step has.
const MOST_COMPILED: usize = 500;

fn compiled(expression: &str) -> Compiled {
    COMPILED.with_borrow_mut(|known| {
        if let Some(found) = known.get(expression) {
            return found.clone();
        }
        if known.len() >= MOST_COMPILED {
            known.clear();
        }
        let made = jmespath::compile(expression).ok().map(Rc::new);
        known.insert(expression.to_owned(), made.clone());
        made
    })
}

/// A sentence with each `{expression}` in it replaced by what it makes of the answer.
pub(super) fn fill(sentence: &str, answer: &Answer) -> String {
    let mut written = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        written.push_str(before);
        let Some(end) = closing_brace(after) else { return written + "{" + after };
        written.push_str(&as_text(&evaluate(&after[..end], answer)));
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
        let answer = Answer::from(&json!({"Groups": [{"Name": "web", "Desired": 1}]}));
        let sentence = "{Groups[0].Name} still wants {Groups[0].{n: Desired}.n}, not {Groups[1].Desired}.";
        assert_eq!(fill(sentence, &answer), "web still wants 1, not nothing.");
        assert_eq!(fill("open { brace", &answer), "open { brace");
    }

    #[test]
    fn what_cannot_be_evaluated_is_nothing() {
        assert_eq!(evaluate("length(Missing)", &Answer::from(&json!({}))), Value::Null);
        assert_eq!(evaluate("length(", &Answer::from(&json!({}))), Value::Null);
        assert!(check("length(").is_err());
    }

    #[test]
    fn truth_is_as_jmespath_has_it() {
        let values = [json!(null), json!(false), json!(""), json!([]), json!({}), json!(0), json!("a"), json!([0])];
        let truth = values.each_ref().map(|value| holds("@", &Answer::from(value)));
        assert_eq!(truth, [false, false, false, false, false, true, true, true]);
    }

    #[test]
    fn an_expression_is_compiled_once() {
        let (first, second) = (compiled("a.b"), compiled("a.b"));
        assert!(Rc::ptr_eq(&first.expect("an expression"), &second.expect("an expression")));
    }
}
