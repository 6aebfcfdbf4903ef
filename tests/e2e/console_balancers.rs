//! Load balancers, target groups and names through the console.
use crate::hand::Hand;
use crate::harness::{Browser, Find};
use crate::scene::{Scene, Sizes, still};

#[test]
fn a_balancer_gets_a_rule_and_its_targets_come_and_go_with_the_mouse() {
    work(Hand::Mouse);
}

#[test]
fn a_balancer_gets_a_rule_and_its_targets_come_and_go_with_the_keyboard_alone() {
    work(Hand::Keyboard);
}

fn work(hand: Hand) {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 1, max: 2 }).show(&page, &still());
    page.go("#/load-balancers/web-lb");
    hand.press(&page.region("Rules of the listener on port 80").first().button("Add rule"));
    hand.choose(&page.find("dialog[open]").field("Action"), "Return fixed response");
    hand.press(&page.find("dialog[open]").button("Add rule"));
    page.row("fixed-response").find_text("/shop/*").wait();
    page.go("#/target-groups/web");
    let matching = || page.region("Instances that match this group").find("tbody tr");
    page.wait_until("two instances match", |_| matching().count() == 2);
    let targets = || page.region("Registered targets").find("tbody tr").count();
    assert_eq!(targets(), 1);
    for index in [0, 1] {
        hand.press(&matching().nth(index).find("button"));
        hand.press(&page.find(".menu:popover-open").button("Register"));
    }
    page.wait_until("both are targets", |_| targets() == 2);
    hand.open_tab(&page, "Attributes");
    hand.fill(&page.field("Deregistration delay"), "4000");
    hand.press(&page.button("Save attributes"));
    page.wait_until("the field is marked", |page| {
        page.field("Deregistration delay").attribute("aria-invalid").as_deref() == Some("true")
    });
    hand.fill(&page.field("Deregistration delay"), "30");
    hand.press(&page.button("Save attributes"));
    page.wait_until("the field is fine", |page| page.field("Deregistration delay").attribute("aria-invalid").is_none());
    page.assert_no_console_errors();
}

#[test]
fn a_name_of_ones_own_leads_to_the_balancer() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 1, max: 2 }).show(&page, &still());
    page.go("#/create/hosted-zones");
    page.button("Create hosted zone").click();
    page.row("shop.example.").find("td a").first().click();
    page.button("Create record").click();
    page.find("dialog[open]")
        .field("Route traffic to")
        .select("Alias to Application Load Balancer · follows the balancer's addresses");
    page.find("dialog[open]").button("Create record").click();
    page.row("web-lb").wait();
    // The name servers learn of it within a minute.
    page.button("Run").click();
    Hand::Mouse.set_speed(&page, "60×");
    page.go("#/visit/shop.example");
    page.wait_until("the name leads somewhere", |page| {
        page.button("Reload").click();
        page.find_text("200").exists()
    });
    page.assert_no_console_errors();
}
