//! What the commands and the browser tests share.
pub mod static_server;
