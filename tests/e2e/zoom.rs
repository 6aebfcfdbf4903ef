//! A part of the time in all charts, the legend of marks, and the numbers as a file.
use crate::hand::Hand;
use crate::harness::{Browser, Find, Key};
use crate::scene::{Scene, Sizes, still};

fn grown(page: &Browser) {
    let mut scene = Scene::with_group(Sizes { min: 1, desired: 1, max: 4 });
    scene.send(60);
    scene.pass(1_800);
    scene.show(page, &still());
    page.find(".plot canvas").first().wait();
}

fn span(page: &Browser) -> String {
    page.find(".chart-span").text()
}

/// What the first charts look like.
fn pictures(page: &Browser) -> String {
    let script =
        "return [...document.querySelectorAll('.plot canvas')].slice(0, 2).map((one) => one.toDataURL()).join()";
    page.execute(script, &[]).to_string()
}

fn zoom_with(hand: Hand) {
    let page = Browser::open("/");
    grown(&page);
    let (whole, before) = (span(&page), pictures(&page));
    assert!(whole.ends_with("all of it"), "{whole}");
    hand.press(&page.button("Zoom in"));
    page.wait_until("the charts show less", |page| span(page) != whole && pictures(page) != before);
    let part = span(&page);
    hand.press(&page.button("Earlier"));
    page.wait_until("the charts show earlier time", |page| span(page) != part);
    hand.press(&page.button("All"));
    page.wait_until("the charts show all", |page| span(page) == whole);
    let alarm = page.field("Alarm");
    let with_marks = pictures(&page);
    hand.tick(&alarm);
    page.wait_until("the marks of alarms are gone", |page| pictures(page) != with_marks);
    page.assert_no_console_errors();
}

#[test]
fn all_charts_show_a_part_of_the_time_with_the_mouse() {
    zoom_with(Hand::Mouse);
}

#[test]
fn all_charts_show_a_part_of_the_time_with_the_keyboard_alone() {
    zoom_with(Hand::Keyboard);
}

#[test]
fn a_stretch_is_selected_by_dragging_and_keys_of_a_chart_zoom_and_pan() {
    let page = Browser::open("/");
    grown(&page);
    let whole = span(&page);
    page.drag_across(".plot canvas", 0.3, 0.6);
    page.wait_until("the stretch is shown", |page| span(page) != whole);
    assert!(!page.find(".why-panel").exists(), "a drag is no question");
    page.field("Read Requests point by point").tab_to();
    page.press(Key::Char('0'));
    page.wait_until("all is shown again", |page| span(page) == whole);
    page.press(Key::Char('+'));
    page.wait_until("the charts show less", |page| span(page) != whole);
    let part = span(&page);
    page.press_with(&[Key::Shift], Key::Left);
    page.wait_until("the charts show earlier time", |page| span(page) != part);
    page.assert_no_console_errors();
}

#[test]
fn the_numbers_of_a_chart_are_a_table_and_a_file() {
    let page = Browser::open("/");
    grown(&page);
    page.find(".chart-data summary").first().click();
    page.find(".chart-data table").first().wait();
    // What would be saved is kept instead: the browser of a test has no place for files.
    let keep = "const page = window.wrappedJSObject ?? window; \
                page.HTMLElement.prototype.click = function () { page.saved = `${this.download} ${decodeURIComponent(this.href)}` }";
    page.execute(keep, &[]);
    page.find(".chart-data").first().button("Download CSV").click();
    let saved = page.execute("return (window.wrappedJSObject ?? window).saved", &[]);
    let saved = saved.as_str().unwrap_or_default();
    assert!(saved.starts_with("requests.csv data:text/csv;charset=utf-8,Time,good"), "{saved:.120}");
    assert!(saved.lines().count() > 100, "a row for each point: {}", saved.lines().count());
    page.assert_no_console_errors();
}
