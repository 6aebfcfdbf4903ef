//! Every page at three widths, light and dark: it fits, and its picture is taken.
use crate::harness::{Browser, Emulation, Find, Theme};

/// The pages by the name of their picture and their route.
const PAGES: [(&str, &str); 1] = [("home", "#/")];

/// The windows in CSS pixels: a desk, a tablet, a telephone.
const WINDOWS: [(u32, u32); 3] = [(1440, 900), (768, 1024), (390, 844)];

#[test]
fn no_page_is_wider_than_its_window_in_the_screenshots() {
    let page = Browser::open("/");
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        page.emulate(Emulation { theme, ..Emulation::default() });
        for (width, height) in WINDOWS {
            page.window_size(width, height);
            for (name, route) in PAGES {
                page.go(route);
                page.wait_until("the page shows a heading", |page| page.find("h1").count() > 0);
                page.screenshot(&format!("{name}-{width}-{theme_name}"));
                assert_fits(&page, &format!("{route} at {width} pixels, {theme_name}"));
            }
        }
    }
    page.assert_no_console_errors();
}

fn assert_fits(page: &Browser, place: &str) {
    let excess = page.execute("return document.documentElement.scrollWidth - innerWidth", &[]);
    assert!(excess.as_i64().is_some_and(|pixels| pixels <= 0), "{place} is {excess} pixels too wide");
}
