//! What the data plane is told of an instance.
use std::collections::BTreeSet;

use super::probe::HTTP;
use crate::cloud::Region;
use crate::cloud::ec2::security_group::Visitor;
use crate::cloud::ec2::{CreditMode, Instance, InstanceState};
use crate::sim::{SimDuration, SimTime};
use crate::traffic::{AppState, CreditSpec, ServerSpec};

/// How long the caches of a program stay cold after it has come up. A guess.
const COLD: SimDuration = SimDuration::from_secs(30);
/// The families of accelerated computing (EC2 instance types, "Accelerated computing") begin so.
const ACCELERATED: [&str; 4] = ["g", "p", "inf", "trn"];

/// An instance as the data plane has it. `is_reached` says whether requests can come to it at all.
pub(super) fn server(instance: &Instance, is_reached: bool) -> ServerSpec {
    let family = instance.instance_type.name.split('.').next().unwrap_or_default();
    let is_accelerated = ACCELERATED.iter().any(|prefix| family.starts_with(prefix));
    ServerSpec {
        vcpus: instance.instance_type.vcpus,
        app: match (is_reached, instance.serves_web()) {
            (false, _) => AppState::Silent,
            (true, true) => AppState::Serving,
            (true, false) => AppState::Refusing,
        },
        has_accelerator: is_accelerated || instance.accelerator.is_some(),
        warm_up: warm_up(instance),
        credits: credits(instance),
        ..ServerSpec::default()
    }
}

fn warm_up(instance: &Instance) -> (SimTime, SimDuration) {
    match instance.state {
        InstanceState::Running { booted: Some(booted), .. } => (booted, COLD),
        InstanceState::Running { booted: None, .. }
        | InstanceState::Pending
        | InstanceState::Stopping
        | InstanceState::Stopped
        | InstanceState::ShuttingDown
        | InstanceState::Terminated => (SimTime::ZERO, SimDuration::ZERO),
    }
}

fn credits(instance: &Instance) -> Option<CreditSpec> {
    let rate = instance.instance_type.credits?;
    let is_unlimited = instance.credits == CreditMode::Unlimited;
    // "T2 Standard instances receive launch credits"; none come with the unlimited mode (EC2 User Guide, "Standard mode concepts").
    let at_launch = if is_unlimited { 0.0 } else { rate.launch_credits as f64 };
    let (per_hour, most) = (rate.earned_milli_per_hour as f64 / 1e3, rate.max_milli as f64 / 1e3);
    Some(CreditSpec { per_hour, most, at_launch, is_unlimited })
}

/// The instances that their balancer cannot reach, because their security groups do not let it in.
///
/// Simplified: such an instance is silent for all, also for those who come straight to it.
pub(super) fn shut_out(region: &Region) -> BTreeSet<&str> {
    let groups = region.elb.target_groups.values();
    let with_balancer = groups.filter_map(|group| {
        let balancer = region.elb.balancer_of(group)?;
        Some((group, Visitor::MemberOf(&balancer.security_groups)))
    });
    with_balancer
        .flat_map(|(group, visitor)| {
            group.targets.iter().filter(|target| target.port == HTTP).filter(move |target| {
                let instance = region.ec2.instances.get(&target.instance_id);
                instance.is_some_and(|it| !region.ec2.lets_in(&it.security_groups, visitor, target.port))
            })
        })
        .map(|target| target.instance_id.as_str())
        .collect()
}
