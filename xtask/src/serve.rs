//! `cargo lab serve`: the release page on this machine.
use crate::options::ServeOptions;
use crate::page;
use crate::process::{Outcome, say};
use xtask::static_server::StaticServer;

/// How many ports are tried, one after the other.
const PORTS_TRIED: u16 = 20;

/// Builds the page and serves it until the program is ended.
pub fn serve(options: &ServeOptions) -> Outcome {
    let folder = page::build("dist")?;
    let ports = options.port..=options.port.saturating_add(PORTS_TRIED - 1);
    let bind = |port| StaticServer::bind(folder.clone(), &options.path, port);
    let server = ports.clone().find_map(|port| bind(port).ok()).ok_or_else(|| {
        format!("no port from {} to {} is free; choose another with --port", ports.start(), ports.end())
    })?;
    println!("\n  Scaling Lab is at {}\n", server.address());
    say("press Ctrl+C to stop; after a change, stop and start again");
    server.run();
    Ok(())
}
