//! Going back, trying otherwise, comparing, undoing, running until: with the mouse, with the keyboard alone, and carelessly.
use scaling_lab::ui::kept::View;
use scaling_lab::ui::pace::Speed;

use crate::hand::Hand;
use crate::harness::{Browser, Find, Key};
use crate::scene::{Scene, Sizes, still};

/// A group of two with visitors for a quarter of an hour.
fn quarter_of_an_hour() -> Scene {
    let mut scene = Scene::with_group(Sizes { min: 2, desired: 2, max: 6 });
    scene.send(20);
    scene.pass(900);
    scene
}

fn clock(page: &Browser) -> String {
    let text = page.find(".clock").text();
    text.trim_start_matches("Simulated time:").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How the screen reader hears where the thumb stands.
fn spoken(page: &Browser) -> String {
    page.field("Moment").attribute("aria-valuetext").unwrap_or_default()
}

#[test]
fn the_past_is_visited_changed_and_compared_with_the_mouse() {
    travel(Hand::Mouse);
}

#[test]
fn the_past_is_visited_changed_and_compared_with_the_keyboard_alone() {
    travel(Hand::Keyboard);
}

fn travel(hand: Hand) {
    let page = Browser::open("/");
    quarter_of_an_hour().show(&page, &still());
    let present = clock(&page);
    go_back(&page, hand);
    assert!(clock(&page) < present, "{} is before {present}", clock(&page));
    change_the_past(&page, hand);
    run_to_the_hour(&page, hand);
    compare_with_main(&page, hand);
    undo_and_redo(&page, hand);
    return_to_main(&page, hand);
    assert!(clock(&page) < present, "main is where it was left: in the past");
    hand.press(&page.button("Back to the present"));
    page.wait_until("the present of the first branch is back", |page| clock(page) == present);
    page.assert_no_console_errors();
}

fn go_back(page: &Browser, hand: Hand) {
    let thumb = page.field("Moment");
    match hand {
        // The middle of the bar.
        Hand::Mouse => thumb.click(),
        Hand::Keyboard => {
            thumb.tab_to();
            page.press(Key::Home);
            page.wait_until("the thumb is at the beginning", |page| spoken(page).starts_with("Day 1 · 08:00:00"));
            for _ in 0..2 {
                page.press(Key::PageUp);
            }
            page.press(Key::Right);
            page.press(Key::Left);
            assert!(spoken(page).starts_with("Day 1 · 08:10:00, of Day 1 · "), "{}", spoken(page));
        }
    }
    page.wait_for_text("You are in the past: a change here begins a branch.");
}

fn change_the_past(page: &Browser, hand: Hand) {
    hand.choose(&page.field("Target"), "web-lb");
    hand.fill(&page.field("Requests per second"), "60");
    hand.press(&page.button("Send visitors"));
    page.wait_for_text("You changed the past: this is branch 1 now. The other future is kept.");
    page.button("Branch: branch 1 of 2").wait();
}

fn run_to_the_hour(page: &Browser, hand: Hand) {
    hand.press(&page.button("Run until"));
    hand.press(&page.find(".menu:popover-open").button("End of the hour"));
    page.wait_for_text("Stopped at Day 1 · 09:00:00.");
    assert_eq!(clock(page), "Day 1 · 09:00:00");
}

fn compare_with_main(page: &Browser, hand: Hand) {
    hand.press(&page.button("Branch: branch 1 of 2"));
    hand.press(&page.find("dialog[open]").button("Compare"));
    page.region("Comparison").row("Instance-hours").wait();
    let requests = page.region("Comparison").row("Requests").text();
    let numbers: Vec<i64> =
        requests.split_whitespace().filter_map(|word| word.replace('−', "-").parse().ok()).collect();
    let [here, there, difference] = numbers[..] else { panic!("{requests}") };
    assert!(here > there * 2 && there - here == difference, "{requests}");
    page.find(".chart-legend").first().find_text("failed · main").wait();
}

fn undo_and_redo(page: &Browser, hand: Hand) {
    match hand {
        Hand::Mouse => page.button("Undo").click(),
        Hand::Keyboard => page.press_with(&[Key::Control], Key::Char('z')),
    }
    page.wait_for_text("Undone: SetTraffic of Day 1");
    assert_eq!(clock(page), "Day 1 · 09:00:00", "the run is not lost");
    match hand {
        Hand::Mouse => page.button("Redo").click(),
        Hand::Keyboard => page.press_with(&[Key::Control, Key::Shift], Key::Char('z')),
    }
    page.wait_for_text("Made again: SetTraffic of Day 1");
}

fn return_to_main(page: &Browser, hand: Hand) {
    hand.press(&page.button("Branch: branch 1 of 2"));
    hand.press(&page.find("dialog[open]").button("Go to main"));
    page.button("Branch: main of 2").wait();
}

#[test]
fn with_nothing_to_undo_the_page_says_so_and_text_fields_keep_their_own_undo() {
    let page = Browser::open("/");
    Scene::new().show(&page, &still());
    page.button("Undo").click();
    page.wait_for_text("No request was made so far.");
    page.button("Redo").click();
    page.wait_for_text("No request was taken back.");
    quarter_of_an_hour().show(&page, &still());
    page.field("Requests per second").fill("77");
    page.press_with(&[Key::Control], Key::Char('z'));
    assert_ne!(page.field("Requests per second").value(), "77", "the field takes its text back");
    assert!(!page.find_text("Undone").exists());
    page.assert_no_console_errors();
}

#[test]
fn a_careless_learner_scrubs_while_time_runs_reloads_on_the_way_and_loses_nothing() {
    let page = Browser::open("/");
    let running = View { speed: Speed::X600, is_running: true, ..View::default() };
    quarter_of_an_hour().show(&page, &running);
    page.button("Pause").wait();
    page.field("Moment").click();
    page.button("Run").wait();
    page.double_click(".time-bar button");
    // A double click counts once: one request is taken back, the other stays.
    page.wait_for_text("Undone: ");
    page.field("Moment").click();
    page.reload();
    page.wait_for_text("You are in the past: a change here begins a branch.");
    let here = clock(&page);
    page.reload();
    page.wait_until("the learner is where they were", |page| page.find(".clock").exists() && clock(page) == here);
    page.assert_no_console_errors();
}

#[test]
fn a_run_that_waits_for_what_never_comes_can_be_stopped_and_shows_how_far_it_is() {
    let page = Browser::open("/");
    quarter_of_an_hour().show(&page, &still());
    page.button("Run until").click();
    page.find(".menu:popover-open").button("End of the month").click();
    page.wait_for_text("Running until the end of the month");
    page.find(".time-status progress").wait();
    page.button("Stop").click();
    page.wait_for_text("Stopped at Day ");
    let stopped = clock(&page);
    page.execute("window.stoppedAt = performance.now()", &[]);
    page.wait_until("a while has passed", |page| {
        page.execute("return performance.now() - window.stoppedAt > 500", &[]) == true
    });
    assert_eq!(clock(&page), stopped);
    page.assert_no_console_errors();
}
