//! The navigation: all pages, and how many things each has.
use leptos::prelude::*;

use crate::ui::component::{Icon, IconImage};
use crate::ui::page::words::words;
use crate::ui::route::{Route, Section};

/// The headings of the navigation and what stands under each.
const HEADINGS: [(&str, &[Section]); 6] = [
    ("Instances", &[Section::Instances, Section::LaunchTemplates]),
    ("Images", &[Section::Images, Section::Snapshots]),
    ("Network", &[Section::Addresses, Section::SecurityGroups]),
    ("Load balancing", &[Section::LoadBalancers, Section::TargetGroups]),
    ("Auto Scaling", &[Section::Groups]),
    ("Observe", &[Section::Metrics, Section::Activity]),
];

/// The navigation. On a narrow page it opens below the bar and closes on Escape.
#[component]
pub fn SideNav(route: Memo<Route>, open: RwSignal<bool>) -> impl IntoView {
    let heading = move |(name, sections): (&'static str, &'static [Section])| {
        let id = format!("navigation-{}", name.to_lowercase().replace(' ', "-"));
        let links = sections.iter().map(|section| section_link(*section, route)).collect_view();
        view! {
            <h2 id=id.clone()>{name}</h2>
            <ul aria-labelledby=id>{links}</ul>
        }
    };
    view! {
        <nav
            id="navigation"
            class="side-nav"
            aria-label="Main"
            on:keydown=move |event| if event.key() == "Escape" { open.set(false) }
        >
            <ul>
                <NavLink to=Route::Bench icon=Icon::Bench is_current=Signal::derive(move || route.get() == Route::Bench) />
            </ul>
            {HEADINGS.map(heading).collect_view()}
        </nav>
    }
}

fn section_link(section: Section, route: Memo<Route>) -> impl IntoView {
    let is_current = Signal::derive(move || route.with(Route::section) == Some(section));
    view! { <NavLink to=Route::List(section) icon=words(section).icon is_current=is_current /> }
}

#[component]
fn NavLink(
    to: Route,
    icon: Icon,
    is_current: Signal<bool>,
    #[prop(optional, into)] count: Signal<String>,
) -> impl IntoView {
    view! {
        <li>
            <a href=to.to_string() aria-current=move || is_current.get().then_some("page")>
                <IconImage icon=icon />
                <span>{to.title()}</span>
                <b>{count}</b>
            </a>
        </li>
    }
}
