//! The command line: words to an order.
use crate::process::Outcome;

/// What `cargo lab help` prints.
pub const HELP: &str = "\
Scaling Lab: builds, serves and tests the lab. What is missing is set up on the first run.

Usage: cargo lab <command> [options]

Commands:
  serve         build the release page and serve it on this machine, printing the address
      --port <number>   the port to start looking from (default 8080)
      --path <path>     serve below this path, for example /notes/lab/ (default /)
  test          run every test: format, lints, native, wasm, and the page in Chromium and Firefox
      --only <part>     one of: lint, native, wasm, browser
      --name <text>     only the tests with this text in their names
  bench         measure how fast the lab simulates in Chromium and in Firefox, and how smoothly the page runs
      --only <part>     one of: chromium, firefox, page
      --name <text>     only the parts with this text in their names: w1, engines, growth, w3, cascade, memory, bits
  build         build the release page into dist/
  screenshots   take pictures of the pages into target/screenshots/
  size          say how large the release page is, file by file, plain and compressed
  help          print this text

Set up where missing: the wasm target (or, without rustup, the distribution's compiler), Trunk and wasm-bindgen
(compiled into .tools/), and for the tests Chromium and Firefox with their drivers.
";

/// What the user asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Order {
    Help,
    Build,
    Serve(ServeOptions),
    Test(TestOptions),
    Bench(BenchOptions),
    Screenshots,
    Size,
}

/// Where to serve the page.
#[derive(Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// The port to start looking from.
    pub port: u16,
    /// The path below which the page appears.
    pub path: String,
}

/// Which tests to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestOptions {
    /// All parts in turn, or only one.
    pub only: Option<Part>,
    /// All tests of a part, or only those with this text in their names.
    pub name: Option<String>,
}

/// One part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Lint,
    Native,
    Wasm,
    Browser,
}

/// What to measure.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BenchOptions {
    /// All places in turn, or only one.
    pub only: Option<Place>,
    /// All parts of the benchmark, or only those with this text in their names.
    pub name: Option<String>,
}

/// Where speed is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Chromium,
    Firefox,
    Page,
}

/// Reads the words after `cargo lab`.
pub fn parse(words: impl Iterator<Item = String>) -> Outcome<Order> {
    let words: Vec<String> = words.collect();
    let (command, rest) = words.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    if rest.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Order::Help);
    }
    match command {
        "help" | "--help" | "-h" => Ok(Order::Help),
        "serve" => parse_serve(rest).map(Order::Serve),
        "test" => parse_test(rest).map(Order::Test),
        "bench" => parse_bench(rest).map(Order::Bench),
        "build" => no_options(rest, Order::Build),
        "screenshots" => no_options(rest, Order::Screenshots),
        "size" => no_options(rest, Order::Size),
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    }
}

fn no_options(rest: &[String], order: Order) -> Outcome<Order> {
    rest.first().map_or(Ok(order), |word| Err(format!("`{word}` is not an option of this command\n\n{HELP}")))
}

fn parse_serve(rest: &[String]) -> Outcome<ServeOptions> {
    let mut options = ServeOptions { port: 8080, path: "/".to_owned() };
    for (name, value) in pairs(rest)? {
        match name {
            "--port" => options.port = value.parse().map_err(|_| format!("`{value}` is not a port number"))?,
            "--path" => options.path = value.to_owned(),
            _ => return Err(format!("`serve` has no option `{name}`\n\n{HELP}")),
        }
    }
    Ok(options)
}

fn parse_test(rest: &[String]) -> Outcome<TestOptions> {
    let mut options = TestOptions::default();
    for (name, value) in pairs(rest)? {
        match name {
            "--only" => options.only = Some(parse_part(value)?),
            "--name" => options.name = Some(value.to_owned()),
            _ => return Err(format!("`test` has no option `{name}`\n\n{HELP}")),
        }
    }
    Ok(options)
}

fn parse_bench(rest: &[String]) -> Outcome<BenchOptions> {
    let mut options = BenchOptions::default();
    for (name, value) in pairs(rest)? {
        match name {
            "--only" => options.only = Some(parse_place(value)?),
            "--name" => options.name = Some(value.to_owned()),
            _ => return Err(format!("`bench` has no option `{name}`\n\n{HELP}")),
        }
    }
    Ok(options)
}

fn parse_place(word: &str) -> Outcome<Place> {
    match word {
        "chromium" => Ok(Place::Chromium),
        "firefox" => Ok(Place::Firefox),
        "page" => Ok(Place::Page),
        other => Err(format!("`{other}` is none of chromium, firefox, page")),
    }
}

fn parse_part(word: &str) -> Outcome<Part> {
    match word {
        "lint" => Ok(Part::Lint),
        "native" => Ok(Part::Native),
        "wasm" => Ok(Part::Wasm),
        "browser" => Ok(Part::Browser),
        other => Err(format!("`{other}` is none of lint, native, wasm, browser")),
    }
}

/// `--name value` and `--name=value`, as pairs.
fn pairs(rest: &[String]) -> Outcome<Vec<(&str, &str)>> {
    let mut words = rest.iter().map(String::as_str);
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        let pair = match word.split_once('=') {
            Some(pair) => pair,
            None => (word, words.next().ok_or_else(|| format!("`{word}` wants a value after it\n\n{HELP}"))?),
        };
        found.push(pair);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Outcome<Order> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn no_words_and_help_words_ask_for_help() {
        for line in ["", "help", "--help", "serve --help", "test -h"] {
            assert_eq!(parse_line(line), Ok(Order::Help), "{line}");
        }
    }

    #[test]
    fn serve_takes_a_port_and_a_path() {
        let wanted = ServeOptions { port: 9000, path: "/notes/lab/".to_owned() };
        assert_eq!(parse_line("serve --port 9000 --path=/notes/lab/"), Ok(Order::Serve(wanted)));
    }

    #[test]
    fn test_takes_a_part_and_a_name() {
        assert_eq!(parse_line("test"), Ok(Order::Test(TestOptions::default())));
        let wanted = TestOptions { only: Some(Part::Wasm), name: Some("digest".to_owned()) };
        assert_eq!(parse_line("test --only wasm --name=digest"), Ok(Order::Test(wanted)));
    }

    #[test]
    fn bench_takes_a_place_and_a_name() {
        let wanted = BenchOptions { only: Some(Place::Firefox), name: Some("w3".to_owned()) };
        assert_eq!(parse_line("bench --only firefox --name=w3"), Ok(Order::Bench(wanted)));
    }

    #[test]
    fn words_that_mean_nothing_are_refused() {
        for line in [
            "bench --only safari",
            "fly",
            "build now",
            "serve --port many",
            "serve --port",
            "test --only some",
            "test --all yes",
        ] {
            assert!(parse_line(line).is_err(), "{line}");
        }
    }
}
