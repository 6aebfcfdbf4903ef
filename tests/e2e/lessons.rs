//! The lessons on the page: the panel beside it, predictions, hints, the solution shown, the end.
use crate::hand::Hand;
use crate::harness::{Browser, Find, Key};

const PANEL: &str = ".lesson-panel";

fn begin(page: &Browser, hand: Hand, id: &str) {
    page.go(&format!("#/lessons/{id}"));
    hand.press(&page.find("main").button("Begin"));
    page.wait_until("the lesson begins", |page| {
        // What was built before would be gone: the page asks.
        if page.find("dialog[open]").exists() {
            hand.press(&page.find("dialog[open]").button("Begin the lesson"));
        }
        page.find(PANEL).exists()
    });
}

#[test]
fn a_first_server_is_launched_and_opened_as_the_lesson_says_with_the_mouse() {
    first_server(Hand::Mouse);
}

#[test]
fn a_first_server_is_launched_and_opened_as_the_lesson_says_with_the_keyboard_alone() {
    first_server(Hand::Keyboard);
}

/// The first step of the first lesson, as its text says.
fn first_server(hand: Hand) {
    let page = Browser::open("/");
    begin(&page, hand, "a-first-server");
    page.wait_until("the step's page is there", |page| page.route() == "#/create/instances");
    hand.press(&page.find(PANEL).button("Hint"));
    page.find(&format!("{PANEL} .lesson-hints li")).wait();
    hand.press(&page.find("main").button("Launch instance"));
    hand.set_speed(&page, "60×");
    page.find(&format!("{PANEL} .lesson-done")).wait();
    page.find_text("AWS found a machine").first().wait();
    hand.press(&page.find(PANEL).button("Next step"));
    page.find_text("The id belongs to the region").first().wait();
    assert!(page.find(&format!("{PANEL} h3")).has_focus(), "the next step is read");
    page.assert_no_console_errors();
}

#[test]
fn a_lesson_survives_a_reload_and_can_be_left() {
    let page = Browser::open("/");
    begin(&page, Hand::Mouse, "a-first-server");
    page.find("main").button("Launch instance").click();
    page.find(&format!("{PANEL} .lesson-done")).wait();
    page.find(PANEL).button("Next step").click();
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
