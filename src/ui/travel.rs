//! What the learner does with time itself: go back, run until, undo, branch, compare.
use leptos::prelude::*;

use super::browser::now_millis;
use super::errand::{Errand, Progress};
use super::lab::Lab;
use crate::api::ApiError;
use crate::projection::bench::Ghost;
use crate::projection::comparison::{ComparisonTable, comparison_table};
use crate::projection::console::clock;
use crate::projection::time_bar::{Stop, in_words};
use crate::session::timeline::{BranchId, Comparing, RunUntil};
use crate::session::{Entry, Timeline};
use crate::sim::SimTime;

/// What long work may take of one picture. Milliseconds: nothing else goes on meanwhile, but the page must answer.
const BUDGET_MILLIS: f64 = 12.0;
/// How many requests of visitors are simulated between two looks at the clock on the wall.
const SLICE: u64 = 2_000;

impl Lab {
    /// What is under way, and how far it is.
    pub fn progress(self) -> Signal<Option<Progress>> {
        self.progress.into()
    }

    /// What came of the last journey, run or undoing.
    pub fn told(self) -> Signal<String> {
        self.told.into()
    }

    /// Whether the learner is on the way to another moment.
    pub fn is_travelling(self) -> bool {
        self.timeline.with_value(|timeline| timeline.goal().is_some())
    }

    /// Goes to another moment of the branch; time stands still there.
    pub fn go_to(self, moment: SimTime) {
        self.running().set(false);
        self.forget_errand();
        self.timeline.update_value(|timeline| timeline.seek(moment));
        self.set_out(String::new());
    }

    /// Runs until something happens, and stops there.
    pub fn run_until(self, stop: Stop) {
        self.give_up();
        self.running().set(false);
        let (run, from) = self.timeline.with_value(|timeline| {
            let from = timeline.session().now();
            (RunUntil::new(timeline, stop.awaited(from)), from)
        });
        self.begin(Errand::Run { run, stop, from });
    }

    /// Takes the last request back, and says which it was.
    pub fn undo(self) {
        self.replay(Timeline::undo, "Undone");
    }

    /// Makes the request again that was taken back last.
    pub fn redo(self) {
        self.replay(Timeline::redo, "Made again");
    }

    /// Goes to another branch.
    ///
    /// # Errors
    /// `NoSuchBranch`.
    pub fn switch(self, id: BranchId) -> Result<(), ApiError> {
        self.change_branches(|timeline| timeline.switch(id))
    }

    /// Gives a branch another name.
    ///
    /// # Errors
    /// `NoSuchBranch`.
    pub fn rename(self, id: BranchId, name: &str) -> Result<(), ApiError> {
        self.change_branches(|timeline| timeline.rename(id, name))
    }

    /// Forgets the newest branch.
    ///
    /// # Errors
    /// `BranchInUse`.
    pub fn remove_last_branch(self) -> Result<(), ApiError> {
        self.change_branches(Timeline::remove_last)
    }

    /// Compares this branch with another, from their parting on.
    ///
    /// # Errors
    /// `NoSuchBranch`.
    pub fn compare_with(self, other: BranchId) -> Result<(), ApiError> {
        self.give_up();
        self.running().set(false);
        let (branches, comparing) = self.timeline.with_value(|timeline| {
            let all = timeline.branches();
            let until = all.iter().filter(|branch| [timeline.current(), other].contains(&branch.id));
            let until = until.map(|branch| branch.end).max().unwrap_or_default();
            let branches = [timeline.current(), other];
            (branches, timeline.compare(branches[0], branches[1], until))
        });
        self.begin(Errand::Compare { comparing: Box::new(comparing?), branches });
        Ok(())
    }

    /// What the last comparison brought.
    pub fn compared(self) -> Signal<Option<ComparisonTable>> {
        self.compared.into()
    }

    /// What `look` makes of the branch that was compared with last.
    pub fn with_ghost<T>(self, look: impl FnOnce(Option<&Ghost>) -> T) -> T {
        self.ghost.with_value(|ghost| look(ghost.as_ref()))
    }

    /// Takes the comparison away, and its lines off the charts.
    pub fn forget_comparison(self) {
        self.compared.set(None);
        self.ghost.set_value(None);
        self.show_all();
    }

    /// Stops what is under way, where it is.
    pub fn give_up(self) {
        if self.errand.with_value(Option::is_some) {
            self.forget_errand();
            self.show_all();
            let now = self.timeline.with_value(|timeline| timeline.session().now());
            self.told.set(format!("Stopped at {}.", clock(now)));
        }
    }

    /// The work of one picture.
    pub(super) fn work(self) {
        let (start, mut done) = (now_millis(), None);
        while done.is_none() && now_millis() - start < BUDGET_MILLIS {
            done = self.work_slice();
        }
        match done {
            Some(told) => self.finish(told),
            None => self.show_progress(),
        }
    }

    pub(super) fn forget_errand(self) {
        self.timeline.update_value(Timeline::stop);
        self.errand.set_value(None);
        self.progress.set(None);
    }

    fn replay(self, change: fn(&mut Timeline) -> Result<Entry, ApiError>, word: &str) {
        if self.is_travelling() {
            self.told.set("One moment: the lab is on its way.".to_owned());
            return;
        }
        self.give_up();
        match self.timeline.try_update_value(change) {
            Some(Ok(entry)) => self.set_out(format!("{word}: {}.", in_words(&entry))),
            Some(Err(refusal)) => self.told.set(refusal.message),
            None => {}
        }
    }

    fn change_branches(self, change: impl FnOnce(&mut Timeline) -> Result<(), ApiError>) -> Result<(), ApiError> {
        self.give_up();
        let done = self.timeline.try_update_value(change).unwrap_or(Ok(()));
        self.show_all();
        done
    }

    /// Begins the journey that the timeline has set out for.
    fn set_out(self, told: String) {
        let (from, to) = self
            .timeline
            .with_value(|timeline| (timeline.session().now(), timeline.goal().unwrap_or(timeline.session().now())));
        self.begin(Errand::Travel { from, to, told });
    }

    pub(super) fn begin(self, errand: Errand) {
        self.errand.set_value(Some(errand));
        self.show_progress();
        self.show_all();
    }

    fn work_slice(self) -> Option<String> {
        let worked = self.timeline.try_update_value(|timeline| {
            self.errand.try_update_value(|errand| {
                errand.as_mut().map_or(Some(String::new()), |errand| errand.work(timeline, SLICE))
            })
        });
        worked.flatten().unwrap_or(Some(String::new()))
    }

    fn finish(self, told: String) {
        let errand = self.errand.try_update_value(Option::take).flatten();
        if let Some(Errand::Compare { comparing, branches }) = errand {
            self.show_comparison(*comparing, branches);
        }
        self.forget_errand();
        self.show_all();
        self.told.set(told);
    }

    fn show_comparison(self, comparing: Comparing, branches: [BranchId; 2]) {
        let Some(comparison) = comparing.result() else { return };
        let all = self.timeline.with_value(Timeline::branches);
        let names = branches.map(|id| all.get(id.0).map(|branch| branch.name.clone()).unwrap_or_default());
        let history = comparing.into_second().history().clone();
        self.ghost.set_value(Some(Ghost { name: names[1].clone(), history }));
        self.compared.set(Some(comparison_table(&comparison, names)));
    }

    fn show_progress(self) {
        let progress = self.timeline.with_value(|timeline| {
            self.errand.with_value(|errand| errand.as_ref().map(|errand| errand.progress(timeline)))
        });
        if self.progress.with_untracked(|shown| *shown != progress) {
            self.progress.set(progress);
        }
        self.publish(self.timeline.with_value(|timeline| timeline.session().now()));
    }
}
