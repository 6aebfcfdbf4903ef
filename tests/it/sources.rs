//! The project's own sources, for the tests that read them.
use std::fs;
use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::renewal;

/// A word or a sign of a source file, and its line. Comments are gone, and texts are one sign.
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// Where the sources of the layers are.
pub const FOLDERS: [&str; 2] = ["src", "simulation/src"];

/// The files below [`FOLDERS`] that end in `.rs`, by their paths from the root of the project.
pub fn all() -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), FOLDERS.map(PathBuf::from).to_vec());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(renewal::path(&folder.to_string_lossy())).expect("a folder of sources").flatten() {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files
}

/// The path of a source file inside of its folder: `traffic/fleet.rs`.
pub fn inside(file: &str) -> &str {
    let inside = FOLDERS.iter().find_map(|folder| file.strip_prefix(folder)?.strip_prefix('/'));
    inside.unwrap_or_else(|| panic!("{file} is in none of {FOLDERS:?}"))
}

/// The tokens of a source text.
pub fn tokens_of(text: &str) -> Vec<Token> {
    let stream: TokenStream = text.parse().unwrap_or_else(|trouble| panic!("{trouble} in\n{text}"));
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), tokens);
                tokens.push(Token { text: close.to_owned(), line });
            }
            TokenTree::Literal(_) => tokens.push(Token { text: "literal".to_owned(), line }),
            TokenTree::Ident(_) | TokenTree::Punct(_) => tokens.push(Token { text: tree.to_string(), line }),
        }
    }
}
