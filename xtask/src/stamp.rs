//! Stamps: what a finished build was made from and what it made, so that it need not be done again.
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::workspace;

/// All that the page is made from.
const SOURCES: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    ".cargo/config.toml",
    "src",
    "simulation",
    "style",
    "public",
];

/// The record of one build.
pub struct Stamp {
    file: PathBuf,
    made: PathBuf,
    /// What the build depends on beside the sources, in words.
    tools: String,
}

impl Stamp {
    /// The record of the build that makes the folder `made` with `tools`.
    pub fn new(made: &Path, tools: String) -> Self {
        let name = made.to_string_lossy().replace(['/', '\\', ':'], "-");
        Stamp { file: workspace::target_folder().join("stamps").join(name), made: made.to_owned(), tools }
    }

    /// Whether the sources, the tools and the made files are what they were at the last [`Stamp::write`].
    pub fn holds(&self) -> bool {
        let written = fs::read_to_string(&self.file).ok();
        written.is_some() && written == self.fingerprint().ok()
    }

    /// Records the present state; a record that cannot be written only costs a build.
    pub fn write(&self) {
        let Ok(fingerprint) = self.fingerprint() else { return };
        let _ = self.file.parent().map(fs::create_dir_all);
        let _ = fs::write(&self.file, fingerprint);
    }

    fn fingerprint(&self) -> io::Result<String> {
        let mut hasher = DefaultHasher::new();
        self.tools.hash(&mut hasher);
        for source in SOURCES {
            let path = workspace::root().join(source);
            if path.exists() {
                hash_tree(&path, &mut hasher)?;
            }
        }
        hash_tree(&self.made, &mut hasher)?;
        Ok(format!("{:016x}", hasher.finish()))
    }
}

fn hash_tree(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    path.hash(hasher);
    if !path.is_dir() {
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut inside =
        fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    inside.sort();
    inside.iter().try_for_each(|path| hash_tree(path, hasher))
}
