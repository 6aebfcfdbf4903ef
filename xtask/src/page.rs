//! The release page, built by Trunk.
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compiler::Compiler;
use crate::process::{Outcome, find_program, run, say};
use crate::stamp::Stamp;
use crate::{tools, workspace};

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

/// The size of the files in a folder, of those with the given ending.
fn kilobytes(folder: &Path, ending: &str) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let wanted = files.filter(|file| file.file_name().to_string_lossy().ends_with(ending));
    wanted.filter_map(|file| file.metadata().ok()).map(|data| data.len()).sum::<u64>() / 1000
}
