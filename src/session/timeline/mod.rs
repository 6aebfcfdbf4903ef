//! The timeline: a session that can go back, try otherwise, and compare.
//!
//! A learner sees one moment of one branch. Going back replays from the nearest checkpoint; a change in the past begins a branch of its own,
//! and the former future stays where it was. Nothing is lost by going back, by undoing, or by switching.
//!
//! ```text
//! main      ──●──────●─────────●───────▶ end
//!                    └──●──────▶ end          a branch, with another setting from its fork on
//! ```
mod branch;
mod checkpoint;
pub mod comparison;
pub mod run_until;

use super::{Entry, Journal, Progress, Session, is_clock, is_read};
use crate::api::{ApiError, Call, Operation, Response};
use crate::sim::{SimDuration, SimTime, Weight};

use branch::Branch;
pub use comparison::{Comparing, Comparison, Tally};
pub use run_until::{Awaited, RunEnd, RunUntil};

/// A branch's place in the timeline; the first one is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct BranchId(pub usize);

/// All branches of a session, and where the learner stands.
#[derive(Clone, Debug)]
pub struct Timeline {
    branches: Vec<Branch>,
    current: BranchId,
    goal: Option<SimTime>,
}

/// What a learner is told of a branch.
#[derive(Clone, Debug, PartialEq)]
pub struct BranchSummary {
    /// Which one.
    pub id: BranchId,
    /// Its name.
    pub name: String,
    /// The branch and the moment that it left; none for the first.
    pub origin: Option<(BranchId, SimTime)>,
    /// How far it has been simulated.
    pub end: SimTime,
}

/// More branches are not kept: each holds a session.
pub const MOST_BRANCHES: usize = 8;
/// How much simulated time one call goes on at most, so that a travel without visitors is sliced too.
const STRIDE: SimDuration = SimDuration::from_secs(600);

impl Timeline {
    /// A new account, with one branch.
    pub fn new(seed: u64) -> Self {
        Timeline::of(Session::new(seed))
    }

    /// The branch that a journal describes, at the journal's last moment once the travel there is done.
    pub fn from_journal(journal: &Journal) -> Self {
        let mut timeline = Timeline::new(journal.seed);
        timeline.branches[0].load(journal);
        timeline.goal = Some(journal.reached);
        timeline
    }

    fn of(session: Session) -> Self {
        Timeline { branches: vec![Branch::new("main".to_owned(), session)], current: BranchId(0), goal: None }
    }

    /// Carries out a request where the learner stands. A change in the past begins a branch.
    ///
    /// # Errors
    /// AWS's code and message when it is refused; `TooManyBranches` when a change in the past would begin one branch too many.
    pub fn submit(&mut self, call: Call) -> Result<Response, ApiError> {
        if is_read(&call.request) {
            return self.branch_mut().session.submit(call);
        }
        self.finish_travel();
        if self.is_in_the_past() {
            self.fork()?;
        }
        let is_recorded = !is_clock(&call.request);
        let branch = self.branch_mut();
        if is_recorded {
            branch.undone.clear();
        }
        let answer = branch.session.submit(call);
        branch.end = branch.session.now();
        answer
    }

    /// Carries out an operation and returns its own answer.
    ///
    /// # Errors
    /// As [`Timeline::submit`].
    pub fn run<T: Operation>(&mut self, region: &str, operation: T) -> Result<T::Output, ApiError> {
        let response = self.submit(Call::new(region, operation))?;
        T::output_of(response).ok_or_else(|| ApiError::new("InternalError", "The answer belongs to another operation."))
    }

    /// Simulates up to `until`, or until `budget` requests of visitors were sent. What the branch recorded on the way happens again.
    pub fn advance(&mut self, until: SimTime, budget: u64) -> Progress {
        self.branch_mut().advance(until, budget)
    }

    /// Sets out for another moment of this branch. [`Timeline::travel`] gets there.
    pub fn seek(&mut self, to: SimTime) {
        let branch = self.branch_mut();
        if to < branch.session.now() {
            branch.restore(to);
        }
        self.goal = Some(to.max(super::START));
    }

    /// The moment that the learner is on the way to.
    pub fn goal(&self) -> Option<SimTime> {
        self.goal
    }

    /// Goes on towards the goal: until `budget` requests of visitors were sent, and for [`STRIDE`] at most.
    pub fn travel(&mut self, budget: u64) -> Progress {
        let Some(goal) = self.goal else {
            return Progress { reached: self.session().now(), is_done: true };
        };
        let horizon = goal.min(self.session().now() + STRIDE);
        let Progress { reached, is_done } = self.advance(horizon, budget);
        let is_there = is_done && horizon == goal;
        if is_there {
            self.goal = None;
        }
        Progress { reached, is_done: is_there }
    }

    /// Gives the travel up, and stays where it has come to.
    pub fn stop(&mut self) {
        self.goal = None;
    }

    fn finish_travel(&mut self) {
        while !self.travel(u64::MAX).is_done {}
    }

    /// Takes the last change back, and sets out for the present moment without it. Says what was taken back.
    ///
    /// # Errors
    /// `NothingToUndo`, or `TooManyBranches` in the past.
    pub fn undo(&mut self) -> Result<Entry, ApiError> {
        self.finish_travel();
        if self.session().journal().entries.is_empty() {
            return Err(ApiError::new("NothingToUndo", "No request was made so far."));
        }
        if self.is_in_the_past() {
            self.fork()?;
        }
        let now = self.session().now();
        let undone = self.branch_mut().undo();
        self.goal = Some(now);
        undone.ok_or_else(|| ApiError::new("NothingToUndo", "No request was made so far."))
    }

    /// Makes the change again that was taken back last, at its own moment.
    ///
    /// # Errors
    /// `NothingToRedo`.
    pub fn redo(&mut self) -> Result<Entry, ApiError> {
        self.finish_travel();
        let now = self.session().now();
        let redone = self.branch_mut().redo();
        self.goal = Some(now);
        redone.ok_or_else(|| ApiError::new("NothingToRedo", "No request was taken back."))
    }

    /// Whether there is a change to take back where the learner stands.
    pub fn can_undo(&self) -> bool {
        let is_on_the_way_to_one = self.goal.is_some_and(|goal| self.ahead().any(|entry| entry.at <= goal));
        is_on_the_way_to_one || !self.session().journal().entries.is_empty()
    }

    /// Whether a change was taken back, and nothing was changed since.
    pub fn can_redo(&self) -> bool {
        !self.branch().undone.is_empty()
    }

    /// Whether this branch has been further than the learner stands.
    pub fn is_in_the_past(&self) -> bool {
        let branch = self.branch();
        branch.session.now() < branch.end || !branch.ahead.is_empty()
    }

    /// Begins a branch where the learner stands, and goes there.
    ///
    /// # Errors
    /// `TooManyBranches` if there are [`MOST_BRANCHES`] already.
    pub fn fork(&mut self) -> Result<BranchId, ApiError> {
        if self.branches.len() >= MOST_BRANCHES {
            let message = format!("There are {MOST_BRANCHES} branches already: remove one first.");
            return Err(ApiError::new("TooManyBranches", message));
        }
        self.finish_travel();
        let id = BranchId(self.branches.len());
        let name = format!("branch {}", id.0);
        let forked = self.branch().fork(name, self.current);
        self.branches.push(forked);
        self.current = id;
        Ok(id)
    }

    /// Goes to another branch, at the moment where that one was left.
    ///
    /// # Errors
    /// `NoSuchBranch`.
    pub fn switch(&mut self, id: BranchId) -> Result<(), ApiError> {
        self.finish_travel();
        self.known(id)?;
        self.current = id;
        Ok(())
    }

    /// Gives a branch another name.
    ///
    /// # Errors
    /// `NoSuchBranch`.
    pub fn rename(&mut self, id: BranchId, name: &str) -> Result<(), ApiError> {
        self.known(id)?;
        name.trim().clone_into(&mut self.branches[id.0].name);
        Ok(())
    }

    /// Forgets the newest branch, if the learner does not stand in it.
    ///
    /// # Errors
    /// `BranchInUse` where the learner stands, and for the first one.
    pub fn remove_last(&mut self) -> Result<(), ApiError> {
        let last = BranchId(self.branches.len() - 1);
        if last == self.current || last == BranchId(0) {
            return Err(ApiError::new("BranchInUse", "You stand in this branch: go to another one first."));
        }
        self.branches.pop();
        Ok(())
    }

    /// Compares two branches from the moment at which they part up to `until`: the same visitors, another setting.
    ///
    /// # Errors
    /// `NoSuchBranch`.
    pub fn compare(&self, left: BranchId, right: BranchId, until: SimTime) -> Result<Comparing, ApiError> {
        let from = self.parting_of(self.known(left)?, self.known(right)?);
        let side = |id: BranchId| self.branches[id.0].run_from(from);
        Ok(Comparing::new([side(left), side(right)], from, until))
    }

    /// All branches, the oldest first.
    pub fn branches(&self) -> Vec<BranchSummary> {
        let summary = |(index, branch): (usize, &Branch)| BranchSummary {
            id: BranchId(index),
            name: branch.name.clone(),
            origin: branch.origin,
            end: branch.end.max(branch.session.now()),
        };
        self.branches.iter().enumerate().map(summary).collect()
    }

    /// The branch where the learner stands.
    pub fn current(&self) -> BranchId {
        self.current
    }

    /// The session as it is where the learner stands.
    pub fn session(&self) -> &Session {
        &self.branch().session
    }

    /// Begins to watch single requests where the learner stands, or ends it. It changes nothing else.
    pub fn watch_requests(&mut self, is_wanted: bool) {
        self.branch_mut().session.watch_requests(is_wanted);
    }

    /// How far this branch has been.
    pub fn end(&self) -> SimTime {
        self.branch().end.max(self.session().now())
    }

    /// The change that was taken back last.
    pub fn undone(&self) -> Option<&Entry> {
        self.branch().undone.last()
    }

    /// The requests of this branch that lie ahead of the moment where the learner stands.
    pub fn ahead(&self) -> impl Iterator<Item = &Entry> {
        self.branch().ahead.iter()
    }

    /// The whole branch as a journal, with what lies ahead.
    pub fn journal(&self) -> Journal {
        self.branch().journal()
    }

    /// Adds to a weight what all branches take, with their checkpoints.
    pub fn weigh(&self, weight: &mut Weight) {
        self.branches.iter().for_each(|branch| branch.weigh(weight));
    }

    fn known(&self, id: BranchId) -> Result<BranchId, ApiError> {
        let is_known = id.0 < self.branches.len();
        is_known.then_some(id).ok_or_else(|| ApiError::new("NoSuchBranch", format!("There is no branch {}.", id.0)))
    }

    /// The moment up to which two branches are one.
    fn parting_of(&self, left: BranchId, right: BranchId) -> SimTime {
        let (mut left, mut right, mut moment) = (left, right, None::<SimTime>);
        // A branch is younger than the one it left, so the younger of two goes back until both are one.
        while left != right {
            let younger = if left > right { &mut left } else { &mut right };
            let Some((parent, at)) = self.branches[younger.0].origin else { break };
            (*younger, moment) = (parent, Some(moment.map_or(at, |moment| moment.min(at))));
        }
        moment.unwrap_or(super::START)
    }

    fn branch(&self) -> &Branch {
        &self.branches[self.current.0]
    }

    fn branch_mut(&mut self) -> &mut Branch {
        &mut self.branches[self.current.0]
    }
}
