//! The pages, one per file.
mod bench;
mod console;
pub mod form;
mod lessons;
mod list;
mod not_found;
mod simplified;
mod visit;
pub mod words;

use leptos::prelude::*;

use super::route::{Route, Section};

/// The page that a route names.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Bench => view! { <bench::Bench /> }.into_any(),
        Route::List(Section::Activity) => view! { <list::ActivityPage /> }.into_any(),
        Route::List(section) => view! { <console::ListPage section=section /> }.into_any(),
        Route::Create(section) => view! { <console::CreatePage section=section /> }.into_any(),
        Route::Detail(section, id) => view! { <console::DetailPage section=section id=id /> }.into_any(),
        Route::Visit(address) => view! { <visit::VisitPage address=address /> }.into_any(),
        Route::Lessons => view! { <lessons::LessonsPage /> }.into_any(),
        Route::Lesson(id) => view! { <lessons::LessonPage id=id /> }.into_any(),
        Route::Simplified => view! { <simplified::SimplifiedPage /> }.into_any(),
        Route::Unknown(path) => view! { <not_found::NotFound path=path /> }.into_any(),
    }
}
