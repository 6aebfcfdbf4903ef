//! Lesson 7, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn one_door_is_done_with_the_mouse() {
    one_door(Hand::Mouse);
}

#[test]
fn one_door_is_done_with_the_keyboard_alone() {
    one_door(Hand::Keyboard);
}

fn one_door(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "one-door");
    walk.step("a-target-group", |learner| {
        assert_eq!(page.field("Port").value(), "80");
        learner.press("Create target group");
    });
    walk.step("a-balancer", |learner| {
        assert!(page.field("us-east-1a").is_checked() && page.field("us-east-1b").is_checked());
        learner.choose("Security group", "Create one that lets HTTP in from anywhere");
        learner.choose("Target group", "web");
        learner.press("Create load balancer");
        learner.run_at("60×");
        learner.wait_for_cell("web-lb", "State", |text| text == "active");
    });
    walk.step("join-them", |learner| {
        learner.open_tab("Integrations");
        learner.press("Attach target group");
        learner.choose("Target group", "web");
        learner.press_in_dialog("Attach");
        learner.run_at("60×");
    });
    walk.step("by-name", |learner| {
        learner.go("Load balancers");
        let name = learner.cell("web-lb", "DNS name").text();
        learner.visit(&format!("http://{name}/"));
        page.find("iframe").wait();
        learner.press("Reload");
        page.wait_until("both visits are kept", |page| page.region("Visits").find("tbody tr").count() == 2);
        learner.send_visitors("web-lb", "32");
        learner.run_at("60×");
    });
    walk.step("close-the-servers", |learner| {
        learner.open("web-servers");
        let old = page.row("0.0.0.0/0").find("td[data-label='Rule ID']").text();
        learner.press("Add inbound rule");
        learner.choose("From or to", "Members of a security group");
        learner.choose("Group", "launch-wizard-1");
        learner.press_in_dialog("Save rule");
        learner.confirm_action(&old, "Delete rule");
    });
    walk.step("double-crowd", |learner| {
        learner.send_visitors("web-lb", "64");
        learner.run_at("600×");
    });
    walk.end();
}
