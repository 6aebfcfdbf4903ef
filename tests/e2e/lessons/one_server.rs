//! Lesson 5, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn one_server_always_is_done_with_the_mouse() {
    one_server(Hand::Mouse);
}

#[test]
fn one_server_always_is_done_with_the_keyboard_alone() {
    one_server(Hand::Keyboard);
}

fn one_server(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "one-server-always");
    let (mut old, mut elastic) = (String::new(), String::new());
    walk.step("a-group-of-one", |learner| {
        learner.fill("Auto Scaling group name", "web-asg");
        learner.choose("Launch template", "web-template");
        assert!(page.field("us-east-1a").is_checked() && page.field("us-east-1b").is_checked());
        for field in ["Min", "Desired", "Max"] {
            learner.fill(field, "1");
        }
        learner.fill("CPU target", "");
        learner.press("Create Auto Scaling group");
        learner.run_at("60×");
    });
    walk.step("make-it-yours", |learner| {
        learner.run_at("60×");
        page.row("serving").wait();
        old = learner.id("serving");
        learner.open("serving");
        learner.open_tab("Connect");
        learner.fill("Page", "<h1>My shop: open today</h1>");
        learner.press("Write page");
        elastic = learner.get_address_for(&old);
    });
    walk.step("take-it-away", |learner| {
        learner.confirm_action(&old, "Terminate");
        learner.run_at("60×");
    });
    let mut new = String::new();
    walk.step("what-did-not-come-back", |learner| {
        learner.go("Instances");
        learner.run_at("60×");
        page.row("serving").wait();
        new = learner.id("serving");
        let address = learner.address("serving");
        learner.visit(&format!("http://{elastic}"));
        page.find_text("TimedOut").first().wait();
        learner.visit(&format!("http://{address}"));
        page.find("iframe").wait();
    });
    walk.step("stop-it", |learner| {
        learner.confirm_action(&new, "Stop");
        learner.run_at("60×");
    });
    walk.step("give-it-back", |learner| learner.confirm_action(&elastic, "Release"));
    walk.end();
}
