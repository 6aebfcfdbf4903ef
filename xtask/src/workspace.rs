//! Where things are, and what the project's own files say.
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Outcome, search_path};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where compiled tools go; ignored by git.
pub fn tools_folder() -> PathBuf {
    root().join(".tools")
}

/// Where compiled code goes.
pub fn target_folder() -> PathBuf {
    root().join("target")
}

/// A program started in the folder of the workspace, with the project's tools first on `PATH`.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).env("PATH", search_path(&[]));
    command
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The version that `Cargo.lock` pins for a package.
pub fn locked_version(package: &str) -> Outcome<String> {
    let lock = read("Cargo.lock")?;
    let start = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != start).nth(1);
    after.and_then(|line| quoted(line, "version")).ok_or_else(|| format!("Cargo.lock does not name {package}"))
}

/// The oldest compiler that the project builds with, as (major, minor).
pub fn oldest_compiler() -> Outcome<(u32, u32)> {
    let manifest = read("Cargo.toml")?;
    let line = manifest.lines().find_map(|line| quoted(line, "rust-version"));
    line.as_deref().and_then(version_pair).ok_or_else(|| "Cargo.toml names no rust-version".to_owned())
}

/// The first two numbers of a text like `1.96.0`.
pub fn version_pair(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split('.').map(|part| part.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

fn read(file: &str) -> Outcome<String> {
    fs::read_to_string(root().join(file)).map_err(|trouble| format!("cannot read {file}: {trouble}"))
}

/// The value of a line `key = "value"`.
fn quoted(line: &str, key: &str) -> Option<String> {
    let value = line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim();
    Some(value.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_pins_wasm_bindgen() {
        let version = locked_version("wasm-bindgen").unwrap();
        assert!(version_pair(&version).is_some_and(|(major, minor)| (major, minor) == (0, 2)), "{version}");
        assert!(locked_version("no-such-package").is_err());
    }

    #[test]
    fn the_manifest_names_the_oldest_compiler() {
        assert!(oldest_compiler().unwrap() >= (1, 95));
    }
}
