//! Lesson 9, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};

#[test]
fn shrinking_and_the_bill_is_done_with_the_mouse() {
    shrinking(Hand::Mouse);
}

#[test]
fn shrinking_and_the_bill_is_done_with_the_keyboard_alone() {
    shrinking(Hand::Keyboard);
}

fn shrinking(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "shrinking-and-the-bill");
    walk.step("the-crowd-goes", |learner| {
        learner.send_visitors(".elb.amazonaws.com", "24");
        learner.run_until("Next scaling activity");
    });
    walk.step("draining", |learner| learner.run_at("60×"));
    walk.step("one-by-hand", |learner| {
        let members = "main tr:has(td[data-label='Auto Scaling group'] a):has(.badge[data-state='good'])";
        let member = page.find(members).first().find("td[data-label='Instance ID']").text();
        learner.confirm_action(&member, "Terminate");
        learner.run_at("60×");
    });
    walk.step("the-bill", |learner| {
        learner.go("Elastic IPs");
        let rows = page.find("main tbody tr");
        page.wait_until("the addresses are there", |_| rows.count() > 1);
        // Those of the balancer are AWS's to give back.
        let idle = (0..rows.count()).map(|at| rows.nth(at)).find(|row| !row.text().contains("alb"));
        let idle = idle.expect("an address that nobody uses").find("td[data-label='Allocated IPv4 address']").text();
        learner.confirm_action(&idle, "Release");
    });
    walk.step("end-the-group", |learner| {
        learner.confirm_action("web-asg", "Delete");
        learner.run_at("60×");
    });
    walk.step("end-the-door", |learner| {
        let of_the_first = || page.find("main tbody button[title^='Actions for']").first();
        for place in ["Load balancers", "Target groups"] {
            learner.go(place);
            hand.press(&of_the_first());
            hand.press(&page.find(".menu:popover-open").button("Delete"));
            hand.press(&page.find("dialog[open] footer").button("Delete"));
        }
    });
    walk.step("until-zero", |learner| {
        learner.go("AMIs");
        learner.confirm_action(&learner.image_id("web-v1"), "Deregister AMI");
        learner.go("Snapshots");
        learner.confirm_action(&page.find("main tbody td a").first().text(), "Delete snapshot");
        learner.run_at("60×");
    });
    walk.end();
}
