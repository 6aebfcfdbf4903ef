//! From a name to a server: what the data plane is told.
use super::Session;
use super::server::{server, shut_out};
use super::url::Url;
use crate::cloud::Region;
use crate::cloud::ec2::security_group::Visitor;
use crate::cloud::ec2::{Ec2, Instance};
use crate::cloud::elb::{self, HttpRequest, LoadBalancer};
use crate::sim::SimDuration;
use crate::traffic::{Algorithm, Balancer, Discipline, Door, Fleet, ServerId, Target, TargetGroup};

/// The port that visitors use.
const HTTP: i64 = 80;

impl Session {
    pub(super) fn build_fleet(&self) -> Fleet {
        let mut fleet = Fleet::default();
        for region in self.cloud.regions() {
            let shut_out = shut_out(region);
            for instance in region.ec2.instances.values().filter(|instance| instance.is_running()) {
                let is_reached = region.ec2.is_reachable(instance) && !shut_out.contains(instance.instance_id.as_str());
                let mut spec = server(instance, is_reached);
                self.lay_faults_over(instance, &mut spec);
                fleet.servers.insert(ServerId(instance.number), spec);
            }
        }
        for (id, visitors) in &self.streams {
            let request = Url::read(&visitors.target).request();
            let door = self.way_to(&visitors.resolution.addresses, &request);
            if visitors.class.discipline() == Discipline::ProcessorSharing {
                share_cpus(&mut fleet, &door);
            }
            fleet.doors.insert(*id, door);
        }
        fleet
    }

    /// Where the addresses of a name lead. Simplified: a visitor tries the first one only.
    pub(super) fn way_to(&self, addresses: &[String], request: &HttpRequest) -> Door {
        let Some(address) = addresses.first() else { return Door::NameNotFound };
        for region in self.cloud.regions() {
            if let Some(balancer) = region.elb.balancer_by_address(address) {
                return door_of_balancer(region, balancer, request);
            }
            let mut instances = region.ec2.instances.values();
            let owner = instances.find(|instance| region.ec2.public_ip(&instance.instance_id) == Some(address));
            if let Some(instance) = owner {
                return door_of_instance(&region.ec2, instance);
            }
        }
        Door::Silent
    }
}

/// Servers that get long computations let them share the CPUs.
fn share_cpus(fleet: &mut Fleet, door: &Door) {
    let ids: Vec<ServerId> = match door {
        Door::Balancer(balancer) => {
            balancer.groups.iter().flat_map(|group| &group.targets).map(|target| target.server).collect()
        }
        Door::Server(id) => vec![*id],
        Door::Answered(_) | Door::Silent | Door::Refused | Door::NameNotFound => Vec::new(),
    };
    for id in ids {
        if let Some(server) = fleet.servers.get_mut(&id) {
            server.discipline = Discipline::ProcessorSharing;
        }
    }
}

fn door_of_instance(ec2: &Ec2, instance: &Instance) -> Door {
    if !ec2.is_reachable(instance) || !ec2.lets_in(&instance.security_groups, Visitor::Internet, HTTP) {
        return Door::Silent;
    }
    Door::Server(ServerId(instance.number))
}

fn door_of_balancer(region: &Region, balancer: &LoadBalancer, request: &HttpRequest) -> Door {
    let is_closed =
        balancer.is_internal || !region.ec2.lets_in(&balancer.security_groups, Visitor::Internet, request.port);
    if is_closed || !balancer.is_active {
        return Door::Silent;
    }
    let Some(rule) = region.elb.route(&balancer.arn, request) else { return Door::Refused };
    let forward = match &rule.action {
        elb::Action::Forward(forward) => forward,
        elb::Action::Redirect(redirect) => return Door::Answered(redirect.status_code()),
        elb::Action::FixedResponse(fixed) => return Door::Answered(fixed.status_code),
    };
    let pools = region.elb.pools(&region.ec2, forward);
    let groups = pools.iter().map(|pool| target_group(&region.ec2, pool)).collect();
    Door::Balancer(Balancer { groups, idle_timeout: balancer.idle_timeout() })
}

fn target_group(ec2: &Ec2, pool: &elb::Pool) -> TargetGroup {
    let server = |id: &String| ec2.instances.get(id).map(|instance| ServerId(instance.number));
    let target = |target: &elb::PoolTarget| {
        Some(Target { server: server(&target.instance_id)?, healthy_since: target.growing_since })
    };
    TargetGroup {
        weight: pool.weight,
        algorithm: match pool.algorithm {
            elb::Algorithm::RoundRobin => Algorithm::RoundRobin,
            elb::Algorithm::LeastOutstandingRequests => Algorithm::LeastOutstandingRequests,
            elb::Algorithm::WeightedRandom { mitigates_anomalies } => Algorithm::WeightedRandom { mitigates_anomalies },
        },
        targets: pool.targets.iter().filter_map(target).collect(),
        finishing: pool.finishing.iter().filter_map(server).collect(),
        slow_start: pool.slow_start,
        stickiness: stickiness(ec2, pool),
    }
}

/// How long a stream's visitors come back to the same target.
///
/// Simplified: with an application's cookie they do if all targets send it.
fn stickiness(ec2: &Ec2, pool: &elb::Pool) -> Option<SimDuration> {
    match pool.stickiness.as_ref()? {
        elb::Stickiness::ByBalancer(length) => Some(*length),
        elb::Stickiness::ByApplication { cookie_name, length } => {
            let sends = |target: &elb::PoolTarget| {
                ec2.instances.get(&target.instance_id).is_some_and(|instance| instance.disk.sends_cookie(cookie_name))
            };
            pool.targets.iter().all(sends).then_some(*length)
        }
    }
}
