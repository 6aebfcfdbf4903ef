//! The headless lab: `lab api` answers JSON lines.
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use scaling_lab::api::{ApiError, Call};
use scaling_lab::session::Session;
use serde_json::{Value, json};

const HELP: &str = "\
The headless Scaling Lab.

Usage: lab api [--seed NUMBER]

  api   reads a request a line and answers a line each, with \"output\" or with \"error\":
        {\"region\":\"us-east-1\",\"service\":\"ec2\",\"operation\":\"DescribeRegions\",\"parameters\":{}}
        {\"service\":\"lab\",\"operation\":\"Advance\",\"parameters\":{\"Seconds\":60}}

  --seed decides all chance, and with the order of requests all ids; it is 1 if none is given.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["api"] => answer_lines(1),
        ["api", "--seed", number] => match number.parse() {
            Ok(seed) => answer_lines(seed),
            Err(_) => return refuse(&format!("{number} is no seed: a seed is a whole number, such as 1.")),
        },
        [] | ["help" | "--help" | "-h"] => io::stdout().write_all(HELP.as_bytes()),
        _ => return refuse("There is no such command."),
    };
    // A reader that went away has heard enough.
    if done.is_err() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn refuse(problem: &str) -> ExitCode {
    eprint!("{problem}\n\n{HELP}");
    ExitCode::from(2)
}

fn answer_lines(seed: u64) -> io::Result<()> {
    let mut session = Session::new(seed);
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        if !line.iter().all(u8::is_ascii_whitespace) {
            writeln!(out, "{}", answer(&mut session, &line))?;
            out.flush()?;
        }
    }
    Ok(())
}

fn answer(session: &mut Session, line: &[u8]) -> Value {
    let parsed = serde_json::from_slice(line)
        .map_err(|error| ApiError::new("InvalidJSON", format!("The line is no JSON: {error}.")));
    let answered = parsed.and_then(|envelope: Value| session.submit(Call::from_json(&envelope)?));
    match answered {
        Ok(response) => json!({"output": response.output()}),
        Err(error) => json!({"error": error}),
    }
}
