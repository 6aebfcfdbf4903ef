//! Sticky sessions: a visitor with a cookie comes back to the same target.
use crate::sim::Stream;

/// Which visitor has a cookie of which target, and until when.
///
/// Simplified: requests of an open stream come from 1,024 browsers, each equally likely. Visitors who wait for their answers have a browser
/// each.
#[derive(Clone, Debug, Default)]
pub(super) struct Stickiness {
    /// How long a cookie lasts.
    length: u64,
    cookies: Vec<Option<(u32, u64)>>,
}

const BROWSERS: u64 = 1_024;

impl Stickiness {
    /// Cookies that last so long; those that were set before too.
    pub(super) fn lasting(length: u64, former: Option<Stickiness>) -> Self {
        Stickiness { length, ..former.unwrap_or_default() }
    }

    /// Whose request it is.
    pub(super) fn visitor(&self, known: Option<u32>, chance: &mut Stream) -> usize {
        known.map_or_else(|| chance.below(BROWSERS) as usize, |visitor| visitor as usize)
    }

    /// The target of the visitor's cookie.
    pub(super) fn target_of(&self, visitor: usize, now: u64) -> Option<u32> {
        let (target, set) = self.cookies.get(visitor).copied().flatten()?;
        (now - set < self.length).then_some(target)
    }

    /// Cookies of other targets are worth nothing: their visitors get a new one.
    pub(super) fn forget_all_but(&mut self, targets: &[u32]) {
        for cookie in
            self.cookies.iter_mut().filter(|cookie| cookie.is_some_and(|(target, _)| !targets.contains(&target)))
        {
            *cookie = None;
        }
    }

    pub(super) fn remember(&mut self, visitor: usize, target: u32, now: u64) {
        if visitor >= self.cookies.len() {
            self.cookies.resize(visitor + 1, None);
        }
        self.cookies[visitor] = Some((target, now));
    }
}
