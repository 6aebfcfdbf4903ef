//! Help on AWS's terms: what each is, and how the lab simplifies it.

/// A line each: the term as fields or lessons call it, a tab, what it is in AWS, and after another tab how the lab simplifies it.
const TEXTS: &str = include_str!("help.txt");

/// A term by its id in a text, such as `launch-template`: its words, and what [`help`] says of it.
pub fn term(id: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let names = TEXTS.lines().filter_map(|line| line.split('\t').next());
    let name = names.into_iter().find(|name| name.to_lowercase().replace(' ', "-") == id)?;
    help(name).map(|(text, simplified)| (name, text, simplified))
}

/// What a term is in AWS, and how the lab simplifies it; the second may be empty.
pub fn help(term: &str) -> Option<(&'static str, &'static str)> {
    let lines = TEXTS.lines().filter_map(|line| line.split_once('\t'));
    let (_, words) = lines.into_iter().find(|(name, _)| *name == term)?;
    Some(words.split_once('\t').unwrap_or((words, "")))
}
