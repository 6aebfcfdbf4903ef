//! The panel: solutions that are shown, hints, a reload, leaving.
use super::walk::{PANEL, Walk};
use crate::hand::Hand;
use crate::harness::{Browser, Find, Key};

#[test]
fn hints_say_more_each_time_and_a_wrong_turn_is_told() {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, Hand::Keyboard, "a-first-server");
    walk.press("Hint");
    page.find(&format!("{PANEL} .lesson-hints li")).wait();
    walk.press("Next hint (2 of 3)");
    walk.press("Next hint (3 of 3)");
    page.wait_until("all hints are there", |page| page.find(&format!("{PANEL} .lesson-hints li")).count() == 3);
    walk.learner.choose("Region", "eu-west-1");
    walk.learner.press("Launch instance");
    page.find(&format!("{PANEL} .lesson-wrong")).find_text("launched in Ireland").wait();
    page.assert_no_console_errors();
}

#[test]
fn a_lesson_survives_a_reload_and_can_be_left() {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, Hand::Mouse, "a-first-server");
    walk.watch("launch");
    page.find_text("Step 2 of").first().wait();
    page.wait_until("it is kept", |page| {
        page.execute("return localStorage.getItem('scaling-lab.session')", &[]).to_string().contains("a-first-server")
    });
    page.reload();
    page.find_text("Step 2 of").first().wait();
    page.find(PANEL).button("Leave the lesson").tab_to();
    page.press(Key::Enter);
    page.find(PANEL).wait_until_gone();
    page.go("#/instances");
    page.row("running").wait();
    page.assert_no_console_errors();
}
