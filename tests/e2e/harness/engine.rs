//! The two browsers, and what each of them does in its own way: what WebDriver has no words for.
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::browser::{Emulation, Motion, Screen, Theme};
use super::protocol::{Refusal, Session};

/// A browser that the tests can drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
}

impl Engine {
    /// The one that `LAB_BROWSER` names; Chromium if it names none.
    pub fn chosen() -> Engine {
        match env::var("LAB_BROWSER").as_deref() {
            Ok("firefox") => Engine::Firefox,
            Ok("chromium") | Err(_) => Engine::Chromium,
            Ok(other) => panic!("LAB_BROWSER is `{other}`; it can be chromium or firefox"),
        }
    }

    /// The driver's program.
    pub fn driver(self) -> OsString {
        let (variable, name) = match self {
            Engine::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Engine::Firefox => ("GECKODRIVER", "geckodriver"),
        };
        env::var_os(variable).unwrap_or_else(|| name.into())
    }

    /// Tells the driver to listen on a port that the system chooses.
    pub fn prepare(self, command: &mut Command) {
        command.arg("--port=0");
        if self == Engine::Firefox {
            // The window's size and the user's preferences are set from Firefox's own side.
            command.args(["--websocket-port=0", "--allow-system-access"]);
        }
    }

    /// The port in a line of the driver's greeting.
    pub fn port(self, line: &str) -> Option<u16> {
        let before = match self {
            Engine::Chromium => "successfully on port ",
            Engine::Firefox => "Listening on 127.0.0.1:",
        };
        line.split_once(before)?.1.trim_end_matches('.').parse().ok()
    }

    /// What is asked of the browser: the switches in `tests/webdriver`, which the wasm tests use too.
    pub fn capabilities(self) -> Value {
        let (text, options, variable) = match self {
            Engine::Chromium => (include_str!("../../webdriver/chromium.json"), "goog:chromeOptions", "CHROME"),
            Engine::Firefox => (include_str!("../../webdriver/firefox.json"), "moz:firefoxOptions", "FIREFOX"),
        };
        let mut capabilities: Value = serde_json::from_str(text).expect("the file is JSON");
        if let Some(program) = env::var_os(variable).map(PathBuf::from) {
            capabilities[options]["binary"] = program.to_string_lossy().into();
        }
        if self == Engine::Firefox {
            capabilities[options]["args"] = json!(["-headless"]);
            // The console is heard through the program's output.
            capabilities[options]["prefs"]["devtools.console.stdout.content"] = true.into();
            // A key counts as pressed only when the page has seen it.
            capabilities[options]["prefs"]["remote.events.async.enabled"] = false.into();
        }
        capabilities
    }

    /// Whether a line of the driver's output tells that the page has panicked. Only Firefox repeats the console there, its own
    /// modules' complaints among it.
    pub fn tells_a_panic(self, line: &str) -> bool {
        self == Engine::Firefox && line.starts_with("console.error:") && line.contains("panicked")
    }

    /// Errors that the browser's log has got since it was asked last.
    pub fn read_log(self, session: &Session) -> Result<Vec<String>, Refusal> {
        let told = match self {
            Engine::Chromium => session.post("se/log", &json!({ "type": "browser" }))?,
            Engine::Firefox => system(session, READ_LOG, &json!([]))?,
        };
        let severe = told.as_array().into_iter().flatten().filter(|entry| entry["level"] == "SEVERE");
        Ok(severe.filter_map(|entry| entry["message"].as_str()).map(str::to_owned).collect())
    }

    /// Gives the page a size and a sharpness.
    pub fn show(self, session: &Session, screen: Screen) -> Result<(), Refusal> {
        let Screen { width, height, ratio } = screen;
        match self {
            Engine::Chromium => {
                let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false });
                devtools(session, "Emulation.setDeviceMetricsOverride", &metrics)
            }
            Engine::Firefox => {
                let roomy = json!({ "width": width + 200, "height": height + 200 });
                session.post("window/rect", &roomy)?;
                system(session, SHOW, &json!([width, height, ratio]))?;
                super::wait::until(|| {
                    let told = session
                        .post("execute/sync", &json!({ "script": "return [innerWidth, innerHeight]", "args": [] }))?;
                    if told == json!([width, height]) { Ok(()) } else { Err(Refusal(format!("the window is {told}"))) }
                })
            }
        }
    }

    /// Makes the browser say this about its user.
    pub fn emulate(self, session: &Session, emulation: Emulation) -> Result<(), Refusal> {
        let scheme = match emulation.theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let motion = match emulation.motion {
            Motion::Full => "no-preference",
            Motion::Reduced => "reduce",
        };
        match self {
            Engine::Chromium => {
                let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
                let features = [
                    feature("prefers-color-scheme", scheme),
                    feature("prefers-reduced-motion", motion),
                    feature("forced-colors", if emulation.has_forced_colors { "active" } else { "none" }),
                ];
                devtools(session, "Emulation.setEmulatedMedia", &json!({ "features": features }))
            }
            Engine::Firefox => {
                system(session, EMULATE, &json!([scheme, motion, emulation.has_forced_colors])).map(|_| ())
            }
        }
    }

    /// Goes on from the page's first control after the last one. Firefox's own bars come between, and its driver does not lead out of them.
    pub fn come_around(self, session: &Session) -> Result<(), Refusal> {
        let script = |text: &str| session.post("execute/sync", &json!({ "script": text, "args": [] }));
        if self == Engine::Firefox && script("return document.hasFocus()")? == false {
            system(session, "gBrowser.selectedBrowser.focus()", &json!([]))?;
            script(FOCUS_FIRST)?;
        }
        Ok(())
    }

    /// From the next page on, the browser refuses to keep anything.
    pub fn forbid_storage(self, session: &Session) -> Result<(), Refusal> {
        match self {
            Engine::Chromium => {
                let script = "Object.defineProperty(window, 'localStorage', \
                              { get() { throw new DOMException('no', 'SecurityError') } })";
                devtools(session, "Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }))
            }
            Engine::Firefox => {
                system(session, "Services.prefs.setBoolPref('dom.storage.enabled', false)", &json!([])).map(|_| ())
            }
        }
    }
}

const SHOW: &str = "const [width, height, ratio] = arguments; const shown = gBrowser.selectedBrowser; \
    for (const [name, size] of [['width', width], ['height', height]]) { \
        for (const side of [name, `min-${name}`, `max-${name}`]) shown.style.setProperty(side, `${size}px`); \
    } \
    shown.browsingContext.overrideDPPX = ratio;";

const FOCUS_FIRST: &str = "const room = document.querySelector('dialog[open]') ?? document; \
    const controls = [...room.querySelectorAll('a[href], button, input, select, textarea, [tabindex=\"0\"]')]; \
    controls.find((one) => one.checkVisibility() && !one.disabled)?.focus()";

/// Errors of pages, not those of Firefox's own modules.
const READ_LOG: &str = "const told = Services.console.getMessageArray(); Services.console.reset(); \
    return told.filter((one) => one instanceof Ci.nsIScriptError && !(one.flags & Ci.nsIScriptError.warningFlag) \
            && one.sourceName.startsWith('http')) \
        .map((one) => ({ level: 'SEVERE', message: `${one.errorMessage} ${one.sourceName}:${one.lineNumber}` }));";

const EMULATE: &str = "const [scheme, motion, forced] = arguments; \
    Services.prefs.setIntPref('browser.display.document_color_use', forced ? 2 : 0); \
    gBrowser.selectedBrowser.browsingContext.prefersColorSchemeOverride = scheme; \
    Services.prefs.setIntPref('ui.prefersReducedMotion', motion === 'reduce' ? 1 : 0);";

/// A command of Chromium's own protocol.
fn devtools(session: &Session, name: &str, parameters: &Value) -> Result<(), Refusal> {
    session.post("goog/cdp/execute", &json!({ "cmd": name, "params": parameters })).map(|_| ())
}

/// Runs a script on Firefox's own side.
fn system(session: &Session, script: &str, arguments: &Value) -> Result<Value, Refusal> {
    session.post("moz/context", &json!({ "context": "chrome" }))?;
    let done = session.post("execute/sync", &json!({ "script": script, "args": arguments }));
    session.post("moz/context", &json!({ "context": "content" }))?;
    done
}
