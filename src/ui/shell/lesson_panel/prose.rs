//! A lesson's texts on the page.
use leptos::prelude::*;

use crate::curriculum::text::{Block, Span, blocks, spans};
use crate::ui::component::term;

/// Paragraphs and lists.
pub fn prose(paragraphs: &[String]) -> AnyView {
    blocks(paragraphs).into_iter().map(block).collect_view().into_any()
}

/// A line.
pub fn inline(text: &str) -> AnyView {
    words(spans(text))
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(spans) => view! { <p>{words(spans)}</p> }.into_any(),
        Block::List(items) => {
            let items = items.into_iter().map(|spans| view! { <li>{words(spans)}</li> }).collect_view();
            view! { <ul class="lesson-list">{items}</ul> }.into_any()
        }
    }
}

fn words(spans: Vec<Span>) -> AnyView {
    spans.into_iter().map(span).collect_view().into_any()
}

fn span(span: Span) -> AnyView {
    match span {
        Span::Plain(text) => text.into_any(),
        Span::Strong(text) => view! { <strong>{text}</strong> }.into_any(),
        Span::Code(text) => view! { <code>{text}</code> }.into_any(),
        Span::Page { text, page } => view! { <a href=page>{text}</a> }.into_any(),
        Span::Term { text, term: id } => term(&text, &id),
        // The sources stand on the lesson's own page.
        Span::Note(_) => ().into_any(),
    }
}
