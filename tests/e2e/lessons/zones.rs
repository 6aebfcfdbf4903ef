//! Lesson 8, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn zones_is_done_with_the_mouse() {
    zones(Hand::Mouse);
}

#[test]
fn zones_is_done_with_the_keyboard_alone() {
    zones(Hand::Keyboard);
}

fn zones(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "zones");
    walk.step("a-third-zone", |learner| {
        learner.tick("us-east-1c");
        learner.press("Update group");
        learner.fill("Desired", "3");
        learner.press("Change size");
        learner.run_at("60×");
    });
    walk.step("the-same-zones", |learner| {
        hand.press(&page.find("main td[data-label='Name'] a"));
        learner.open_tab("Network mapping");
        learner.tick("us-east-1c");
        learner.press("Save zones");
        learner.run_at("60×");
    });
    walk.step("a-dead-program", |learner| {
        learner.break_something("Crash the app", "i-");
        learner.run_at("60×");
    });
    walk.step("ask-the-balancer", |learner| {
        learner.choose("Health check type", "EC2 and ELB");
        learner.press("Update group");
        learner.run_at("600×");
    });
    walk.step("lose-a-zone", |learner| {
        learner.break_something("Lose a zone", "us-east-1a");
        learner.run_at("600×");
    });
    walk.step("the-zone-returns", |learner| {
        learner.go("Bench");
        hand.press(&page.region("Faults").row("Lose a zone").button("Clear"));
        learner.run_at("600×");
    });
    walk.end();
}
