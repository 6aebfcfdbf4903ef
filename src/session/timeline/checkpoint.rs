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
    /// What it takes beyond what it shares with the one before.
    bytes: usize,
}

/// The time between two checkpoints of a young branch.
const INTERVAL: SimDuration = SimDuration::from_secs(600);
/// More checkpoints are not kept: every second one goes, and the interval doubles.
const MOST: usize = 96;
/// Nor more than take so many bytes. A day with a hundred instances needs about as much, so a month of them adds little; then the checkpoints
/// lie days apart, and to go back takes longer.
const BUDGET_BYTES: usize = 24_000_000;

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
        let bytes = added_bytes(self.kept.last().map(|last| last.session.as_ref()), session);
        self.kept.push(Checkpoint { session: Arc::new(session.clone()), bytes });
        while self.kept.len() > MOST || self.kept.len() > 1 && self.bytes() > self.budget {
            self.thin_out();
        }
    }

    /// Lets every second one go.
    fn thin_out(&mut self) {
        let mut index = 0;
        self.kept.retain(|_| {
            index += 1;
            index % 2 == 0
        });
        let mut before = None;
        for Checkpoint { session, bytes } in &mut self.kept {
            *bytes = added_bytes(before, session);
            before = Some(session);
        }
        self.interval = self.interval * 2;
    }

    /// What all take together.
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
fn added_bytes(other: Option<&Session>, session: &Session) -> usize {
    let mut weight = Weight::default();
    if let Some(other) = other {
        other.weigh(&mut weight);
    }
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
            assert_eq!(checkpoints.bytes(), weight.bytes(), "what each adds is what all take");
            assert!(checkpoints.bytes() <= budget && checkpoints.len() <= MOST);
        }
        (session, checkpoints)
    }

    #[test]
    fn checkpoints_share_what_has_not_changed() {
        let (session, checkpoints) = two_days(BUDGET_BYTES);
        let (alone, count) = (added_bytes(None, &session), checkpoints.len());
        assert!(
            count >= MOST / 4 && checkpoints.bytes() < alone * count / 3,
            "{} for {count} of {alone}",
            checkpoints.bytes()
        );
    }

    #[test]
    fn checkpoints_fit_their_budget_however_small() {
        let (session, checkpoints) = two_days(7_000_000);
        let count = checkpoints.len();
        assert!((2..MOST / 2).contains(&count), "{count} checkpoints of {}", added_bytes(None, &session));
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
