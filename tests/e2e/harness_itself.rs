//! The harness on a small page of its own: what it finds, does and reports.
use std::path::Path;

use crate::harness::{Browser, Emulation, Find, Key, Motion, Theme};

fn fixture() -> Browser {
    Browser::open_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/fixture"), "/")
}

#[test]
fn controls_are_found_by_their_names_and_used_with_the_mouse() {
    let page = fixture();
    let form = page.region("Group");
    form.field("Group name").fill("web");
    form.field("Size").select("large");
    form.field("Public").click();
    form.button("Create").click();
    page.wait_for_text("created web, large");
    assert_eq!(page.field("Group name").value(), "web");
    assert!(page.field("Public").is_checked());
    assert!(!page.button("Delete").is_enabled() && page.button("Create").is_enabled());
    page.assert_no_console_errors();
}

#[test]
fn controls_are_reached_and_used_with_the_keyboard_alone() {
    let page = fixture();
    page.field("Group name").tab_to();
    page.press_with(&[Key::Control], Key::Char('a'));
    page.type_keys("api");
    page.press(Key::Escape);
    assert_eq!(page.find("#said").text(), "escaped");
    page.press_with(&[Key::Shift], Key::Escape);
    assert_eq!(page.find("#said").text(), "shifted");
    page.field("Size").tab_to();
    page.press(Key::Down);
    page.button("Create").tab_to();
    page.press(Key::Enter);
    page.wait_for_text("created api, large");
    page.link("Second page").tab_to();
    page.press(Key::Enter);
    page.wait_until("the route has changed", |page| page.route() == "#/second");
}

#[test]
fn rows_are_told_apart_and_hidden_things_are_not_found() {
    let page = fixture();
    assert_eq!(page.button("Stop").count(), 2);
    page.row("web-2").button("Stop").click();
    assert_eq!(page.find("#said").text(), "stopped 1");
    page.row("web").button("Stop").click();
    assert_eq!(page.find("#said").text(), "stopped 0");
    page.find(".stop").nth(1).click();
    assert_eq!(page.find("#said").text_now().as_deref(), Some("stopped 1"));
    assert_eq!(page.find("#said").attribute("role").as_deref(), Some("status"));
    assert!(!page.find_text("Hidden words").exists() && page.find_text("Second").first().exists());
}

#[test]
fn what_appears_and_what_goes_is_waited_for() {
    let page = fixture();
    page.execute("setTimeout(() => document.querySelector('.late').classList.remove('late'), 150)", &[]);
    page.find_text("Hidden words").wait();
    page.execute("setTimeout(() => document.querySelector('form').remove(), 150)", &[]);
    page.region("Group").wait_until_gone();
    page.reload();
    page.region("Group").wait();
}

#[test]
fn errors_in_the_console_are_seen() {
    let page = fixture();
    let script = "const broken = document.createElement('script'); \
                  broken.textContent = \"throw new Error('the page broke')\"; document.head.append(broken)";
    page.execute(script, &[]);
    page.wait_until("the error is told", |page| page.console_errors().iter().any(|text| text.contains("page broke")));
}

#[test]
fn the_window_the_theme_and_the_screen_are_those_asked_for() {
    let page = fixture();
    page.window_size(390, 844);
    page.emulate(Emulation {
        theme: Theme::Dark,
        motion: Motion::Reduced,
        has_forced_colors: true,
        device_pixel_ratio: 3.0,
    });
    let script = "return [innerWidth, innerHeight, devicePixelRatio, matchMedia('(prefers-color-scheme: dark)').matches, \
                  matchMedia('(prefers-reduced-motion: reduce)').matches, matchMedia('(forced-colors: active)').matches]";
    assert_eq!(page.execute(script, &[]).to_string(), "[390,844,3,true,true,true]");
}
