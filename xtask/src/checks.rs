//! `cargo lab test`: everything that must hold.
use std::process::Command;

use crate::browser::Browser;
use crate::compiler::{Compiler, TARGET};
use crate::options::{BenchOptions, Part, Place, TestOptions};
use crate::page;
use crate::process::{Outcome, find_program, output_of, run, say};
use crate::{tools, workspace};

/// The page under test; `serve` has a folder of its own.
const TESTED_PAGE: &str = "target/page";

/// Runs one part, or all of them in turn. The browser comes last: it needs the page, which takes longest.
pub fn test(options: &TestOptions) -> Outcome {
    let all = [Part::Lint, Part::Native, Part::Wasm, Part::Browser];
    let mut wanted = all.into_iter().filter(|part| options.only.is_none_or(|only| only == *part));
    wanted.try_for_each(|part| run_part(part, options.name.as_deref()))
}

/// Runs the one browser test that visits all pages and takes their pictures.
pub fn take_screenshots() -> Outcome {
    page_in(&Browser::chromium()?, &["screenshots"])?;
    say("the pictures are in target/screenshots/");
    Ok(())
}

/// Runs the one test that measures the page; it needs no browser.
pub fn measure() -> Outcome {
    let page = page::build(TESTED_PAGE)?;
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--quiet", "--features", "e2e", "--test", "e2e", "size_of_the_page", "--", "--nocapture"]);
    run(cargo.env("LAB_DIST", page))
}

/// `cargo lab bench`: the speed of the simulation in the browsers, in the build that the page ships, and how smoothly the page runs.
pub fn bench(options: &BenchOptions) -> Outcome {
    let all = [Place::Chromium, Place::Firefox, Place::Page];
    let mut wanted = all.into_iter().filter(|place| options.only.is_none_or(|only| only == *place));
    wanted.try_for_each(|place| match place {
        Place::Chromium => bench_in(&Browser::chromium()?, options.name.as_deref()),
        Place::Firefox => bench_in(&Browser::firefox()?, options.name.as_deref()),
        // It has no parts to choose from.
        Place::Page if options.name.is_some() && options.only.is_none() => Ok(()),
        Place::Page => page_in(
            &Browser::chromium()?,
            &["six_hundred_times", "--", "--ignored", "--nocapture", "--test-threads", "1"],
        ),
    })
}

fn bench_in(browser: &Browser, name: Option<&str>) -> Outcome {
    tools::set_up()?;
    let compiler = Compiler::find()?;
    say(&format!("speed of the simulation in {}", browser.name()));
    let mut cargo = wasm_tests(&compiler, browser)?;
    cargo.args(["--release", "--no-default-features", "--bench", "speed"]).args(name);
    run(cargo.args(["--", "--nocapture"]))
}

fn run_part(part: Part, name: Option<&str>) -> Outcome {
    match part {
        Part::Lint => lint(),
        Part::Native => native(name),
        Part::Wasm => wasm(name),
        Part::Browser => page_in_both(name),
    }
}

fn lint() -> Outcome {
    if has_component("fmt") {
        say("checking the format");
        run(workspace::cargo().args(["fmt", "--all", "--check"]))?;
    }
    if has_component("clippy") {
        say("looking for lints");
        let everything = ["clippy", "--quiet", "--workspace", "--all-targets", "--all-features"];
        run(workspace::cargo().args(everything).args(["--", "--deny", "warnings"]))?;
    }
    Ok(())
}

/// Whether cargo has this command; it says so if not.
fn has_component(name: &str) -> bool {
    let there = output_of(workspace::cargo().args([name, "--version"])).is_some();
    if !there {
        say(&format!("skipped: this toolchain has no `cargo {name}` (with rustup: `rustup component add {name}`)"));
    }
    there
}

fn native(name: Option<&str>) -> Outcome {
    say("native tests, without the page");
    run(workspace::cargo().args(["test", "--workspace", "--no-default-features"]).args(name))
}

/// The same wasm in both browsers, one after the other.
fn wasm(name: Option<&str>) -> Outcome {
    tools::set_up()?;
    let compiler = Compiler::find()?;
    for browser in [Browser::chromium()?, Browser::firefox()?] {
        say(&format!("tests of the model in wasm, in {}", browser.name()));
        let mut cargo = wasm_tests(&compiler, &browser)?;
        run(cargo.args(["--no-default-features", "--test", "web"]).args(name))?;
    }
    Ok(())
}

/// `cargo test` that runs in a browser.
fn wasm_tests(compiler: &Compiler, browser: &Browser) -> Outcome<Command> {
    let runner =
        find_program("wasm-bindgen-test-runner").ok_or("the runner is gone from .tools/bin; run this again")?;
    let mut cargo = compiler.cargo();
    cargo.args(["test", "--target", TARGET]).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    // All tests of a browser together, in seconds.
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    browser.prepare_runner(&mut cargo);
    Ok(cargo)
}

/// All tests of the page in Chromium, then the journeys in Firefox.
fn page_in_both(name: Option<&str>) -> Outcome {
    page_in(&Browser::chromium()?, name.as_slice())?;
    // What is measured and what is painted is looked at once.
    let once = ["--skip", "screenshots", "--skip", "size_of_the_page"];
    let words: Vec<&str> = name.into_iter().chain(["--"]).chain(once).collect();
    page_in(&Browser::firefox()?, &words)
}

fn page_in(browser: &Browser, words: &[&str]) -> Outcome {
    let page = page::build(TESTED_PAGE)?;
    say(&format!("tests of the page in {}", browser.name()));
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--features", "e2e", "--test", "e2e"]).args(words).env("LAB_DIST", page);
    cargo.env("LAB_BROWSER", browser.name().to_lowercase());
    if let Some(axe) = tools::axe() {
        cargo.env("LAB_AXE", axe);
    }
    run(browser.prepare(&mut cargo))
}
