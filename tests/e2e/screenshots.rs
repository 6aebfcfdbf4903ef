//! Every page at three widths, light and dark, in several states: it fits, and its picture is taken.
use std::fs;
use std::path::Path;

use scaling_lab::api::lab::InjectFaultRequest;

use crate::axe;
use crate::hand::Hand;
use crate::harness::{Browser, Emulation, Find, Theme};
use crate::lessons::walk::{PANEL, Walk};
use crate::scene::{Scene, Sizes, still};

/// The pages of a running account by the name of their picture and their route.
const PAGES: [(&str, &str); 25] = [
    ("bench", "#/"),
    ("instances", "#/instances"),
    ("launch-templates", "#/launch-templates"),
    ("images", "#/images"),
    ("snapshots", "#/snapshots"),
    ("addresses", "#/addresses"),
    ("security-groups", "#/security-groups"),
    ("load-balancers", "#/load-balancers"),
    ("load-balancer", "#/load-balancers/web-lb"),
    ("target-groups", "#/target-groups"),
    ("target-group", "#/target-groups/web"),
    ("groups", "#/groups"),
    ("group", "#/groups/web-asg"),
    ("metrics", "#/metrics"),
    ("activity", "#/activity"),
    ("create-instance", "#/create/instances"),
    ("create-group", "#/create/groups"),
    ("create-alarm", "#/create/metrics"),
    ("launch-template", "#/launch-templates/web-template"),
    ("hosted-zones", "#/hosted-zones"),
    ("key-pairs", "#/key-pairs"),
    ("bill", "#/bill"),
    ("visit", "#/visit/web.example"),
    ("simplified", "#/simplified"),
    ("not-found", "#/nowhere"),
];

/// The windows in CSS pixels: a desk, a tablet, a telephone.
const WINDOWS: [(u32, u32); 3] = [(1440, 900), (768, 1024), (390, 844)];

/// Calls `look` for each theme and window, with the window's name for the picture.
pub fn in_every_window(page: &Browser, look: impl Fn(&str)) {
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        page.emulate(Emulation { theme, ..Emulation::default() });
        for (width, height) in WINDOWS {
            page.window_size(width, height);
            look(&format!("{width}-{theme_name}"));
        }
    }
}

pub fn take(page: &Browser, name: &str, window: &str) {
    page.wait_until("the page shows a heading", |page| page.find("main h1").exists());
    page.screenshot(&format!("{name}-{window}"));
    let excess = page.execute("return document.documentElement.scrollWidth - innerWidth", &[]);
    assert!(excess.as_i64().is_some_and(|pixels| pixels <= 0), "{name} at {window} is {excess} pixels too wide");
    axe::assert_clean(page, &format!("{name} at {window}"));
}

fn running_account() -> Scene {
    let mut scene = Scene::with_group(Sizes { min: 1, desired: 2, max: 6 });
    scene.send(11);
    scene.pass(900);
    scene.send(110);
    scene.pass(420);
    scene
}

#[test]
fn no_page_of_a_running_account_is_wider_than_its_window_in_the_screenshots() {
    let page = Browser::open("/");
    running_account().show(&page, &still());
    in_every_window(&page, |window| {
        for (name, route) in PAGES {
            page.go(route);
            take(&page, name, window);
        }
    });
    page.assert_no_console_errors();
}

/// The picture of the README: a group that has grown with its visitors. Renewed with `LAB_RENEW=1 cargo lab screenshots`.
#[test]
fn the_picture_of_the_readme_is_small_and_renewed_on_request_with_the_screenshots() {
    let page = Browser::open("/");
    let mut scene = Scene::with_group(Sizes { min: 2, desired: 2, max: 6 });
    for requests_per_second in [20, 40, 60, 80] {
        scene.send(requests_per_second);
        scene.pass(540);
    }
    scene.show(&page, &still());
    page.window_size(1_200, 1_060);
    page.wait_until("the charts are painted", |page| page.find(".plot canvas").count() == 7);
    take(&page, "readme", "1200-light");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = root.join("public/screenshot.png");
    if std::env::var_os("LAB_RENEW").is_some() {
        fs::copy(root.join("target/screenshots/readme-1200-light.png"), &kept).expect("public/ can be written");
    }
    let size = fs::metadata(&kept).expect("the picture of the README").len();
    assert!((20_000..200_000).contains(&size), "{size} bytes");
}

#[test]
fn no_page_of_an_empty_account_is_wider_than_its_window_in_the_screenshots() {
    let page = Browser::open("/");
    Scene::new().show(&page, &still());
    in_every_window(&page, |window| {
        for (name, route) in [("empty-bench", "#/"), ("empty-groups", "#/groups"), ("empty-metrics", "#/metrics")] {
            page.go(route);
            take(&page, name, window);
        }
    });
    page.assert_no_console_errors();
}

#[test]
fn refusals_and_questions_fit_their_windows_in_the_screenshots() {
    let page = Browser::open("/");
    running_account().show(&page, &still());
    in_every_window(&page, |window| {
        page.go("#/create/groups");
        page.field("Min").fill("few");
        page.field("CPU target").fill("lots");
        page.button("Create Auto Scaling group").click();
        page.find_text("2 fields want a look.").wait();
        take(&page, "refusal", window);
        page.go("#/groups/web-asg");
        page.button("Actions").click();
        page.find(".menu:popover-open").button("Delete").click();
        page.find("dialog[open]").wait();
        take(&page, "question", window);
        page.button("Cancel").click();
        page.find("dialog[open]").wait_until_gone();
    });
    page.assert_no_console_errors();
}

#[test]
fn more_than_a_hundred_instances_fit_their_windows_in_the_screenshots() {
    let page = Browser::open("/");
    let mut scene = Scene::with_group(Sizes { min: 120, desired: 120, max: 120 });
    scene.send(1_500);
    scene.pass(300);
    scene.show(&page, &still());
    in_every_window(&page, |window| {
        for (name, route) in [("crowd-bench", "#/"), ("crowd-instances", "#/instances")] {
            page.go(route);
            take(&page, name, window);
        }
    });
    page.assert_no_console_errors();
}

#[test]
fn a_lost_zone_and_a_slow_app_fit_their_windows_in_the_screenshots() {
    let page = Browser::open("/");
    let mut scene = running_account();
    let fault = |fault: &str| InjectFaultRequest { fault: fault.into(), ..Default::default() };
    scene.run(InjectFaultRequest { availability_zone: Some("us-east-1a".into()), ..fault("LoseZone") });
    scene.run(InjectFaultRequest { auto_scaling_group_name: Some("web-asg".into()), ..fault("SlowApp") });
    scene.pass(180);
    scene.show(&page, &still());
    in_every_window(&page, |window| {
        for (name, route) in [
            ("fault-bench", "#/"),
            ("fault-target-group", "#/target-groups/web"),
            ("fault-instances", "#/instances"),
            ("fault-visit", "#/visit/web.example"),
        ] {
            page.go(route);
            take(&page, name, window);
        }
    });
    page.assert_no_console_errors();
}

#[test]
fn the_panel_of_a_lesson_fits_its_windows_in_the_screenshots() {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, Hand::Mouse, "a-first-server");
    let look = |name: &str| in_every_window(&page, |window| take(&page, name, window));
    page.find(&format!("{PANEL} h3")).wait();
    look("lesson-begun");
    walk.press("Hint");
    page.find(&format!("{PANEL} .lesson-hints li")).wait();
    look("lesson-hint");
    walk.press("Show me");
    page.find(&format!("{PANEL} .lesson-done")).wait();
    look("lesson-done");
    page.go("#/lessons");
    look("lessons");
    page.go("#/lessons/a-first-server");
    look("lesson");
    page.assert_no_console_errors();
}
