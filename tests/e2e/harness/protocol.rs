//! The WebDriver protocol: JSON over HTTP to a driver on this machine.
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

/// How long the driver may take for one command: a page that computes answers late.
const COMMAND_LIMIT: Duration = Duration::from_secs(90);

/// The largest answer that is read: a picture of a large window.
const LARGEST_ANSWER: u64 = 64 * 1024 * 1024;

/// The key under which WebDriver keeps the id of an element.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One browser session of a driver.
pub struct Session {
    agent: Agent,
    address: String,
}

/// An element of the page, valid until the page replaces it.
#[derive(Clone, Debug)]
pub struct ElementId(String);

/// A refusal: the driver's code and message.
#[derive(Debug)]
pub struct Refusal(pub String);

impl Session {
    /// Asks the driver at `address` for a browser with the given capabilities.
    pub fn start(address: &str, capabilities: &Value) -> Result<Session, Refusal> {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(COMMAND_LIMIT));
        let driver = Session { agent: config.build().new_agent(), address: format!("{address}/session") };
        let told = driver.post("", &json!({ "capabilities": { "alwaysMatch": capabilities } }))?;
        let id = told["sessionId"].as_str().ok_or_else(|| Refusal(format!("no session in {told}")))?;
        Ok(Session { address: format!("{}/{id}", driver.address), ..driver })
    }

    /// Gives a command.
    pub fn post(&self, command: &str, parameters: &Value) -> Result<Value, Refusal> {
        read(self.agent.post(self.address(command)).send_json(parameters))
    }

    /// Asks for something.
    pub fn get(&self, question: &str) -> Result<Value, Refusal> {
        read(self.agent.get(self.address(question)).call())
    }

    /// Closes the browser.
    pub fn end(&self) -> Result<Value, Refusal> {
        read(self.agent.delete(&self.address).call())
    }

    fn address(&self, command: &str) -> String {
        if command.is_empty() { self.address.clone() } else { format!("{}/{command}", self.address) }
    }
}

impl ElementId {
    /// The element in an answer, if it is one.
    pub fn from_answer(answer: &Value) -> Option<ElementId> {
        answer[ELEMENT_KEY].as_str().map(|id| ElementId(id.to_owned()))
    }

    /// The element as an argument of a script.
    pub fn as_argument(&self) -> Value {
        json!({ ELEMENT_KEY: self.0 })
    }

    /// A command to this element.
    pub fn command(&self, name: &str) -> String {
        format!("element/{}/{name}", self.0)
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Refusal> {
    let answer =
        answer.and_then(|mut answer| answer.body_mut().with_config().limit(LARGEST_ANSWER).read_json::<Value>());
    let mut answer = answer.map_err(|trouble| Refusal(format!("the driver does not answer: {trouble}")))?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(code) => Err(Refusal(format!("{code}: {}", value["message"].as_str().unwrap_or_default()))),
        None => Ok(value),
    }
}
