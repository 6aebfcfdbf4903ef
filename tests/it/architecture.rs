//! The walls between the layers: packages have none of their own, so the sources are read.
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::renewal;
use crate::sources::{self, Token, tokens_of};

/// The layers as the map in `src/lib.rs` states them, the lowest first; those on one step do not know each other.
struct Layers(Vec<Vec<String>>);

impl Layers {
    fn from_map() -> Layers {
        let text = renewal::read("src/lib.rs");
        let map = text.lines().find(|line| line.contains(" <- ")).expect("a map of the layers in src/lib.rs");
        let steps = map.trim_start_matches("//!").split(" <- ");
        Layers(steps.map(|step| step.split(',').map(|name| name.trim().to_owned()).collect()).collect())
    }

    fn step(&self, layer: &str) -> Option<usize> {
        self.0.iter().position(|step| step.iter().any(|name| name == layer))
    }

    fn names(&self) -> Vec<String> {
        let mut names = self.0.concat();
        names.sort();
        names
    }

    /// Whether code of the one layer may name the other.
    fn allow(&self, from: &str, to: &str) -> bool {
        match (self.step(from), self.step(to)) {
            (Some(from_step), Some(to_step)) => from == to || to_step < from_step,
            (_, None) => true,
            (None, Some(_)) => false,
        }
    }
}

#[test]
fn the_map_lists_every_layer() {
    let in_package = |folder: &&str| -> Vec<String> {
        let text = renewal::read(&format!("{folder}/lib.rs"));
        text.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned())).collect()
    };
    let mut modules: Vec<String> = sources::FOLDERS.iter().flat_map(in_package).collect();
    modules.sort();
    assert_eq!(Layers::from_map().names(), modules);
    let inside =
        |folder: &&str| fs::read_dir(renewal::path(folder)).expect("the sources").flatten().map(|entry| entry.path());
    let folders = sources::FOLDERS.iter().flat_map(inside);
    let mut folders: Vec<String> = folders.filter(|path| path.is_dir()).map(|path| name_of(&path)).collect();
    folders.retain(|name| name != "bin");
    folders.sort();
    assert_eq!(modules, folders);
}

#[test]
fn no_layer_names_a_higher_one() {
    let layers = Layers::from_map();
    let faults: Vec<String> =
        sources_of_layers().iter().flat_map(|file| upward_names(&layers, file, &renewal::read(file))).collect();
    assert!(faults.is_empty(), "upward imports:\n{}", faults.join("\n"));
}

#[test]
fn below_the_page_there_is_no_browser_no_clock_no_chance_order_and_no_inexact_float() {
    let page = page_crates();
    let below = sources_of_layers().into_iter().filter(|file| layer_of(file) != "ui");
    let faults: Vec<String> = below.flat_map(|file| forbidden_words(&page, &file, &renewal::read(&file))).collect();
    assert!(faults.is_empty(), "not below the page:\n{}", faults.join("\n"));
}

#[test]
fn the_build_without_features_has_nothing_of_the_page() {
    let needed = needed_without_features();
    assert!(needed.iter().any(|name| name == "serde_json"), "{needed:?}");
    let forbidden: Vec<String> = page_crates().into_iter().filter(|name| needed.contains(name)).collect();
    assert!(forbidden.is_empty(), "the model would be built with {forbidden:?}; it needs {needed:?}");
}

#[test]
fn the_rules_find_what_they_forbid() {
    let layers = Layers(
        ["sim", "api", "cloud traffic", "session", "ui"]
            .map(|step| step.split(' ').map(str::to_owned).collect())
            .into(),
    );
    let upward = |file: &str, text: &str| upward_names(&layers, file, text).len();
    assert_eq!(upward("src/sim/time.rs", "use crate::api::Call;"), 1);
    assert_eq!(
        upward("src/api/mod.rs", "use crate::{\n    sim::{SimTime, session},\n    cloud::Cloud, session,\n};"),
        2
    );
    assert_eq!(upward("src/cloud/ec2/mod.rs", "fn f() -> crate::traffic::Fleet {}"), 1, "a peer");
    assert_eq!(upward("src/cloud/mod.rs", "use super::session;"), 1);
    assert_eq!(upward("src/cloud/ec2/disk.rs", "use super::super::super::session;"), 1);
    let fine =
        "//! Not crate::ui.\nuse crate::{api, cloud::Cloud, traffic};\nuse super::ui;\nconst A: &str = \"crate::ui\";";
    assert_eq!(upward("src/session/mod.rs", fine), 1, "only `super::ui`");
    assert_eq!(upward("src/session/lab.rs", fine), 0, "there `super` is the session");

    let page = ["leptos".to_owned(), "web_sys".to_owned()];
    let words = |text: &str| forbidden_words(&page, "src/sim/a.rs", text).len();
    for text in [
        "use std::time::Duration;",
        "use std::{fmt, time};",
        "use std::collections::{BTreeMap, HashMap};",
        "fn f(set: std::collections::HashSet<u8>) {}",
        "fn f(x: f64) -> f64 { x.sin() }",
        "fn f(x: f64) -> f64 { (x + 1.0)\n    .powf(2.0) }",
        "fn f(x: f64) -> f64 { f64::exp(x) }",
        "use leptos::prelude::*;",
    ] {
        assert_eq!(words(text), 1, "{text}");
    }
    assert_eq!(words("/// std::time, x.sin()\nfn f(x: f64) -> f64 { libm::sin(x.sqrt()) + x.exp }"), 0);
}

/// The methods of floats whose last bits depend on the machine; the root is exact everywhere.
const INEXACT: [&str; 23] = [
    "ln", "ln_1p", "log", "log2", "log10", "exp", "exp2", "exp_m1", "powf", "powi", "sin", "cos", "tan", "sin_cos",
    "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "cbrt", "hypot",
];
/// Types with a clock in them, or an order that differs from run to run.
const UNSTEADY: [&str; 6] = ["HashMap", "HashSet", "RandomState", "DefaultHasher", "Instant", "SystemTime"];
/// Modules of the standard library that reach out of the model.
const OUTSIDE: [&str; 5] = ["time", "thread", "env", "fs", "process"];

fn upward_names(layers: &Layers, file: &str, text: &str) -> Vec<String> {
    let (layer, tokens) = (layer_of(file), tokens_of(text));
    let depth =
        Path::new(sources::inside(file)).components().count() + 1 - if file.ends_with("/mod.rs") { 2 } else { 1 };
    let starts =
        (0..tokens.len()).filter_map(|index| start_behind_root(&tokens[index..], depth).map(|length| index + length));
    let named = starts.flat_map(|start| first_names(&tokens[start..]));
    let upward = named.filter(|name| !layers.allow(&layer, &name.text));
    upward.map(|name| format!("{file}:{} names {}", name.line, name.text)).collect()
}

fn forbidden_words(page: &[String], file: &str, text: &str) -> Vec<String> {
    let tokens = tokens_of(text);
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut found: Vec<&Token> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let is_float_method = match texts[..index] {
            [.., "."] => texts.get(index + 1) == Some(&"("),
            [.., "f64" | "f32", ":", ":"] => true,
            _ => false,
        };
        let word = token.text.as_str();
        if UNSTEADY.contains(&word)
            || page.iter().any(|name| name == word)
            || is_float_method && INEXACT.contains(&word)
        {
            found.push(token);
        }
        if let ["std", ":", ":", ..] = texts[index..] {
            found.extend(
                first_names(&tokens[index + 3..]).into_iter().filter(|name| OUTSIDE.contains(&name.text.as_str())),
            );
        }
    }
    found.iter().map(|token| format!("{file}:{} has {}", token.line, token.text)).collect()
}

/// How many tokens lead to the root of the crate: `crate::`, or `super::` once for each level (once more in a module of tests).
fn start_behind_root(tokens: &[Token], depth: usize) -> Option<usize> {
    let steps = tokens.chunks(3).take_while(|step| is_step(step, "super")).count();
    let is_root = steps >= depth || tokens.get(..3).is_some_and(|step| is_step(step, "crate"));
    is_root.then_some(3 * steps.max(1))
}

fn is_step(step: &[Token], word: &str) -> bool {
    step.iter().map(|token| token.text.as_str()).eq([word, ":", ":"])
}

/// The names that come first in a path: one, or several in braces.
fn first_names(tokens: &[Token]) -> Vec<&Token> {
    if tokens.first().is_none_or(|token| token.text != "{") {
        return tokens.first().into_iter().collect();
    }
    let (mut names, mut depth) = (Vec::new(), 0);
    for (index, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ if depth == 1 && matches!(tokens[index - 1].text.as_str(), "{" | ",") => names.push(token),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// All sources but those of the programs, which stand above the layers.
fn sources_of_layers() -> Vec<String> {
    let layers = Layers::from_map();
    sources::all().into_iter().filter(|file| layers.step(&layer_of(file)).is_some()).collect()
}

fn layer_of(file: &str) -> String {
    sources::inside(file).split('/').next().unwrap_or_default().to_owned()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn manifest(file: &str) -> toml::Table {
    renewal::read(file).parse().unwrap_or_else(|trouble| panic!("{file}: {trouble}"))
}

fn dependencies() -> Vec<(String, bool)> {
    let manifest = manifest("Cargo.toml");
    let table = manifest["dependencies"].as_table().expect("dependencies");
    let is_optional = |value: &toml::Value| value.get("optional").and_then(toml::Value::as_bool).unwrap_or(false);
    table.iter().map(|(name, value)| (name.clone(), is_optional(value))).collect()
}

/// The crates that only the page may use, as the code names them.
fn page_crates() -> Vec<String> {
    let optional = dependencies().into_iter().filter(|(_, is_optional)| *is_optional);
    let names: Vec<String> = optional.map(|(name, _)| name.replace('-', "_")).collect();
    let is_optional = |name: &&str| names.iter().any(|optional| optional == name);
    let known = ["leptos", "web_sys", "wasm_bindgen", "plotters", "plotters_canvas"];
    assert!(known.iter().all(is_optional), "of {known:?} only these are optional: {names:?}");
    names
}

/// What the model is built with, whatever the machine it runs on. What only the build scripts of crates need is no part of it.
fn needed_without_features() -> Vec<String> {
    let wanted = "tree --offline --no-default-features --edges normal --target all --prefix none --format {p}";
    let tree = Command::new(env!("CARGO")).args(wanted.split(' ')).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let tree = tree.expect("cargo runs, as it runs this test");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let names = String::from_utf8(tree.stdout).expect("names of crates");
    names.lines().filter_map(|line| line.split(' ').next()).map(|name| name.replace('-', "_")).collect()
}
