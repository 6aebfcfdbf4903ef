//! The page starts and works, wherever its files are put.
use crate::harness::{Browser, Find};

#[test]
fn the_page_works_at_the_root_of_a_site() {
    works_below("/");
}

#[test]
fn the_page_works_in_a_folder_of_a_site() {
    works_below("/notes/lab/");
}

fn works_below(mount: &str) {
    let page = Browser::open(mount);
    page.link("Auto Scaling groups").wait();
    assert_eq!(page.find("main h1").text(), "Bench");
    page.link("Launch instance").click();
    page.field("Name").fill("first");
    page.button("Launch instance").click();
    page.field("60×").click();
    page.row("first").find_text("running").wait();
    assert_eq!(page.execute("return location.pathname", &[]), mount);
    page.reload();
    page.row("first").find_text("running").wait();
    let foreign = "return performance.getEntriesByType('resource').map((one) => one.name) \
                   .filter((name) => !name.startsWith(location.origin + location.pathname))";
    assert_eq!(page.execute(foreign, &[]).to_string(), "[]", "all that is loaded lies beside the page");
    page.assert_no_console_errors();
}
