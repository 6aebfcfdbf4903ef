//! Lesson 3, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn an_image_of_ones_own_is_done_with_the_mouse() {
    own_image(Hand::Mouse);
}

#[test]
fn an_image_of_ones_own_is_done_with_the_keyboard_alone() {
    own_image(Hand::Keyboard);
}

fn own_image(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "your-own-image");
    let (mut server, mut image) = (String::new(), String::new());
    walk.step("write-a-page", |learner| {
        learner.open("web-1");
        learner.open_tab("Connect");
        learner.fill("Page", "<h1>My shop</h1>");
        learner.press("Write page");
    });
    walk.step("create-image", |learner| {
        server = learner.id("web-1");
        learner.choose_action(&server, "Create image");
        learner.fill("Image name", "web-v1");
        learner.press_in_dialog("Create image");
        learner.run_at("600×");
        learner.go("AMIs");
        image = learner.image_id("web-v1");
    });
    walk.step("two-copies", |learner| {
        learner.choose_action(&image, "Launch instance from AMI");
        learner.fill("Number of instances", "2");
        learner.choose("Security group", "web");
        learner.press_in_dialog("Launch instance");
        learner.go("Instances");
        learner.run_at("60×");
        let running = || page.find("main td[data-label='Server']").find_text("serving");
        page.wait_until("both copies serve", |_| running().count() == 3);
        let copies = page.find(&format!("main tbody tr:not(:has(a[href='#/instances/{server}']))"));
        hand.press(&copies.find("td[data-label='Public IPv4 address'] a").first());
        page.find("iframe").wait();
    });
    walk.step("another-region", |learner| {
        learner.choose("Region", "eu-west-1");
        learner.follow("Copy AMI");
        learner.choose("Copy from region", "us-east-1");
        learner.fill("Source AMI ID", &image);
        learner.fill("AMI copy name", "web-v1");
        learner.press("Copy AMI");
        learner.run_at("600×");
        learner.wait_for_cell("web-v1", "Status", |text| text == "available");
    });
    walk.step("deregister", |learner| learner.confirm_action(&learner.image_id("web-v1"), "Deregister AMI"));
    walk.step("delete-snapshot", |learner| {
        let left = page.find("main tbody td a").text();
        learner.confirm_action(&left, "Delete snapshot");
    });
    walk.end();
}
