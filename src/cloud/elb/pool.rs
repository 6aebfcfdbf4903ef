//! What the data plane is told of a forward: among which targets requests are shared out, and how.
use super::action::Forward;
use super::health_check::Health;
use super::target::unused_reason;
use super::{Algorithm, Elb, LoadBalancer, Stickiness, Target, TargetGroup};
use crate::cloud::ec2::Ec2;
use crate::sim::{SimDuration, SimTime};

/// Targets among which a share of the requests goes: those of a target group, or those of one of its zones if it is not cross-zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The target group.
    pub target_group_arn: String,
    /// The pool's share, relative to the others.
    pub weight: u32,
    /// How the next target is chosen.
    pub algorithm: Algorithm,
    /// The targets that get requests. If there is none, the load balancer answers 503 itself.
    pub targets: Vec<PoolTarget>,
    /// The instances of targets that get nothing new and may finish what they have.
    pub finishing: Vec<String>,
    /// How long a new target's share grows.
    pub slow_start: SimDuration,
    /// How a visitor comes back to the same target, if they do.
    pub stickiness: Option<Stickiness>,
}

/// A target that gets requests.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolTarget {
    /// Its instance.
    pub instance_id: String,
    /// The port it is asked on.
    pub port: i64,
    /// Since when its share grows; the beginning of time if it does not.
    pub growing_since: SimTime,
}

/// A share that can be divided by any number of zones up to six.
const DIVISIBLE: u32 = 60;

impl Elb {
    /// The targets that requests go to: the healthy ones, or all that are in use if too few are healthy (fail open).
    ///
    /// "If a target group contains only unhealthy registered targets, the load balancer routes requests to all those targets, regardless of
    /// their health status" (User Guide for Application Load Balancers, "Health checks for target groups").
    pub fn pools(&self, ec2: &Ec2, forward: &Forward) -> Vec<Pool> {
        let groups: Vec<(&TargetGroup, u32)> = forward
            .target_groups
            .iter()
            .filter_map(|(arn, weight)| Some((self.target_groups.get(arn)?, *weight)))
            .collect();
        let is_split = groups.iter().any(|(group, _)| !group.is_cross_zone());
        let scale = if is_split { DIVISIBLE } else { 1 };
        let is_weighted = groups.len() > 1;
        let mut pools: Vec<Pool> =
            groups.into_iter().flat_map(|(group, weight)| self.pools_of(ec2, group, weight * scale)).collect();
        // "Application-based stickiness does not work with weighted target groups."
        for pool in pools.iter_mut().filter(|_| is_weighted) {
            pool.stickiness.take_if(|stickiness| matches!(stickiness, Stickiness::ByApplication { .. }));
        }
        pools
    }

    fn pools_of(&self, ec2: &Ec2, group: &TargetGroup, weight: u32) -> Vec<Pool> {
        let Some(balancer) = self.balancer_of(group).filter(|_| !group.is_cross_zone()) else {
            return vec![self.pool(ec2, group, weight, |_| true)];
        };
        let zones = self.zones_in_dns(ec2, balancer);
        let share = weight / zones.len().max(1) as u32;
        let in_zone = |target: &Target, zone: &str| zone_of(ec2, target) == Some(zone);
        zones.iter().map(|zone| self.pool(ec2, group, share, |target| in_zone(target, zone))).collect()
    }

    fn pool(&self, ec2: &Ec2, group: &TargetGroup, weight: u32, is_inside: impl Fn(&Target) -> bool) -> Pool {
        let used = self.used(ec2, group, &is_inside);
        let healthy: Vec<&Target> = used.iter().filter(|target| is_healthy(target)).copied().collect();
        let is_open = healthy.len() < group.fewest_healthy_for_routing(used.len());
        let chosen = if is_open { used } else { healthy };
        let is_chosen = |target: &Target| chosen.iter().any(|other| other.registration == target.registration);
        let finishing = group.targets.iter().filter(|target| is_inside(target) && !is_chosen(target));
        let finishing = finishing.map(|target| target.instance_id.clone());
        Pool {
            target_group_arn: group.arn.clone(),
            weight,
            algorithm: group.algorithm(),
            finishing: finishing.collect(),
            targets: chosen.iter().map(|target| PoolTarget::of(target)).collect(),
            slow_start: group.slow_start(),
            stickiness: group.stickiness(),
        }
    }

    /// The targets that could get requests, healthy or not.
    fn used<'a>(&self, ec2: &Ec2, group: &'a TargetGroup, is_inside: impl Fn(&Target) -> bool) -> Vec<&'a Target> {
        let balancer = self.balancer_of(group);
        let is_used = |target: &Target| {
            !target.is_draining && unused_reason(balancer, ec2.instances.get(&target.instance_id)).is_none()
        };
        group.targets.iter().filter(|target| is_inside(target) && is_used(target)).collect()
    }

    /// Whether a node in the zone sends requests to the healthy targets of the group alone, and not to all of them.
    pub(super) fn routes_to_healthy(&self, ec2: &Ec2, group: &TargetGroup, zone: &str) -> bool {
        let is_cross_zone = group.is_cross_zone();
        let used = self.used(ec2, group, |target| is_cross_zone || zone_of(ec2, target) == Some(zone));
        used.iter().filter(|target| is_healthy(target)).count() >= group.fewest_healthy_for_routing(used.len())
    }

    /// The addresses that the DNS name of an active load balancer resolves to: one for each enabled zone whose targets are fit. If no zone
    /// is, all ("Target group health", DNS failover).
    pub fn resolved_addresses(&self, ec2: &Ec2, balancer: &LoadBalancer) -> Vec<String> {
        let zones = self.zones_in_dns(ec2, balancer);
        let nodes = balancer.zones.iter().filter(|_| balancer.is_active);
        let nodes = nodes.filter(|node| zones.contains(&node.zone.as_str()));
        nodes.map(|node| node.address.clone()).collect()
    }

    fn zones_in_dns<'a>(&self, ec2: &Ec2, balancer: &'a LoadBalancer) -> Vec<&'a str> {
        let all = || balancer.zones.iter().map(|node| node.zone.as_str());
        let groups = || self.target_groups.values().filter(|group| group.balancer_arn.as_ref() == Some(&balancer.arn));
        let fit: Vec<&str> = all().filter(|zone| groups().all(|group| is_fit_in(ec2, group, zone))).collect();
        if fit.is_empty() { all().collect() } else { fit }
    }
}

/// Whether enough targets are healthy that a node in the zone sends requests to. A group without any targets says nothing.
pub(super) fn is_fit_in(ec2: &Ec2, group: &TargetGroup, zone: &str) -> bool {
    let is_cross_zone = group.is_cross_zone();
    let reaches = |target: &&Target| is_cross_zone || zone_of(ec2, target) == Some(zone);
    let reached = group.targets.iter().filter(|target| !target.is_draining).filter(reaches);
    let (all, healthy) =
        reached.fold((0, 0), |(all, healthy), target| (all + 1, healthy + usize::from(is_healthy(target))));
    group.targets.is_empty() || healthy >= group.fewest_healthy_for_dns(all)
}

fn is_healthy(target: &Target) -> bool {
    *target.health() == Health::Healthy
}

fn zone_of<'a>(ec2: &'a Ec2, target: &Target) -> Option<&'a str> {
    ec2.instances.get(&target.instance_id).map(|instance| instance.zone.as_str())
}

impl PoolTarget {
    fn of(target: &Target) -> Self {
        PoolTarget {
            instance_id: target.instance_id.clone(),
            port: target.port,
            growing_since: target.growing_since.unwrap_or(SimTime::ZERO),
        }
    }
}
