//! How a balancer chooses: target groups by weight, then a target by the group's algorithm. Both engines choose with this.
mod anomaly;
mod outstanding;
mod stickiness;
mod weighted;

use std::collections::BTreeMap;

use super::{Algorithm, Balancer, ServerId, TargetGroup};
use crate::sim::{Randomness, Stream};
use anomaly::Anomalies;
pub(super) use outstanding::Outstanding;
use stickiness::Stickiness;
use weighted::Weights;

/// A balancer as a stream meets it, with the state of its choices.
#[derive(Clone, Debug)]
pub(super) struct Routing {
    spec: Balancer,
    pub(super) idle_timeout: u64,
    groups: Vec<Group>,
    /// Chance for the choice of a group, of a target, and of a returning visitor.
    chance: Stream,
}

/// A target group with the state of its choices.
#[derive(Clone, Debug)]
pub(super) struct Group {
    spec: TargetGroup,
    /// Its targets by their places among the servers.
    targets: Vec<u32>,
    /// A bit for each of them, by their places.
    members: Vec<u64>,
    /// Whose turn it is.
    turn: usize,
    weights: Option<Weights>,
    anomalies: Option<Anomalies>,
    stickiness: Option<Stickiness>,
}

impl Routing {
    pub(super) fn new(random: Randomness, stream: u32) -> Self {
        let spec = Balancer { groups: Vec::new(), idle_timeout: super::fleet::IDLE_TIMEOUT };
        let chance = random.stream("traffic.routing", u64::from(stream));
        Routing { idle_timeout: spec.idle_timeout.as_micros(), spec, groups: Vec::new(), chance }
    }

    /// Takes over what the control plane says. A group in the same place keeps its turn and its sticky visitors.
    pub(super) fn take_over(&mut self, spec: &Balancer, places: &BTreeMap<ServerId, u32>, now: u64) {
        self.spec = spec.clone();
        self.idle_timeout = spec.idle_timeout.as_micros();
        self.groups.resize_with(spec.groups.len(), Group::empty);
        for (group, spec) in self.groups.iter_mut().zip(&spec.groups) {
            group.take_over(spec, places, now);
        }
    }

    /// Whether a server is registered with one of the groups: a request that it has may be finished.
    pub(super) fn knows(&self, server: ServerId) -> bool {
        self.spec.groups.iter().any(|group| {
            group.finishing.contains(&server) || group.targets.iter().any(|target| target.server == server)
        })
    }

    pub(super) fn counts_outstanding(&self) -> bool {
        self.groups.iter().any(|group| group.spec.algorithm == Algorithm::LeastOutstandingRequests)
    }

    /// The targets that take turns, if nothing else than turns decides.
    pub(super) fn plain_turns(&mut self) -> Option<(&[u32], &mut usize)> {
        match self.groups.as_mut_slice() {
            [group]
                if group.is_plain() && group.spec.algorithm == Algorithm::RoundRobin && !group.targets.is_empty() =>
            {
                Some((&group.targets, &mut group.turn))
            }
            _ => None,
        }
    }

    /// The group that chooses the target with the fewest requests under way, if nothing else decides.
    pub(super) fn plain_least(&mut self) -> Option<&mut Group> {
        match self.groups.as_mut_slice() {
            [group] if group.is_plain() && group.spec.algorithm == Algorithm::LeastOutstandingRequests => Some(group),
            _ => None,
        }
    }

    /// The target of a request; none if its group has no target.
    pub(super) fn choose(&mut self, outstanding: &Outstanding, visitor: Option<u32>, now: u64) -> Option<u32> {
        let chosen = match self.groups.len() {
            0 => return None,
            1 => 0,
            _ => self.choose_group(),
        };
        self.groups.get_mut(chosen)?.choose(outstanding, visitor, now, &mut self.chance)
    }

    fn choose_group(&mut self) -> usize {
        let sum: u64 = self.groups.iter().map(|group| u64::from(group.spec.weight)).sum();
        let mut left = self.chance.below(sum);
        let found = self.groups.iter().position(|group| {
            let weight = u64::from(group.spec.weight);
            let is_it = left < weight;
            left = left.saturating_sub(weight);
            is_it
        });
        found.unwrap_or(0)
    }

    /// Tells what became of a request that a target got.
    pub(super) fn tell(&mut self, server: u32, is_good: bool) {
        for anomalies in self.groups.iter_mut().filter_map(|group| group.anomalies.as_mut()) {
            anomalies.tell(server, is_good);
        }
    }

    /// The places of the targets that are anomalous, or get less than their share for that, in order.
    pub(super) fn anomalies(&self) -> impl Iterator<Item = (u32, [bool; 2])> + '_ {
        self.groups.iter().filter_map(|group| group.anomalies.as_ref()).flat_map(Anomalies::told)
    }

    /// Whether it has to be told what became of requests.
    pub(super) fn listens(&self) -> bool {
        self.groups.iter().any(|group| group.anomalies.is_some())
    }

    /// Brings the weights up to date: slow start goes on, anomalies are judged.
    pub(super) fn tick(&mut self, now: u64) {
        self.groups.iter_mut().for_each(|group| group.tick(now));
    }
}

impl Group {
    fn empty() -> Self {
        Group {
            spec: TargetGroup::default(),
            targets: Vec::new(),
            members: Vec::new(),
            turn: 0,
            weights: None,
            anomalies: None,
            stickiness: None,
        }
    }

    fn take_over(&mut self, spec: &TargetGroup, places: &BTreeMap<ServerId, u32>, now: u64) {
        if self.spec.algorithm != spec.algorithm {
            self.turn = 0;
        }
        self.spec = spec.clone();
        self.targets = spec.targets.iter().filter_map(|target| places.get(&target.server)).copied().collect();
        self.members.clear();
        for target in &self.targets {
            let (word, bit) = ((*target / 64) as usize, *target % 64);
            self.members.resize(self.members.len().max(word + 1), 0);
            self.members[word] |= 1 << bit;
        }
        let mitigates = spec.algorithm == Algorithm::WeightedRandom { mitigates_anomalies: true };
        self.anomalies = mitigates.then(|| self.anomalies.take().unwrap_or_default());
        let former = self.stickiness.take();
        self.stickiness = spec.stickiness.map(|length| Stickiness::lasting(length.as_micros(), former));
        let targets = &self.targets;
        if let Some(stickiness) = &mut self.stickiness {
            stickiness.forget_all_but(targets);
        }
        self.weigh(now);
    }

    fn is_plain(&self) -> bool {
        self.weights.is_none() && self.stickiness.is_none()
    }

    fn tick(&mut self, now: u64) {
        if let Some(anomalies) = &mut self.anomalies {
            anomalies.judge(&self.targets);
        }
        self.weigh(now);
    }

    /// Works out the weights, if targets differ: the target's age under slow start, and how much it is trusted.
    ///
    /// Simplified: under slow start targets are drawn by weight instead of taking turns.
    fn weigh(&mut self, now: u64) {
        let length = self.spec.slow_start.as_micros();
        let ages = self.spec.targets.iter().map(|target| now.saturating_sub(target.healthy_since.as_micros()));
        let is_starting = length > 0 && ages.clone().any(|age| age < length);
        let is_random = matches!(self.spec.algorithm, Algorithm::WeightedRandom { .. });
        if !is_starting && !is_random {
            self.weights = None;
            return;
        }
        let weight = |(target, age): (&u32, u64)| {
            let grown = if is_starting && age < length { age as f64 / length as f64 } else { 1.0 };
            grown.max(0.01) * self.anomalies.as_ref().map_or(1.0, |anomalies| anomalies.trust(*target))
        };
        self.weights = Some(Weights::new(self.targets.iter().zip(ages).map(weight)));
    }

    fn choose(
        &mut self,
        outstanding: &Outstanding,
        visitor: Option<u32>,
        now: u64,
        chance: &mut Stream,
    ) -> Option<u32> {
        let Some(mut stickiness) = self.stickiness.take() else { return self.choose_afresh(outstanding, chance) };
        let visitor = stickiness.visitor(visitor, chance);
        let known = stickiness.target_of(visitor, now).filter(|target| self.has(*target));
        let chosen = known.or_else(|| self.choose_afresh(outstanding, chance));
        if let (None, Some(target)) = (known, chosen) {
            stickiness.remember(visitor, target, now);
        }
        self.stickiness = Some(stickiness);
        chosen
    }

    fn has(&self, target: u32) -> bool {
        self.members.get((target / 64) as usize).is_some_and(|word| word & (1 << (target % 64)) != 0)
    }

    fn choose_afresh(&mut self, outstanding: &Outstanding, chance: &mut Stream) -> Option<u32> {
        if let Some(weights) = &self.weights {
            return self.targets.get(weights.draw(chance)).copied();
        }
        match self.spec.algorithm {
            Algorithm::RoundRobin => {
                let turn = if self.turn < self.targets.len() { self.turn } else { 0 };
                self.turn = turn + 1;
                self.targets.get(turn).copied()
            }
            Algorithm::LeastOutstandingRequests => self.choose_least(outstanding),
            Algorithm::WeightedRandom { .. } => None,
        }
    }

    /// The target with the fewest requests under way; among equals the next after the last choice.
    #[inline]
    pub(super) fn choose_least(&mut self, outstanding: &Outstanding) -> Option<u32> {
        let chosen = outstanding.least(&self.members, self.turn as u32)?;
        self.turn = chosen as usize + 1;
        Some(chosen)
    }
}
