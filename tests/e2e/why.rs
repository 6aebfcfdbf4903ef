//! Why something happened: from the list of activities, from a mark on a chart, from a moment, and with the keyboard alone.
use crate::hand::Hand;
use crate::harness::{Browser, Find, Key};
use crate::scene::{Scene, Sizes, still};

/// A group that has grown because of its visitors.
fn grown() -> Scene {
    let mut scene = Scene::with_group(Sizes { min: 1, desired: 1, max: 4 });
    scene.send(30);
    scene.pass(900);
    scene
}

#[test]
fn an_activity_says_why_with_its_numbers_with_the_mouse() {
    ask_about_an_activity(Hand::Mouse);
}

#[test]
fn an_activity_says_why_with_its_numbers_with_the_keyboard_alone() {
    ask_about_an_activity(Hand::Keyboard);
}

fn ask_about_an_activity(hand: Hand) {
    let page = Browser::open("/");
    grown().show(&page, &still());
    page.go("#/groups/web-asg");
    hand.open_tab(&page, "Activity");
    let row = page.region("Activity history").find("tbody tr").first();
    hand.press(&row.button("Why?"));
    let panel = page.find(".why-panel");
    panel.find_text("3 of 3 periods of 60 s must be > 50: they are.").wait();
    let text = panel.text();
    for part in [
        "Policy cpu-50 of web-asg changes the capacity",
        "The metric was",
        "Wanted capacity:",
        "What would have changed it",
        "With a threshold above",
        "What followed",
        "has booted.",
        "is healthy in target group web.",
        "has answered its first request.",
    ] {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
    assert!(panel.find("h2").has_focus(), "the answer is read out");
    match hand {
        Hand::Mouse => panel.button("Close").click(),
        Hand::Keyboard => page.press(Key::Escape),
    }
    panel.wait_until_gone();
    assert!(row.button("Why?").has_focus(), "the focus is back");
    page.assert_no_console_errors();
}

#[test]
fn a_moment_of_a_chart_says_what_the_group_did_or_did_not_do() {
    let page = Browser::open("/");
    grown().show(&page, &still());
    let slider = page.field("Read CPU utilisation point by point");
    slider.tab_to();
    page.press(Key::End);
    page.wait_until("the charts read the same moment", |page| page.find(".chart-readout").count() >= 4);
    page.press(Key::Enter);
    page.find(".why-panel").find_text("What led to it").wait();
    assert!(page.find(".why-panel").text().contains("web-asg"));
    page.press(Key::Escape);
    page.find(".why-panel").wait_until_gone();
    assert!(slider.has_focus());
    click_first_chart(&page);
    page.find(".why-panel").find_text("What led to it").wait();
    page.assert_no_console_errors();
}

/// In the middle of the window: the bar of time covers its lower edge.
fn click_first_chart(page: &Browser) {
    page.find(".plot canvas").first().wait();
    page.execute("document.querySelector('.plot canvas').scrollIntoView({block: 'center'})", &[]);
    page.find(".plot canvas").first().click();
}

#[test]
fn without_a_group_the_answer_is_that_there_is_none() {
    let page = Browser::open("/");
    let mut scene = Scene::new();
    scene.pass(120);
    scene.show(&page, &still());
    click_first_chart(&page);
    page.find(".why-panel").find_text("There is no Auto Scaling group here").wait();
    page.assert_no_console_errors();
}
