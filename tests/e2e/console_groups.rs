//! Auto Scaling groups through the console: sizes by handle and by number, policies, protection, processes.
use crate::hand::Hand;
use crate::harness::{Browser, Find, Key};
use crate::scene::{Scene, Sizes, still};

#[test]
fn a_group_is_changed_with_the_mouse() {
    change(Hand::Mouse);
}

#[test]
fn a_group_is_changed_with_the_keyboard_alone() {
    change(Hand::Keyboard);
}

fn change(hand: Hand) {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    page.go("#/groups/web-asg");
    page.field("Max").wait();
    // The handle of the least pushes the wanted number along.
    page.field("Min instances").tab_to();
    for _ in 0..3 {
        page.press(Key::Right);
    }
    assert_eq!([page.field("Min").value(), page.field("Desired").value(), page.field("Max").value()], ["4", "4", "6"]);
    hand.fill(&page.field("Max"), "8");
    hand.press(&page.button("Change size"));
    page.row("In service").find_text("2 of 4").wait();
    hand.open_tab(&page, "Automatic scaling");
    hand.press(&page.button("Create dynamic scaling policy"));
    hand.choose(&page.find("dialog[open]").field("Policy type"), "Simple scaling");
    hand.fill(&page.find("dialog[open]").field("Scaling policy name"), "one-more");
    hand.press(&page.find("dialog[open]").button("Create policy"));
    page.row("one-more").find_text("SimpleScaling").wait();
    hand.press(&page.button("Actions for one-more"));
    hand.press(&page.find(".menu:popover-open").button("Delete policy"));
    hand.press(&page.find("dialog[open] footer").button("Delete policy"));
    page.row("one-more").wait_until_gone();
    hand.open_tab(&page, "Instances");
    let member = page.region("Instances of the group").find("tbody tr td a").first().text();
    hand.press(&page.button(&format!("Actions for {member}")));
    hand.press(&page.find(".menu:popover-open").button("Set scale-in protection"));
    page.wait_until("it is protected", |page| {
        page.row(&member).find("[data-label='Protected from scale in']").text_now().as_deref() == Some("Yes")
    });
    page.assert_no_console_errors();
}

#[test]
fn deleting_a_group_asks_first_and_leads_back_to_the_list() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    page.go("#/groups/web-asg");
    page.button("Actions").click();
    page.find(".menu:popover-open").button("Delete").click();
    page.find("dialog[open]").find_text("All of its instances are terminated with it").wait();
    page.find("dialog[open] footer").button("Delete").click();
    page.wait_until("the list is shown", |page| page.route() == "#/groups");
    page.assert_no_console_errors();
}
