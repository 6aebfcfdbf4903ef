//! The program that drives the browser.
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use super::engine::Engine;
use super::protocol::Session;

/// How often a driver is started before a test gives up. Chromium's takes a free port of IPv6 and then wants the same one
/// of IPv4, which another program can have: it ends, and the next attempt gets another port.
const ATTEMPTS: usize = 5;

/// How long a driver may take to greet.
const GREETING: Duration = Duration::from_secs(60);

/// A browser with its driver; both end with it.
pub struct Driver {
    pub engine: Engine,
    session: Session,
    process: Child,
    errors: Arc<Mutex<Vec<String>>>,
}

impl Driver {
    /// Starts a driver on a port that the system chooses, and a browser with a fresh profile.
    pub fn start() -> Driver {
        let mut refusals = Vec::new();
        while refusals.len() < ATTEMPTS {
            match Self::try_to_start(Engine::chosen()) {
                Ok(driver) => return driver,
                Err(trouble) => refusals.push(trouble),
            }
        }
        panic!("no browser starts: {}", refusals.join("; "));
    }

    fn try_to_start(engine: Engine) -> Result<Driver, String> {
        let program = engine.driver();
        let named = |trouble: String| format!("{}: {trouble}", program.display());
        let mut command = Command::new(&program);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        engine.prepare(&mut command);
        let mut process = command.spawn().map_err(|trouble| named(trouble.to_string()))?;
        let words = BufReader::new(process.stdout.take().expect("the output was asked for above"));
        let errors = Arc::default();
        let session = listen(engine, words, Arc::clone(&errors)).and_then(|port| {
            let address = format!("http://127.0.0.1:{port}");
            Session::start(&address, &engine.capabilities()).map_err(|refusal| refusal.0)
        });
        match session {
            Ok(session) => Ok(Driver { engine, session, process, errors }),
            Err(trouble) => {
                end(&mut process);
                Err(named(trouble))
            }
        }
    }

    /// The session with the browser.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The errors of the page that the driver's output tells since it was asked last.
    pub fn take_errors(&self) -> Vec<String> {
        std::mem::take(&mut self.errors.lock().expect("nobody panics while holding it"))
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

/// Reads what the driver says as long as it lives, because a driver that cannot write ends; gives the port of its greeting.
fn listen(
    engine: Engine,
    words: impl BufRead + Send + 'static,
    errors: Arc<Mutex<Vec<String>>>,
) -> Result<u16, String> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut greeting = String::new();
        for line in words.lines().map_while(Result::ok) {
            if let Some(port) = engine.port(&line) {
                // Nobody listens any more if the greeting came too late.
                let _ = tell.send(Ok(port));
            }
            if engine.tells_a_panic(&line) {
                errors.lock().expect("nobody panics while holding it").push(line);
            } else {
                greeting.push_str(&line);
                greeting.truncate(1_000);
            }
        }
        let _ = tell.send(Err(format!("the driver ended, saying: {greeting}")));
    });
    told.recv_timeout(GREETING).unwrap_or_else(|_| Err("the driver says no port".to_owned()))
}
