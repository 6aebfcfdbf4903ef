//! `docs/lesson-sources.md`: each sentence of the lessons that states a fact about AWS, with its source.
use std::fmt::Write;

use scaling_lab::curriculum::Lesson;
use scaling_lab::curriculum::text::{Span, spans};

use super::coverage::{BELIEFS, TOPICS, lessons_with};
use super::lessons;
use crate::renewal;

const PAGE: &str = "docs/lesson-sources.md";

#[test]
fn the_page_of_the_lessons_sources_is_current() {
    let page = page();
    if renewal::is_asked_for() {
        renewal::write(PAGE, &page);
    }
    assert!(renewal::read(PAGE) == page, "{PAGE} is out of date; renew it with LAB_RENEW=1");
}

fn page() -> String {
    let mut page = String::from(
        "# Where the lessons have their facts from\n\nEach sentence of a lesson that states a fact about AWS, and its source. \
         This page is made from the lessons' files.\n",
    );
    for lesson in lessons() {
        let _ = write!(page, "\n## {}\n\n", lesson.title);
        for text in lesson.texts() {
            for (sentence, note) in facts(text) {
                let _ = writeln!(page, "- {sentence}\n  Source: {}", source(&lesson, &note));
            }
        }
    }
    page + &coverage(&lessons())
}

/// Which lesson covers what.
fn coverage(lessons: &[Lesson]) -> String {
    let mut part = String::from("\n## Which lesson covers what\n\n| Topic | Lessons |\n|---|---|\n");
    for (id, topic) in TOPICS {
        let titles = lessons_with(lessons, |lesson| lesson.topics.iter().any(|known| known == id));
        let _ = writeln!(part, "| {topic} | {titles} |");
    }
    part.push_str("\n| What many believe, and what is not so | Corrected in |\n|---|---|\n");
    for (id, belief) in BELIEFS {
        let titles = lessons_with(lessons, |lesson| lesson.beliefs.iter().any(|known| known.id == *id));
        let _ = writeln!(part, "| {belief} | {} |", if titles.is_empty() { "no lesson" } else { &titles });
    }
    part
}

fn source(lesson: &Lesson, note: &str) -> String {
    lesson.sources.get(note).cloned().unwrap_or_default()
}

/// The sentences of a text that end in a note, with the note.
fn facts(text: &str) -> Vec<(String, String)> {
    let (mut facts, mut sentence) = (Vec::new(), String::new());
    for span in spans(text) {
        match span {
            Span::Plain(words) => sentence.push_str(&words),
            Span::Strong(words) | Span::Code(words) => sentence.push_str(&words),
            Span::Page { text, .. } | Span::Term { text, .. } => sentence.push_str(&text),
            Span::Note(note) => facts.push((last_sentence(&sentence), note)),
        }
    }
    facts
}

fn last_sentence(text: &str) -> String {
    let text = text.strip_prefix("- ").unwrap_or(text).trim();
    let body = text.trim_end_matches(['.', '”']);
    let ends = [". ", ".” ", "! ", "? "].iter().filter_map(|end| body.rfind(end).map(|at| at + end.len()));
    text[ends.max().unwrap_or(0)..].to_owned()
}

#[test]
fn a_note_belongs_to_the_sentence_before_it() {
    let text = "- First one. The second has `code`.[^a] It says “Third.”[^b] Fourth.[^c]";
    let expected = [("The second has code.", "a"), ("It says “Third.”", "b"), ("Fourth.", "c")];
    assert_eq!(facts(text), expected.map(|(sentence, note)| (sentence.to_owned(), note.to_owned())));
}
