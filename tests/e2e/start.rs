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

#[test]
fn whoever_comes_first_meets_a_shop_that_runs_and_can_empty_it() {
    let page = Browser::open("/");
    page.come_first("#/bench");
    page.forget_and_reload();
    page.find_text("A shop on AWS, already open").wait();
    page.find("main canvas").first().wait();
    assert!(page.find("#navigation a[href='#/instances'] b").text().parse::<u32>().is_ok_and(|count| count >= 2));
    page.link("Start the lessons").click();
    page.find_text("A first server").first().wait();
    page.come_first("#/bench");
    page.forget_and_reload();
    page.button("Empty account").click();
    page.find_text("A shop on AWS, already open").wait_until_gone();
    page.wait_until("the account is empty", |page| {
        page.find("#navigation a[href='#/instances'] b").text_now().as_deref() == Some("")
    });
    page.assert_no_console_errors();
}
