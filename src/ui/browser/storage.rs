//! What the browser keeps between visits. In a sandboxed frame there is no storage: then nothing is kept, and nothing breaks.
use web_sys::Storage;

/// The text kept under `key`.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps `text` under `key`; says whether that worked.
pub fn save(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Whether anything can be kept here.
pub fn is_there() -> bool {
    storage().is_some()
}

fn storage() -> Option<Storage> {
    super::window().local_storage().ok().flatten()
}
