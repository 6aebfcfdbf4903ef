//! The lab's own service.
mod access;
