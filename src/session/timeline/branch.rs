//! A branch: a session, what was recorded beyond the moment it shows, and checkpoints to go back to.
use std::collections::VecDeque;
use std::sync::Arc;

use super::BranchId;
use super::checkpoint::Checkpoints;
use crate::session::{Entry, Journal, Progress, Session};
use crate::sim::{SimTime, Weight};

/// One course of events.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub(super) name: String,
    /// The branch it left, and when.
    pub(super) origin: Option<(BranchId, SimTime)>,
    /// Where the learner stands in it.
    pub(super) session: Session,
    /// What was recorded later than that, the earliest first.
    pub(super) ahead: VecDeque<Entry>,
    /// How far it has been.
    pub(super) end: SimTime,
    /// What was taken back, the last one last.
    pub(super) undone: Vec<Entry>,
    checkpoints: Checkpoints,
}

impl Branch {
    pub(super) fn new(name: String, session: Session) -> Self {
        let end = session.now();
        Branch {
            name,
            origin: None,
            session,
            ahead: VecDeque::new(),
            end,
            undone: Vec::new(),
            checkpoints: Checkpoints::default(),
        }
    }

    /// Takes over what a journal says; nothing of it has happened yet.
    pub(super) fn load(&mut self, journal: &Journal) {
        self.session = Session::new(journal.seed);
        self.ahead = journal.entries.iter().cloned().collect();
        self.end = journal.reached;
    }

    /// Another branch that begins where this one stands.
    pub(super) fn fork(&self, name: String, own_id: BranchId) -> Branch {
        let mut checkpoints = self.checkpoints.clone();
        checkpoints.forget_after(self.session.now());
        let origin = Some((own_id, self.session.now()));
        let end = self.session.now();
        Branch { origin, end, checkpoints, ..Branch::new(name, self.session.clone()) }
    }

    /// Simulates up to `until` and carries out what was recorded on the way.
    pub(super) fn advance(&mut self, until: SimTime, budget: u64) -> Progress {
        loop {
            // What was asked at one moment was asked without time going on in between.
            while self.carry_out_next() {}
            let pause = self.checkpoints.next_due().max(self.session.now());
            let recorded = self.ahead.front().map(|entry| entry.at);
            let target = [Some(until), recorded, Some(pause)].into_iter().flatten().min().unwrap_or(until);
            let progress = self.session.advance(target.max(self.session.now()), budget);
            self.end = self.end.max(progress.reached);
            if !progress.is_done {
                return progress;
            }
            self.checkpoints.offer(&self.session);
            if progress.reached >= until {
                while self.carry_out_next() {}
                return progress;
            }
        }
    }

    /// Carries out the next recorded request if its moment has come.
    fn carry_out_next(&mut self) -> bool {
        let is_due = self.ahead.front().is_some_and(|entry| entry.at <= self.session.now());
        let Some(entry) = self.ahead.pop_front_if(|_| is_due) else { return false };
        // A refusal is part of the record: it is met again.
        let _refusal_or_answer = self.session.submit(Arc::unwrap_or_clone(entry.call));
        true
    }

    /// Goes back to the last checkpoint that is no later than the moment; what came after lies ahead.
    pub(super) fn restore(&mut self, moment: SimTime) {
        let entries = self.entries();
        let session = self.before(moment, entries.len());
        self.ahead = entries.into_iter().skip(session.journal().entries.len()).collect();
        self.session = session;
    }

    fn before(&self, moment: SimTime, most_entries: usize) -> Session {
        let found = self.checkpoints.before(moment, most_entries);
        found.cloned().unwrap_or_else(|| Session::new(self.session.journal().seed))
    }

    /// The course of this branch from the moment on: the session there, and what follows.
    pub(super) fn run_from(&self, moment: SimTime) -> Branch {
        let mut run = self.clone();
        run.restore(moment);
        run
    }

    /// Takes the last request back. The branch then stands at a checkpoint before it.
    pub(super) fn undo(&mut self) -> Option<Entry> {
        let mut entries = self.entries();
        let undone = entries.pop()?;
        self.replay_from_checkpoint(entries, undone.at);
        self.undone.push(undone.clone());
        Some(undone)
    }

    /// Makes the request again that was taken back last.
    pub(super) fn redo(&mut self) -> Option<Entry> {
        let redone = self.undone.pop()?;
        let mut entries = self.entries();
        entries.push(redone.clone());
        self.replay_from_checkpoint(entries, redone.at);
        Some(redone)
    }

    /// Goes back before `moment`, to meet these entries from there on.
    fn replay_from_checkpoint(&mut self, entries: Vec<Entry>, moment: SimTime) {
        self.checkpoints.forget_beyond(entries.len());
        self.checkpoints.forget_after(moment);
        let session = self.before(moment, entries.len());
        self.ahead = entries.into_iter().skip(session.journal().entries.len()).collect();
        self.session = session;
    }

    fn entries(&self) -> Vec<Entry> {
        self.session.journal().entries.iter().chain(&self.ahead).cloned().collect()
    }

    /// Adds to a weight what the session takes and what its checkpoints add.
    pub(super) fn weigh(&self, weight: &mut Weight) {
        self.session.weigh(weight);
        self.checkpoints.weigh(weight);
    }

    /// The whole branch.
    pub(super) fn journal(&self) -> Journal {
        let mut journal = Journal::new(self.session.journal().seed);
        journal.entries = self.entries();
        journal.reached = self.end.max(self.session.now());
        journal
    }
}
