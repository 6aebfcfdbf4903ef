//! Puts the page together: what is in context, what drives time, what is shown.
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::browser::live::Announcer;
use super::browser::{self, location, panic};
use super::component::Notices;
use super::lab::Lab;
use super::preferences::Preferences;
use super::route::Route;
use super::shell::Shell;
use super::{chart, driver};

/// Puts the lab into the element that `index.html` holds ready for it, in place of the first picture.
pub fn mount() {
    panic::reveal_banner_on_panic();
    let element = browser::document().get_element_by_id("lab");
    let Some(element) = element.and_then(|element| element.dyn_into().ok()) else { return };
    clear(&element);
    mount_to(element, App).forget();
}

fn clear(element: &web_sys::HtmlElement) {
    element.set_text_content(None);
    let _ = element.remove_attribute("class");
}

#[component]
fn App() -> impl IntoView {
    Preferences::provide();
    Announcer::provide();
    Notices::provide();
    chart::provide_theme();
    driver::drive(Lab::provide());
    let fragment = location::fragment();
    let route = Memo::new(move |_| fragment.with(|fragment| Route::parse(fragment)));
    Effect::new(move |_| location::set_title(&format!("{} · Scaling Lab", route.with(Route::title))));
    view! { <Shell route=route /> }
}
