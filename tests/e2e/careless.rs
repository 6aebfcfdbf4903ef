//! A careless user: double clicks, nonsense in every form, reloads, no storage, a crash, a tab out of sight.
use crate::harness::{Browser, Find};
use crate::scene::{Scene, Sizes, still};

fn launch_form(page: &Browser) {
    page.go("#/create/instances");
    page.field("AMI").wait();
}

fn count_rows(page: &Browser) -> usize {
    page.find("main tbody tr").count()
}

fn has_heading(page: &Browser, heading: &str) -> bool {
    page.find("main h1").text_now().as_deref() == Some(heading)
}

#[test]
fn a_double_click_launches_one_instance() {
    let page = Browser::open("/");
    launch_form(&page);
    page.double_click("form button[type=submit]");
    page.wait_until("the list is shown", |page| has_heading(page, "Instances") && count_rows(page) > 0);
    assert_eq!(count_rows(&page), 1);
    page.assert_no_console_errors();
}

#[test]
fn every_form_tells_what_is_wrong_beside_its_fields_and_makes_nothing() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    let forms = [
        ("#/create/instances", "Number of instances"),
        ("#/create/launch-templates", "Launch template name"),
        ("#/create/security-groups", "Port"),
        ("#/create/target-groups", "Health check path"),
        ("#/create/load-balancers", "Load balancer name"),
        ("#/create/groups", "Max"),
        ("#/groups/web-asg", "Min"),
        ("#/", "Requests per second"),
    ];
    for (route, field) in forms {
        page.go(route);
        page.field(field).wait();
        for nonsense in ["", "lots"] {
            page.field(field).fill(nonsense);
            // A word may be a name, but it is no number and no path.
            if nonsense.is_empty() || !field.ends_with("name") {
                page.find("main form:has(button[data-kind=primary]), main form")
                    .first()
                    .find("button[type=submit]")
                    .click();
                page.wait_until(&format!("{route} marks {field} for `{nonsense}`"), |page| {
                    page.field(field).attribute("aria-invalid").as_deref() == Some("true")
                });
                assert!(page.field(field).has_focus(), "the focus is where something is wrong");
                assert_eq!(page.route(), if route == "#/" { "#/" } else { route });
            }
        }
    }
    page.assert_no_console_errors();
}

#[test]
fn a_refusal_of_the_cloud_stands_beside_its_field_and_goes_when_it_is_mended() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    page.go("#/create/launch-templates");
    page.button("Create launch template").click();
    page.find_text("Launch template name already in use.").wait();
    assert!(page.field("Launch template name").has_focus());
    page.field("Launch template name").fill("other");
    page.button("Create launch template").click();
    page.row("other").wait();
    page.assert_no_console_errors();
}

#[test]
fn a_reload_in_the_middle_loses_nothing() {
    let page = Browser::open("/");
    page.field("Region").select("eu-west-1 · Ireland");
    launch_form(&page);
    page.field("Name").fill("kept");
    page.button("Launch instance").click();
    page.field("60×").click();
    page.row("kept").find_text("running").wait();
    page.button("Pause").click();
    let (row, clock) = (page.row("kept").text(), page.find(".clock").text());
    page.reload();
    page.row("kept").wait();
    assert_eq!((page.row("kept").text(), page.find(".clock").text()), (row, clock));
    assert!(page.field("60×").is_checked() && page.button("Run").exists());
    assert!(page.field("Region").chosen().starts_with("eu-west-1"));
    page.assert_no_console_errors();
}

#[test]
fn without_storage_the_lab_works_and_says_that_nothing_is_kept() {
    let page = Browser::open("/");
    page.forbid_storage_and_reload();
    launch_form(&page);
    page.button("Launch instance").click();
    page.wait_until("an instance is there", |page| count_rows(page) == 1);
    page.button("Start over").click();
    page.wait_for_text("This browser keeps nothing here");
    page.find("dialog[open] footer").button("Start over").click();
    page.find_text("No instances yet").wait();
    page.assert_no_console_errors();
}

#[test]
fn a_kept_session_that_cannot_be_read_is_told_and_a_new_one_begins() {
    let page = Browser::open("/");
    page.keep_and_reload("{\"journal\":{\"format\":99}}");
    page.find_text("A new session has begun").wait();
    page.find_text("The journal cannot be read").wait();
    page.assert_no_console_errors();
}

#[test]
fn after_a_crash_the_learner_can_restore_the_session_or_start_afresh() {
    let page = Browser::open("/");
    Scene::with_group(Sizes { min: 1, desired: 2, max: 6 }).show(&page, &still());
    // Firefox runs the tests' scripts in a world of their own; the error is to be one of the page's.
    let crash = "const page = window.wrappedJSObject ?? window; \
        page.dispatchEvent(new page.ErrorEvent('error', { error: new page.WebAssembly.RuntimeError('unreachable') }))";
    page.go("#/groups");
    page.execute(crash, &[]);
    page.find_text("The lab stopped").wait();
    page.button("Restore the session").click();
    page.row("web-asg").wait();
    assert!(!page.find_text("The lab stopped").exists());
    page.execute(crash, &[]);
    page.button("Start afresh").click();
    page.find_text("No Auto Scaling groups yet").wait();
}

#[test]
fn time_stands_still_while_nobody_can_see_the_page() {
    let page = Browser::open("/");
    let show = |state: &str| {
        let script = "Object.defineProperty(document, 'visibilityState', { value: arguments[0], configurable: true }); \
                      document.dispatchEvent(new Event('visibilitychange'))";
        page.execute(script, &[state.into()]);
    };
    let clock = || page.find(".clock").text();
    let begin = clock();
    page.wait_until("time goes on", |_| clock() != begin);
    show("hidden");
    let hidden = clock();
    page.execute("window.hiddenAt = performance.now()", &[]);
    page.wait_until("a while has passed", |page| {
        page.execute("return performance.now() - window.hiddenAt > 1500", &[]) == true
    });
    assert_eq!(clock(), hidden, "nothing was simulated behind the learner's back");
    show("visible");
    page.wait_until("time goes on again", |_| clock() != hidden);
    page.assert_no_console_errors();
}
