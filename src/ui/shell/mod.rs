//! The frame around each page: the bar on top, the navigation beside it, and what screen readers are told.
mod clock;
mod lesson_panel;
mod restart;
mod side_nav;
mod theme_button;
mod time_bar;
mod top_bar;
mod transport;
mod why_panel;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub use self::lesson_panel::prose;

use self::lesson_panel::LessonPanel;
use self::side_nav::SideNav;
use self::time_bar::TimeBarSection;
use self::top_bar::TopBar;
use self::why_panel::WhyPanel;
use super::browser;
use super::browser::live::Announcer;
use super::component::{Later, NoticeList, Notices, QuestionDialog};
use super::lab::Lab;
use super::page::page;
use super::route::Route;

/// The frame, with the page that `route` names in it.
#[component]
pub fn Shell(route: Memo<Route>) -> impl IntoView {
    let nav_open = RwSignal::new(false);
    let announcer: Announcer = expect_context();
    let notices: Notices = expect_context();
    follow(route, nav_open);
    let region = Lab::get().region();
    // What was chosen in a form belongs to the region it was chosen in: another region, another page.
    let shown = move || {
        region.track();
        page(route.get())
    };
    view! {
        <button type="button" class="skip-link" on:click=|_| focus("#main")>"Skip to the page"</button>
        <div class="shell" data-nav-open=move || nav_open.get().then_some("")>
            <TopBar nav_open=nav_open />
            <SideNav route=route open=nav_open />
            <LessonPanel />
            <main id="main" tabindex="-1">{shown}</main>
            <Later><WhyPanel /></Later>
            <Later><TimeBarSection /></Later>
        </div>
        <QuestionDialog />
        <NoticeList notices=notices />
        <p class="visually-hidden" role="status">{move || announcer.text()}</p>
    }
}

/// After a change of page: the navigation closes, the page starts at its top, and its heading has the focus.
fn follow(route: Memo<Route>, nav_open: RwSignal<bool>) {
    Effect::new(move |before: Option<()>| {
        route.track();
        if before.is_some() {
            nav_open.set(false);
            browser::window().scroll_to_with_x_and_y(0.0, 0.0);
            // A learner who goes on to the next step of a lesson reads that first.
            if !has_focus(".lesson-step > h3") {
                focus("main h1");
            }
        }
    });
}

fn has_focus(selector: &str) -> bool {
    browser::document().active_element().is_some_and(|active| active.matches(selector).unwrap_or(false))
}

fn focus(selector: &str) {
    let element = browser::document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
