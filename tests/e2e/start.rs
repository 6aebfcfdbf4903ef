//! The page starts, wherever its files are put.
use crate::harness::{Browser, Find};

#[test]
fn the_page_starts_at_the_root_of_a_site() {
    starts_below("/");
}

#[test]
fn the_page_starts_in_a_folder_of_a_site() {
    starts_below("/notes/lab/");
}

fn starts_below(mount: &str) {
    let page = Browser::open(mount);
    page.link("Auto Scaling groups").wait();
    assert_eq!(page.find("h1").text(), "Bench");
    assert_eq!(page.execute("return location.pathname", &[]), mount);
    page.assert_no_console_errors();
}
