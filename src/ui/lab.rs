//! The page's handle on the model.
use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::browser::now_millis;
use super::component::Notices;
use super::errand::{Errand, Progress};
use super::kept::View;
use super::pace::Speed;
use crate::api::{ApiError, Call, DEFAULT_REGION, Operation, Response};
use crate::console::{Account, Asker};
use crate::projection::bench::Ghost;
use crate::projection::comparison::ComparisonTable;
use crate::session::{Session, Timeline, is_read};
use crate::sim::SimTime;

/// The lab, for every component: in context, and `Copy`.
#[derive(Clone, Copy)]
pub struct Lab {
    pub(super) timeline: StoredValue<Timeline, LocalStorage>,
    pub(super) errand: StoredValue<Option<Errand>, LocalStorage>,
    pub(super) progress: RwSignal<Option<Progress>>,
    pub(super) told: RwSignal<String>,
    pub(super) compared: RwSignal<Option<ComparisonTable>>,
    pub(super) ghost: StoredValue<Option<Ghost>, LocalStorage>,
    revision: RwSignal<u64>,
    late: RwSignal<u64>,
    shown_at: StoredValue<f64>,
    now: RwSignal<SimTime>,
    running: RwSignal<bool>,
    speed: RwSignal<Speed>,
    shortfall: RwSignal<Option<u32>>,
    region: RwSignal<String>,
    witness: StoredValue<Option<Witness>, LocalStorage>,
}

/// Who is told of each answer.
type Witness = std::rc::Rc<dyn Fn(&Call, &Value)>;

/// A way to look at the timeline and the region that the pages show.
type Look<T> = Arc<dyn Fn(&Timeline, &str) -> T + Send + Sync>;

/// A way to ask about something.
type Read<T> = Arc<dyn Fn(&mut Asker, &Value) -> T + Send + Sync>;

/// What asks by names goes through the lab; a question alone does not make the page look anew.
impl Account for Lab {
    fn submit(&mut self, call: Call) -> Result<Response, ApiError> {
        let told = (call.request.operation() == "Visit").then(|| call.clone());
        let answer = self.answer(call);
        if let (Some(call), Ok(answer)) = (told, &answer) {
            self.witness.get_value().iter().for_each(|witness| witness(&call, &answer.output()));
        }
        answer
    }

    fn look(&self, look: &mut dyn FnMut(&Session)) {
        self.timeline.with_value(|timeline| look(timeline.session()));
    }
}

fn stopped() -> ApiError {
    ApiError::new("InternalError", "The lab has stopped.")
}

/// The seed of a new account.
pub const SEED: u64 = 1;
/// How many requests of visitors are simulated between two looks at the clock.
pub(super) const SLICE: u64 = 4_000;
/// How long tables and charts stay as they are while time goes on. Milliseconds.
const REFRESH_MILLIS: f64 = 200.0;

impl Lab {
    /// Puts a lab with this timeline into context.
    pub fn provide(timeline: Timeline, view: View) -> Self {
        let lab = Lab {
            now: RwSignal::new(timeline.session().now()),
            timeline: StoredValue::new_local(timeline),
            errand: StoredValue::new_local(None),
            progress: RwSignal::new(None),
            told: RwSignal::new(String::new()),
            compared: RwSignal::new(None),
            ghost: StoredValue::new_local(None),
            revision: RwSignal::new(0),
            late: RwSignal::new(0),
            shown_at: StoredValue::new(0.0),
            running: RwSignal::new(view.is_running),
            speed: RwSignal::new(view.speed),
            shortfall: RwSignal::new(None),
            region: RwSignal::new(view.region),
            witness: StoredValue::new_local(None),
        };
        provide_context(lab);
        lab
    }

    /// The lab in context.
    pub fn get() -> Self {
        expect_context()
    }

    /// Carries out an operation in the region that the pages show, after the check that AWS's command line makes too. A change in the
    /// past begins a branch.
    ///
    /// # Errors
    /// AWS's code and message when it is refused; `OnTheWay` for a change while the learner travels.
    pub fn submit<T: Operation>(self, operation: T) -> Result<T::Output, ApiError> {
        let call = Call::from_json(&Call::new(&self.region.get_untracked(), operation).to_json())?;
        T::output_of(self.carry_out(call).ok_or_else(stopped)??).ok_or_else(stopped)
    }

    /// Carries out a call that nobody is told of: a question of a lesson is not the learner's.
    ///
    /// # Errors
    /// As [`Lab::submit`].
    pub fn answer(self, call: Call) -> Result<Response, ApiError> {
        self.carry_out(call).unwrap_or_else(|| Err(stopped()))
    }

    fn carry_out(self, call: Call) -> Option<Result<Response, ApiError>> {
        let is_read = is_read(&call.request);
        if !is_read && self.is_travelling() {
            let message = "The lab is on its way to another moment: wait until it is there, or stop it.";
            return Some(Err(ApiError::new("OnTheWay", message)));
        }
        let before = self.timeline.with_value(Timeline::current);
        let answer = self.timeline.try_update_value(|timeline| timeline.submit(call))?;
        if !is_read {
            self.told.set(self.news_of_branch(before));
            self.show_all();
        }
        Some(answer)
    }

    /// What a change did to the branches, in a sentence; nothing as a rule.
    fn news_of_branch(self, before: crate::session::timeline::BranchId) -> String {
        self.timeline.with_value(|timeline| {
            let current = timeline.current();
            if current == before {
                return String::new();
            }
            let name = timeline.branches().into_iter().find(|branch| branch.id == current).map(|branch| branch.name);
            format!("You changed the past: this is {} now. The other future is kept.", name.unwrap_or_default())
        })
    }

    /// From now on, `witness` is told what the visitor's browser opens: no question to the account would say it later.
    pub fn tell_of_visits(self, witness: impl Fn(&Call, &Value) + 'static) {
        self.witness.set_value(Some(std::rc::Rc::new(witness)));
    }

    /// Begins again with another timeline.
    pub fn replace(self, timeline: Timeline) {
        self.forget_errand();
        self.told.set(String::new());
        self.region.set(DEFAULT_REGION.to_owned());
        self.timeline.set_value(timeline);
        self.forget_comparison();
        self.show_all();
    }

    /// Carries out an operation, and tells the learner how it went.
    pub fn act<T: Operation>(self, done: &str, operation: T) {
        let notices: Notices = expect_context();
        match self.submit(operation) {
            Ok(_) => notices.good(done, ""),
            Err(error) => notices.bad(error.code, error.message),
        }
    }

    /// What `look` makes of the session and the region that the pages show, kept up to date.
    pub fn view<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn(&Session, &str) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        self.view_of_time(move |timeline, region| look(timeline.session(), region))
    }

    /// What `look` makes of the whole timeline and the region that the pages show, kept up to date.
    pub fn view_of_time<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn(&Timeline, &str) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        self.memo(self.revision, Arc::new(look))
    }

    /// As [`Lab::view_of_time`], one picture later: what is heavy and can wait does not share a picture with the map.
    pub fn view_late<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn(&Timeline, &str) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        self.memo(self.late, Arc::new(look))
    }

    /// One kind of memo for each type of what is seen, not one for each way of looking: that would be half of the page.
    fn memo<T: Clone + PartialEq + Send + Sync + 'static>(self, pulse: RwSignal<u64>, look: Look<T>) -> Memo<T> {
        Memo::new(move |_| {
            pulse.track();
            self.region.with(|region| self.timeline.with_value(|timeline| look(timeline, region)))
        })
    }

    /// What `read` makes of the account's own answers about something, kept up to date.
    pub fn read<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        about: impl Into<Signal<Value>>,
        read: impl Fn(&mut Asker, &Value) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let about = about.into();
        let read: Read<T> = Arc::new(read);
        Memo::new(move |_| {
            self.revision.track();
            self.region.track();
            about.with(|about| self.ask(|asker| read(asker, about)))
        })
    }

    /// What `ask` makes of the account's answers at this moment.
    pub fn ask<T>(self, ask: impl FnOnce(&mut Asker) -> T) -> T {
        let mut account = self;
        ask(&mut Asker { account: &mut account, region: &self.region.get_untracked() })
    }

    /// What `look` makes of the session at this moment.
    pub fn look<T>(self, look: impl FnOnce(&Session, &View) -> T) -> T {
        let view = View {
            region: self.region.get_untracked(),
            speed: self.speed.get_untracked(),
            is_running: self.running.get_untracked(),
        };
        self.timeline.with_value(|timeline| look(timeline.session(), &view))
    }

    /// What `look` makes of the timeline at this moment.
    pub fn look_at_time<T>(self, look: impl FnOnce(&Timeline) -> T) -> T {
        self.timeline.with_value(look)
    }

    /// Begins to watch single requests, or ends it.
    pub fn watch_requests(self, is_wanted: bool) {
        self.timeline.try_update_value(|timeline| timeline.watch_requests(is_wanted));
    }

    /// Follows all that is worth keeping.
    pub fn track(self) {
        self.revision.track();
        self.region.track();
        self.speed.track();
        self.running.track();
    }

    /// The simulated time; follows each picture.
    pub fn now(self) -> Signal<SimTime> {
        self.now.into()
    }

    /// Whether time goes on.
    pub fn running(self) -> RwSignal<bool> {
        self.running
    }

    /// How fast time goes on.
    pub fn speed(self) -> RwSignal<Speed> {
        self.speed
    }

    /// The factor that is reached, while the machine does not keep up.
    pub fn shortfall(self) -> RwSignal<Option<u32>> {
        self.shortfall
    }

    /// The code of the region that the pages show.
    pub fn region(self) -> RwSignal<String> {
        self.region
    }

    /// Lets the model run towards `horizon`; says how far it came.
    pub(super) fn advance(self, horizon: SimTime) -> SimTime {
        let progress = self.timeline.try_update_value(|timeline| timeline.advance(horizon, SLICE));
        progress.map_or(horizon, |progress| progress.reached)
    }

    /// Shows what the model did since the last picture.
    pub(super) fn publish(self, now: SimTime) {
        self.now.set(now);
        let millis = now_millis();
        if millis - self.shown_at.get_value() >= REFRESH_MILLIS {
            self.shown_at.set_value(millis);
            self.revision.update(|revision| *revision += 1);
        } else if self.late.get_untracked() != self.revision.get_untracked() {
            self.late.set(self.revision.get_untracked());
        }
    }

    /// Shows the model as it is, when time stops between two refreshes of the tables, and after each change.
    pub(super) fn show_all(self) {
        let now = self.timeline.with_value(|timeline| timeline.session().now());
        if self.now.get_untracked() != now {
            self.now.set(now);
        }
        self.revision.update(|revision| *revision += 1);
        self.late.set(self.revision.get_untracked());
    }
}
