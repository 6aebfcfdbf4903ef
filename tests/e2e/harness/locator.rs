//! Where something is on the page.
use std::fmt;

use serde_json::{Value, json};

use super::browser::Browser;
use super::key::Key;
use super::protocol::{ElementId, Refusal, Session};
use super::wait;

/// The script that follows the steps of a locator.
const FIND: &str = include_str!("find.js");

/// How often Tab is pressed before a control counts as out of reach.
const MOST_TABS: usize = 300;

/// How many presses are sent together.
const TABS_AT_ONCE: usize = 10;

/// A way to something on the page, followed anew each time it is used.
///
/// To use it, there must be exactly one such visible element; [`Locator::first`] or [`Locator::nth`] choose among
/// several, and locators of locators look inside: `page.row("web-1").button("Stop")`.
#[derive(Clone)]
pub struct Locator<'page> {
    page: &'page Browser,
    /// Pairs of a kind and what is wanted, as `find.js` reads them.
    steps: Vec<Value>,
}

/// What can be looked inside: the page, or a part of it.
pub trait Find<'page>: Sized {
    /// What a further step finds inside.
    fn step(self, kind: &str, wanted: &str) -> Locator<'page>;

    /// Elements by a CSS selector.
    fn find(self, css: &str) -> Locator<'page> {
        self.step("css", css)
    }

    /// The innermost elements in which a text occurs.
    fn find_text(self, text: &str) -> Locator<'page> {
        self.step("text", text)
    }

    /// Buttons by their accessible name.
    fn button(self, name: &str) -> Locator<'page> {
        self.step("button", name)
    }

    /// Links by their accessible name.
    fn link(self, name: &str) -> Locator<'page> {
        self.step("link", name)
    }

    /// Inputs, selects and the like by the text of their label.
    fn field(self, label: &str) -> Locator<'page> {
        self.step("field", label)
    }

    /// Sections, forms, field sets, tables, dialogs and other named parts by their accessible name.
    fn region(self, name: &str) -> Locator<'page> {
        self.step("region", name)
    }

    /// Rows of tables and lists in which a part reads exactly so, or else in which the text occurs.
    fn row(self, text: &str) -> Locator<'page> {
        self.step("row", text)
    }
}

impl<'page> Find<'page> for &'page Browser {
    fn step(self, kind: &str, wanted: &str) -> Locator<'page> {
        Locator { page: self, steps: vec![json!([kind, wanted])] }
    }
}

impl<'page> Find<'page> for &Locator<'page> {
    fn step(self, kind: &str, wanted: &str) -> Locator<'page> {
        self.and(json!([kind, wanted]))
    }
}

impl<'page> Locator<'page> {
    /// The page that it is on.
    pub fn page(&self) -> &'page Browser {
        self.page
    }

    /// The first of several.
    pub fn first(&self) -> Locator<'page> {
        self.nth(0)
    }

    /// One of several, counted from 0.
    pub fn nth(&self, index: usize) -> Locator<'page> {
        self.and(json!(["nth", index]))
    }

    /// How many there are now, without waiting.
    pub fn count(&self) -> usize {
        self.elements().map_or(0, |found| found.len())
    }

    /// Whether there is one now, without waiting.
    pub fn exists(&self) -> bool {
        self.count() > 0
    }

    /// Clicks it, where a person would have scrolled it to: not below the bars at the edges of the window.
    pub fn click(&self) {
        self.with(|session, element| {
            session.post("execute/sync", &json!({ "script": INTO_VIEW, "args": [element.as_argument()] }))?;
            session.post(&element.command("click"), &json!({}))
        });
    }

    /// Types at the end of what the control holds.
    pub fn type_text(&self, text: &str) {
        self.with(|session, element| session.post(&element.command("value"), &json!({ "text": text })));
    }

    /// Empties the control as a user does: select all, delete.
    pub fn clear(&self) {
        let keys: String = [Key::Control, Key::Char('a'), Key::Control, Key::Backspace].map(Key::code).iter().collect();
        self.type_text(&keys);
    }

    /// Replaces what the control holds.
    pub fn fill(&self, text: &str) {
        self.clear();
        self.type_text(text);
    }

    /// Chooses the option of a select by its text.
    pub fn select(&self, option: &str) {
        let wanted = option.to_owned();
        self.with(|session, element| {
            let script = "const clean = (text) => text.replace(/\\s+/g, ' ').trim(); \
                          return [...arguments[0].options].find((option) => clean(option.label) === arguments[1])";
            let arguments = json!({ "script": script, "args": [element.as_argument(), wanted] });
            let found = session.post("execute/sync", &arguments)?;
            let option =
                ElementId::from_answer(&found).ok_or_else(|| Refusal(format!("no option reads `{wanted}`")))?;
            session.post("execute/sync", &json!({ "script": INTO_VIEW, "args": [element.as_argument()] }))?;
            session.post(&option.command("click"), &json!({}))
        });
    }

    /// The text of the chosen option of a select.
    pub fn chosen(&self) -> String {
        let script = "return arguments[0].selectedOptions[0]?.label ?? ''";
        as_text(self.with(|session, element| {
            session.post("execute/sync", &json!({ "script": script, "args": [element.as_argument()] }))
        }))
    }

    /// The texts of all options of a select.
    pub fn options(&self) -> Vec<String> {
        let script = "return [...arguments[0].options].map((option) => option.label.replace(/\\s+/g, ' ').trim())";
        let told = self.with(|session, element| {
            session.post("execute/sync", &json!({ "script": script, "args": [element.as_argument()] }))
        });
        told.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    }

    /// The visible text.
    pub fn text(&self) -> String {
        as_text(self.with(|session, element| session.get(&element.command("text"))))
    }

    /// The visible text now, without waiting; none if it is not there.
    pub fn text_now(&self) -> Option<String> {
        let element = self.only_element().ok()?;
        self.page.session().get(&element.command("text")).ok().map(as_text)
    }

    /// An attribute, if it is set.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let value = self.with(|session, element| session.get(&element.command(&format!("attribute/{name}"))));
        value.as_str().map(str::to_owned)
    }

    /// What a control holds at present.
    pub fn value(&self) -> String {
        as_text(self.with(|session, element| session.get(&element.command("property/value"))))
    }

    /// Whether a box or switch is on.
    pub fn is_checked(&self) -> bool {
        self.with(|session, element| session.get(&element.command("selected"))) == true
    }

    /// Whether a control can be used.
    pub fn is_enabled(&self) -> bool {
        self.with(|session, element| session.get(&element.command("enabled"))) == true
    }

    /// Whether the keyboard's focus is here now.
    pub fn has_focus(&self) -> bool {
        let script = "return document.activeElement === arguments[0]";
        self.with(|session, element| {
            session.post("execute/sync", &json!({ "script": script, "args": [element.as_argument()] }))
        }) == true
    }

    /// Reaches it with the keyboard alone: presses Tab until the focus is here.
    pub fn tab_to(&self) {
        for _ in 0..MOST_TABS / TABS_AT_ONCE {
            // As a person stops pressing when it is reached, further presses do nothing.
            let script = "window.stopTab ??= (event) => event.key === 'Tab' && document.activeElement === window.tabGoal \
                            && (event.preventDefault(), event.stopImmediatePropagation()); \
                          window.tabGoal = arguments[0]; window.addEventListener('keydown', window.stopTab, true); \
                          return document.activeElement === arguments[0]";
            let is_there = self.with(|session, element| {
                session.post("execute/sync", &json!({ "script": script, "args": [element.as_argument()] }))
            });
            if is_there == true {
                self.page.execute("window.tabGoal = null", &[]);
                return;
            }
            self.page.press_again_and_again(Key::Tab, TABS_AT_ONCE);
            self.page.come_around();
        }
        panic!("{self} is not reached with Tab");
    }

    /// Waits until there is one.
    pub fn wait(&self) {
        self.with(|_, _| Ok(Value::Null));
    }

    /// Waits until there is none.
    pub fn wait_until_gone(&self) {
        self.page.wait_until(&format!("{self} is gone"), |_| !self.exists());
    }

    /// Finds the element and does something with it, again and again until it works: the page may replace it meanwhile.
    fn with(&self, action: impl Fn(&Session, &ElementId) -> Result<Value, Refusal>) -> Value {
        let session = self.page.session();
        let done = wait::until(|| self.only_element().and_then(|element| action(session, &element)));
        done.unwrap_or_else(|refusal| panic!("{self}: {}\n{}", refusal.0, self.page.describe()))
    }

    fn and(&self, step: Value) -> Locator<'page> {
        let mut further = self.clone();
        further.steps.push(step);
        further
    }

    fn only_element(&self) -> Result<ElementId, Refusal> {
        let mut found = self.elements()?;
        match (found.pop(), found.len()) {
            (Some(element), 0) => Ok(element),
            (None, _) => Err(Refusal("there is none".to_owned())),
            (Some(_), others) => Err(Refusal(format!("there are {}", others + 1))),
        }
    }

    fn elements(&self) -> Result<Vec<ElementId>, Refusal> {
        let found = self.page.session().post("execute/sync", &json!({ "script": FIND, "args": [self.steps] }))?;
        Ok(found.as_array().into_iter().flatten().filter_map(ElementId::from_answer).collect())
    }
}

/// The page's scroll padding keeps clear of its bars.
const INTO_VIEW: &str = "arguments[0].scrollIntoView({block: 'nearest', inline: 'nearest'})";

impl fmt::Display for Locator<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.steps.iter().map(|step| format!("{} {}", step[0].as_str().unwrap_or_default(), step[1]));
        out.write_str(&words.collect::<Vec<_>>().join(" > "))
    }
}

fn as_text(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
