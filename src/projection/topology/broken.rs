//! What is wrong as things are set up: said where it is wrong, in a few words.
use crate::cloud::Region;
use crate::cloud::autoscaling::Group;
use crate::cloud::elb::{Action, LoadBalancer, TargetGroup, TargetState};

/// What is wrong at a balancer: listeners that lead nowhere, zones that it lacks, targets that are not well.
pub(super) fn at_balancer(region: &Region, balancer: &LoadBalancer, gaps: &[Gap<'_>]) -> Vec<String> {
    let mut all = listeners(region, balancer);
    for Gap { group, zone, .. } in gaps.iter().filter(|gap| gap.balancer.arn == balancer.arn) {
        all.push(format!("not in {zone}, where {} launches", group.name));
    }
    let unhealthy = targets(region, balancer).filter(|state| state.state == "unhealthy").count();
    if unhealthy > 0 {
        all.push(format!("{unhealthy} unhealthy"));
    }
    all
}

fn listeners(region: &Region, balancer: &LoadBalancer) -> Vec<String> {
    let mut all = Vec::new();
    let mut any = false;
    for listener in region.elb.listeners_of(&balancer.arn) {
        any = true;
        for forward in listener.rules().filter_map(|rule| match &rule.action {
            Action::Forward(forward) => Some(forward),
            Action::Redirect(_) | Action::FixedResponse(_) => None,
        }) {
            let used = forward.target_groups.iter().filter(|(_, weight)| *weight > 0);
            for group in used.filter_map(|(arn, _)| region.elb.target_groups.get(arn)) {
                if group.targets.is_empty() {
                    all.push(format!("port {} forwards to {}, which has no targets", listener.port, group.name));
                }
            }
        }
    }
    if !any {
        all.push("no listener: nobody gets in".to_owned());
    }
    all.dedup();
    all
}

fn target_groups<'a>(region: &'a Region, balancer: &'a LoadBalancer) -> impl Iterator<Item = &'a TargetGroup> {
    region.elb.target_groups.values().filter(|group| group.balancer_arn.as_ref() == Some(&balancer.arn))
}

fn targets<'a>(region: &'a Region, balancer: &'a LoadBalancer) -> impl Iterator<Item = TargetState> + 'a {
    target_groups(region, balancer)
        .flat_map(move |group| group.targets.iter().map(move |target| region.elb.state_of(&region.ec2, group, target)))
}

/// A zone in which a group launches targets for a balancer although that does not reach them.
pub(super) struct Gap<'a> {
    balancer: &'a LoadBalancer,
    group: &'a Group,
    zone: &'a str,
}

/// All of them in a region: they are looked for once, not again for each balancer and each zone.
pub(super) fn gaps(region: &Region) -> Vec<Gap<'_>> {
    let balancers = region.elb.load_balancers.values();
    let of_one = |balancer| lacking_zones(region, balancer).map(move |(group, zone)| Gap { balancer, group, zone });
    balancers.flat_map(of_one).collect()
}

fn lacking_zones<'a>(region: &'a Region, balancer: &'a LoadBalancer) -> impl Iterator<Item = (&'a Group, &'a str)> {
    let feeds = move |group: &&Group| {
        group.target_group_arns().any(|arn| target_groups(region, balancer).any(|target| target.arn == arn))
    };
    region.autoscaling.groups.values().filter(feeds).flat_map(move |group| {
        let subnets = group.subnets.iter().filter_map(|id| region.ec2.network.subnet(id).ok());
        let zones = subnets.map(|subnet| subnet.zone.as_str());
        zones.filter(|zone| !balancer.has_zone(zone)).map(move |zone| (group, zone))
    })
}

/// What is wrong in a zone: a balancer does not reach it although targets are there, or are to be there.
pub(super) fn in_zone(region: &Region, zone: &str, gaps: &[Gap<'_>]) -> Vec<String> {
    let is_in_zone = |id: &String| region.ec2.instances.get(id).is_some_and(|instance| instance.zone == zone);
    let lacks = |balancer: &&LoadBalancer| {
        let has_targets = || {
            target_groups(region, balancer).any(|group| group.targets.iter().any(|one| is_in_zone(&one.instance_id)))
        };
        let is_wanted = || gaps.iter().any(|gap| gap.zone == zone && gap.balancer.arn == balancer.arn);
        !balancer.has_zone(zone) && (is_wanted() || has_targets())
    };
    let balancers = region.elb.load_balancers.values().filter(lacks);
    balancers.map(|balancer| format!("{} does not reach this zone", balancer.name)).collect()
}

/// Why a target gets no requests, or is about to lose them.
pub(super) fn of_target(health: &TargetState) -> Option<String> {
    match (health.state, health.reason) {
        ("unhealthy", _) => Some(health.description.clone()),
        ("unused", "Target.InvalidState") => None,
        ("unused", _) if health.description.contains("Availability Zone") => {
            Some("unused: the balancer lacks this zone".to_owned())
        }
        ("unused", _) => Some("unused: no listener forwards to its target group".to_owned()),
        _ => None,
    }
}
