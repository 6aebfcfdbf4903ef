//! The lessons of the lab in their order.
use super::Lesson;

macro_rules! catalog {
    ($($id:literal),* $(,)?) => {
        /// The lessons in their order: the id and the text of the file.
        pub const CATALOG: &[(&str, &str)] = &[$(($id, include_str!(concat!("lessons/", $id, ".json")))),*];
    };
}

catalog! {
    "a-first-server",
    "an-address-that-stays",
    "your-own-image",
    "a-recipe",
    "one-server-always",
    "growing-with-the-crowd",
    "one-door",
    "zones",
    "shrinking-and-the-bill",
}

/// The lessons in their order. A file that is no lesson is left out; a test sees to it that there is none.
pub fn lessons() -> Vec<Lesson> {
    CATALOG.iter().filter_map(|(_, text)| Lesson::read(text).ok()).collect()
}

/// The lesson of this id.
pub fn lesson(id: &str) -> Option<Lesson> {
    let (_, text) = CATALOG.iter().find(|(known, _)| *known == id)?;
    Lesson::read(text).ok()
}
