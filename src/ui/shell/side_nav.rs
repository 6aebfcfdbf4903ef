//! The navigation: all pages, and how many things each has.
use leptos::prelude::*;

use crate::cloud::cloudwatch::AlarmState;
use crate::cloud::{ACCOUNT_ID, Region};
use crate::ui::component::{Icon, IconImage};
use crate::ui::lab::Lab;
use crate::ui::page::words::words;
use crate::ui::route::{Route, Section};

/// The headings of the navigation and what stands under each.
const HEADINGS: [(&str, &[Section]); 7] = [
    ("Instances", &[Section::Instances, Section::LaunchTemplates]),
    ("Images", &[Section::Images, Section::Snapshots]),
    ("Network", &[Section::Addresses, Section::SecurityGroups, Section::KeyPairs, Section::HostedZones]),
    ("Load balancing", &[Section::LoadBalancers, Section::TargetGroups]),
    ("Auto Scaling", &[Section::Groups]),
    ("Observe", &[Section::Metrics, Section::Activity]),
    ("Account", &[Section::Bill]),
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
            <ul>
                <NavLink
                    to=Route::Lessons
                    icon=Icon::Check
                    is_current=Signal::derive(move || route.with(|route| matches!(route, Route::Lessons | Route::Lesson(_))))
                />
            </ul>
            <ul>
                <NavLink
                    to=Route::Visit(String::new())
                    icon=Icon::Open
                    is_current=Signal::derive(move || route.with(|route| matches!(route, Route::Visit(_))))
                />
            </ul>
            {HEADINGS.map(heading).collect_view()}
            <h2 id="navigation-about">"About"</h2>
            <ul aria-labelledby="navigation-about">
                <NavLink
                    to=Route::Simplified
                    icon=Icon::Info
                    is_current=Signal::derive(move || route.get() == Route::Simplified)
                />
            </ul>
        </nav>
    }
}

fn section_link(section: Section, route: Memo<Route>) -> impl IntoView {
    let is_current = Signal::derive(move || route.with(Route::section) == Some(section));
    let count = Lab::get()
        .view(move |session, region| session.cloud().region(region).map_or(0, |region| count(region, section)));
    let text = Signal::derive(move || if count.get() == 0 { String::new() } else { count.get().to_string() });
    let is_alarming = Signal::derive(move || section == Section::Metrics && count.get() > 0);
    view! { <NavLink to=Route::List(section) icon=words(section).icon is_current=is_current count=text is_alarming=is_alarming /> }
}

/// How many things a section has; of the alarms, those that ring.
fn count(region: &Region, section: Section) -> usize {
    match section {
        Section::Instances => {
            region.ec2.instances.values().filter(|instance| instance.state.name() != "terminated").count()
        }
        Section::LaunchTemplates => region.ec2.launch_templates.len(),
        Section::Images => region.ec2.images.values().filter(|image| image.owner_id == ACCOUNT_ID).count(),
        Section::Snapshots => region.ec2.snapshots.len(),
        Section::Addresses => region.ec2.addresses.len(),
        Section::SecurityGroups => region.ec2.security_groups.len(),
        Section::LoadBalancers => region.elb.load_balancers.len(),
        Section::TargetGroups => region.elb.target_groups.len(),
        Section::Groups => region.autoscaling.groups.len(),
        Section::Metrics => region.cloudwatch.alarms.values().filter(|alarm| alarm.state == AlarmState::Alarm).count(),
        Section::KeyPairs => region.ec2.key_pairs.len(),
        Section::HostedZones | Section::Activity | Section::Bill => 0,
    }
}

#[component]
fn NavLink(
    to: Route,
    icon: Icon,
    is_current: Signal<bool>,
    #[prop(optional, into)] count: Signal<String>,
    #[prop(optional, into)] is_alarming: Signal<bool>,
) -> impl IntoView {
    view! {
        <li>
            <a href=to.to_string() aria-current=move || is_current.get().then_some("page")>
                <IconImage icon=icon />
                <span>{to.title()}</span>
                <b data-alarm=move || is_alarming.get().then_some("")>{count}</b>
            </a>
        </li>
    }
}
