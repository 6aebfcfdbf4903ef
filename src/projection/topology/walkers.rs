//! Requests on their way over the map, one by one, in real time: where each is at a moment.
use super::street::{Ground, Point, point_at};
use super::{Topology, Walk};
use crate::sim::{SimDuration, SimTime};
use crate::traffic::Watched;

/// The requests that are on the map.
#[derive(Clone, Debug, Default)]
pub struct Walkers {
    next_number: u64,
    seen_until: SimTime,
    walkers: Vec<Walker>,
}

#[derive(Clone, Debug)]
struct Walker {
    walk: Walk,
    street: Vec<Point>,
    set_out: SimTime,
}

/// What can be seen of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is on its way, or is being worked on.
    Sent,
    /// A good answer comes back.
    Good,
    /// A failure comes back.
    Bad,
}

/// How long a request is shown on its way, and as long again on its way back. The network takes a few milliseconds; nobody could see that.
const WAY: SimDuration = SimDuration::from_micros(800_000);
/// Beyond that a gap in time is a journey, and nobody walks through it.
const JOURNEY: SimDuration = SimDuration::from_secs(1);
/// More are not shown at a time.
const MOST: usize = 300;

impl Walkers {
    /// Lets new requests set out, each `one_of`-th, and those that have come back leave.
    pub fn go_on<'a>(
        &mut self,
        now: SimTime,
        (topology, ground): (&Topology, &Ground),
        (watched, one_of): (impl DoubleEndedIterator<Item = &'a Watched>, u64),
    ) {
        if now < self.seen_until || now > self.seen_until + JOURNEY {
            self.walkers.clear();
            self.next_number = 0;
        }
        let is_first = self.next_number == 0;
        let (mut oldest, mut newest) = (u64::MAX, self.next_number);
        for request in watched.rev() {
            oldest = request.number;
            newest = newest.max(request.number + 1);
            if request.number >= self.next_number {
                let is_fresh = !is_first || now.since(request.sent) < WAY;
                if is_fresh && request.number % one_of.max(1) == 0 && self.walkers.len() < MOST {
                    self.set_out(now, topology.walk(request), ground);
                }
            } else if let Some(walker) = self.walkers.iter_mut().find(|walker| walker.is(request.number)) {
                walker.walk.request = *request;
            }
        }
        // A request without an end that nobody remembers any more has no end to show.
        self.walkers
            .retain(|walker| !walker.is_home(now) && (walker.has_end() || walker.walk.request.number >= oldest));
        (self.next_number, self.seen_until) = (newest, now);
    }

    fn set_out(&mut self, now: SimTime, walk: Option<Walk>, ground: &Ground) {
        let way = walk.and_then(|walk| Some((ground.street(&walk.stops)?, walk)));
        if let Some((street, walk)) = way {
            let set_out = if now.since(walk.request.sent) < WAY { walk.request.sent } else { now };
            self.walkers.push(Walker { walk, street, set_out });
        }
    }

    /// Lets all go on along the streets of a new ground.
    pub fn move_to(&mut self, ground: &Ground) {
        self.walkers.retain_mut(|walker| match ground.street(&walker.walk.stops) {
            Some(street) => {
                walker.street = street;
                true
            }
            None => false,
        });
    }

    /// Where each is at this moment, and what it looks like.
    pub fn dots(&self, now: SimTime) -> impl Iterator<Item = (Point, Look)> {
        self.walkers.iter().filter_map(move |walker| walker.dot(now))
    }
}

impl Walker {
    fn is(&self, number: u64) -> bool {
        self.walk.request.number == number
    }

    fn has_end(&self) -> bool {
        self.walk.request.end.is_some()
    }

    /// When it sets out on its way back.
    fn turns(&self) -> Option<SimTime> {
        let (at, _) = self.walk.request.end?;
        Some(self.set_out + WAY + at.since(self.walk.request.sent))
    }

    fn is_home(&self, now: SimTime) -> bool {
        self.turns().is_some_and(|turns| turns + WAY <= now)
    }

    fn dot(&self, now: SimTime) -> Option<(Point, Look)> {
        let share = |since: SimDuration| since.as_secs_f64() / WAY.as_secs_f64();
        match (self.turns(), self.walk.request.end) {
            (Some(turns), Some((_, outcome))) if turns <= now => {
                let look = if outcome.is_good() { Look::Good } else { Look::Bad };
                Some((point_at(&self.street, 1.0 - share(now.since(turns)))?, look))
            }
            _ => Some((point_at(&self.street, share(now.since(self.set_out)))?, Look::Sent)),
        }
    }
}
