//! The page of the lab's own service, `docs/lab-service.md`: made from the declarations in `src/api/lab.rs` and from the scripts in
//! `tests/lab_api/lab`, so that it is current.
//!
//! After a change: `LAB_RENEW=1 cargo test --no-default-features --test it lab::page`.
use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::lab_api::golden::{self, Line};
use crate::renewal;

const PAGE: &str = "docs/lab-service.md";
const SOURCE: &str = "src/api/lab.rs";
const SHAPES: &str = "src/api/shapes/lab.json";

/// An operation as it is declared.
struct Operation {
    name: String,
    doc: String,
    input: String,
    output: String,
}

/// A shape as it is declared.
struct Shape {
    doc: String,
    /// The names and types of its members.
    members: Vec<(String, String)>,
}

#[test]
fn the_page_of_the_lab_service_is_current() {
    let page = page();
    if renewal::is_asked_for() {
        renewal::write(PAGE, &page);
    }
    assert!(renewal::read(PAGE) == page, "{PAGE} is out of date; renew it with LAB_RENEW=1");
}

#[test]
fn every_operation_of_the_lab_is_on_the_page_with_its_words() {
    let (operations, shapes) = (operations(), shapes());
    let known =
        scaling_lab::api::Request::SERVICES.iter().find(|(service, _)| *service == "lab").expect("the service").1;
    assert_eq!(operations.iter().map(|operation| operation.name.as_str()).collect::<Vec<_>>(), known);
    for operation in &operations {
        assert!(
            !operation.doc.is_empty()
                && shapes.contains_key(&operation.input)
                && shapes.contains_key(&operation.output),
            "{}",
            operation.name
        );
    }
}

fn page() -> String {
    let (shapes, required) = (shapes(), required());
    let scripts = golden::scripts();
    let mut page = String::from(
        "# The lab service\n\nWhat AWS has no API for has one here, in the same form: a service, an operation, parameters, an answer or an \
         error. It is the service `lab` of `lab api` and of the page.\n",
    );
    for operation in operations() {
        let _ = write!(page, "\n## {}\n\n{}\n", operation.name, operation.doc);
        let (input, output) = (&shapes[&operation.input], &shapes[&operation.output]);
        let required = required.get(&operation.name).cloned().unwrap_or_default();
        let _ = write!(page, "\n{}\n", input.doc);
        write_members(&mut page, &shapes, input, &required);
        let _ = write!(page, "\nThe answer: {}\n", lower_first(&output.doc));
        write_members(&mut page, &shapes, output, &[]);
        let own = scripts.iter().filter(|script| script.file.starts_with("tests/lab_api/lab/"));
        let examples = own.flat_map(|script| &script.lines);
        let is_one =
            |line: &&Line| line.service == "lab" && line.operation == operation.name && line.answer["error"].is_null();
        if let Some(line) = examples.into_iter().find(is_one) {
            let answer = serde_json::to_string(&line.answer).unwrap_or_default();
            let answer: String = if answer.len() > 600 {
                format!("{}...", answer.chars().take(600).collect::<String>())
            } else {
                answer
            };
            let _ = write!(page, "\n```json\n{}\n{answer}\n```\n", line.text);
        }
    }
    page
}

fn write_members(page: &mut String, shapes: &BTreeMap<String, Shape>, shape: &Shape, required: &[String]) {
    if shape.members.is_empty() {
        return;
    }
    page.push('\n');
    for (name, kind) in &shape.members {
        let must = if required.contains(name) { ", required" } else { "" };
        let inner = inner_of(kind);
        let _ = writeln!(page, "- `{name}` ({}{must})", words_of(kind));
        if let Some(inner) = shapes.get(inner) {
            let members: Vec<String> =
                inner.members.iter().map(|(name, kind)| format!("`{name}` ({})", words_of(kind))).collect();
            let _ = writeln!(page, "  - {} {}", inner.doc, members.join(", "));
        }
    }
}

fn inner_of(kind: &str) -> &str {
    kind.strip_prefix("Vec<").or(kind.strip_prefix("Option<")).map_or(kind, |rest| inner_of(&rest[..rest.len() - 1]))
}

fn words_of(kind: &str) -> String {
    if let Some(inner) = kind.strip_prefix("Option<") {
        return words_of(&inner[..inner.len() - 1]);
    }
    if let Some(inner) = kind.strip_prefix("Vec<") {
        return format!("list of {}", words_of(&inner[..inner.len() - 1]));
    }
    match kind {
        "String" => "text".into(),
        "f64" => "number".into(),
        "i64" => "whole number".into(),
        "bool" => "true or false".into(),
        kind if kind.starts_with("BTreeMap") => "map".into(),
        other => format!("`{other}`"),
    }
}

/// The part of the source between two lines.
fn part(start: &str) -> Vec<String> {
    let source = renewal::read(SOURCE);
    let lines = source.lines().skip_while(|line| !line.starts_with(start)).skip(1);
    lines.take_while(|line| *line != "}").map(|line| line.trim().to_owned()).collect()
}

fn operations() -> Vec<Operation> {
    let (mut found, mut doc) = (Vec::new(), String::new());
    for line in part("operations!") {
        if let Some(text) = line.strip_prefix("///") {
            doc = joined(&doc, text);
        } else if let Some((name, rest)) = line.split_once('(') {
            let (input, output) = rest.split_once(") -> ").expect("an operation");
            let output = output.trim_end_matches(';').to_owned();
            found.push(Operation { name: name.into(), doc: std::mem::take(&mut doc), input: input.into(), output });
        }
    }
    found
}

fn shapes() -> BTreeMap<String, Shape> {
    let (mut found, mut doc, mut body) = (BTreeMap::new(), String::new(), String::new());
    for line in part("shapes!") {
        if let Some(text) = line.strip_prefix("///") {
            doc = joined(&doc, text);
            continue;
        }
        body = joined(&body, &line);
        if let Some((name, members)) = body.strip_suffix('}').and_then(|body| body.split_once('{')) {
            let members = members.split(", ").flat_map(|member| member.trim().trim_end_matches(',').split_once(": "));
            let members = members.map(|(name, kind)| (pascal(name.trim()), kind.trim().to_owned())).collect();
            found.insert(name.trim().to_owned(), Shape { doc: std::mem::take(&mut doc), members });
            body.clear();
        }
    }
    found
}

fn joined(before: &str, text: &str) -> String {
    if before.is_empty() { text.trim().to_owned() } else { format!("{before} {}", text.trim()) }
}

fn pascal(name: &str) -> String {
    let capital = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    };
    name.split('_').map(capital).collect()
}

fn lower_first(text: &str) -> String {
    let (first, rest) = text.split_at(text.len().min(1));
    first.to_lowercase() + rest
}

/// The required parameters of each operation.
fn required() -> BTreeMap<String, Vec<String>> {
    let model: Value = serde_json::from_str(&renewal::read(SHAPES)).expect("the shapes");
    let names = |shape: &Value| {
        let list =
            model["shapes"][shape.as_str().unwrap_or_default()]["required"].as_array().cloned().unwrap_or_default();
        list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    let operations = model["operations"].as_object().cloned().unwrap_or_default();
    operations.iter().map(|(name, shape)| (name.clone(), names(shape))).collect()
}
