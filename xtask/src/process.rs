//! Running other programs, and telling the user about it.
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A value, or the words to end with.
pub type Outcome<T = ()> = Result<T, String>;

/// How often a program with a time limit is looked at.
const POLL: Duration = Duration::from_millis(50);

/// One line of progress, on standard error like cargo's own.
pub fn say(text: &str) {
    eprintln!("[lab] {text}");
}

/// Runs the program with the user's terminal; anything but success is trouble.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|trouble| format!("{}: {trouble}", name_of(command)))?;
    judge(command, status)
}

/// Like [`run`], but ends the program when `limit` has passed.
pub fn run_within(limit: Duration, command: &mut Command) -> Outcome {
    let mut child = command.spawn().map_err(|trouble| format!("{}: {trouble}", name_of(command)))?;
    match wait_within(limit, &mut child) {
        Some(status) => judge(command, status),
        None => Err(format!("`{}` did not end within {} seconds", name_of(command), limit.as_secs())),
    }
}

/// What the program prints, if it runs and succeeds.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The program of that name in the folders of `PATH`, the project's own tools first.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&search_path(&[])).map(|folder| folder.join(&file)).find(|program| program.is_file())
}

/// `PATH` with the project's tools first, then `folders`, then what is there already.
pub fn search_path(folders: &[&Path]) -> OsString {
    let known = env::var_os("PATH").unwrap_or_default();
    let tools = crate::workspace::tools_folder().join("bin");
    let all = std::iter::once(tools).chain(folders.iter().map(PathBuf::from)).chain(env::split_paths(&known));
    env::join_paths(all).unwrap_or(known)
}

fn wait_within(limit: Duration, child: &mut Child) -> Option<ExitStatus> {
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        thread::sleep(POLL);
    }
    // Both can only fail if the program ended by itself just now.
    let _ = child.kill();
    let _ = child.wait();
    None
}

fn judge(command: &Command, status: ExitStatus) -> Outcome {
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", name_of(command))) }
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
