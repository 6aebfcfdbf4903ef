//! A browser that shows the page.
use std::cell::{Cell, RefCell};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use xtask::static_server::StaticServer;

use super::driver::Driver;
use super::key::{self, Key};
use super::locator::Find;
use super::protocol::{Refusal, Session};
use super::wait;

/// A browser with the page, for one test.
pub struct Browser {
    driver: Driver,
    /// The address of the page without a route.
    address: String,
    screen: Cell<Screen>,
    /// Errors that the driver told already: it tells each only once.
    errors: RefCell<Vec<String>>,
}

/// The window in CSS pixels, and how many device pixels each of them is wide.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    pub width: u32,
    pub height: u32,
    pub ratio: f64,
}

/// What the browser says about its user and screen.
#[derive(Clone, Copy, Debug)]
pub struct Emulation {
    pub theme: Theme,
    pub motion: Motion,
    /// Whether few colours of the user's take the place of the page's.
    pub has_forced_colors: bool,
    pub device_pixel_ratio: f64,
}

/// The colour scheme that the user prefers.
#[derive(Clone, Copy, Debug)]
pub enum Theme {
    Light,
    Dark,
}

/// How much motion the user wants.
#[derive(Clone, Copy, Debug)]
pub enum Motion {
    Full,
    Reduced,
}

impl Default for Emulation {
    fn default() -> Self {
        Emulation { theme: Theme::Light, motion: Motion::Full, has_forced_colors: false, device_pixel_ratio: 1.0 }
    }
}

impl Browser {
    /// Serves the page below a path, for example `/notes/lab/`, and shows it in a new browser.
    pub fn open(mount: &str) -> Browser {
        Self::open_folder(&folder_of_the_page(), mount)
    }

    /// Like [`Browser::open`], for the page in a folder.
    pub fn open_folder(folder: &Path, mount: &str) -> Browser {
        let server = StaticServer::bind(folder.to_owned(), mount, 0).expect("the system has a free port");
        let address = server.address();
        thread::spawn(|| server.run());
        let screen = Screen { width: 1440, height: 900, ratio: 1.0 };
        let page = Browser { driver: Driver::start(), address, screen: Cell::new(screen), errors: RefCell::default() };
        page.show(screen);
        page.go("");
        page
    }

    /// Goes to a route as someone who was never here.
    pub fn come_first(&self, route: &str) {
        self.command("url", &json!({ "url": format!("{}{route}", self.address) }));
    }

    /// Goes to a route with an account that begins empty, for example `#/groups/web`.
    pub fn go(&self, route: &str) {
        self.command("url", &json!({ "url": format!("{}?start=empty{route}", self.address) }));
    }

    /// Loads the page again and changes on the way what the browser keeps for it, after the page has written down its own.
    fn reload_and(&self, script: &str) {
        let last = format!(
            "for (const [place, event] of [[window, 'pagehide'], [document, 'visibilitychange']]) \
                 place.addEventListener(event, () => {{ {script} }})"
        );
        self.wait_until_started();
        self.execute(&last, &[]);
        self.reload();
    }

    /// Waits until the lab works, or says why it does not.
    fn wait_until_started(&self) {
        self.wait_until("the lab has started", |page| page.find("main h1").exists() && !page.find(".boot").exists());
    }

    /// Makes the browser forget all that it has kept, and loads the page.
    pub fn forget_and_reload(&self) {
        self.reload_and("localStorage.clear()");
    }

    /// Makes the browser refuse to keep anything, and loads the page.
    pub fn forbid_storage_and_reload(&self) {
        self.done("no storage", self.driver.engine.forbid_storage(self.session()));
        self.reload();
    }

    /// Shows the page as if the browser had kept this session at an earlier visit.
    pub fn keep_and_reload(&self, session: &str) {
        self.reload_and(&format!("localStorage.setItem('scaling-lab.session', {})", Value::from(session)));
        self.wait_until_started();
    }

    /// Loads the page again.
    pub fn reload(&self) {
        self.command("refresh", &json!({}));
    }

    /// The route that the address shows, from its `#`.
    pub fn route(&self) -> String {
        self.execute("return location.hash", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// All text of the page that can be seen.
    pub fn text(&self) -> String {
        self.execute("return document.body.innerText", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Presses and releases a key where the focus is.
    pub fn press(&self, key: Key) {
        self.press_with(&[], key);
    }

    /// Presses and releases a key while others are held down.
    pub fn press_with(&self, held: &[Key], key: Key) {
        self.command("actions", &key::strokes(held, [key]));
    }

    /// Presses a key many times, as one who holds it down.
    pub fn press_again_and_again(&self, key: Key, times: usize) {
        self.command("actions", &key::strokes(&[], std::iter::repeat_n(key, times)));
    }

    /// Sees to it that the focus is in the page.
    pub(super) fn come_around(&self) {
        self.done("the focus", self.driver.engine.come_around(self.session()));
    }

    /// Types where the focus is.
    pub fn type_keys(&self, text: &str) {
        self.command("actions", &key::strokes(&[], text.chars().map(Key::Char)));
    }

    /// Presses the mouse twice, as fast as a hurried hand, on the middle of what a CSS selector finds first.
    pub fn double_click(&self, css: &str) {
        let script = "const wanted = document.querySelector(arguments[0]); wanted.scrollIntoView({ block: 'center' }); \
                      const box = wanted.getBoundingClientRect(); \
                      return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round)";
        let place = self.execute(script, &[css.into()]);
        let (down, up) = (json!({ "type": "pointerDown", "button": 0 }), json!({ "type": "pointerUp", "button": 0 }));
        let there = json!({ "type": "pointerMove", "duration": 0, "x": place[0], "y": place[1] });
        let actions = json!([there, down, up, down, up]);
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.command("actions", &json!({ "actions": [mouse] }));
    }

    /// Presses the mouse at one share of the width of what a CSS selector finds first, and lets it go at another.
    pub fn drag_across(&self, css: &str, from: f64, to: f64) {
        let script = "const wanted = document.querySelector(arguments[0]); wanted.scrollIntoView({ block: 'center' }); \
                      const box = wanted.getBoundingClientRect(); \
                      return [arguments[1], arguments[2]].map((share) => Math.round(box.x + share * box.width)) \
                          .concat(Math.round(box.y + box.height / 2))";
        let place = self.execute(script, &[css.into(), from.into(), to.into()]);
        let at = |x: &Value| json!({ "type": "pointerMove", "duration": 20, "x": x, "y": place[2] });
        let (down, up) = (json!({ "type": "pointerDown", "button": 0 }), json!({ "type": "pointerUp", "button": 0 }));
        let actions = json!([at(&place[0]), down, at(&place[1]), up]);
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.command("actions", &json!({ "actions": [mouse] }));
    }

    /// Runs JavaScript in the page; `return` gives the result, `arguments` are the arguments.
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Value {
        self.command("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Waits until the page is as expected; `state` says in words what that is.
    pub fn wait_until(&self, state: &str, holds: impl Fn(&Browser) -> bool) {
        let reached = wait::until(|| if holds(self) { Ok(()) } else { Err(()) });
        assert!(reached.is_ok(), "waited in vain until {state}\n{}", self.describe());
    }

    /// Waits until a text can be seen.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_until(&format!("the page says `{text}`"), |page| page.text().contains(text));
    }

    /// Gives the page a size in CSS pixels.
    pub fn window_size(&self, width: u32, height: u32) {
        self.show(Screen { width, height, ..self.screen.get() });
    }

    /// Makes the browser say this about its user and screen.
    pub fn emulate(&self, emulation: Emulation) {
        self.done("emulation", self.driver.engine.emulate(self.session(), emulation));
        self.show(Screen { ratio: emulation.device_pixel_ratio, ..self.screen.get() });
    }

    /// Takes a picture of the window into `target/screenshots/<name>.png`.
    pub fn screenshot(&self, name: &str) {
        self.try_screenshot(name).unwrap_or_else(|trouble| panic!("no picture of {name}: {trouble}"));
    }

    /// What the browser's console has said of errors so far, panics included.
    pub fn console_errors(&self) -> Vec<String> {
        let told = self.driver.engine.read_log(self.session());
        let told = told.unwrap_or_else(|refusal| panic!("the browser tells no log: {}", refusal.0));
        self.errors.borrow_mut().extend(told.into_iter().chain(self.driver.take_errors()));
        self.errors.borrow().clone()
    }

    /// Fails if the browser's console has told of an error.
    pub fn assert_no_console_errors(&self) {
        assert_eq!(self.console_errors(), Vec::<String>::new());
    }

    /// The session with the browser.
    pub(super) fn session(&self) -> &Session {
        self.driver.session()
    }

    /// The page in words, for the message of a test that fails.
    pub(super) fn describe(&self) -> String {
        let errors = self.console_errors().join("\n");
        format!("--- the page at {} says:\n{}\n--- its console says:\n{errors}\n---", self.route(), self.text())
    }

    fn try_screenshot(&self, name: &str) -> Result<(), String> {
        let told = self.session().get("screenshot").map_err(|refusal| refusal.0)?;
        let picture = STANDARD.decode(told.as_str().unwrap_or_default()).map_err(|trouble| trouble.to_string())?;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/screenshots/{name}.png"));
        let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(file, picture)).map_err(|trouble| trouble.to_string())
    }

    fn show(&self, screen: Screen) {
        self.done("window size", self.driver.engine.show(self.session(), screen));
        self.screen.set(screen);
    }

    fn done(&self, what: &str, done: Result<(), Refusal>) {
        done.unwrap_or_else(|refusal| panic!("the browser refuses {what}: {}", refusal.0));
    }

    fn command(&self, name: &str, parameters: &Value) -> Value {
        let done = self.driver.session().post(name, parameters);
        done.unwrap_or_else(|refusal| panic!("the browser refuses `{name}`: {}", refusal.0))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if thread::panicking() {
            let test = thread::current().name().unwrap_or("test").replace("::", "-");
            // The test has failed already; a picture that cannot be taken is no further news.
            let _ = self.try_screenshot(&format!("failed/{test}"));
        }
    }
}

/// The folder of the built page.
pub fn folder_of_the_page() -> PathBuf {
    let named = env::var_os("LAB_DIST").map(PathBuf::from);
    named.expect("LAB_DIST names the folder of the built page; `cargo lab test --only browser` sets it")
}
