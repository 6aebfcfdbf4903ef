//! Where the learner is: the part of the address behind `#`. It works on any static host, in any folder, and from a file.
use std::fmt::{self, Write};

pub use crate::console::Section;
use crate::curriculum::lesson;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The map, the charts, the traffic.
    Bench,
    /// A section's list.
    List(Section),
    /// A section's form for a new thing.
    Create(Section),
    /// One thing, by its id or name.
    Detail(Section, String),
    /// The visitor's browser, at an address or at none.
    Visit(String),
    /// All lessons.
    Lessons,
    /// What a lesson is about, by its id; it begins there.
    Lesson(String),
    /// How the lab differs from AWS.
    Simplified,
    /// An address that leads nowhere, as it was asked for.
    Unknown(String),
}

impl Route {
    /// The page that a fragment names, with or without its `#`. Nothing and `/` name the bench.
    pub fn parse(fragment: &str) -> Route {
        let path = fragment.trim_start_matches('#').trim_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        let page = match parts.as_slice() {
            [""] | ["bench"] => Some(Route::Bench),
            ["visit"] => Some(Route::Visit(String::new())),
            ["visit", address] => decoded(address).map(Route::Visit),
            ["lessons"] => Some(Route::Lessons),
            ["lessons", id] => decoded(id).map(Route::Lesson),
            ["simplified"] => Some(Route::Simplified),
            ["create", section] => Section::from_path(section).map(Route::Create),
            [section] => Section::from_path(section).map(Route::List),
            [section, id] => {
                Section::from_path(section).zip(decoded(id)).map(|(section, id)| Route::Detail(section, id))
            }
            _ => None,
        };
        page.unwrap_or_else(|| Route::Unknown(path.to_owned()))
    }

    /// The section that the page belongs to, for the navigation.
    pub fn section(&self) -> Option<Section> {
        match self {
            Route::List(section) | Route::Create(section) | Route::Detail(section, _) => Some(*section),
            Route::Bench
            | Route::Visit(_)
            | Route::Lessons
            | Route::Lesson(_)
            | Route::Simplified
            | Route::Unknown(_) => None,
        }
    }

    /// The page's title.
    pub fn title(&self) -> String {
        match self {
            Route::Bench => "Bench".to_owned(),
            Route::List(section) => section.title().to_owned(),
            Route::Create(section) => format!("Create · {}", section.title()),
            Route::Detail(section, id) => format!("{id} · {}", section.title()),
            Route::Visit(_) => "Visitor's browser".to_owned(),
            Route::Lessons => "Lessons".to_owned(),
            Route::Lesson(id) => lesson(id).map_or_else(|| "Lesson".to_owned(), |lesson| lesson.title),
            Route::Simplified => "Simplifications".to_owned(),
            Route::Unknown(_) => "Page not found".to_owned(),
        }
    }
}

/// The address, ready for a link: `#/groups/web`.
impl fmt::Display for Route {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Bench => out.write_str("#/"),
            Route::List(section) => write!(out, "#/{}", section.path()),
            Route::Create(section) => write!(out, "#/create/{}", section.path()),
            Route::Detail(section, id) => write!(out, "#/{}/{}", section.path(), encoded(id)),
            Route::Visit(address) if address.is_empty() => out.write_str("#/visit"),
            Route::Visit(address) => write!(out, "#/visit/{}", encoded(address)),
            Route::Lessons => out.write_str("#/lessons"),
            Route::Lesson(id) => write!(out, "#/lessons/{}", encoded(id)),
            Route::Simplified => out.write_str("#/simplified"),
            Route::Unknown(path) => write!(out, "#/{path}"),
        }
    }
}

/// Percent-encodes all but the characters that RFC 3986 never reserves.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => push_escape(&mut out, byte),
        }
    }
    out
}

fn push_escape(out: &mut String, byte: u8) {
    // Writing to a string never fails.
    let _ = write!(out, "%{byte:02X}");
}

/// Undoes [`encoded`]; `None` for a broken escape, for bytes that are no text, and for nothing at all.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        out.push(if byte == b'%' { hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)? } else { byte });
    }
    String::from_utf8(out).ok().filter(|text| !text.is_empty())
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_survives_its_address() {
        let per_section = Section::ALL.into_iter().flat_map(|section| {
            let detail = |id: &str| Route::Detail(section, id.to_owned());
            [Route::List(section), Route::Create(section), detail("i-0a31"), detail("a/b ?#%é create")]
        });
        let visits =
            ["", "http://web-lb-1.us-east-1.elb.amazonaws.com/a?b=c"].map(|address| Route::Visit(address.to_owned()));
        for route in per_section
            .chain([Route::Bench, Route::Lessons, Route::Lesson("zones".into()), Route::Simplified])
            .chain(visits)
        {
            assert_eq!(Route::parse(&route.to_string()), route, "{route}");
        }
    }

    #[test]
    fn addresses_are_readable() {
        assert_eq!(Route::Detail(Section::Groups, "web-asg".into()).to_string(), "#/groups/web-asg");
        assert_eq!(Route::Create(Section::Instances).to_string(), "#/create/instances");
        assert_eq!(Route::Bench.to_string(), "#/");
    }

    #[test]
    fn no_fragment_is_the_bench() {
        for fragment in ["", "#", "#/", "/", "#/bench"] {
            assert_eq!(Route::parse(fragment), Route::Bench, "{fragment:?}");
        }
    }

    #[test]
    fn an_address_that_leads_nowhere_is_kept_for_the_message() {
        for fragment in ["#/nowhere", "#/groups/a/b", "#/groups/%zz", "#/groups/%ff", "#/create/nowhere", "#/x%"] {
            assert_eq!(Route::parse(fragment), Route::Unknown(fragment[2..].to_owned()), "{fragment}");
        }
    }
}
