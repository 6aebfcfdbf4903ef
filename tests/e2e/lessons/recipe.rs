//! Lesson 4, as its texts say.
use super::walk::Walk;
use crate::hand::Hand;
use crate::harness::{Browser, Find};
use crate::learner::Learner;

#[test]
fn a_recipe_is_done_with_the_mouse() {
    recipe(Hand::Mouse);
}

#[test]
fn a_recipe_is_done_with_the_keyboard_alone() {
    recipe(Hand::Keyboard);
}

fn recipe(hand: Hand) {
    let page = Browser::open("/");
    let walk = Walk::begin(&page, hand, "a-recipe");
    walk.step("write-it-down", |learner| {
        learner.fill("Launch template name", "web-template");
        learner.choose("AMI", "shop-winter");
        learner.choose("Instance type", "t3.micro");
        learner.choose("Security group", "web ");
        learner.press("Create launch template");
    });
    let visit_the_first = |learner: &Learner| {
        learner.go("Instances");
        hand.press(&page.find("main td[data-label='Public IPv4 address'] a").first());
        page.find("iframe").wait();
    };
    walk.step("launch-from-it", |learner| {
        launch(learner, "$Default");
        learner.run_at("60×");
        learner.go("Instances");
        page.row("serving").wait();
        visit_the_first(learner);
    });
    walk.step("second-version", |learner| {
        learner.open("web-template");
        learner.press("Create new version");
        learner.choose("AMI", "shop-summer");
        learner.press_in_dialog("Create template version");
        page.region("Versions").row("2").wait();
        visit_the_first(learner);
    });
    walk.step("default-and-latest", |learner| {
        launch(learner, "$Default");
        launch(learner, "$Latest");
        learner.run_at("60×");
    });
    walk.step("move-the-default", |learner| {
        learner.open("web-template");
        learner.choose_action("2", "Set as default");
        learner.go("Launch templates");
        launch(learner, "$Default");
        learner.run_at("60×");
    });
    walk.end();
}

/// Launches one server from the template, whose list is on the page.
fn launch(learner: &Learner, version: &str) {
    let template = learner.cell("web-template", "Launch template ID").text();
    learner.choose_action(&template, "Launch instance from template");
    learner.choose("Version", version);
    learner.press_in_dialog("Launch instance");
}
