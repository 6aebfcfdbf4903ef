//! The two lowest layers of the lab's simulation, where nearly all time goes: chance, and each single request of the visitors.
//!
//! They are a package of their own for the compiler's sake: this one is compiled for speed, the rest of the page for size. The map of all
//! layers is in the lab's own `src/lib.rs`, which shows these two under their names.
pub mod sim;
pub mod traffic;
