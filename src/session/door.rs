//! From a name to a server: what the data plane is told.
use super::Session;
use super::url::Url;
use crate::cloud::Region;
use crate::cloud::ec2::security_group::Visitor;
use crate::cloud::ec2::{Ec2, Instance, InstanceState};
use crate::cloud::elb::{self, HttpRequest, LoadBalancer};
use crate::sim::{SimDuration, SimTime};
use crate::traffic::{
    Algorithm, AppState, Balancer, Discipline, Door, Fleet, ServerId, ServerSpec, Target, TargetGroup,
};

/// The port that visitors use.
const HTTP: i64 = 80;

impl Session {
    pub(super) fn build_fleet(&self) -> Fleet {
        let mut fleet = Fleet::default();
        for region in self.cloud.regions() {
            for instance in region.ec2.instances.values().filter(|instance| instance.is_running()) {
                let mut spec = server(region, instance);
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

/// The host of `http://host:port/path`.
pub(super) fn host_of(target: &str) -> &str {
    let rest = target.trim();
    let rest = rest.strip_prefix("http://").or_else(|| rest.strip_prefix("https://")).unwrap_or(rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or_default()
}

/// How long the caches of a program stay cold after it has come up. A guess.
const COLD: SimDuration = SimDuration::from_secs(30);

fn server(region: &Region, instance: &Instance) -> ServerSpec {
    let warm_up = match instance.state {
        InstanceState::Running { booted: Some(booted), .. } => (booted, COLD),
        InstanceState::Running { booted: None, .. }
        | InstanceState::Pending
        | InstanceState::Stopping
        | InstanceState::Stopped
        | InstanceState::ShuttingDown
        | InstanceState::Terminated => (SimTime::ZERO, SimDuration::ZERO),
    };
    let family = instance.instance_type.name.split('.').next().unwrap_or_default();
    ServerSpec {
        vcpus: instance.instance_type.vcpus,
        app: app_state(region, instance),
        has_accelerator: ACCELERATED.iter().any(|prefix| family.starts_with(prefix)),
        warm_up,
        ..ServerSpec::default()
    }
}

/// The families of accelerated computing (EC2 instance types, "Accelerated computing") begin so.
const ACCELERATED: [&str; 4] = ["g", "p", "inf", "trn"];

/// Servers that get long computations let them share the CPUs.
fn share_cpus(fleet: &mut Fleet, door: &Door) {
    let ids: Vec<ServerId> = match door {
        Door::Balancer(balancer) => {
            balancer.groups.iter().flat_map(|group| &group.targets).map(|target| target.server).collect()
        }
        Door::Server(id) => vec![*id],
        Door::Silent | Door::Refused | Door::NameNotFound => Vec::new(),
    };
    for id in ids {
        if let Some(server) = fleet.servers.get_mut(&id) {
            server.discipline = Discipline::ProcessorSharing;
        }
    }
}

fn app_state(region: &Region, instance: &Instance) -> AppState {
    let is_shut_out = region.elb.target_groups.values().any(|group| {
        group.target(&instance.instance_id).is_some_and(|target| {
            let balancers = region.elb.balancers_of(&group.arn);
            let balancer = balancers.first().and_then(|arn| region.elb.load_balancers.get(arn));
            balancer.is_some_and(|balancer| {
                let visitor = Visitor::MemberOf(&balancer.security_groups);
                !region.ec2.lets_in(&instance.security_groups, visitor, target.port)
            })
        })
    });
    match (is_shut_out, instance.serves_web()) {
        (true, _) => AppState::Silent,
        (false, true) => AppState::Serving,
        (false, false) => AppState::Refusing,
    }
}

fn door_of_instance(ec2: &Ec2, instance: &Instance) -> Door {
    if !instance.is_running() || !ec2.lets_in(&instance.security_groups, Visitor::Internet, HTTP) {
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
    // Simplified: what the load balancer answers itself, a redirect or a fixed response, a stream of visitors sees as a failure.
    let pools = match &rule.action {
        elb::Action::Forward(forward) => region.elb.pools(&region.ec2, forward),
        elb::Action::Redirect(_) | elb::Action::FixedResponse(_) => Vec::new(),
    };
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
        stickiness: pool.stickiness,
    }
}
