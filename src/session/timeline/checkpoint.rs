//! Checkpoints: sessions as they were, so that going back need not begin at the beginning.
use std::sync::Arc;

use crate::session::Session;
use crate::sim::{SimDuration, SimTime};

/// The checkpoints of a branch, the oldest first. Branches share what they have in common.
#[derive(Clone, Debug)]
pub(super) struct Checkpoints {
    kept: Vec<Arc<Session>>,
    interval: SimDuration,
}

/// The time between two checkpoints of a young branch.
const INTERVAL: SimDuration = SimDuration::from_secs(600);
/// More checkpoints are not kept: every second one goes, and the interval doubles.
const MOST: usize = 24;

impl Default for Checkpoints {
    fn default() -> Self {
        Checkpoints { kept: Vec::new(), interval: INTERVAL }
    }
}

impl Checkpoints {
    /// Keeps the session if the last checkpoint is long enough ago.
    pub(super) fn offer(&mut self, session: &Session) {
        let due = self.kept.last().map_or(super::super::START, |last| last.now()) + self.interval;
        if session.now() < due {
            return;
        }
        self.kept.push(Arc::new(session.clone()));
        if self.kept.len() > MOST {
            let mut index = 0;
            self.kept.retain(|_| {
                index += 1;
                index % 2 == 0
            });
            self.interval = self.interval * 2;
        }
    }

    /// When the next checkpoint is due.
    pub(super) fn next_due(&self) -> SimTime {
        self.kept.last().map_or(super::super::START, |last| last.now()) + self.interval
    }

    /// The last checkpoint that is no later than the moment and holds no more than so many requests.
    pub(super) fn before(&self, moment: SimTime, most_entries: usize) -> Option<&Session> {
        let fits = |session: &&Arc<Session>| session.now() <= moment && session.journal().entries.len() <= most_entries;
        self.kept.iter().rev().find(fits).map(Arc::as_ref)
    }

    /// Forgets those that hold more than so many requests.
    pub(super) fn forget_beyond(&mut self, most_entries: usize) {
        self.kept.retain(|session| session.journal().entries.len() <= most_entries);
    }

    /// Forgets those that are later than the moment.
    pub(super) fn forget_after(&mut self, moment: SimTime) {
        self.kept.retain(|session| session.now() <= moment);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }
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
        assert!(checkpoints.kept.iter().all(|kept| Arc::ptr_eq(&kept.journal().entries[0].call, asked)));
        assert!(checkpoints.kept.iter().all(|kept| kept.trail.shares_with(&session.trail)));
    }
}
