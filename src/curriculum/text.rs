//! The small markdown of lessons: paragraphs and lists, **strong**, `code`, links to pages of the lab and to terms, notes.
//!
//! A text is a list of paragraphs; one that begins with `- ` is an item of a list. A link leads only into the lab (`#/instances`) or to the
//! help on a term (`term:launch-template`), so a lesson from elsewhere cannot lead away. All of CommonMark would cost the page more than the lessons.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List(Vec<Vec<Span>>),
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Plain(String),
    /// What counts.
    Strong(String),
    /// As one types it.
    Code(String),
    /// A link to a page of the lab.
    Page {
        /// What is read.
        text: String,
        /// The page, such as `#/instances`.
        page: String,
    },
    /// A term with its help.
    Term {
        /// What is read.
        text: String,
        /// The term's id, such as `launch-template`: its name in the lab's help in small letters, with hyphens for spaces.
        term: String,
    },
    /// A note: the name of a source.
    Note(String),
}

/// Reads paragraphs.
pub fn blocks(paragraphs: &[String]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        match (paragraph.strip_prefix("- "), blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(spans(item)),
            (Some(item), _) => blocks.push(Block::List(vec![spans(item)])),
            (None, _) => blocks.push(Block::Paragraph(spans(paragraph))),
        }
    }
    blocks
}

/// Reads a line. What is no mark is read as it is.
pub fn spans(text: &str) -> Vec<Span> {
    let (mut spans, mut plain, mut rest) = (Vec::new(), String::new(), text);
    while let Some(letter) = rest.chars().next() {
        if let Some((span, tail)) = marked(rest) {
            if !plain.is_empty() {
                spans.push(Span::Plain(std::mem::take(&mut plain)));
            }
            spans.push(span);
            rest = tail;
        } else {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    if !plain.is_empty() {
        spans.push(Span::Plain(plain));
    }
    spans
}

/// The mark that the text begins with, and what follows it.
fn marked(text: &str) -> Option<(Span, &str)> {
    if let Some((inner, tail)) = text.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
        return Some((Span::Strong(inner.to_owned()), tail));
    }
    if let Some((inner, tail)) = text.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        return Some((Span::Code(inner.to_owned()), tail));
    }
    if let Some((name, tail)) = text.strip_prefix("[^").and_then(|rest| rest.split_once(']')) {
        return Some((Span::Note(name.to_owned()), tail));
    }
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (target, tail) = rest.split_once(')')?;
    let text = words.to_owned();
    match target.strip_prefix("term:") {
        Some(term) => Some((Span::Term { text, term: term.to_owned() }, tail)),
        None if target.starts_with("#/") => Some((Span::Page { text, page: target.to_owned() }, tail)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_lists_and_marks_are_read() {
        let text = ["A **bold** `x` [AMI](term:ami)[^1].", "- one", "- [two](#/images)"].map(str::to_owned);
        let plain = |text: &str| Span::Plain(text.to_owned());
        let first = vec![
            plain("A "),
            Span::Strong("bold".into()),
            plain(" "),
            Span::Code("x".into()),
            plain(" "),
            Span::Term { text: "AMI".into(), term: "ami".into() },
            Span::Note("1".into()),
            plain("."),
        ];
        let second = vec![vec![plain("one")], vec![Span::Page { text: "two".into(), page: "#/images".into() }]];
        assert_eq!(blocks(&text), [Block::Paragraph(first), Block::List(second)]);
    }

    #[test]
    fn a_link_that_leads_away_stays_text() {
        let text = "[x](javascript:alert(1)) and [y](https://example.org) and 2 ** 3";
        assert_eq!(spans(text), [Span::Plain(text.to_owned())]);
    }
}
