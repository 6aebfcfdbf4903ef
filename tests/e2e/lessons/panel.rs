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

/// What was reached goes to another browser as a text, and comes back; what is no such text changes nothing.
#[test]
fn progress_is_taken_along_as_a_text() {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, Hand::Keyboard, "a-first-server");
    walk.watch("launch");
    page.go("#/lessons");
    let entry = || page.find("main li:has(a[href='#/lessons/a-first-server'])");
    let said = |words: &str| page.wait_until(words, |_| entry().text_now().is_some_and(|text| text.contains(words)));
    said("1 of 5 steps done");
    let hand = walk.learner.hand;
    hand.press(&page.region("Your progress").find("summary"));
    let text = page.region("Your progress").find("pre code").text();
    hand.press(&page.button("Forget my progress"));
    hand.press(&page.find("dialog[open]").button("Forget"));
    page.wait_until("nothing is reached", |_| entry().text_now().is_some_and(|text| !text.contains("done")));
    for (pasted, answer) in [("1 of 5", "Nothing is taken over."), (text.as_str(), "Progress taken over")] {
        hand.fill(&page.field("Text from another browser"), pasted);
        hand.press(&page.button("Take over"));
        page.find_text(answer).first().wait();
    }
    said("1 of 5 steps done");
    page.assert_no_console_errors();
}
