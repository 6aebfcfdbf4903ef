//! The main job through the page: from the first instance to a group that grows, shrinks and heals.
//!
//! The same list as `tests/it/main_job.rs` has for the model: once with the mouse, once with the keyboard alone.
use crate::hand::Hand;
use crate::harness::{Browser, Find};
use crate::learner::Learner;

#[test]
fn the_main_job_can_be_done_with_the_mouse() {
    do_the_main_job(Hand::Mouse);
}

#[test]
fn the_main_job_can_be_done_with_the_keyboard_alone() {
    do_the_main_job(Hand::Keyboard);
}

fn do_the_main_job(hand: Hand) {
    let page = Browser::open("/");
    let learner = Learner { hand, page: &page };
    learner.sees_that_images_belong_to_regions();
    learner.launches_linux_and_windows();
    learner.keeps_an_elastic_address_over_stop_and_start();
    let image = learner.makes_an_image_and_launches_it_from_a_template();
    learner.balances_a_group_over_two_zones();
    learner.watches_the_group_grow_and_shrink();
    learner.sees_a_terminated_member_replaced(&image);
    page.assert_no_console_errors();
}

fn is_in_both_zones(text: &str) -> bool {
    text.contains("us-east-1a") && text.contains("us-east-1b") && !text.contains("us-east-1c")
}

/// The parts of the job.
impl Learner<'_> {
    fn sees_that_images_belong_to_regions(&self) {
        self.go("AMIs");
        let here = self.image_id("scaling-lab-web-server-2026.01");
        self.choose("Region", "eu-west-1");
        self.page.wait_until("the ids are others", |_| self.image_id("scaling-lab-web-server-2026.01") != here);
        self.choose("Region", "us-east-1");
        self.page.wait_until("the ids are the first ones", |_| self.image_id("scaling-lab-web-server-2026.01") == here);
    }

    fn launches_linux_and_windows(&self) {
        self.press("Pause");
        for (name, image) in [("linux", "scaling-lab-web-server"), ("windows", "Windows_Server")] {
            self.launch(name, image);
            assert_eq!(self.wait_for_cell(name, "Instance state", |text| !text.is_empty()), "pending");
            assert!(!self.cell(name, "Public IPv4 address").exists() || self.address(name).is_empty());
        }
        self.press("Run");
        self.set_speed("60×");
        for name in ["linux", "windows"] {
            self.wait_for_cell(name, "Instance state", |text| text == "running");
            assert_eq!(self.address(name).split('.').count(), 4);
        }
    }

    fn keeps_an_elastic_address_over_stop_and_start(&self) {
        let address = self.get_address_for(&self.id("linux"));
        self.go("Instances");
        self.wait_for_cell("linux", "Elastic IP", |text| text == address);
        let (elastic, automatic) = (self.address("linux"), self.address("windows"));
        for name in ["linux", "windows"] {
            self.stop_and_start(name);
        }
        assert_eq!(self.address("linux"), elastic, "the Elastic IP address stays");
        assert_ne!(self.address("windows"), automatic, "the automatic address changes");
    }

    fn makes_an_image_and_launches_it_from_a_template(&self) -> String {
        self.follow(&self.id("linux"));
        self.choose_own_action("Create image");
        let image = self.create_image("web-v1");
        self.go("Launch templates");
        self.follow("Create launch template");
        self.choose("AMI", "web-v1");
        self.press("Create launch template");
        assert_eq!(self.wait_for_cell("web-template", "AMI ID", |text| !text.is_empty()), image);
        let template = self.cell("web-template", "Launch template ID").text();
        self.choose_action(&template, "Launch instance from template");
        self.press_in_dialog("Launch instance");
        self.go("Instances");
        self.page.wait_until("a third instance runs", |page| {
            page.find("main td[data-label='Instance state'] .badge[data-state=good]").count() == 3
        });
        let others = [self.id("linux"), self.id("windows")];
        let links = self.page.find("main td[data-label='Instance ID'] a");
        let third = (0..links.count()).map(|index| links.nth(index)).find(|link| !others.contains(&link.text()));
        self.hand.press(&third.expect("a third instance"));
        self.page.row("AMI ID").find_text(&image).wait();
        image
    }

    fn balances_a_group_over_two_zones(&self) {
        self.go("Target groups");
        self.follow("Create target group");
        self.press("Create target group");
        self.page.row("web").wait();
        self.go("Load balancers");
        self.follow("Create load balancer");
        assert!(self.page.field("us-east-1a").is_checked() && self.page.field("us-east-1b").is_checked());
        self.press("Create load balancer");
        self.wait_for_cell("web-lb", "Availability Zones", is_in_both_zones);
        self.wait_for_cell("web-lb", "State", |text| text == "active");
        self.go("Auto Scaling groups");
        self.follow("Create Auto Scaling group");
        self.fill("Min", "1");
        self.fill("Desired", "2");
        self.fill("Max", "8");
        assert_eq!(self.page.field("CPU target").value(), "50");
        self.press("Create Auto Scaling group");
        self.wait_for_cell("web-asg", "Availability Zones", is_in_both_zones);
        self.wait_for_cell("web-asg", "In service", |text| text == "2");
    }

    /// A figure of the group on the map: `desired`.
    fn group_figure(&self, word: &str) -> i64 {
        let facts = self
            .page
            .find("ul[aria-label='Auto Scaling groups']")
            .find_text(&format!("{word} "))
            .text_now()
            .unwrap_or_default();
        facts.trim_start_matches(word).trim().parse().unwrap_or(-1)
    }

    fn watches_the_group_grow_and_shrink(&self) {
        self.set_speed("60×");
        self.send_visitors("web-lb", "22");
        self.page.wait_until("requests are answered", |page| page.text().contains("100.0 % good"));
        self.press("Ten times as many");
        self.page.find("ul[aria-label='Visitors']").find_text("220 req/s").wait();
        self.set_speed("600×");
        self.page.wait_until("the group has grown", |_| self.group_figure("desired") == 8);
        self.page.wait_until("all of it is in service", |_| self.group_figure("in service") == 8);
        self.charts_tell_of_it();
        self.fill("Requests per second", "5");
        self.press("Send visitors");
        self.page.wait_until("the group has shrunk", |_| self.group_figure("in service") <= 2);
    }

    fn charts_tell_of_it(&self) {
        let said = |title: &str| {
            let script = "return [...document.querySelectorAll('figure')] \
                .find((figure) => figure.querySelector('h2').textContent === arguments[0])?.querySelector('canvas').ariaLabel";
            self.page.execute(script, &[title.into()]).as_str().unwrap_or_default().to_owned()
        };
        let saying = |title: &str, part: &str| {
            self.page.wait_until(&format!("the chart {title} says {part}"), |_| said(title).contains(part));
        };
        saying("Instances", "8");
        saying("CPU utilisation", "%");
        saying("Requests", "/s");
        saying("Response time", "p95");
    }

    fn sees_a_terminated_member_replaced(&self, image: &str) {
        self.go("Auto Scaling groups");
        self.follow("web-asg");
        self.page.wait_until("the group is calm", |page| {
            page.row("In service").text_now().is_some_and(|text| text.contains("1 of 1"))
        });
        self.set_speed("60×");
        self.open_tab("Instances");
        let members = || self.page.region("Instances of the group").find("tbody tr");
        // Those that leave are in the list until their deregistration delay is over.
        self.page.wait_until("only one is left", |_| members().count() == 1);
        let old = members().first().find("td a").first().text();
        self.confirm_action(&old, "Terminate");
        self.set_speed("600×");
        self.page.wait_until("another one runs in its place", |_| {
            let first = members().first().find("td a").first().text_now();
            first.is_some_and(|id| id != old)
        });
        let first = members().first().find("td a").first().text();
        self.open_tab("Activity");
        self.page
            .find_text("an instance was launched in response to an unhealthy instance needing to be replaced")
            .first()
            .wait();
        self.open_tab("Instances");
        self.follow(&first);
        self.page.row("AMI ID").find_text(image).wait();
    }
}
