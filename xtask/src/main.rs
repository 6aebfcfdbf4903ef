//! `cargo lab`: sets up what is missing, builds the page, serves it, tests it.
//!
//! Each step first looks whether its work is done already, so that a second run takes only seconds.
mod browser;
mod checks;
mod compiler;
mod options;
mod packages;
mod page;
mod process;
mod serve;
mod stamp;
mod style;
mod tools;
mod workspace;

use std::env;
use std::process::ExitCode;

use options::{HELP, Order};
use process::Outcome;

fn main() -> ExitCode {
    match options::parse(env::args().skip(1)).and_then(carry_out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\nerror: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(order: Order) -> Outcome {
    match order {
        Order::Help => {
            print!("{HELP}");
            Ok(())
        }
        Order::Build => page::build("dist").map(|_| ()),
        Order::Serve(options) => serve::serve(&options),
        Order::Test(options) => checks::test(&options),
        Order::Bench(options) => checks::bench(&options),
        Order::Screenshots => checks::take_screenshots(),
        Order::Size => checks::measure(),
    }
}
