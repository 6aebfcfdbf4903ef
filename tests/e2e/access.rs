//! The page without eyes or without a mouse: what is told, and where the focus goes.
use crate::harness::{Browser, Emulation, Find, Key};
use crate::scene::{Scene, Sizes, still};

#[test]
fn important_events_are_told_to_screen_readers_as_they_happen() {
    let page = Browser::open("/");
    page.go("#/create/instances");
    page.button("Launch instance").click();
    page.row("Actions").first().wait();
    let id = page.find("main td a").first().text();
    page.wait_until("the start is told", |page| {
        page.find("p[role=status]").text_now().is_some()
            && page.execute("return document.querySelector('p[role=status]').textContent", &[])
                == format!("{id} is running.")
    });
    page.assert_no_console_errors();
}

#[test]
fn a_question_takes_the_focus_closes_on_escape_and_gives_the_focus_back() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    page.go("#/groups/web-asg");
    let menu = page.button("Actions");
    menu.tab_to();
    page.press(Key::Enter);
    page.find(".menu:popover-open").button("Delete").tab_to();
    page.press(Key::Enter);
    page.find("dialog[open] :focus").wait();
    page.press(Key::Escape);
    page.find("dialog[open]").wait_until_gone();
    assert!(menu.has_focus());
    page.row("web-template · $Default").wait();
    page.assert_no_console_errors();
}

#[test]
fn after_an_action_of_a_menu_the_focus_is_back_at_its_button() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    page.go("#/instances");
    let id = page.find("main td a").first().text();
    let menu = page.button(&format!("Actions for {id}"));
    menu.tab_to();
    page.press(Key::Enter);
    page.find(".menu:popover-open").button("Terminate").tab_to();
    page.press(Key::Enter);
    page.find("dialog[open] :focus").wait();
    page.press(Key::Escape);
    page.find("dialog[open]").wait_until_gone();
    assert!(menu.has_focus(), "the focus is lost");
    page.assert_no_console_errors();
}

#[test]
fn every_control_of_the_main_pages_has_a_name_and_is_large_enough_to_hit() {
    let page = Browser::open("/");
    let mut scene = Scene::with_group(Sizes { min: 1, desired: 2, max: 6 });
    scene.send(20);
    scene.pass(600);
    scene.show(&page, &still());
    let script = "const named = (one) => one.ariaLabel || one.labels?.[0]?.textContent.trim() || one.textContent.trim() || one.title; \
        return [...document.querySelectorAll('button, a[href], input, select, summary')].filter((one) => one.checkVisibility()) \
        .filter((one) => { const box = one.getBoundingClientRect(); \
            const inLine = one.matches('a') && getComputedStyle(one).display === 'inline'; \
            return !named(one) || (!inLine && box.width > 1 && (box.height < 23.5 || box.width < 23.5) && !one.matches('[type=checkbox], .chart-slider')); }) \
        .map((one) => one.outerHTML.slice(0, 120))";
    for route in [
        "#/",
        "#/instances",
        "#/groups/web-asg",
        "#/load-balancers/web-lb",
        "#/target-groups/web",
        "#/create/groups",
        "#/create/instances",
        "#/visit",
        "#/bill",
        "#/simplified",
    ] {
        page.go(route);
        page.find("main h1").wait();
        assert_eq!(page.execute(script, &[]).to_string(), "[]", "{route}");
    }
}

/// WCAG 2.2, "1.4.10 Reflow": 1280 by 1024 pixels at 400 % are 320 by 256.
#[test]
fn at_four_hundred_per_cent_nothing_is_cut_off_and_no_bar_takes_the_window() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    page.window_size(320, 256);
    let covered = "const bars = [...document.querySelectorAll('body *')].filter((one) => \
            ['sticky', 'fixed'].includes(getComputedStyle(one).position) && one.checkVisibility() \
            && !one.closest('main') && one.getBoundingClientRect().bottom > 0); \
        return [document.documentElement.scrollWidth, bars.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)]";
    for route in ["#/", "#/instances", "#/groups/web-asg", "#/create/instances", "#/visit", "#/lessons", "#/bill"] {
        page.go(route);
        page.find("main h1").wait();
        let told = page.execute(covered, &[]);
        assert!(told[0].as_f64().is_some_and(|width| width <= 320.0), "{route} is {} wide", told[0]);
        assert!(told[1].as_f64().is_some_and(|height| height < 128.0), "{route} is covered by {} pixels", told[1]);
    }
    page.assert_no_console_errors();
}

#[test]
fn with_forced_colours_every_button_and_link_can_be_read() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    page.emulate(Emulation { has_forced_colors: true, ..Emulation::default() });
    let unreadable = "return [...document.querySelectorAll('a[href], button, select, input, h1, td')] \
        .filter((one) => one.checkVisibility() && one.textContent.trim()).filter((one) => { \
            const style = getComputedStyle(one); return style.color === style.backgroundColor; }) \
        .map((one) => one.outerHTML.slice(0, 120))";
    for route in ["#/", "#/instances", "#/groups/web-asg", "#/create/instances", "#/lessons"] {
        page.go(route);
        page.find("main h1").wait();
        assert_eq!(page.execute(unreadable, &[]).to_string(), "[]", "{route}");
        // Below the words of a link lies the ground of the page, whatever the link's own is: then its colour can vanish there.
        let filled = "const probe = document.body.appendChild(document.createElement('i')); \
            const colour = (name) => { probe.style.color = name; return getComputedStyle(probe).color; }; \
            const grounds = ['Canvas', 'ButtonFace', 'transparent'].map(colour); probe.remove(); \
            return [...document.querySelectorAll('a.button')].filter((one) => one.checkVisibility() \
                && !grounds.includes(getComputedStyle(one).backgroundColor)).length";
        assert_eq!(page.execute(filled, &[]), 0, "a link on {route} is as its ground");
    }
    page.assert_no_console_errors();
}
