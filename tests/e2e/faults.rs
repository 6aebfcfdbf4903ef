//! Breaking things from the page, seeing where they are broken, and mending them: with the mouse and with the keyboard alone.
use crate::hand::Hand;
use crate::harness::{Browser, Find};
use crate::scene::{Scene, Sizes, still};

#[test]
fn faults_are_injected_seen_on_the_map_and_cleared_with_the_mouse() {
    break_and_mend(Hand::Mouse);
}

#[test]
fn faults_are_injected_seen_on_the_map_and_cleared_with_the_keyboard_alone() {
    break_and_mend(Hand::Keyboard);
}

fn break_and_mend(hand: Hand) {
    let page = Browser::open("/");
    let mut scene = Scene::with_group(Sizes { min: 2, desired: 2, max: 6 });
    scene.send(10);
    scene.pass(120);
    scene.show(&page, &still());
    hand.press(&page.region("Faults").find("summary"));
    let options = page.field("What breaks").options();
    assert_eq!(options.len(), 10, "{options:?}");

    // Now, until it is cleared: a zone.
    hand.choose(&page.field("What breaks"), "Lose a zone");
    hand.press(&page.region("Break something").button("Break"));
    page.find_text("Choose what it meets.").wait();
    hand.choose(&page.field("Where"), "us-east-1a");
    hand.press(&page.region("Break something").button("Break"));
    let zone = page.find(".map-zone").first();
    zone.find("h3 + .broken").wait();
    assert_eq!(zone.find("h3 + .broken").text(), "zone lost");
    assert!(zone.find(".map-tile").first().text().contains("zone lost"));
    page.region("Faults").row("Lose a zone").find_text("active").wait();

    // Planned, for some minutes: a group's app.
    hand.choose(&page.field("What breaks"), "Slow the app down");
    assert_eq!(page.field("Times as slow").value(), "4");
    hand.choose(&page.field("Where"), "web-asg");
    hand.fill(&page.field("Begins in minutes"), "10");
    hand.fill(&page.field("Lasts for minutes"), "5");
    hand.press(&page.region("Break something").button("Break"));
    page.region("Faults").row("Slow the app down").find_text("planned").wait();

    hand.press(&page.region("Faults").row("Lose a zone").button("Clear"));
    page.region("Faults").row("Lose a zone").find_text("over").wait();
    zone.find("h3 + .broken").wait_until_gone();
    assert!(!page.region("Faults").row("Lose a zone").button("Clear").is_enabled());
    page.assert_no_console_errors();
}
