//! The keyboard.
use serde_json::{Value, json};

/// A key that is not a character, or one that is.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "a keyboard has more keys than the tests press today")]
pub enum Key {
    Tab,
    Enter,
    Escape,
    Space,
    Backspace,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    Shift,
    Control,
    Char(char),
}

impl Key {
    /// The character that WebDriver uses for the key.
    pub fn code(self) -> char {
        match self {
            Key::Tab => '\u{E004}',
            Key::Enter => '\u{E007}',
            Key::Escape => '\u{E00C}',
            Key::Space => ' ',
            Key::Backspace => '\u{E003}',
            Key::Delete => '\u{E017}',
            Key::Home => '\u{E011}',
            Key::End => '\u{E010}',
            Key::PageUp => '\u{E00E}',
            Key::PageDown => '\u{E00F}',
            Key::Up => '\u{E013}',
            Key::Down => '\u{E015}',
            Key::Left => '\u{E012}',
            Key::Right => '\u{E014}',
            Key::Shift => '\u{E008}',
            Key::Control => '\u{E009}',
            Key::Char(letter) => letter,
        }
    }
}

/// The WebDriver actions that press and release the keys one after the other, while `held` stay down.
pub fn strokes(held: &[Key], keys: impl IntoIterator<Item = Key>) -> Value {
    let down = |key: Key| json!({ "type": "keyDown", "value": key.code() });
    let up = |key: Key| json!({ "type": "keyUp", "value": key.code() });
    let mut actions: Vec<Value> = held.iter().copied().map(down).collect();
    actions.extend(keys.into_iter().flat_map(|key| [down(key), up(key)]));
    actions.extend(held.iter().rev().copied().map(up));
    json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] })
}
