//! The release page, built by Trunk.
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compiler::Compiler;
use crate::process::{Outcome, find_program, run, say};
use crate::stamp::Stamp;
use crate::{style, tools, workspace};

/// Builds the release page into a folder of the workspace, unless it is there already; gives the folder.
pub fn build(folder: &str) -> Outcome<PathBuf> {
    let made = workspace::root().join(folder);
    tools::set_up()?;
    let compiler = Compiler::find()?;
    let stamp = Stamp::new(&made, format!("{}\n{}", compiler.description(), tools::description()?));
    if stamp.holds() {
        say(&format!("the page in {folder}/ is up to date"));
        return Ok(made);
    }
    say(&format!("building the release page into {folder}/ (the first time takes some minutes)"));
    run_trunk(&compiler, &made)?;
    style::join(&made)?;
    stamp.write();
    say(&format!("the page is {} kB, of which wasm {} kB", kilobytes(&made, ""), kilobytes(&made, ".wasm")));
    Ok(made)
}

fn run_trunk(compiler: &Compiler, made: &Path) -> Outcome {
    let trunk = find_program("trunk").ok_or("Trunk is gone from .tools/bin; run this command again")?;
    let mut command = compiler.prepare(workspace::command(trunk));
    command.args(["build", "--release", "--dist"]).arg(made).env("TRUNK_SKIP_VERSION_CHECK", "true");
    if env::var_os("NO_COLOR").is_some() {
        // Trunk refuses other values of this variable.
        command.env("NO_COLOR", "true");
    }
    run(&mut command)
}

/// The size of the files below a folder, of those with the given ending.
fn kilobytes(folder: &Path, ending: &str) -> u64 {
    bytes(folder, ending) / 1000
}

fn bytes(path: &Path, ending: &str) -> u64 {
    match fs::read_dir(path) {
        Ok(inside) => inside.flatten().map(|entry| bytes(&entry.path(), ending)).sum(),
        Err(_) if path.to_string_lossy().ends_with(ending) => path.metadata().map_or(0, |data| data.len()),
        Err(_) => 0,
    }
}
