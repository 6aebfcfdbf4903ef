//! The lessons on the page: the panel beside it, predictions, hints, the solution shown, the end.
use scaling_lab::curriculum::{CATALOG, lesson};

use crate::hand::Hand;
use crate::harness::{Browser, Find, Key};

const PANEL: &str = ".lesson-panel";

#[test]
fn every_lesson_is_shown_from_its_first_step_to_its_end() {
    let page = Browser::open("/");
    for (id, _) in CATALOG {
        begin(&page, Hand::Mouse, id);
        let known = lesson(id).expect("a lesson of the catalog");
        for (number, step) in known.steps.iter().enumerate() {
            page.find(&format!("{PANEL} h3")).wait();
            page.wait_until(&format!("{id} is at {}", step.title), |page| {
                page.find(&format!("{PANEL} h3")).text_now().as_deref() == Some(step.title.as_str())
            });
            if let Some(prediction) = &step.predict {
                predict(&page, prediction.choices.is_empty());
            }
            page.find(PANEL).button("Show me").click();
            let last = number + 1 == known.steps.len();
            let next = page.find(PANEL).button(if last { "Finish" } else { "Next step" });
            next.wait();
            next.click();
        }
        page.find_text("Close this panel to play on with it.").wait();
        page.go("#/lessons");
        page.wait_until(&format!("{id} is marked as finished"), |page| {
            page.find(&format!("main li:has(a[href='#/lessons/{id}']) .lesson-mark")).exists()
        });
    }
    page.assert_no_console_errors();
}

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

fn predict(page: &Browser, is_number: bool) {
    if is_number {
        page.find(&format!("{PANEL} input[type=text]")).fill("3");
    } else {
        page.find(&format!("{PANEL} input[type=radio]")).first().click();
    }
    page.find(PANEL).button("Predict").click();
    page.find(&format!("{PANEL} .lesson-guess")).wait();
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
