//! The program that drives the browser.
use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::protocol::Session;

/// A browser with its driver; both end with it.
pub struct Driver {
    session: Session,
    process: Child,
    /// Kept open: a driver that cannot write ends.
    _words: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts a driver on a port that the system chooses, and a browser with a fresh profile.
    pub fn start() -> Driver {
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut command = Command::new(&program);
        command.args(["--port=0"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap_or_else(|trouble| panic!("{}: {trouble}", program.display()));
        let mut words = BufReader::new(process.stdout.take().expect("the output was asked for above"));
        let session = read_port(&mut words).and_then(|port| {
            let address = format!("http://127.0.0.1:{port}");
            Session::start(&address, &capabilities()).map_err(|refusal| refusal.0)
        });
        match session {
            Ok(session) => Driver { session, process, _words: words },
            Err(trouble) => {
                end(&mut process);
                panic!("{} starts no browser: {trouble}", program.display());
            }
        }
    }

    /// The session with the browser.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The browser closes first: killing the driver alone would leave it behind.
        let _ = self.session.end();
        end(&mut self.process);
    }
}

fn end(process: &mut Child) {
    let _ = process.kill();
    let _ = process.wait();
}

/// The port in the driver's greeting: `... was started successfully on port 12345.`
fn read_port(words: &mut impl BufRead) -> Result<u16, String> {
    let mut told = String::new();
    for line in words.lines().map_while(Result::ok) {
        if let Some((_, port)) = line.split_once("successfully on port ") {
            return port.trim_end_matches('.').parse().map_err(|_| line.clone());
        }
        told.push_str(&line);
    }
    Err(format!("the driver ended, saying: {told}"))
}

/// What is asked of the browser: the switches in `tests/webdriver/chromium.json`, which the wasm tests use too.
fn capabilities() -> Value {
    let mut capabilities: Value =
        serde_json::from_str(include_str!("../../webdriver/chromium.json")).expect("the file is JSON");
    if let Some(program) = env::var_os("CHROME").map(PathBuf::from) {
        capabilities["goog:chromeOptions"]["binary"] = program.to_string_lossy().into();
    }
    capabilities
}
