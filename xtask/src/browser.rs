//! Chromium and its driver, for the tests.
use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::packages;
use crate::process::{Outcome, find_program, say};

/// The names under which Chromium is known.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Debian's packages.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];

/// A browser that can be driven.
pub struct Browser {
    program: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Looks for Chromium and its driver, and installs them if they are missing.
    ///
    /// The variables `CHROME` and `CHROMEDRIVER` name programs at other places.
    pub fn find() -> Outcome<Browser> {
        let found = Self::look().map_or_else(Self::install, Ok)?;
        say(&format!("browser: {} with {}", found.program.display(), found.driver.display()));
        Ok(found)
    }

    /// Tells a test where the browser is.
    pub fn prepare<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("CHROME", &self.program).env("CHROMEDRIVER", &self.driver)
    }

    fn look() -> Option<Browser> {
        let program = named("CHROME").or_else(|| BROWSERS.iter().find_map(|name| find_program(name)))?;
        let driver = named("CHROMEDRIVER").or_else(|| find_program("chromedriver"))?;
        Some(Browser { program, driver })
    }

    fn install() -> Outcome<Browser> {
        let installed = packages::install(&PACKAGES);
        Self::look().ok_or_else(|| {
            let trouble = installed.err().unwrap_or_else(|| "the installed packages lack a program".to_owned());
            format!(
                "no Chromium with its driver can be had: {trouble}\nWhat to do: install Chromium (or Chrome) and the \
                 chromedriver of the same version, or name them in the variables CHROME and CHROMEDRIVER, then run \
                 this command again."
            )
        })
    }
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|program| program.is_file())
}
