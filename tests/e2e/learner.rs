//! A learner at the page: what one does again and again on the way to a group behind a balancer, by the names that one reads.
use crate::hand::Hand;
use crate::harness::{Browser, Find, Locator};

/// A learner with a hand at a page.
#[derive(Clone, Copy)]
pub struct Learner<'page> {
    pub hand: Hand,
    pub page: &'page Browser,
}

impl<'page> Learner<'page> {
    /// Presses a button.
    pub fn press(&self, name: &str) {
        self.hand.press(&self.page.button(name));
    }

    /// Presses a button of the dialog that is open.
    pub fn press_in_dialog(&self, name: &str) {
        self.hand.press(&self.page.find("dialog[open]").button(name));
    }

    /// Follows a link of the page.
    pub fn follow(&self, name: &str) {
        self.hand.press(&self.page.find("main").link(name));
    }

    /// Writes into a field.
    pub fn fill(&self, field: &str, text: &str) {
        self.hand.fill(&self.page.field(field), text);
    }

    /// Chooses the option with this text in its name.
    pub fn choose(&self, field: &str, part: &str) {
        self.hand.choose(&self.page.field(field), part);
    }

    /// Ticks or unticks a box.
    pub fn tick(&self, field: &str) {
        self.hand.tick(&self.page.field(field));
    }

    /// Goes to a page of the navigation.
    pub fn go(&self, name: &str) {
        self.hand.go(self.page, name);
    }

    /// Opens a tab.
    pub fn open_tab(&self, name: &str) {
        self.hand.open_tab(self.page, name);
    }

    /// Chooses how fast time goes on.
    pub fn set_speed(&self, speed: &str) {
        self.hand.set_speed(self.page, speed);
    }

    /// Lets time go on, so fast.
    pub fn run_at(&self, speed: &str) {
        self.set_speed(speed);
        if self.page.button("Run").exists() {
            self.press("Run");
        }
    }

    /// Stops time, if it goes on.
    pub fn pause(&self) {
        if self.page.button("Pause").exists() {
            self.press("Pause");
        }
    }

    /// Lets time go on until something.
    pub fn run_until(&self, stop: &str) {
        self.press("Run until");
        self.hand.press(&self.page.find(".menu:popover-open").button(stop));
    }

    /// The value of a column or a fact in a row, as the page labels it.
    pub fn cell(&self, row: &str, label: &str) -> Locator<'page> {
        self.page.find("main").row(row).find(&format!("[data-label='{label}']"))
    }

    /// Waits until a cell holds what is wanted, and gives it.
    pub fn wait_for_cell(&self, row: &str, label: &str, holds: impl Fn(&str) -> bool) -> String {
        let cell = self.cell(row, label);
        self.page.wait_until(&format!("{row} has its {label}"), |_| cell.text_now().is_some_and(|text| holds(&text)));
        cell.text()
    }

    /// Waits until an instance has a state.
    pub fn wait_for_state(&self, row: &str, state: &str) {
        self.wait_for_cell(row, "Instance state", |text| text == state);
    }

    /// The id of an image by its name.
    pub fn image_id(&self, name: &str) -> String {
        self.wait_for_cell(name, "AMI ID", |text| text.starts_with("ami-"))
    }

    /// The public address of an instance.
    pub fn address(&self, name: &str) -> String {
        self.cell(name, "Public IPv4 address").text()
    }

    /// What the row of a thing is called: its first link.
    pub fn id(&self, name: &str) -> String {
        self.page.find("main").row(name).find("td a").first().text()
    }

    /// Follows the first link of a row.
    pub fn open(&self, row: &str) {
        self.hand.press(&self.page.find("main").row(row).find("td a").first());
    }

    /// Opens the menu of a thing and chooses an action.
    pub fn choose_action(&self, key: &str, action: &str) {
        self.hand.press(&self.page.button(&format!("Actions for {key}")));
        self.hand.press(&self.page.find(".menu:popover-open").button(action));
    }

    /// Chooses an action of a thing and says yes to the question that comes.
    pub fn confirm_action(&self, key: &str, action: &str) {
        self.choose_action(key, action);
        self.hand.press(&self.page.find("dialog[open] footer").button(action));
    }

    /// Opens the menu of the thing whose page this is and chooses an action.
    pub fn choose_own_action(&self, action: &str) {
        self.press("Actions");
        self.hand.press(&self.page.find(".menu:popover-open").button(action));
    }

    /// Launches an instance from an image; the form is reached from the list.
    pub fn launch(&self, name: &str, image: &str) {
        self.go("Instances");
        self.follow("Launch instance");
        self.fill("Name", name);
        self.choose("AMI", image);
        self.press("Launch instance");
    }

    /// Stops an instance and starts it again; it is on the page.
    pub fn stop_and_start(&self, row: &str) {
        let id = self.id(row);
        self.confirm_action(&id, "Stop");
        self.wait_for_state(row, "stopped");
        self.choose_action(&id, "Start");
        self.wait_for_state(row, "running");
    }

    /// Allocates an Elastic IP address and associates it with an instance.
    pub fn get_address_for(&self, instance: &str) -> String {
        self.go("Elastic IPs");
        self.follow("Allocate Elastic IP");
        self.press("Allocate");
        let address = self.page.find("main td[data-label='Allocated IPv4 address']").text();
        self.choose_action(&address, "Associate");
        self.choose("Instance", instance);
        self.press_in_dialog("Associate");
        self.page.find("main").row(&address).find_text(instance).wait();
        address
    }

    /// Opens the image of an instance in the dialog that is open, and waits for it under AMIs.
    pub fn create_image(&self, name: &str) -> String {
        self.fill("Image name", name);
        self.press_in_dialog("Create image");
        self.go("AMIs");
        self.set_speed("600×");
        self.wait_for_cell(name, "Status", |text| text == "available");
        self.image_id(name)
    }

    /// Sends visitors from the bench.
    pub fn send_visitors(&self, target: &str, rate: &str) {
        self.go("Bench");
        self.choose("Target", target);
        self.fill("Requests per second", rate);
        self.press("Send visitors");
        self.page.find("ul[aria-label='Visitors']").find_text(&format!("{rate} req/s")).wait();
    }

    /// Breaks something from the bench.
    pub fn break_something(&self, what: &str, place: &str) {
        self.go("Bench");
        if !self.page.field("What breaks").exists() {
            self.hand.press(&self.page.region("Faults").find("summary"));
        }
        self.choose("What breaks", what);
        self.choose("Where", place);
        self.hand.press(&self.page.region("Break something").button("Break"));
        self.page.region("Faults").row(what).find_text("active").wait();
    }

    /// Opens an address in the visitor's browser.
    pub fn visit(&self, address: &str) {
        self.hand.go_to(self.page, "#/visit", "Visitor's browser");
        self.fill("Address", address);
        self.hand.press(&self.page.region("Address").button("Open"));
    }

    /// Leads the A record that the page shows to another address.
    pub fn edit_record(&self, address: &str) {
        let row = self.page.region("Records").row("A");
        self.hand.press(&row.find("button[popovertarget]").first());
        self.hand.press(&self.page.find(".menu:popover-open").button("Edit"));
        self.fill("Value", address);
        self.press_in_dialog("Save record");
    }
}
