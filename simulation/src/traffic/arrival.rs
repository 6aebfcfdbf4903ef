//! When visitors come who do not wait for each other.
use super::Profile;
use crate::sim::distribution::whole;
use crate::sim::{SimTime, Stream, Ziggurat};

/// Arrivals of a Poisson process whose rate is constant within each second. At each full second the process forgets and begins anew with
/// the rate of that second, which changes nothing in its law.
#[derive(Clone, Debug)]
pub(super) struct Arrivals {
    profile: Profile,
    began: u64,
    gaps: Stream,
    ziggurat: &'static Ziggurat,
    /// The mean time between two arrivals in this second, in microseconds; infinite without visitors.
    mean_gap: f64,
    second_ends: u64,
    next: Next,
}

/// What comes next in a stream, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A visitor.
    Arrival(u64),
    /// The end of the second.
    Second(u64),
}

const SECOND: u64 = 1_000_000;
/// A gap in microseconds that surely leads out of the second.
const LONG: f64 = SECOND as f64;
/// No rate is so small that the next visitor would come after the end of time.
const LEAST_RATE: f64 = 1e-9;

impl Next {
    #[inline]
    pub(super) fn at(self) -> u64 {
        match self {
            Next::Arrival(at) | Next::Second(at) => at,
        }
    }
}

impl Arrivals {
    pub(super) fn new(profile: Profile, began: SimTime, gaps: Stream) -> Self {
        let began = began.as_micros();
        let next = Next::Second(began);
        let mut arrivals =
            Arrivals { profile, began, gaps, ziggurat: Ziggurat::get(), mean_gap: 0.0, second_ends: began, next };
        arrivals.begin_second();
        arrivals
    }

    /// The same luck with another profile.
    pub(super) fn changed(self, profile: Profile, began: SimTime) -> Self {
        Arrivals::new(profile, began, self.gaps)
    }

    #[inline]
    pub(super) fn next(&self) -> Next {
        self.next
    }

    pub(super) fn rate_at(&self, now: SimTime) -> f64 {
        self.profile.rate_at(SimTime::from_micros(self.began), now)
    }

    /// Begins the second that the last one's end leads to.
    pub(super) fn begin_second(&mut self) {
        let now = self.second_ends;
        self.second_ends = now - now % SECOND + SECOND;
        let rate = self.rate_at(SimTime::from_micros(now));
        self.mean_gap = if rate > LEAST_RATE { 1e6 / rate } else { f64::INFINITY };
        self.find_next(now);
    }

    /// Finds what comes after the arrival at `now`.
    #[inline]
    pub(super) fn find_next(&mut self, now: u64) {
        let gap = if self.mean_gap < f64::INFINITY { self.mean_gap * self.ziggurat.draw(&mut self.gaps) } else { LONG };
        let at = now + whole(if gap < LONG { gap } else { LONG });
        self.next = if at < self.second_ends { Next::Arrival(at) } else { Next::Second(self.second_ends) };
    }

    /// Takes the arrivals up to `limit`, but no more than `most` in one list, in place of what the list holds; each brings what `brings`
    /// gives it. Both are drawn in turn, because neither draw waits for the other.
    #[inline]
    pub(super) fn take_until<T>(&mut self, limit: u64, list: &mut Vec<(u64, T)>, mut brings: impl FnMut() -> T) {
        list.clear();
        while list.len() < list.capacity() {
            match self.next {
                Next::Arrival(now) if now <= limit => {
                    self.take_within_second(now, limit.min(self.second_ends), list, &mut brings)
                }
                Next::Second(now) if now <= limit => self.begin_second(),
                Next::Arrival(_) | Next::Second(_) => return,
            }
        }
    }

    /// Takes the arrival at `now` and those behind it in its second. The state of the stream stays in registers if it is nobody else's.
    #[inline]
    fn take_within_second<T>(
        &mut self,
        now: u64,
        limit: u64,
        list: &mut Vec<(u64, T)>,
        brings: &mut impl FnMut() -> T,
    ) {
        let (mut gaps, ziggurat, mean, ends) = (self.gaps.clone(), self.ziggurat, self.mean_gap, self.second_ends);
        let mut at = now;
        loop {
            list.push((at, brings()));
            let gap = mean * ziggurat.draw(&mut gaps);
            at += whole(if gap < LONG { gap } else { LONG });
            if at > limit || at >= ends || list.len() >= list.capacity() {
                break;
            }
        }
        self.gaps = gaps;
        self.next = if at < ends { Next::Arrival(at) } else { Next::Second(ends) };
    }
}
