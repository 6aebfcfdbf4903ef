//! The pages, one per file.
mod bench;
mod create;
mod detail;
pub mod form;
mod list;
mod not_found;
mod simplified;
pub mod words;

use leptos::prelude::*;

use super::route::Route;

/// The page that a route names.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Bench => view! { <bench::Bench /> }.into_any(),
        Route::List(section) => view! { <list::ListPage section=section /> }.into_any(),
        Route::Create(section) => view! { <create::CreatePage section=section /> }.into_any(),
        Route::Detail(section, id) => view! { <detail::DetailPage section=section id=id /> }.into_any(),
        Route::Simplified => view! { <simplified::SimplifiedPage /> }.into_any(),
        Route::Unknown(path) => view! { <not_found::NotFound path=path /> }.into_any(),
    }
}
