//! What a service works with while it carries out a request or a timer.
use crate::api::Request;
use crate::sim::random::{Randomness, Stream};
use crate::sim::{SimDuration, SimTime};

use super::ec2::CopySource;
use super::quota::Quotas;
use super::{Due, EventId, Fact, RegionInfo, Shared, Timer};

/// The moment, the region, chance, and the outboxes. Lives for one request or one timer.
#[derive(Debug)]
pub struct Context<'a> {
    /// The moment of the request or the timer.
    pub now: SimTime,
    /// The region it concerns.
    pub region: &'static RegionInfo,
    /// What another region gave for a copy into this one.
    pub(super) source: Option<CopySource>,
    shared: &'a mut Shared,
    cause: Option<EventId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        now: SimTime,
        region: &'static RegionInfo,
        shared: &'a mut Shared,
        cause: Option<EventId>,
    ) -> Self {
        Context { now, region, source: None, shared, cause }
    }

    /// Records the request as the cause of all that follows from it, if it can change anything.
    pub(super) fn begin_request(&mut self, request: &Request) {
        let operation = request.operation();
        let reads = ["Describe", "Get", "List"].iter().any(|prefix| operation.starts_with(prefix));
        if !reads {
            let event = self.record(Fact::RequestReceived { service: request.service(), operation });
            self.because_of(event);
        }
    }

    /// Has what is due come back at `at`, with the present cause.
    pub fn schedule(&mut self, at: SimTime, due: impl Into<Due>) {
        let timer = Timer { region: self.region.name.to_owned(), cause: self.cause, due: due.into() };
        self.shared.timers.push((at, timer));
    }

    /// Has what is due come back after `delay`, with the present cause.
    pub fn schedule_in(&mut self, delay: SimDuration, due: impl Into<Due>) {
        self.schedule(self.now + delay, due);
    }

    /// Records a fact that follows from the present cause.
    pub fn record(&mut self, fact: Fact) -> EventId {
        self.shared.events.record(self.now, self.region.name, self.cause, fact)
    }

    /// The newest event of the region, as far as it is kept, that fits.
    pub(super) fn latest(&self, fits: impl Fn(&Fact) -> bool) -> Option<EventId> {
        let mut events = self.shared.events.iter().rev();
        events.find(|event| event.region == self.region.name && fits(&event.fact)).map(|event| event.id)
    }

    /// The event that all this follows from.
    pub fn cause(&self) -> Option<EventId> {
        self.cause
    }

    /// Makes `event` the cause of what follows.
    pub fn because_of(&mut self, event: EventId) {
        self.cause = Some(event);
    }

    /// Goes back to an earlier cause.
    pub(super) fn restore_cause(&mut self, cause: Option<EventId>) {
        self.cause = cause;
    }

    /// A new id with the prefix, such as `i-`, and 17 hexadecimal digits.
    pub fn new_id(&mut self, prefix: &str) -> String {
        self.shared.ids.next(self.region.name, prefix)
    }

    /// A new UUID for a thing of this kind, such as `autoscaling.activity`.
    pub fn new_uuid(&mut self, kind: &str) -> String {
        self.shared.ids.next_uuid(kind)
    }

    /// A number that no other thing of this kind, such as `ec2.instance`, has had in the account.
    pub fn new_number(&mut self, kind: &str) -> u64 {
        self.shared.ids.next_number(kind)
    }

    /// A fresh random stream of the named process, such as `ec2.snapshot`: another one each time.
    pub fn next_random(&mut self, name: &str) -> Stream {
        let number = self.new_number(name);
        self.random(name, number)
    }

    /// The random stream of the named process for the thing with this number.
    pub fn random(&self, name: &str, number: u64) -> Stream {
        self.shared.random.stream(name, number)
    }

    /// The source of chance, for streams by name.
    pub fn randomness(&self) -> Randomness {
        self.shared.random
    }

    /// The limits of the account in this region.
    pub fn quotas(&self) -> &Quotas {
        &self.shared.quotas[self.region.index as usize]
    }

    /// The ARN of something in this region and account, such as `arn:aws:ec2:us-east-1:123456789012:instance/i-1`.
    pub fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.region.name, super::ACCOUNT_ID)
    }
}
