//! What a lesson's file must hold beyond its form. The first mistake is told with its place.
use std::collections::BTreeSet;

use serde_json::Value;

use super::condition::{Condition, WrongTurn};
use super::lesson::{Lesson, Step};
use super::prediction::Prediction;
use super::script::Ask;
use super::sight::VISITS;
use super::text::{Span, spans};
use super::variables::names_in;
use super::{Mistake, expression};
use crate::api::Request;
use crate::session::only_reads;

type Checked = Result<(), Mistake>;

/// The names that may be used at a place.
type Names = BTreeSet<String>;

/// Checks a lesson.
///
/// # Errors
/// The first mistake.
pub(super) fn check(lesson: &Lesson) -> Checked {
    check_id("id", &lesson.id)?;
    if lesson.steps.is_empty() {
        return Err(Mistake::new("steps", "a lesson has at least one step"));
    }
    let mut names = Names::new();
    check_script("start", &lesson.start, &mut names)?;
    let mut ids = BTreeSet::new();
    for (index, step) in lesson.steps.iter().enumerate() {
        let place = format!("steps[{index}]");
        check_id(&format!("{place}.id"), &step.id)?;
        if !ids.insert(&step.id) {
            return Err(Mistake::new(format!("{place}.id"), format!("\"{}\" is the id of an earlier step", step.id)));
        }
        check_step(&place, step, &mut names)?;
    }
    check_notes(lesson)
}

fn check_step(place: &str, step: &Step, names: &mut Names) -> Checked {
    for (name, lookup) in &step.remember {
        let place = format!("{place}.remember.{name}");
        check_look(&format!("{place}.look"), &lookup.look, names)?;
        check_expression(&format!("{place}.value"), &lookup.value, names)?;
    }
    names.extend(step.remember.keys().cloned());
    if step.goals.is_empty() {
        return Err(Mistake::new(format!("{place}.goals"), "a step has at least one goal"));
    }
    if step.hints.is_empty() {
        return Err(Mistake::new(format!("{place}.hints"), "a step has at least one hint"));
    }
    if step.page.as_ref().is_some_and(|page| !page.starts_with("#/")) {
        return Err(Mistake::new(format!("{place}.page"), "a page begins with #/, such as #/instances"));
    }
    for (index, goal) in step.goals.iter().enumerate() {
        check_goal(&format!("{place}.goals[{index}]"), goal, names)?;
    }
    for (index, turn) in step.wrong_turns.iter().enumerate() {
        check_turn(&format!("{place}.wrong_turns[{index}]"), turn, names)?;
    }
    if let Some(prediction) = &step.predict {
        check_prediction(&format!("{place}.predict"), prediction, names)?;
    }
    for text in step.text.iter().chain(&step.hints).chain(&step.why) {
        check_names(place, text, names)?;
    }
    check_script(&format!("{place}.solution"), &step.solution, &mut names.clone())
}

fn check_goal(place: &str, goal: &Condition, names: &Names) -> Checked {
    check_look(&format!("{place}.look"), &goal.look, names)?;
    check_expression(&format!("{place}.is"), &goal.is, names)?;
    check_sentence(&format!("{place}.not_yet"), &goal.not_yet, names)
}

fn check_turn(place: &str, turn: &WrongTurn, names: &Names) -> Checked {
    check_look(&format!("{place}.look"), &turn.look, names)?;
    check_expression(&format!("{place}.is"), &turn.is, names)?;
    check_sentence(&format!("{place}.say"), &turn.say, names)?;
    check_script(&format!("{place}.example"), &turn.example, &mut names.clone())
}

fn check_prediction(place: &str, prediction: &Prediction, names: &Names) -> Checked {
    if prediction.choices.len() == 1 {
        return Err(Mistake::new(format!("{place}.choices"), "give at least two choices, or none to ask for a number"));
    }
    check_look(&format!("{place}.look"), &prediction.look, names)?;
    check_expression(&format!("{place}.value"), &prediction.value, names)
}

fn check_script(place: &str, asks: &[Ask], names: &mut Names) -> Checked {
    for (index, ask) in asks.iter().enumerate() {
        check_ask(&format!("{place}[{index}]"), ask, names)?;
        names.extend(ask.keep.keys().cloned());
    }
    Ok(())
}

fn check_look(place: &str, look: &Ask, names: &Names) -> Checked {
    if (look.service.as_str(), look.operation.as_str()) == VISITS {
        return Ok(());
    }
    check_ask(place, look, names)?;
    if !only_reads(&look.operation) {
        return Err(Mistake::new(place, format!("{} changes something; a lesson only looks here", look.operation)));
    }
    Ok(())
}

fn check_ask(place: &str, ask: &Ask, names: &Names) -> Checked {
    let known = Request::SERVICES.iter().find(|(service, _)| *service == ask.service);
    if !known.is_some_and(|(_, operations)| operations.contains(&ask.operation.as_str())) {
        return Err(Mistake::new(place, format!("{} {} is not part of this lab", ask.service, ask.operation)));
    }
    for text in ask.parameters.values().flat_map(texts_in) {
        check_names(place, text, names)?;
    }
    for (name, value) in &ask.keep {
        check_expression(&format!("{place}.let.{name}"), value, names)?;
    }
    Ok(())
}

fn check_sentence(place: &str, sentence: &str, names: &Names) -> Checked {
    check_names(place, sentence, names)?;
    let without_names = sentence.replace("${", "\u{1}");
    expression::expressions_in(&without_names).into_iter().try_for_each(|text| check_expression(place, text, names))
}

fn check_expression(place: &str, text: &str, names: &Names) -> Checked {
    check_names(place, text, names)?;
    let whole = super::Variables::default().in_expression(text);
    expression::check(&whole).map_err(|trouble| Mistake::new(place, format!("this is no JMESPath: {trouble}")))
}

fn check_names(place: &str, text: &str, names: &Names) -> Checked {
    let unknown = names_in(text).into_iter().find(|name| !names.contains(name));
    let mistake = |name| Mistake::new(place, format!("\"{name}\" is not kept by the start, nor remembered so far"));
    unknown.map_or(Ok(()), |name| Err(mistake(name)))
}

fn check_id(place: &str, id: &str) -> Checked {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if !id.is_empty() && id.chars().all(fits) {
        return Ok(());
    }
    Err(Mistake::new(place, format!("\"{id}\" is no id: an id has small letters, digits and hyphens")))
}

/// Each note names a source, and each source is named by a note.
fn check_notes(lesson: &Lesson) -> Checked {
    let named: BTreeSet<String> = texts_of(lesson).into_iter().flat_map(notes_in).collect();
    if let Some(unknown) = named.iter().find(|name| !lesson.sources.contains_key(*name)) {
        return Err(Mistake::new("sources", format!("the note [^{unknown}] has no source")));
    }
    match lesson.sources.keys().find(|name| !named.contains(*name)) {
        Some(unused) => Err(Mistake::new(format!("sources.{unused}"), "no text has a note of this name")),
        None => Ok(()),
    }
}

/// All texts that a learner reads.
pub(super) fn texts_of(lesson: &Lesson) -> Vec<&str> {
    let beliefs = lesson.beliefs.iter().flat_map(|belief| [&belief.belief, &belief.truth]);
    let steps = lesson.steps.iter().flat_map(|step| {
        let turns = step.wrong_turns.iter().map(|turn| &turn.say);
        let explained = step.predict.iter().flat_map(|prediction| &prediction.explain);
        step.text.iter().chain(&step.hints).chain(&step.why).chain(turns).chain(explained)
    });
    std::iter::once(&lesson.summary).chain(beliefs).chain(steps).map(String::as_str).collect()
}

fn notes_in(text: &str) -> Vec<String> {
    let note = |span| match span {
        Span::Note(name) => Some(name),
        Span::Plain(_) | Span::Strong(_) | Span::Code(_) | Span::Page { .. } | Span::Term { .. } => None,
    };
    spans(text).into_iter().filter_map(note).collect()
}

fn texts_in(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts_in).collect(),
        Value::Object(members) => members.values().flat_map(texts_in).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}
