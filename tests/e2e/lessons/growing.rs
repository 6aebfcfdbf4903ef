//! Lesson 6, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn growing_with_the_crowd_is_done_with_the_mouse() {
    growing(Hand::Mouse);
}

#[test]
fn growing_with_the_crowd_is_done_with_the_keyboard_alone() {
    growing(Hand::Keyboard);
}

fn growing(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "growing-with-the-crowd");
    walk.step("three-numbers", |learner| {
        learner.fill("Max", "4");
        learner.press("Change size");
    });
    walk.step("a-policy", |learner| {
        learner.open_tab("Automatic scaling");
        learner.press("Create dynamic scaling policy");
        learner.choose("Policy type", "Target tracking scaling");
        learner.choose("Metric type", "Average CPU utilization");
        learner.fill("Target value", "50");
        learner.press_in_dialog("Create policy");
        page.row("my-policy").wait();
    });
    walk.step("send-the-crowd", |learner| {
        learner.pause();
        learner.send_visitors("i-", "32");
        learner.run_at("60×");
    });
    walk.step("the-alarm", |learner| {
        learner.run_until("Next scaling activity");
        learner.open_tab("Activity");
        page.find_text("triggered policy").first().wait();
    });
    walk.step("warm-up", |learner| {
        learner.run_at("60×");
        page.wait_until("there are two servers", |page| {
            page.find("main td[data-label='Auto Scaling group'] a").count() == 2
        });
    });
    walk.end();
}
