//! The lab's own service.
mod access;
mod explain;
mod page;
mod quotas;
