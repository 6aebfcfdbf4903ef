//! The compiler for the page: one that has the standard library for wasm, or can build it.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::packages;
use crate::process::{Outcome, find_program, output_of, run_within, say, search_path};
use crate::workspace;

/// What the page is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// How long rustup may take to fetch the target.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);

/// Where a distribution keeps its programs.
const DISTRIBUTION_PROGRAMS: &str = "/usr/bin";

/// The distribution's compiler and the sources of its standard library, by Debian's names.
const DISTRIBUTION_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// A way to compile for wasm that is known to be there.
pub enum Compiler {
    /// The toolchain in use has the target.
    Active,
    /// The distribution's compiler builds the standard library along with the page, and links with its own linker.
    Distribution { linker: PathBuf },
}

impl Compiler {
    /// Looks for a way, sets one up if there is none, and says which it is.
    ///
    /// What is there already comes before what would have to be fetched.
    pub fn find() -> Outcome<Compiler> {
        let found = Self::active().or_else(Self::distribution).map_or_else(Self::set_up, Ok)?;
        say(&format!("compiler for wasm: {}", found.description()));
        Ok(found)
    }

    /// A cargo that compiles for wasm.
    pub fn cargo(&self) -> Command {
        match self {
            Compiler::Active => self.prepare(workspace::cargo()),
            Compiler::Distribution { .. } => self.prepare(workspace::command(distribution_program("cargo"))),
        }
    }

    /// Any program that calls cargo to compile for wasm.
    pub fn prepare(&self, mut command: Command) -> Command {
        command.env("CARGO_TARGET_DIR", self.target_folder());
        if let Compiler::Distribution { linker } = self {
            command
                .env("PATH", search_path(&[Path::new(DISTRIBUTION_PROGRAMS)]))
                .env("CARGO", distribution_program("cargo"))
                .env_remove("RUSTUP_TOOLCHAIN")
                // These two let a stable compiler build its own standard library.
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        command
    }

    /// One folder for each compiler, apart from native code: neither undoes the other's work.
    pub fn target_folder(&self) -> PathBuf {
        workspace::target_folder().join(match self {
            Compiler::Active => "wasm",
            Compiler::Distribution { .. } => "wasm-distribution",
        })
    }

    /// The compiler's version, in words.
    pub fn description(&self) -> String {
        let (rustc, origin) = match self {
            Compiler::Active => ("rustc".into(), "with the wasm target"),
            Compiler::Distribution { .. } => (distribution_program("rustc"), "of the distribution, building std"),
        };
        let version = output_of(workspace::command(rustc).arg("--version")).unwrap_or_default();
        format!("{version}, {origin}")
    }

    fn active() -> Option<Compiler> {
        let query = ["--print", "target-libdir", "--target", TARGET];
        let folder = output_of(workspace::command("rustc").args(query))?;
        let mut files = fs::read_dir(folder).ok()?.flatten();
        files.any(|file| file.file_name().to_string_lossy().starts_with("libstd-")).then_some(Compiler::Active)
    }

    fn distribution() -> Option<Compiler> {
        let version = DistributionVersion::read()?;
        let complete = version.is_new_enough() && distribution_program("cargo").is_file() && has_library_sources();
        version.linker().filter(|_| complete).map(|linker| Compiler::Distribution { linker })
    }

    fn set_up() -> Outcome<Compiler> {
        add_with_rustup().or_else(|without_rustup| {
            say(&format!("rustup gives no wasm target: {without_rustup}"));
            install_from_distribution().map_err(|trouble| nothing_compiles(&without_rustup, &trouble))
        })
    }
}

/// What the distribution's compiler says of itself.
struct DistributionVersion {
    rustc: (u32, u32),
    llvm: u32,
}

impl DistributionVersion {
    fn read() -> Option<Self> {
        let told = output_of(Command::new(distribution_program("rustc")).arg("-vV"))?;
        let value = |key: &str| told.lines().find_map(|line| line.strip_prefix(key)).and_then(workspace::version_pair);
        Some(DistributionVersion { rustc: value("release: ")?, llvm: value("LLVM version: ")?.0 })
    }

    fn is_new_enough(&self) -> bool {
        workspace::oldest_compiler().is_ok_and(|oldest| self.rustc >= oldest)
    }

    /// The linker must be of the same LLVM as the compiler: it reads the compiler's bitcode.
    fn linker(&self) -> Option<PathBuf> {
        find_program(&format!("wasm-ld-{}", self.llvm))
    }

    fn linker_package(&self) -> String {
        format!("lld-{}", self.llvm)
    }
}

fn distribution_program(name: &str) -> PathBuf {
    Path::new(DISTRIBUTION_PROGRAMS).join(name)
}

fn has_library_sources() -> bool {
    let folder = output_of(Command::new(distribution_program("rustc")).args(["--print", "sysroot"]));
    folder.is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file())
}

fn add_with_rustup() -> Outcome<Compiler> {
    let rustup = find_program("rustup").ok_or("it is not installed")?;
    say(&format!("adding {TARGET} with rustup"));
    run_within(RUSTUP_LIMIT, workspace::command(rustup).args(["target", "add", TARGET]))?;
    Compiler::active().ok_or_else(|| "the target was added, but not to the compiler in use".to_owned())
}

fn install_from_distribution() -> Outcome<Compiler> {
    packages::install(&DISTRIBUTION_PACKAGES)?;
    let version = DistributionVersion::read().ok_or("the installed compiler does not run")?;
    if !version.is_new_enough() {
        let (major, minor) = version.rustc;
        return Err(format!("the distribution's compiler is too old ({major}.{minor})"));
    }
    packages::install(&[&version.linker_package()])?;
    Compiler::distribution().ok_or_else(|| "the installed compiler lacks a part".to_owned())
}

fn nothing_compiles(without_rustup: &str, without_distribution: &str) -> String {
    let oldest = workspace::oldest_compiler().map_or(String::new(), |(major, minor)| format!(" {major}.{minor}"));
    format!(
        "no compiler for {TARGET} can be had.\n\
         - with rustup: {without_rustup}\n\
         - from the distribution: {without_distribution}\n\
         What to do: install rustup (https://rustup.rs) and run `rustup target add {TARGET}`, or install your\n\
         distribution's Rust{oldest} or newer with its package for that target, then run this command again."
    )
}
