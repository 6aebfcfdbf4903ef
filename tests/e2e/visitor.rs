//! The visitor's browser: how a name resolves, who answers, what page comes; a reload shows the balancing.
use crate::hand::Hand;
use crate::harness::{Browser, Find};
use crate::scene::{Scene, Sizes, still};

#[test]
fn a_visitor_sees_the_balancing_with_the_mouse() {
    visit(Hand::Mouse);
}

#[test]
fn a_visitor_sees_the_balancing_with_the_keyboard_alone() {
    visit(Hand::Keyboard);
}

fn visit(hand: Hand) {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 2, desired: 2, max: 6 }).show(&page, &still());
    page.go("#/load-balancers");
    hand.press(&page.row("web-lb").find("a.visit-link"));
    page.find_text("200").first().wait();
    let server = || page.row("Answered by").find("dd").text();
    let first = server();
    assert!(first.starts_with("i-"), "{first}");
    hand.press(&page.button("Reload"));
    page.wait_until("another server answers", |page| {
        page.row("Answered by").find("dd").text_now().is_some_and(|now| now != first)
    });
    page.wait_until("both visits are kept", |page| page.region("Visits").find("tbody tr").count() == 2);
    assert_eq!(page.find("iframe").attribute("sandbox").as_deref(), Some(""), "the page may do nothing");
    page.assert_no_console_errors();
}

#[test]
fn a_name_that_does_not_exist_says_why_nothing_comes() {
    let page = Browser::open("/");
    page.go("#/visit");
    page.field("Address").fill("nobody.example");
    page.button("Open").click();
    page.find_text("The name does not exist").first().wait();
    page.assert_no_console_errors();
}

#[test]
fn the_learners_page_is_shown_but_its_scripts_do_not_run() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 1, max: 2 }).show(&page, &still());
    page.go("#/instances");
    page.find("main td[data-label='Instance ID'] a").first().click();
    page.button("Connect").click();
    page.field("Page").fill("<h1>Mine</h1><script>parent.document.title = 'taken'</script>");
    page.button("Write page").click();
    page.button("Details").click();
    page.find("main a.visit-link").first().click();
    page.find("iframe").wait();
    assert!(page.find("iframe").attribute("srcdoc").is_some_and(|html| html.contains("<h1>Mine</h1>")));
    page.wait_until("the title is the lab's", |page| page.execute("return document.title", &[]) != "taken");
}
