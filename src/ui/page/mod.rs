//! The pages, one per file.
mod bench;
mod gallery;
mod not_found;
mod section;
pub mod words;

use leptos::prelude::*;

use super::route::Route;

/// The page that a route names.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Bench => view! { <bench::Bench /> }.into_any(),
        Route::List(section) | Route::Create(section) | Route::Detail(section, _) => {
            view! { <section::SectionPage section=section /> }.into_any()
        }
        Route::Gallery => view! { <gallery::Gallery /> }.into_any(),
        Route::Unknown(path) => view! { <not_found::NotFound path=path /> }.into_any(),
    }
}
