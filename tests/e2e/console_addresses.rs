//! Elastic IP addresses through the console: allocate, associate, disassociate, release.
use crate::hand::Hand;
use crate::harness::{Browser, Find};
use crate::scene::{Scene, Sizes, still};

#[test]
fn an_address_lives_and_goes_with_the_mouse() {
    live(Hand::Mouse);
}

#[test]
fn an_address_lives_and_goes_with_the_keyboard_alone() {
    live(Hand::Keyboard);
}

fn live(hand: Hand) {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 1, max: 2 }).show(&page, &still());
    let choose = |key: &str, action: &str| {
        hand.press(&page.button(&format!("Actions for {key}")));
        hand.press(&page.find(".menu:popover-open").button(action));
    };
    page.go("#/create/addresses");
    hand.fill(&page.field("Name tag"), "spare");
    hand.press(&page.button("Allocate"));
    page.row("spare").wait();
    assert_eq!(page.route(), "#/addresses");
    let address = page.row("spare").find("[data-label='Allocated IPv4 address']").text();
    choose(&address, "Associate");
    hand.press(&page.find("dialog[open]").button("Associate"));
    page.wait_until("an instance has it", |page| {
        page.row(&address).text_now().is_some_and(|text| text.contains("eipassoc-"))
    });
    choose(&address, "Disassociate");
    hand.press(&page.find("dialog[open] footer").button("Disassociate"));
    page.wait_until("nobody has it", |page| {
        page.row(&address).text_now().is_some_and(|text| !text.contains("eipassoc-"))
    });
    choose(&address, "Release");
    hand.press(&page.find("dialog[open] footer").button("Release"));
    page.row(&address).wait_until_gone();
    page.assert_no_console_errors();
}
