//! Browsers and their drivers, for the tests.
use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::process::{Outcome, find_program, say};
use crate::{packages, tools, workspace};

/// A browser that can be driven.
pub struct Browser {
    kind: &'static Kind,
    program: PathBuf,
    driver: PathBuf,
}

/// What there is to know of a browser before it is found.
struct Kind {
    name: &'static str,
    /// The names under which its program is known.
    programs: &'static [&'static str],
    driver: &'static str,
    /// The variables that name the program and the driver at other places.
    variables: [&'static str; 2],
    /// Debian's packages.
    packages: &'static [&'static str],
    /// Brings the driver if no package does.
    install_driver: Option<fn() -> Outcome>,
    /// What is asked of the browser, for the wasm tests.
    capabilities: &'static str,
}

const CHROMIUM: Kind = Kind {
    name: "Chromium",
    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    driver: "chromedriver",
    variables: ["CHROME", "CHROMEDRIVER"],
    packages: &["chromium", "chromium-driver", "fonts-liberation"],
    install_driver: None,
    capabilities: "tests/webdriver/chromium.json",
};

const FIREFOX: Kind = Kind {
    name: "Firefox",
    programs: &["firefox-esr", "firefox"],
    driver: "geckodriver",
    variables: ["FIREFOX", "GECKODRIVER"],
    packages: &["firefox-esr"],
    install_driver: Some(tools::set_up_geckodriver),
    capabilities: "tests/webdriver/firefox.json",
};

impl Browser {
    /// Looks for Chromium and its driver, and installs them if they are missing.
    pub fn chromium() -> Outcome<Browser> {
        CHROMIUM.find()
    }

    /// Looks for Firefox and its driver, and installs them if they are missing.
    pub fn firefox() -> Outcome<Browser> {
        FIREFOX.find()
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.kind.name
    }

    /// Tells a test of the page where the browser is.
    pub fn prepare<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let [program, driver] = self.kind.variables;
        command.env(program, &self.program).env(driver, &self.driver)
    }

    /// Tells the runner of the wasm tests to use this browser and no other.
    pub fn prepare_runner<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for other in [&CHROMIUM, &FIREFOX] {
            command.env_remove(other.variables[1]);
        }
        if self.kind.driver == FIREFOX.driver {
            // Chromium's driver finds its browser; Firefox's looks for no other name than `firefox`.
            command.env("GECKODRIVER_ARGS", format!("--binary '{}'", self.program.display()));
        }
        let capabilities = workspace::root().join(self.kind.capabilities);
        self.prepare(command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities))
    }
}

impl Kind {
    fn find(&'static self) -> Outcome<Browser> {
        let found = self.look().map_or_else(|| self.install(), Ok)?;
        say(&format!("browser: {} with {}", found.program.display(), found.driver.display()));
        Ok(found)
    }

    fn look(&'static self) -> Option<Browser> {
        let program = self.look_for_program()?;
        let driver = named(self.variables[1]).or_else(|| find_program(self.driver))?;
        Some(Browser { kind: self, program, driver })
    }

    fn look_for_program(&self) -> Option<PathBuf> {
        named(self.variables[0]).or_else(|| self.programs.iter().find_map(|name| find_program(name)))
    }

    fn install(&'static self) -> Outcome<Browser> {
        let has_only_no_driver = self.install_driver.is_some() && self.look_for_program().is_some();
        let packages = if has_only_no_driver { Ok(()) } else { packages::install(self.packages) };
        let installed = packages.and_then(|()| self.install_driver.map_or(Ok(()), |install| install()));
        self.look().ok_or_else(|| {
            let trouble = installed.err().unwrap_or_else(|| "the installed packages lack a program".to_owned());
            let ([program_variable, driver_variable], Kind { name, driver, .. }) = (self.variables, self);
            format!(
                "no {name} with its driver can be had: {trouble}\nWhat to do: install {name} and a {driver} of a version \
                 that fits, or name them in the variables {program_variable} and {driver_variable}, then run this \
                 command again."
            )
        })
    }
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|program| program.is_file())
}
