//! Visitors who wait for their answers: they think, ask, wait, lose patience, try again, give up.
use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::sim::distribution::whole;
use crate::sim::heap::{Heap, key, moment_and_what};
use crate::sim::{SimTime, Stream, Ziggurat};

/// A number of visitors, and how they behave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct VisitorSpec {
    /// How many there are.
    pub count: u32,
    /// The mean time from an answer to the next request.
    pub think_seconds: f64,
    /// How long one waits for an answer; 60 seconds if nothing is given.
    #[serde(default = "a_minute")]
    pub timeout_seconds: f64,
    /// How often one tries again at once after a failure before giving up and thinking; never if nothing is given.
    #[serde(default)]
    pub retries: u32,
    /// The longest wait before the first new try. The wait doubles with each further one and is drawn between nothing and that ("full
    /// jitter"), as in the AWS SDKs; 1 second if nothing is given.
    #[serde(default = "a_second")]
    pub backoff_seconds: f64,
}

/// The most visitors of one stream.
pub const MOST_VISITORS: u32 = 50_000;
/// No wait before a new try is longer, as in the AWS SDKs.
const LONGEST_BACKOFF_SECONDS: f64 = 20.0;

fn a_minute() -> f64 {
    60.0
}

fn a_second() -> f64 {
    1.0
}

impl VisitorSpec {
    /// How many requests a second they send when every answer comes at once.
    pub fn most_requests_per_second(&self) -> f64 {
        f64::from(self.count) / self.think_seconds.max(0.001)
    }

    /// What is impossible about them, in words.
    pub(super) fn fault(&self) -> Option<String> {
        if self.count > MOST_VISITORS {
            return Some(format!("Count must be at most {MOST_VISITORS}, but it is {}.", self.count));
        }
        let is_positive = |seconds: f64| (0.001..=86_400.0).contains(&seconds);
        if !is_positive(self.think_seconds) || !is_positive(self.timeout_seconds) {
            return Some("ThinkSeconds and TimeoutSeconds must be between 0.001 and 86400.".into());
        }
        (self.retries > 20).then(|| "Retries must be at most 20.".into())
    }
}

/// The visitors of a stream at work.
#[derive(Clone, Debug)]
pub(super) struct Visitors {
    spec: VisitorSpec,
    ziggurat: &'static Ziggurat,
    thoughts: Stream,
    all: Vec<Visitor>,
    /// Who sends next, and when.
    sends: Heap,
    /// Whose patience ends when. It is the same for all, so the order is that of the requests.
    deadlines: VecDeque<(u64, Ticket)>,
}

/// One visitor.
#[derive(Clone, Copy, Debug, Default)]
struct Visitor {
    /// Grows with each request; an answer to an earlier one comes too late.
    request: u32,
    /// Whether one waits for an answer.
    is_waiting: bool,
    /// How often this has been tried.
    tries: u32,
    /// Where the request went.
    server: Option<u32>,
}

/// A request of a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    /// The visitor.
    pub(super) visitor: u32,
    /// The number of the request among one's own.
    pub(super) request: u32,
}

/// What a visitor does after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterFailure {
    TriesAgain,
    GivesUp,
}

impl Visitors {
    pub(super) fn new(spec: &VisitorSpec, now: SimTime, thoughts: Stream) -> Self {
        let mut visitors = Visitors {
            spec: spec.clone(),
            ziggurat: Ziggurat::get(),
            thoughts,
            all: vec![Visitor::default(); spec.count.min(MOST_VISITORS) as usize],
            sends: Heap::default(),
            deadlines: VecDeque::new(),
        };
        (0..visitors.all.len() as u32).for_each(|visitor| visitors.think(visitor, now.as_micros()));
        visitors
    }

    pub(super) fn into_thoughts(self) -> Stream {
        self.thoughts
    }

    /// The next moment at which someone sends or loses patience; `u64::MAX` if never.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        let send = self.sends.first() >> crate::sim::heap::WHAT_BITS;
        let deadline = self.deadlines.front().map_or(u64::MAX, |(at, _)| *at);
        if self.sends.is_empty() { deadline } else { send.min(deadline) }
    }

    /// The request that is sent at this moment, if there is one, and whether it is a new try.
    pub(super) fn take_send(&mut self, now: u64) -> Option<(Ticket, bool)> {
        let first = self.sends.first();
        if self.sends.is_empty() || moment_and_what(first).0 > now {
            return None;
        }
        self.sends.pop();
        let visitor = moment_and_what(first).1;
        let state = self.all.get_mut(visitor as usize)?;
        (state.request, state.is_waiting, state.tries) = (state.request.wrapping_add(1), true, state.tries + 1);
        let ticket = Ticket { visitor, request: state.request };
        let is_retry = state.tries > 1;
        self.deadlines.push_back((now + whole(self.spec.timeout_seconds * 1e6), ticket));
        Some((ticket, is_retry))
    }

    /// Remembers where a request went.
    pub(super) fn sent_to(&mut self, ticket: Ticket, server: u32) {
        if let Some(visitor) = self.all.get_mut(ticket.visitor as usize) {
            visitor.server = Some(server);
        }
    }

    /// Forgets where a request went: it was not taken.
    pub(super) fn left(&mut self, ticket: Ticket) {
        if let Some(visitor) = self.all.get_mut(ticket.visitor as usize) {
            visitor.server = None;
        }
    }

    /// The request whose visitor loses patience at this moment, and the server that has it.
    pub(super) fn take_timeout(&mut self, now: u64) -> Option<(Ticket, Option<u32>)> {
        while let Some((at, ticket)) = self.deadlines.front().copied() {
            if self.waits_for(ticket) {
                if at > now {
                    return None;
                }
                self.deadlines.pop_front();
                return Some((ticket, self.all.get(ticket.visitor as usize).and_then(|visitor| visitor.server)));
            }
            self.deadlines.pop_front();
        }
        None
    }

    /// Whether the visitor still waits for the answer to this request.
    #[inline]
    pub(super) fn waits_for(&self, ticket: Ticket) -> bool {
        self.all
            .get(ticket.visitor as usize)
            .is_some_and(|visitor| visitor.is_waiting && visitor.request == ticket.request)
    }

    /// A visitor got the answer, and thinks.
    pub(super) fn succeed(&mut self, ticket: Ticket, now: u64) {
        self.end(ticket);
        if let Some(visitor) = self.all.get_mut(ticket.visitor as usize) {
            visitor.tries = 0;
        }
        self.think(ticket.visitor, now);
    }

    /// A visitor's request failed: one tries again after a wait, or gives up and thinks.
    pub(super) fn fail(&mut self, ticket: Ticket, now: u64) -> AfterFailure {
        self.end(ticket);
        let Some(visitor) = self.all.get_mut(ticket.visitor as usize) else { return AfterFailure::GivesUp };
        if visitor.tries > self.spec.retries {
            visitor.tries = 0;
            self.think(ticket.visitor, now);
            return AfterFailure::GivesUp;
        }
        let doublings = f64::from(visitor.tries.saturating_sub(1).min(30));
        let longest = (self.spec.backoff_seconds * libm::exp2(doublings)).min(LONGEST_BACKOFF_SECONDS);
        let wait = whole(longest * 1e6 * self.thoughts.unit());
        self.sends.push(key(now + wait.max(1), ticket.visitor));
        AfterFailure::TriesAgain
    }

    fn end(&mut self, ticket: Ticket) {
        if let Some(visitor) = self.all.get_mut(ticket.visitor as usize) {
            (visitor.is_waiting, visitor.server) = (false, None);
        }
        // Timeouts of requests that have ended leave as soon as they come to the front, so the list stays as short as those that wait.
        while self.deadlines.front().is_some_and(|(_, ticket)| !self.waits_for(*ticket)) {
            self.deadlines.pop_front();
        }
    }

    fn think(&mut self, visitor: u32, now: u64) {
        let seconds = self.spec.think_seconds * self.ziggurat.draw(&mut self.thoughts);
        self.sends.push(key(now + whole(seconds * 1e6).max(1), visitor));
    }
}
