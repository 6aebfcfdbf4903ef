//! Lesson 1, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn a_first_server_is_done_with_the_mouse() {
    first_server(Hand::Mouse);
}

#[test]
fn a_first_server_is_done_with_the_keyboard_alone() {
    first_server(Hand::Keyboard);
}

fn first_server(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "a-first-server");
    let image = "scaling-lab-web-server-2026.01";
    walk.step("launch", |learner| {
        learner.choose("AMI", image);
        learner.press("Launch instance");
        learner.run_at("60×");
        learner.wait_for_state("running", "running");
    });
    walk.step("another-region", |learner| {
        let here = learner.image_id(image);
        learner.choose("Region", "eu-west-1");
        page.wait_until("Ireland has another id", |_| learner.image_id(image) != here);
        learner.go("Instances");
        learner.follow("Launch instance");
        learner.choose("AMI", "Another AMI: type its id");
        learner.fill("AMI ID", &here);
        learner.press("Launch instance");
        page.find("main").find_text("InvalidAMIID.NotFound").first().wait();
        learner.choose("AMI", image);
        learner.press("Launch instance");
        page.row("pending").wait();
    });
    walk.step("open-its-page", |learner| {
        learner.choose("Region", "us-east-1");
        // Running is not ready: the step's own surprise, if one is too fast.
        learner.run_at("60×");
        page.row("serving").wait();
        hand.press(&page.row("running").find("td[data-label='Public IPv4 address'] a"));
        page.find("iframe").wait();
    });
    walk.step("elastic-inference", |learner| {
        learner.choose("Elastic Inference accelerator", "eia2.medium");
        learner.press("Launch instance");
        page.find("main").find_text("no longer available").first().wait();
    });
    walk.step("end", |learner| {
        learner.go("Bill");
        learner.run_at("60×");
        for region in ["us-east-1", "eu-west-1"] {
            learner.choose("Region", region);
            learner.go("Instances");
            learner.confirm_action(&learner.id("running"), "Terminate");
            learner.wait_for_state("t3.micro", "terminated");
        }
    });
    walk.end();
}
