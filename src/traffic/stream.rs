//! A stream of visitors: when they come, and how much work each one brings.
use super::{Profile, RequestClass, StreamId};
use crate::sim::random::Randomness;
use crate::sim::{Distribution, SimDuration, SimTime, Stream as RandomStream};

/// Arrivals of a Poisson process whose rate is constant within each second.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    profile: Profile,
    began: SimTime,
    class: RequestClass,
    gaps: RandomStream,
    works: RandomStream,
    next: Option<SimTime>,
    turn: u64,
}

const SECOND: SimDuration = SimDuration::from_secs(1);
/// How far ahead a stream without visitors looks for the next ones.
const HORIZON_SECONDS: u32 = 7_200;

impl Stream {
    pub(super) fn new(random: Randomness, id: StreamId, now: SimTime, profile: Profile, class: RequestClass) -> Self {
        let draw = |name| random.stream(name, u64::from(id.0));
        let (gaps, works) = (draw("traffic.gap"), draw("traffic.work"));
        let mut stream = Stream { profile, began: now, class, gaps, works, next: None, turn: 0 };
        stream.next = stream.arrival_after(now);
        stream
    }

    /// The same visitors with another profile or kind of request.
    pub(super) fn changed(mut self, now: SimTime, profile: Profile, class: RequestClass) -> Self {
        (self.profile, self.class, self.began) = (profile, class, now);
        self.next = self.arrival_after(now);
        self
    }

    pub(super) fn next_arrival(&self) -> Option<SimTime> {
        self.next
    }

    pub(super) fn rate_at(&self, now: SimTime) -> f64 {
        self.profile.rate_after(now.since(self.began))
    }

    /// Takes the arrival that is due, returns its work, and finds the next one.
    pub(super) fn take_arrival(&mut self) -> SimDuration {
        self.next = self.next.and_then(|at| self.arrival_after(at));
        self.class.work().draw(&mut self.works)
    }

    /// The balancer's turn count for these visitors.
    pub(super) fn next_turn(&mut self) -> u64 {
        self.turn += 1;
        self.turn - 1
    }

    /// The process forgets: at each full second it can begin anew with the rate of that second.
    fn arrival_after(&mut self, after: SimTime) -> Option<SimTime> {
        let mut at = after;
        for _ in 0..HORIZON_SECONDS {
            let next_second = at.floor_to(SECOND) + SECOND;
            let rate = self.rate_at(at.floor_to(SECOND).max(self.began));
            if rate > 0.0 {
                let mean = SimDuration::from_secs_f64(1.0 / rate);
                let arrival = at + Distribution::Exponential { mean }.draw(&mut self.gaps);
                if arrival < next_second {
                    return Some(arrival);
                }
            }
            at = next_second;
        }
        None
    }
}
