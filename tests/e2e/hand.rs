//! The two ways to work the page: the mouse, and the keyboard alone.
use scaling_lab::ui::route::{Route, Section};

use crate::harness::{Browser, Find, Key, Locator};

/// A learner's hand on the mouse or on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Mouse,
    Keyboard,
}

impl Hand {
    /// Presses a button or follows a link.
    pub fn press(self, control: &Locator) {
        match self {
            Hand::Mouse => control.click(),
            Hand::Keyboard => {
                control.tab_to();
                control.page().press(Key::Enter);
            }
        }
    }

    /// Writes a text into a field, in place of what it holds.
    pub fn fill(self, field: &Locator, text: &str) {
        match self {
            Hand::Mouse => field.fill(text),
            Hand::Keyboard => {
                field.tab_to();
                field.page().press_with(&[Key::Control], Key::Char('a'));
                field.page().press(Key::Delete);
                field.page().type_keys(text);
            }
        }
        assert_eq!(field.value(), text, "what {field} holds");
    }

    /// Chooses the option with this text in its name.
    pub fn choose(self, field: &Locator, part: &str) {
        let options = field.options();
        let wanted = options.iter().find(|option| option.contains(part));
        let wanted = wanted.unwrap_or_else(|| panic!("{field} has no option with `{part}`: {options:?}"));
        match self {
            Hand::Mouse => field.select(wanted),
            Hand::Keyboard => {
                field.tab_to();
                field.page().press(Key::Home);
                for _ in &options {
                    if field.chosen().contains(part) {
                        break;
                    }
                    field.page().press(Key::Down);
                }
            }
        }
        assert!(field.chosen().contains(part), "{field} shows {}", field.chosen());
    }

    /// Chooses how fast time goes on: `600×`.
    pub fn set_speed(self, page: &Browser, speed: &str) {
        let wanted = page.field(speed);
        match self {
            Hand::Mouse => wanted.click(),
            Hand::Keyboard => {
                page.find(".transport input:checked").tab_to();
                while !wanted.is_checked() {
                    page.press(Key::Right);
                }
            }
        }
        assert!(wanted.is_checked(), "{speed} is chosen");
    }

    /// Opens a tab of a page: with the mouse, or with the arrow keys from the one that is open.
    pub fn open_tab(self, page: &Browser, name: &str) {
        let wanted = page.button(name);
        match self {
            Hand::Mouse => wanted.click(),
            Hand::Keyboard => {
                page.find("[role=tab][aria-selected=true]").tab_to();
                while wanted.attribute("aria-selected").as_deref() != Some("true") {
                    page.press(Key::Right);
                }
            }
        }
    }

    /// Ticks or unticks a box.
    pub fn tick(self, field: &Locator) {
        let before = field.is_checked();
        match self {
            Hand::Mouse => field.click(),
            Hand::Keyboard => {
                field.tab_to();
                field.page().press(Key::Space);
            }
        }
        assert_ne!(field.is_checked(), before, "{field} has changed");
    }

    /// Goes to a page of the navigation.
    pub fn go(self, page: &Browser, name: &str) {
        let section = Section::ALL.into_iter().find(|section| section.title() == name);
        let to = section.map_or(Route::Bench, Route::List);
        self.go_to(page, &to.to_string(), name);
    }

    /// Goes to the page of the navigation that an address leads to.
    pub fn go_to(self, page: &Browser, address: &str, name: &str) {
        self.press(&page.find(&format!("#navigation a[href='{address}']")));
        page.wait_until(&format!("the page {name} is there"), |page| {
            page.find("main h1").text_now().as_deref() == Some(name)
        });
    }
}
