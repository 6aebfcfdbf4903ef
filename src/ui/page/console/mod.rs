//! The console's pages, drawn from the data of [`crate::console`].
mod act;
mod create;
mod detail;
mod dialog;
mod form;
mod list;
mod part;

pub use create::CreatePage;
pub use detail::DetailPage;
pub use list::ListPage;
pub use part::part_view;
