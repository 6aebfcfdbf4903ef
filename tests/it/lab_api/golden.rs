//! Scripts of `lab api` and their golden answers.
//!
//! Ids and addresses in a script are constants, because the seed, the kind of thing and the order within the kind decide them. To renew
//! the answers (see `renewal.rs`): `LAB_RENEW=1 cargo test --no-default-features --test it lab_api`. Where an id of an answer changes,
//! renewing carries it over into the later lines of the script; after adding or removing lines, renew once for the answers before the model
//! changes. A new script needs no golden file: renewing writes it.
use std::cmp::Reverse;
use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Once;

use serde_json::Value;

use super::{DIGEST, Lab, MAIN_JOB};
use crate::{renewal, replay};

/// A script with its golden answers.
pub struct Script {
    /// Its path from the root of the project.
    pub file: String,
    /// Its requests.
    pub lines: Vec<Line>,
}

/// A request of a script with its golden answer.
pub struct Line {
    /// The line's number, from 1.
    pub number: usize,
    /// The request as it is written.
    pub text: String,
    /// The service that is asked.
    pub service: String,
    /// The operation that is asked for.
    pub operation: String,
    /// The golden answer.
    pub answer: Value,
}

impl Script {
    /// The script in this file.
    pub fn read(file: &str) -> Script {
        let (text, golden) = (renewal::read(file), answers_of(file));
        let requests = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
        assert_eq!(requests.clone().count(), golden.len(), "{file} and its golden answers differ in length");
        let lines = requests.zip(golden).map(|((index, line), answer)| Line::new(index + 1, line, answer));
        Script { lines: lines.collect(), file: file.to_owned() }
    }
}

impl Line {
    fn new(number: usize, text: &str, answer: Value) -> Line {
        let request: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let name = |member: &str| request[member].as_str().unwrap_or_default().to_owned();
        Line { number, text: text.to_owned(), service: name("service"), operation: name("operation"), answer }
    }
}

/// All scripts in order of their names.
pub fn scripts() -> Vec<Script> {
    files().iter().map(|file| Script::read(file)).collect()
}

fn files() -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec!["tests/lab_api".to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(renewal::path(&folder)).expect("a folder of scripts").flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if name.ends_with(".jsonl") && !name.ends_with(".golden.jsonl") {
                files.push(name);
            }
        }
    }
    files.sort();
    files
}

fn golden_file(script: &str) -> String {
    script.replace(".jsonl", ".golden.jsonl")
}

fn answers_of(script: &str) -> Vec<Value> {
    let file = golden_file(script);
    if !Path::new(&renewal::path(&file)).exists() {
        return Vec::new();
    }
    let parsed = |line: &str| serde_json::from_str(line).unwrap_or_else(|trouble| panic!("{file}: {trouble}: {line}"));
    renewal::read(&file).lines().map(parsed).collect()
}

/// Renews all scripts once for all tests, if it is asked for.
pub fn renew_if_asked() {
    static RENEWED: Once = Once::new();
    if renewal::is_asked_for() {
        RENEWED.call_once(|| {
            files().iter().for_each(|file| renew(file));
            renewal::write(DIGEST, &replay::digest_after(&renewal::read(MAIN_JOB)));
        });
    }
}

/// Writes the answers anew, and the script with the ids that changed.
fn renew(file: &str) {
    let (script, old) = (renewal::read(file), answers_of(file));
    let is_aligned = script.lines().filter(|line| !line.is_empty()).count() == old.len();
    let (mut answers, mut lines, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let mut lab = Lab::start(&["api"]);
    for line in script.lines() {
        let line = renamed(line, &names);
        if !line.is_empty() {
            let answer = lab.ask(line.as_bytes());
            if is_aligned {
                learn_names(&mut names, &old[answers.len()], &answer);
            }
            answers.push(answer);
        }
        lines.push(line);
    }
    lab.finish();
    let text = |lines: Vec<String>| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    renewal::write(&golden_file(file), &text(answers.iter().map(Value::to_string).collect()));
    renewal::write(file, &text(lines));
}

/// The line with the new names. One thing's new name may be another's old one, so all change at once.
fn renamed(line: &str, names: &[(String, String)]) -> String {
    let mark = |index: usize| format!("\0{index}\0");
    let marked =
        names.iter().enumerate().fold(line.to_owned(), |line, (index, name)| line.replace(&name.0, &mark(index)));
    names.iter().enumerate().fold(marked, |line, (index, name)| line.replace(&mark(index), &name.1))
}

/// Adds pairs of an old and a new id, ARN or address. What is known stays: a thing is first named where it is made, and later in lists
/// whose order may be another now.
fn learn_names(names: &mut Vec<(String, String)>, old: &Value, new: &Value) {
    let texts = leaves(Some(old), Some(new));
    for (old, new) in texts.iter().filter_map(|(_, old, new)| Some((old.as_ref()?.as_str()?, new.as_ref()?.as_str()?)))
    {
        if is_name(old) && is_name(new) && names.iter().all(|known| known.0 != old && known.1 != new) {
            names.push((old.to_owned(), new.to_owned()));
        }
    }
    // The whole before its parts: an ARN holds the number of the account.
    names.sort_by_key(|(old, _)| Reverse(old.len()));
}

/// Whether the text is an address or has the many digits that the lab gives to a new id.
fn is_name(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok() || text.split(|digit: char| !digit.is_ascii_hexdigit()).any(|run| run.len() >= 8)
}

/// A place and what is there on both sides.
type Leaf<'a> = (String, Option<&'a Value>, Option<&'a Value>);

/// The leaves of two values, place by place.
fn leaves<'a>(left: Option<&'a Value>, right: Option<&'a Value>) -> Vec<Leaf<'a>> {
    let places: Vec<String> = match (left, right) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            left.keys().chain(right.keys().filter(|name| !left.contains_key(*name))).cloned().collect()
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            (0..left.len().max(right.len())).map(|index| index.to_string()).collect()
        }
        _ => return vec![(String::new(), left, right)],
    };
    let at = |value: Option<&'a Value>, place: &str| value.and_then(|value| value.pointer(&format!("/{place}")));
    let below = |place: &String| {
        let inner = leaves(at(left, place), at(right, place)).into_iter();
        inner.map(|(path, left, right)| (format!("/{place}{path}"), left, right)).collect::<Vec<_>>()
    };
    places.iter().flat_map(below).collect()
}

/// Where the answers differ, in words; nothing if they are equal.
pub fn differences(expected: &Value, found: &Value) -> String {
    let shown = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
    let different = leaves(Some(expected), Some(found)).into_iter().filter(|(_, expected, found)| expected != found);
    let told = different.map(|(path, expected, found)| {
        format!("{path}\n  expected {}\n  found    {}\n", shown(expected), shown(found))
    });
    told.collect()
}
