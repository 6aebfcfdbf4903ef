//! The laws, and what they remember from one look to the next.
use std::collections::{BTreeMap, BTreeSet};

use scaling_lab::cloud::autoscaling::{Group, Process};
use scaling_lab::cloud::billing::InvoiceLine;
use scaling_lab::cloud::{Event, EventLog, Fact, Region};
use scaling_lab::session::START;

use crate::support::{Lab, REGION};

/// What was seen at the last look.
#[derive(Default)]
pub struct Ledger {
    /// How many events there were.
    events: u64,
    /// How many instances each group wanted.
    desired: BTreeMap<String, i64>,
    /// The policies' decisions that have had their effect.
    acted: BTreeSet<u64>,
    /// What each line of the bill came to.
    bill: BTreeMap<String, u128>,
    /// How many groups were found in balance when all was calm.
    pub balanced_groups: usize,
}

/// A group whose zones are not in balance: its name, its zones' members, its members.
pub type Unbalanced = (String, Vec<usize>, Vec<String>);

impl Ledger {
    /// Looks at all laws that hold at any moment.
    pub fn look(&mut self, lab: &Lab) {
        let region = lab.cloud().region(REGION).expect("a region");
        region.autoscaling.groups.values().for_each(check_sizes);
        check_members(region);
        check_addresses(lab);
        check_targets(region);
        self.follow_changes(lab);
        self.read_bill(lab);
    }

    /// Each change of the desired capacity is recorded once, with one cause that is known.
    fn follow_changes(&mut self, lab: &Lab) {
        let events = lab.cloud().events();
        for event in events.since(self.events) {
            let Fact::DesiredCapacityChanged { group, from, to, .. } = &event.fact else { continue };
            let known = self.desired.insert(group.clone(), *to).unwrap_or_default();
            assert_eq!((known, known == *to), (*from, false), "{group} wanted {known} before {event:?}");
            self.check_cause(events, event);
        }
        self.events = events.recorded();
        let region = lab.cloud().region(REGION).expect("a region");
        let wanted = region.autoscaling.groups.values().map(|group| (group.name.clone(), group.desired));
        let wanted: BTreeMap<String, i64> = wanted.filter(|(_, desired)| *desired > 0).collect();
        self.desired.retain(|_, desired| *desired > 0);
        assert_eq!(self.desired, wanted, "what groups want is what the recorded changes come to");
    }

    /// A change follows from a request, a policy's decision or a scheduled action; from a decision no more than one change follows.
    fn check_cause(&mut self, events: &EventLog, event: &Event) {
        let cause = event.cause.unwrap_or_else(|| panic!("no cause of {event:?}"));
        assert!(cause < event.id, "{event:?} came before its cause");
        let Some(cause) = events.get(cause) else { panic!("the cause of {event:?} is lost") };
        match &cause.fact {
            Fact::RequestReceived { .. } | Fact::ScheduledActionRan { .. } => {}
            Fact::PolicyActed { group, policy, .. } => {
                assert!(self.acted.insert(cause.id.0), "{policy} of {group} decided once and acted twice");
            }
            other => panic!("{event:?} follows from {other:?}"),
        }
    }

    /// No line of the bill falls, and its sum is the total.
    fn read_bill(&mut self, lab: &Lab) {
        let invoice = lab.cloud().billing().invoice(lab.now());
        let key = |line: &InvoiceLine| format!("{} {} {:?}", line.region, line.tariff.usage_type, line.tariff.reason);
        let bill: BTreeMap<String, u128> = invoice.lines.iter().map(|line| (key(line), line.amount)).collect();
        assert_eq!(bill.len(), invoice.lines.len(), "each line is there once");
        for (key, before) in &self.bill {
            let amount = bill.get(key).copied().unwrap_or_default();
            assert!(amount >= *before, "{key} fell from {before} to {amount}");
        }
        assert_eq!(invoice.total, bill.values().sum::<u128>(), "the total is the sum of the lines");
        self.bill = bill;
    }

    /// What was sent is what was answered, what failed, and what is under way. Holds at the moments of the samples.
    pub fn count_visitors(&self, lab: &Lab) {
        assert_eq!(lab.now().since(START).as_micros() % 10_000_000, 0, "the moment of a sample");
        let tally = lab.history().tally();
        let ended: u64 = tally.outcomes.iter().sum();
        assert_eq!(tally.sent, ended + lab.traffic().in_flight(), "requests of visitors are lost or counted twice");
    }

    /// The groups at rest that have two members more in one zone than in another. Left out are those that may not or cannot move a member.
    pub fn unbalanced(&mut self, lab: &Lab) -> Vec<Unbalanced> {
        let region = lab.cloud().region(REGION).expect("a region");
        let groups = region.autoscaling.groups.values();
        let at_rest: Vec<&Group> = groups.filter(|group| may_balance(group) && !group.backs_off(lab.now())).collect();
        let found: Vec<Unbalanced> = at_rest.iter().filter_map(|group| imbalance(group)).collect();
        self.balanced_groups +=
            at_rest.iter().filter(|group| group.desired > 1 && group.zones.len() > 1).count() - found.len();
        found
    }
}

fn may_balance(group: &Group) -> bool {
    let suspended = [Process::AZRebalance, Process::Launch, Process::Terminate, Process::HealthCheck];
    let is_free = |member: &scaling_lab::cloud::autoscaling::Member| {
        !member.is_protected && member.lifecycle.is_in_service() && member.outgoing.is_none()
    };
    group.is_steady()
        && suspended.iter().all(|process| !group.is_suspended(*process))
        && group.members.iter().all(is_free)
}

fn imbalance(group: &Group) -> Option<Unbalanced> {
    let in_zone = |zone: &String| group.members.iter().filter(|member| member.stays() && member.zone == *zone).count();
    let counts: Vec<usize> = group.zones.iter().map(in_zone).collect();
    let (most, fewest) = (counts.iter().max()?, counts.iter().min()?);
    let placed: usize = counts.iter().sum();
    let members = group.members.iter().map(|member| format!("{} {}", member.instance_id, member.zone)).collect();
    (most - fewest > 1 || placed < group.members.len()).then(|| (group.name.clone(), counts, members))
}

fn check_sizes(group: &Group) {
    let sizes = (group.min, group.desired, group.max);
    assert!(
        0 <= group.min && group.min <= group.desired && group.desired <= group.max,
        "{} within its bounds: {sizes:?}",
        group.name
    );
}

/// An instance is a member of one group at most, and once.
fn check_members(region: &Region) {
    let mut seen = BTreeSet::new();
    for group in region.autoscaling.groups.values() {
        for member in &group.members {
            assert!(seen.insert(&member.instance_id), "{} is a member twice", member.instance_id);
        }
    }
}

/// Every public address leads to one instance at most, and an Elastic IP address to the one it says.
fn check_addresses(lab: &Lab) {
    let mut holders = BTreeMap::new();
    for region in lab.cloud().regions() {
        for instance_id in region.ec2.instances.keys() {
            let Some(address) = region.ec2.public_ip(instance_id) else { continue };
            let other = holders.insert(address.to_owned(), instance_id);
            assert_eq!(other, None, "{address} is on two instances, one is {instance_id}");
        }
        for address in region.ec2.addresses.values() {
            let bond = address.association.as_ref().map(|bond| &bond.instance_id);
            let holder = holders.get(&address.public_ip).copied();
            assert!(holder.is_none() || holder == bond, "{} is on {holder:?} and says {bond:?}", address.public_ip);
        }
    }
}

/// No target is in two states: none is registered twice, and AWS's answer names each once.
fn check_targets(region: &Region) {
    for group in region.elb.target_groups.values() {
        let mut places = BTreeSet::new();
        for target in &group.targets {
            assert!(places.insert((&target.instance_id, target.port)), "a target is in two states: {target:?}");
        }
    }
}
