//! Every `Simplified:` of the sources stands on the page that the learner can open.
//!
//! After writing or changing one: `LAB_RENEW=1 cargo test --no-default-features --test it simplified`.
use std::fmt::Write;

use crate::{renewal, sources};

/// The list that the page shows.
const LIST: &str = "src/ui/page/simplified.txt";
/// What a simplification begins with in a doc comment.
const MARK: &str = "Simplified: ";

#[test]
fn the_page_of_simplifications_lists_each_of_the_sources() {
    let list = list();
    if renewal::is_asked_for() {
        renewal::write(LIST, &list);
    }
    assert!(
        renewal::read(LIST) == list,
        "{LIST} is not up to date; renew it as the head of tests/it/simplified.rs says"
    );
}

#[test]
fn a_simplification_is_taken_to_the_end_of_its_paragraph() {
    let text = "/// What it does. Simplified: less\n/// than AWS.\n///\n/// More.\nfn a() {}\n    //! Simplified: all of it.\n";
    assert_eq!(found_in(text), ["What it does. Less than AWS.", "All of it."]);
    assert_eq!(found_in("// Simplified: a remark.\nlet a = \"Simplified: \";"), [""; 0], "only doc comments count");
}

fn list() -> String {
    let mut entries: Vec<(String, String)> = Vec::new();
    for file in sources::all().into_iter().filter(|file| sources::inside(file) != "lib.rs") {
        entries.extend(found_in(&renewal::read(&file)).into_iter().map(|text| (place_of(&file), text)));
    }
    entries.sort();
    entries.iter().fold(String::new(), |mut list, (place, text)| {
        writeln!(list, "{place}\t{text}").expect("a string takes all");
        list
    })
}

/// The simplifications in the doc comments of a source.
fn found_in(text: &str) -> Vec<String> {
    let docs = text.lines().map(|line| {
        let line = line.trim_start();
        line.strip_prefix("///").or_else(|| line.strip_prefix("//!")).map(str::trim)
    });
    let mut paragraphs = vec![String::new()];
    for line in docs {
        match line.filter(|line| !line.is_empty()) {
            Some(line) => {
                let paragraph = paragraphs.last_mut().expect("there is one from the start");
                *paragraph = format!("{paragraph} {line}").trim_start().to_owned();
            }
            None => paragraphs.push(String::new()),
        }
    }
    // What stands before the mark says what it is about.
    let simplification = |paragraph: &String| {
        let (about, text) = paragraph.split_once(MARK)?;
        Some(format!("{}{}", without_marks(about), as_sentence(text)))
    };
    paragraphs.iter().filter_map(simplification).collect()
}

/// As a sentence for readers: with a capital letter.
fn as_sentence(text: &str) -> String {
    let text = without_marks(text);
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn without_marks(text: &str) -> String {
    text.replace(['`', '[', ']'], "")
}

/// `src/cloud/ec2/disk.rs` is `ec2/disk`; `src/cloud/region.rs` is `cloud/region`.
fn place_of(file: &str) -> String {
    let inside = sources::inside(file).trim_end_matches(".rs").trim_end_matches("/mod");
    match inside.strip_prefix("cloud/") {
        Some(service) if service.contains('/') => service.to_owned(),
        _ => inside.to_owned(),
    }
}
