//! Files that hold what is expected: goldens and generated pages.
//!
//! When the model answers otherwise on purpose, renew them and read the difference before you keep it:
//!
//! ```sh
//! LAB_RENEW=1 cargo test --no-default-features --test it
//! git diff
//! ```
use std::fs;
use std::path::PathBuf;

/// Whether this run writes what is expected instead of checking it.
pub fn is_asked_for() -> bool {
    std::env::var_os("LAB_RENEW").is_some()
}

/// A file of the project by its path from the root.
pub fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// The text of a file of the project.
pub fn read(file: &str) -> String {
    fs::read_to_string(path(file)).unwrap_or_else(|trouble| panic!("{file}: {trouble}"))
}

/// Writes a file of the project.
pub fn write(file: &str, text: &str) {
    fs::write(path(file), text).unwrap_or_else(|trouble| panic!("{file}: {trouble}"));
}
