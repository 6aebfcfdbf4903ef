//! The lessons on the page, each done by the mouse and again by the keyboard alone; the panel beside the page.
mod address;
mod first_server;
mod growing;
mod one_door;
mod one_server;
mod own_image;
mod panel;
mod recipe;
mod shrinking;
pub mod walk;
mod zones;
