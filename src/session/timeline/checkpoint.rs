//! Checkpoints: sessions as they were, so that going back need not begin at the beginning.
use std::sync::Arc;

use crate::session::Session;
use crate::sim::{SimDuration, SimTime, Weight};

/// The checkpoints of a branch, the oldest first. Branches share what they have in common, and checkpoints what has not changed between them.
#[derive(Clone, Debug)]
pub(super) struct Checkpoints {
    kept: Vec<Checkpoint>,
    interval: SimDuration,
    /// What all of them may take.
    budget: usize,
}

#[derive(Clone, Debug)]
struct Checkpoint {
    session: Arc<Session>,
    /// What it takes beyond what it shares with the next one; the last one shares nearly all with the session that goes on.
    bytes: usize,
}

/// The time between two checkpoints of a young branch.
const INTERVAL: SimDuration = SimDuration::from_secs(600);
/// More checkpoints are not kept: every second one goes, and the interval doubles.
const MOST: usize = 48;
/// Nor more than take so many bytes: then the oldest go, and to go back further takes longer. With a hundred instances that is about a day of them, so
/// that a month adds little to a day.
const BUDGET_BYTES: usize = 13_000_000;

impl Default for Checkpoints {
    fn default() -> Self {
        Checkpoints { kept: Vec::new(), interval: INTERVAL, budget: BUDGET_BYTES }
    }
}

impl Checkpoints {
    /// Keeps the session if the last checkpoint is long enough ago.
    pub(super) fn offer(&mut self, session: &Session) {
        if session.now() < self.next_due() {
            return;
        }
        if let Some(last) = self.kept.last_mut() {
            last.bytes = added_bytes(session, &last.session);
        }
        self.kept.push(Checkpoint { session: Arc::new(session.clone()), bytes: 0 });
        if self.kept.len() > MOST {
            self.thin_out();
        }
        while self.bytes() > self.budget {
            self.kept.remove(0);
        }
    }

    /// Lets every second one go, but not the last.
    fn thin_out(&mut self) {
        let mut left = self.kept.len();
        self.kept.retain(|_| {
            left -= 1;
            left.is_multiple_of(2)
        });
        let mut next: Option<&Session> = None;
        for Checkpoint { session, bytes } in self.kept.iter_mut().rev() {
            *bytes = next.map_or(0, |next| added_bytes(next, session));
            next = Some(session);
        }
        self.interval = self.interval * 2;
    }

    /// What all take beyond what they share with the session that goes on.
    fn bytes(&self) -> usize {
        self.kept.iter().map(|kept| kept.bytes).sum()
    }

    /// Adds to a weight what all take.
    pub(super) fn weigh(&self, weight: &mut Weight) {
        self.kept.iter().for_each(|kept| kept.session.weigh(weight));
    }

    /// When the next checkpoint is due.
    pub(super) fn next_due(&self) -> SimTime {
        self.kept.last().map_or(super::super::START, |last| last.session.now()) + self.interval
    }

    /// The last checkpoint that is no later than the moment and holds no more than so many requests.
    pub(super) fn before(&self, moment: SimTime, most_entries: usize) -> Option<&Session> {
        let fits = |session: &&Session| session.now() <= moment && session.journal().entries.len() <= most_entries;
        self.kept.iter().rev().map(|kept| kept.session.as_ref()).find(fits)
    }

    /// Forgets those that hold more than so many requests.
    pub(super) fn forget_beyond(&mut self, most_entries: usize) {
        self.kept.retain(|kept| kept.session.journal().entries.len() <= most_entries);
    }

    /// Forgets those that are later than the moment.
    pub(super) fn forget_after(&mut self, moment: SimTime) {
        self.kept.retain(|kept| kept.session.now() <= moment);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }
}

/// What a session takes beyond what it shares with another.
fn added_bytes(other: &Session, session: &Session) -> usize {
    let mut weight = Weight::default();
    other.weigh(&mut weight);
    let before = weight.bytes();
    session.weigh(&mut weight);
    weight.bytes() - before
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::Call;

    #[test]
    fn checkpoints_stay_few_however_long_the_run() {
        let (mut session, mut checkpoints) = (Session::new(1), Checkpoints::default());
        for hour in 1..=48 {
            session.run_to(super::super::super::START + SimDuration::from_secs(600 * hour));
            checkpoints.offer(&session);
            assert!(checkpoints.len() <= MOST);
        }
        let found = checkpoints.before(session.now(), 0).expect("a checkpoint");
        assert!(session.now().since(found.now()) <= SimDuration::from_secs(1_200));
    }

    /// A session with a few instances that are measured every minute, for two days, with checkpoints that may take so many bytes.
    fn two_days(budget: usize) -> (Session, Checkpoints) {
        let (mut session, mut checkpoints) = (Session::new(1), Checkpoints { budget, ..Checkpoints::default() });
        let ask = |session: &mut Session, operation: &str, parameters: serde_json::Value| {
            let call =
                json!({"region": "us-east-1", "service": "ec2", "operation": operation, "parameters": parameters});
            session.submit(Call::from_json(&call).expect("a call")).expect("an answer").output()
        };
        let image = ask(&mut session, "DescribeImages", json!({}))["Images"][0]["ImageId"].clone();
        let launch = json!({"ImageId": image, "InstanceType": "t3.micro", "MinCount": 5, "MaxCount": 5,
            "Monitoring": {"Enabled": true}});
        ask(&mut session, "RunInstances", launch);
        while session.now() < super::super::super::START + SimDuration::from_secs(2 * 86_400) {
            session.run_to(checkpoints.next_due());
            checkpoints.offer(&session);
            let mut weight = Weight::default();
            checkpoints.weigh(&mut weight);
            assert_eq!(checkpoints.bytes() + alone(&session), weight.bytes(), "what each adds is what all take");
            assert!(checkpoints.bytes() <= budget && checkpoints.len() <= MOST);
        }
        (session, checkpoints)
    }

    fn alone(session: &Session) -> usize {
        let mut weight = Weight::default();
        session.weigh(&mut weight);
        weight.bytes()
    }

    #[test]
    fn checkpoints_share_what_has_not_changed() {
        let (session, checkpoints) = two_days(BUDGET_BYTES);
        let (alone, count) = (alone(&session), checkpoints.len());
        let bytes = checkpoints.bytes();
        assert!(count >= MOST / 2 && bytes < alone * count / 4, "{bytes} for {count} of {alone}");
    }

    #[test]
    fn the_oldest_go_if_all_take_too_much() {
        let (session, checkpoints) = two_days(2_000_000);
        let (first, last) = (&checkpoints.kept[0].session, &checkpoints.kept[checkpoints.len() - 1].session);
        assert!((3..MOST / 2).contains(&checkpoints.len()), "{} of {}", checkpoints.len(), alone(&session));
        assert!(first.now() > super::super::super::START + SimDuration::from_secs(86_400));
        assert_eq!(last.now(), session.now());
    }

    /// What was asked, refused or not, is kept once, however many checkpoints there are.
    #[test]
    fn checkpoints_share_what_was_asked() {
        let (mut session, mut checkpoints) = (Session::new(1), Checkpoints::default());
        let call = json!({"region": "us-east-1", "service": "ec2", "operation": "ReleaseAddress", "parameters": {"AllocationId": "eipalloc-1"}});
        assert!(session.submit(Call::from_json(&call).expect("a call")).is_err());
        for step in 1..=5 {
            session.run_to(super::super::super::START + SimDuration::from_secs(600 * step));
            checkpoints.offer(&session);
        }
        let asked = &session.journal().entries[0].call;
        assert_eq!(Arc::strong_count(asked), 1 + checkpoints.len());
        assert!(checkpoints.kept.iter().all(|kept| Arc::ptr_eq(&kept.session.journal().entries[0].call, asked)));
        assert!(checkpoints.kept.iter().all(|kept| kept.session.trail.shares_with(&session.trail)));
    }
}
