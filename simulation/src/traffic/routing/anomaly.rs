//! Automatic Target Weights: targets that fail more often than the others get fewer requests.
use std::collections::{BTreeMap, BTreeSet};

/// What a balancer with anomaly mitigation knows of its targets (ELB User Guide, "Automatic Target Weights": targets are compared by their
/// 5xx answers and failed connections; at least three healthy targets are needed; traffic to anomalous ones is lowered and raised again).
///
/// Simplified: how AWS judges is not published. Here a target is anomalous if in the last ten seconds it failed at least one request in
/// ten, and at least three times the share of all targets' median.
#[derive(Clone, Debug, Default)]
pub(super) struct Anomalies {
    seen: BTreeMap<u32, [u64; 2]>,
    trust: BTreeMap<u32, f64>,
    /// Those that the last judgement found anomalous.
    anomalous: BTreeSet<u32>,
}

const FEWEST_TARGETS: usize = 3;
const LEAST_SHARE: f64 = 0.1;
const FACTOR: f64 = 3.0;
/// A little goes to an anomalous target always, to see whether it has recovered.
const LEAST_TRUST: f64 = 1.0 / 64.0;

impl Anomalies {
    pub(super) fn tell(&mut self, server: u32, is_good: bool) {
        self.seen.entry(server).or_default()[usize::from(!is_good)] += 1;
    }

    /// How much of its share a target gets.
    pub(super) fn trust(&self, server: u32) -> f64 {
        self.trust.get(&server).copied().unwrap_or(1.0)
    }

    /// The targets that are anomalous, or get less than their share, with whether they are and whether they do.
    pub(super) fn told(&self) -> impl Iterator<Item = (u32, [bool; 2])> + '_ {
        let state = |server: &u32| (*server, [self.anomalous.contains(server), self.trust(*server) < 1.0]);
        self.trust.keys().map(state).filter(|(_, told)| told.contains(&true))
    }

    /// Compares the targets and begins anew.
    pub(super) fn judge(&mut self, targets: &[u32]) {
        let seen = std::mem::take(&mut self.seen);
        let share = |server: &u32| match seen.get(server) {
            Some([good, bad]) if good + bad > 0 => Some(*bad as f64 / (good + bad) as f64),
            Some(_) | None => None,
        };
        let mut shares: Vec<f64> = targets.iter().filter_map(share).collect();
        shares.sort_by(f64::total_cmp);
        let median = shares.get(shares.len() / 2).copied().unwrap_or(0.0);
        let can_judge = targets.len() >= FEWEST_TARGETS && shares.len() >= FEWEST_TARGETS;
        self.trust.retain(|server, _| targets.contains(server));
        self.anomalous.retain(|server| targets.contains(server));
        for server in targets {
            let Some(share) = share(server) else { continue };
            let is_anomalous = can_judge && share >= LEAST_SHARE && share >= median * FACTOR;
            let trust = self.trust(*server);
            let trust = if is_anomalous { (trust / 4.0).max(LEAST_TRUST) } else { (trust * 2.0).min(1.0) };
            self.trust.insert(*server, trust);
            if is_anomalous {
                self.anomalous.insert(*server);
            } else {
                self.anomalous.remove(server);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(anomalies: &mut Anomalies, bad: [u64; 3]) {
        for (server, bad) in bad.into_iter().enumerate() {
            (0..100).for_each(|index| anomalies.tell(server as u32, index >= bad));
        }
        anomalies.judge(&[0, 1, 2]);
    }

    #[test]
    fn a_target_that_fails_more_than_the_others_loses_trust_and_regains_it() {
        let mut anomalies = Anomalies::default();
        tell(&mut anomalies, [0, 50, 1]);
        assert_eq!([0, 1, 2].map(|server| anomalies.trust(server)), [1.0, 0.25, 1.0]);
        assert_eq!(anomalies.told().collect::<Vec<_>>(), [(1, [true, true])]);
        (0..5).for_each(|_| tell(&mut anomalies, [0, 50, 1]));
        assert_eq!(anomalies.trust(1), LEAST_TRUST);
        tell(&mut anomalies, [0, 0, 0]);
        assert_eq!(anomalies.told().collect::<Vec<_>>(), [(1, [false, true])], "it is well, and still spared");
        (0..5).for_each(|_| tell(&mut anomalies, [0, 0, 0]));
        assert_eq!((anomalies.trust(1), anomalies.told().count()), (1.0, 0));
    }

    #[test]
    fn what_all_targets_do_is_no_anomaly() {
        let mut anomalies = Anomalies::default();
        tell(&mut anomalies, [50, 60, 55]);
        assert_eq!([0, 1, 2].map(|server| anomalies.trust(server)), [1.0; 3]);
    }
}
