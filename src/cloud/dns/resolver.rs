//! Caching resolvers: why visitors still go to the old address after a change.
use std::collections::BTreeMap;

use super::Answer;
use crate::cloud::Cloud;
use crate::sim::{SimDuration, SimTime};

/// A resolver with its cache, as a provider or an office runs it. It keeps an answer until its TTL ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolver {
    cache: BTreeMap<String, Cached>,
}

#[derive(Clone, Debug, PartialEq)]
struct Cached {
    addresses: Vec<String>,
    until: SimTime,
}

/// What a resolver says of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// The addresses; none if the name does not exist.
    pub addresses: Vec<String>,
    /// Whether the answer was in the cache.
    pub from_cache: bool,
    /// How long the resolver goes on with this answer; none if the name is an address itself.
    pub ttl_left: Option<SimDuration>,
}

impl Resolver {
    /// What the resolver says of a name at `now`. Without an answer in the cache it asks the name servers, and keeps what they say.
    pub fn resolve(&mut self, cloud: &mut Cloud, now: SimTime, name: &str) -> Resolution {
        if let Some(known) = self.cached(now, name) {
            return known;
        }
        let answer = cloud.look_up(now, name);
        cloud.count_queries(&answer);
        self.cache.retain(|_, cached| cached.until > now);
        if let Some(ttl) = answer.ttl.filter(|ttl| *ttl > SimDuration::ZERO) {
            self.cache.insert(name.to_owned(), Cached { addresses: answer.addresses.clone(), until: now + ttl });
        }
        Resolution::fresh(answer)
    }

    /// The answer in the cache, if its TTL has not ended.
    pub fn cached(&self, now: SimTime, name: &str) -> Option<Resolution> {
        let cached = self.cache.get(name).filter(|cached| cached.until > now)?;
        let ttl_left = Some(cached.until.since(now));
        Some(Resolution { addresses: cached.addresses.clone(), from_cache: true, ttl_left })
    }
}

impl Resolution {
    /// An answer of the name servers.
    pub fn fresh(answer: Answer) -> Self {
        Resolution { addresses: answer.addresses, from_cache: false, ttl_left: answer.ttl }
    }
}
