//! What a lesson's file must hold beyond its form. The first mistake is told with its place.
use std::collections::BTreeSet;

use super::condition::{Condition, WrongTurn};
use super::lesson::{Lesson, Step};
use super::prediction::Prediction;
use super::scenario::Scenario;
use super::script::Ask;
use super::sight::VISITS;
use super::text::{Span, spans};
use super::variables::{is_time, names_in};
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
    check_beliefs(lesson)?;
    check_notes(lesson)
}

/// Checks a scenario.
///
/// # Errors
/// The first mistake.
pub(super) fn check_scenario(scenario: &Scenario) -> Checked {
    check_script("script", &scenario.script, &mut Names::new())
}

fn check_beliefs(lesson: &Lesson) -> Checked {
    let mut ids = BTreeSet::new();
    for (index, belief) in lesson.beliefs.iter().enumerate() {
        let place = format!("beliefs[{index}].id");
        check_id(&place, &belief.id)?;
        if !ids.insert(&belief.id) {
            return Err(Mistake::new(place, format!("\"{}\" is the id of an earlier belief", belief.id)));
        }
    }
    lesson.topics.iter().enumerate().try_for_each(|(index, topic)| check_id(&format!("topics[{index}]"), topic))
}

fn check_step(place: &str, step: &Step, names: &mut Names) -> Checked {
    for (name, lookup) in &step.remember {
        let place = format!("{place}.remember.{name}");
        check_look(&format!("{place}.look"), &lookup.look, names)?;
        check_expression(&format!("{place}.value"), &lookup.value, names)?;
        check_new_name(&place, name)?;
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
    check_names(&format!("{place}.goal"), &goal.goal, names)?;
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
    for (index, choice) in prediction.choices.iter().enumerate() {
        if prediction.choices[..index].iter().any(|earlier| earlier.value == choice.value) {
            return Err(Mistake::new(
                format!("{place}.choices[{index}].value"),
                "an earlier choice has the same value",
            ));
        }
        check_names(&format!("{place}.choices[{index}].text"), &choice.text, names)?;
    }
    check_names(&format!("{place}.ask"), &prediction.ask, names)?;
    prediction.explain.iter().try_for_each(|text| check_names(&format!("{place}.explain"), text, names))?;
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
    for text in ask.texts() {
        let unknown = names_in(text).into_iter().find(|name| !names.contains(name) && !is_time(name));
        unknown.map_or(Ok(()), |name| Err(unknown_name(place, &name)))?;
    }
    for (name, value) in &ask.keep {
        check_expression(&format!("{place}.let.{name}"), value, names)?;
        check_new_name(&format!("{place}.let.{name}"), name)?;
    }
    Ok(())
}

/// A name that something is kept under.
fn check_new_name(place: &str, name: &str) -> Checked {
    match is_time(name) {
        true => Err(Mistake::new(place, format!("\"{name}\" is a moment of the lab; take another name"))),
        false => Ok(()),
    }
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
    unknown.map_or(Ok(()), |name| Err(unknown_name(place, &name)))
}

fn unknown_name(place: &str, name: &str) -> Mistake {
    match is_time(name) {
        true => Mistake::new(place, format!("\"{name}\" can stand in the parameters of a request only")),
        false => Mistake::new(place, format!("\"{name}\" is not kept by the start, nor remembered so far")),
    }
}

fn check_id(place: &str, id: &str) -> Checked {
    match is_id(id) {
        true => Ok(()),
        false => Err(Mistake::new(place, format!("\"{id}\" is no id: an id has small letters, digits and hyphens"))),
    }
}

/// Whether a text can be the id of a lesson, of a step, of a belief, or a topic.
pub(super) fn is_id(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    !text.is_empty() && text.chars().all(fits)
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

/// The terms whose help the texts offer.
pub(super) fn terms_of(lesson: &Lesson) -> BTreeSet<String> {
    let term = |span| match span {
        Span::Term { term, .. } => Some(term),
        Span::Plain(_) | Span::Strong(_) | Span::Code(_) | Span::Page { .. } | Span::Note(_) => None,
    };
    texts_of(lesson).into_iter().flat_map(|text| spans(text).into_iter().filter_map(term)).collect()
}

/// The pages that the steps happen on or that the texts lead to.
pub(super) fn pages_of(lesson: &Lesson) -> BTreeSet<String> {
    let page = |span| match span {
        Span::Page { page, .. } => Some(page),
        Span::Plain(_) | Span::Strong(_) | Span::Code(_) | Span::Term { .. } | Span::Note(_) => None,
    };
    let linked = texts_of(lesson).into_iter().flat_map(|text| spans(text).into_iter().filter_map(page));
    lesson.steps.iter().filter_map(|step| step.page.clone()).chain(linked).collect()
}

fn notes_in(text: &str) -> Vec<String> {
    let note = |span| match span {
        Span::Note(name) => Some(name),
        Span::Plain(_) | Span::Strong(_) | Span::Code(_) | Span::Page { .. } | Span::Term { .. } => None,
    };
    spans(text).into_iter().filter_map(note).collect()
}
