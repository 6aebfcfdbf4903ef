//! Lesson 2, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn an_address_that_stays_is_done_with_the_mouse() {
    address(Hand::Mouse);
}

#[test]
fn an_address_that_stays_is_done_with_the_keyboard_alone() {
    address(Hand::Keyboard);
}

fn address(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "an-address-that-stays");
    let visit_by_name = || {
        hand.press(&page.find("main").row("shop.example").find("td a").first());
        hand.press(&page.region("Records").row("A").find("a.visit-link"));
    };
    walk.step("a-name", |_| {
        visit_by_name();
        page.find("iframe").wait();
    });
    walk.step("stop-and-start", |learner| {
        let before = learner.address("web-1");
        learner.run_at("60×");
        learner.stop_and_start("web-1");
        assert_ne!(learner.address("web-1"), before);
    });
    walk.step("the-name-fails", |_| visit_by_name());
    walk.step("elastic-ip", |learner| {
        learner.follow("Allocate Elastic IP");
        learner.press("Allocate");
        let address = page.find("main td[data-label='Allocated IPv4 address']").text();
        learner.choose_action(&address, "Associate");
        learner.choose("Instance", "web-1");
        learner.press_in_dialog("Associate");
    });
    walk.step("do-it-again", |learner| {
        learner.go("Elastic IPs");
        let address = page.find("main td[data-label='Allocated IPv4 address']").text();
        learner.go("Hosted zones");
        hand.press(&page.find("main").row("shop.example").find("td a").first());
        learner.edit_record(&address);
        learner.run_at("60×");
        learner.go("Instances");
        learner.stop_and_start("web-1");
        assert_eq!(learner.address("web-1"), address);
    });
    walk.step("an-idle-address", |learner| {
        learner.confirm_action(&learner.id("web-1"), "Terminate");
        learner.run_at("60×");
    });
    walk.step("release", |learner| {
        let address = page.find("main td[data-label='Allocated IPv4 address']").text();
        learner.confirm_action(&address, "Release");
    });
    walk.end();
}
