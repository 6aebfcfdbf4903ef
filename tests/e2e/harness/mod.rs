//! Drives a browser through WebDriver, in the words of someone who uses the page.
//!
//! [`Browser::open`] starts a web server for the page, a driver and a browser with a fresh profile, and ends them when
//! it goes out of scope, also when a test panics. A [`locator::Locator`] says where something is on the page and looks anew each
//! time it is used: it waits until the thing is there, alone and usable. Only the harness ever waits.
mod browser;
mod driver;
mod engine;
mod key;
mod locator;
mod protocol;
mod wait;

pub use browser::{Browser, Emulation, Motion, Theme, folder_of_the_page};
pub use key::Key;
pub use locator::{Find, Locator};
