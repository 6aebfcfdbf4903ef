//! The distribution's packages, where apt can install them.
use std::process::Command;

use crate::process::{Outcome, find_program, output_of, run, say};

/// Installs packages with apt; in trouble, says what the user can do.
pub fn install(packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    find_program("apt-get")
        .ok_or_else(|| format!("apt is not here; install what {names} are called in your package manager"))?;
    let rights = Rights::look().ok_or_else(|| format!("installing needs root; run `sudo apt-get install {names}`"))?;
    say(&format!("installing {names} with apt"));
    // A source that cannot be reached is no reason to stop: what is known already may be enough.
    let _ = run(rights.apt().args(["update", "--quiet=2"]));
    let install = ["install", "--yes", "--quiet=2", "--no-install-recommends", "--no-remove"];
    run(rights.apt().args(install).args(packages))
}

/// By which right packages are installed.
enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn look() -> Option<Rights> {
        if output_of(Command::new("id").arg("-u"))? == "0" {
            return Some(Rights::Root);
        }
        output_of(Command::new("sudo").args(["-n", "true"])).map(|_| Rights::Sudo)
    }

    /// `apt-get` that asks nothing and waits for another installation to end.
    fn apt(&self) -> Command {
        let mut command = match self {
            Rights::Root => Command::new("env"),
            Rights::Sudo => Command::new("sudo"),
        };
        if matches!(self, Rights::Sudo) {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]);
        command
    }
}
