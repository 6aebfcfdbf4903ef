//! Trunk, wasm-bindgen and the driver of Firefox, in the versions that the project pins.
use std::fs;
use std::path::PathBuf;

use crate::process::{Outcome, find_program, output_of, run, say};
use crate::workspace;

/// The pinned Trunk.
const TRUNK_VERSION: &str = "0.21.14";

/// The pinned driver of Firefox, which Debian does not have; any version that is there already is as good.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// The pinned checker of accessibility.
const AXE_VERSION: &str = "4.14.1";

/// A program that cargo can compile and install.
struct Tool {
    /// The name of the package.
    package: &'static str,
    /// The programs that it brings.
    programs: &'static [&'static str],
    version: String,
    options: &'static [&'static str],
}

/// Sees to it that the tools are there, in `.tools/bin` or anywhere on `PATH`.
pub fn set_up() -> Outcome {
    install(all()?.into_iter().filter(|tool| !tool.is_there()).collect())
}

/// Compiles the driver of Firefox.
pub fn set_up_geckodriver() -> Outcome {
    let version = GECKODRIVER_VERSION.to_owned();
    install(vec![Tool { package: "geckodriver", programs: &["geckodriver"], version, options: &[] }])
}

/// The script of axe-core, brought by npm; none, and a word about it, where npm is not here or cannot bring it.
pub fn axe() -> Option<PathBuf> {
    let folder = workspace::tools_folder();
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let marked = fs::read_to_string(script.with_file_name("package.json")).unwrap_or_default();
    if script.is_file() && marked.contains(AXE_VERSION) {
        return Some(script);
    }
    let brought = find_program("npm").ok_or_else(|| "npm is not here".to_owned()).and_then(|npm| {
        let mut npm = workspace::command(npm);
        npm.args(["install", "--silent", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
        run(npm.arg(&folder).arg(format!("axe-core@{AXE_VERSION}")))
    });
    match brought {
        Ok(()) => Some(script),
        Err(trouble) => {
            say(&format!("skipped: what axe-core says of the pages ({trouble}; install Node.js with npm for it)"));
            None
        }
    }
}

fn install(missing: Vec<Tool>) -> Outcome {
    if missing.is_empty() {
        return Ok(());
    }
    missing.iter().try_for_each(Tool::install)?;
    // What was left by compiling the tools is large and of no more use.
    fs::remove_dir_all(build_folder()).or(Ok(()))
}

/// The tools and their versions, in words: a page built by others is another page.
pub fn description() -> Outcome<String> {
    Ok(all()?.iter().map(|tool| format!("{} {}\n", tool.package, tool.version)).collect())
}

fn all() -> Outcome<[Tool; 2]> {
    let trunk = Tool {
        package: "trunk",
        programs: &["trunk"],
        version: TRUNK_VERSION.to_owned(),
        // The features left out serve its self-update alone.
        options: &["--no-default-features"],
    };
    let wasm_bindgen = Tool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: workspace::locked_version("wasm-bindgen")?,
        options: &[],
    };
    Ok([trunk, wasm_bindgen])
}

impl Tool {
    fn is_there(&self) -> bool {
        self.programs.iter().all(|program| {
            let told = find_program(program).and_then(|path| output_of(workspace::command(path).arg("--version")));
            told.is_some_and(|text| text.split_whitespace().any(|word| word == self.version))
        })
    }

    /// Compiles the tool with the versions of its own lock file, or without if the registry lacks one of them.
    fn install(&self) -> Outcome {
        say(&format!("compiling {} {} into .tools/ (once; takes one to three minutes)", self.package, self.version));
        self.install_with(&["--locked"]).or_else(|_| self.install_with(&[])).map_err(|trouble| {
            format!(
                "{} {} cannot be had: {trouble}\nWhat to do: see to it that cargo reaches its registry, or put that \
                 version of {} on PATH, then run this command again.",
                self.package, self.version, self.programs[0]
            )
        })
    }

    /// An unoptimised build: it compiles three times as fast and is as quick at its job.
    fn install_with(&self, more: &[&str]) -> Outcome {
        let mut cargo = workspace::cargo();
        cargo.env("CARGO_TARGET_DIR", build_folder()).env("CARGO_PROFILE_DEV_DEBUG", "0");
        cargo.args(["install", "--quiet", "--debug", "--root"]).arg(workspace::tools_folder());
        run(cargo.args(self.options).args(more).arg(format!("{}@{}", self.package, self.version)))
    }
}

fn build_folder() -> PathBuf {
    workspace::tools_folder().join("target")
}
