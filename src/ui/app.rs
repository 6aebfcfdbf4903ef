//! Puts the page together: what is in context, what drives time, what is shown.
use leptos::mount::mount_to;
use leptos::prelude::*;

use super::browser::live::Announcer;
use super::browser::{boot, double_click, location, panic};
use super::classroom::Classroom;
use super::component::{Notices, Questions};
use super::kept::View;
use super::lab::{Lab, SEED};
use super::opening::Opening;
use super::preferences::Preferences;
use super::route::Route;
use super::shell::Shell;
use super::welcome::{self, Welcome};
use super::why::Inquiry;
use super::{chart, driver, keeper, news};
use crate::session::Timeline;

/// Puts the lab into the element that `index.html` holds ready for it, in place of the first picture.
pub fn mount() {
    panic::reveal_banner_on_panic();
    double_click::count_once();
    match keeper::kept() {
        Ok(Some(kept)) => {
            let mut timeline = Timeline::from_journal(&kept.journal);
            timeline.seek(kept.at);
            Opening::of(timeline)
                .run("Restoring your session", |timeline| show(timeline, kept.view, kept.lesson, None));
        }
        Ok(None) => match (!location::asks_for_empty_account()).then(welcome::busy_shop).flatten() {
            Some(shop) => shop.run("Opening the shop", |timeline| show(timeline, welcome::view(), None, None)),
            None => show(Timeline::new(SEED), View::default(), None, None),
        },
        Err(trouble) => show(Timeline::new(SEED), View::default(), None, Some(trouble.message)),
    }
}

fn show(timeline: Timeline, view: View, lesson: Option<String>, trouble: Option<String>) {
    if let Some(element) = boot::take_place() {
        mount_to(element, move || view! { <App timeline=timeline view=view lesson=lesson trouble=trouble /> }).forget();
    }
}

#[component]
fn App(
    timeline: Timeline,
    view: View,
    /// The lesson that goes on.
    lesson: Option<String>,
    /// Why the kept session could not be read.
    trouble: Option<String>,
) -> impl IntoView {
    Preferences::provide();
    let announcer = Announcer::provide();
    let notices = Notices::provide();
    Questions::provide();
    chart::provide_theme();
    let is_scenario = welcome::is_scenario(&timeline);
    let lab = Lab::provide(timeline, view);
    Welcome::provide(is_scenario);
    Inquiry::provide(lab);
    driver::drive(lab);
    let room = Classroom::provide(lab, lesson);
    keeper::keep(lab, room);
    news::tell(lab, announcer);
    if let Some(trouble) = trouble {
        notices.bad("A new session has begun", trouble);
    }
    let fragment = location::fragment();
    let route = Memo::new(move |_| fragment.with(|fragment| Route::parse(fragment)));
    Effect::new(move |_| location::set_title(&format!("{} · Scaling Lab", route.with(Route::title))));
    view! { <Shell route=route /> }
}
