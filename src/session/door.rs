//! From a name to a server: what the data plane is told.
use super::Session;
use crate::cloud::Region;
use crate::cloud::ec2::security_group::Visitor;
use crate::cloud::ec2::{Ec2, Instance};
use crate::cloud::elb::{self, LoadBalancer};
use crate::traffic::{Algorithm, AppState, Balancer, Door, Fleet, ServerId, ServerSpec};

/// Where a name leads, with what a visitor sees of the way.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The addresses that the name resolved to.
    pub(super) addresses: Vec<String>,
    /// What stands there.
    pub(super) door: Door,
}

/// The port that visitors use.
const HTTP: i64 = 80;

impl Session {
    pub(super) fn build_fleet(&self) -> Fleet {
        let mut fleet = Fleet::default();
        for region in self.cloud.regions() {
            for instance in region.ec2.instances.values().filter(|instance| instance.is_running()) {
                let spec = ServerSpec {
                    vcpus: instance.instance_type.vcpus,
                    app: app_state(region, instance),
                    ..ServerSpec::default()
                };
                fleet.servers.insert(ServerId(instance.number), spec);
            }
        }
        for (id, visitors) in &self.streams {
            fleet.doors.insert(*id, self.way_to(&visitors.target).door);
        }
        fleet
    }

    /// Where a name or an address leads. Simplified: nobody caches an answer yet.
    pub(super) fn way_to(&self, target: &str) -> Way {
        let host = host_of(target);
        let address = address_in(host);
        for region in self.cloud.regions() {
            if let Some(balancer) = region.elb.balancer_by_dns_name(host) {
                return way_to_balancer(region, balancer);
            }
            let owner = region.ec2.instances.values().find(|instance| {
                address.is_some() && region.ec2.public_ip(&instance.instance_id) == address.as_deref()
            });
            if let (Some(instance), Some(address)) = (owner, &address) {
                return Way { addresses: vec![address.clone()], door: door_of_instance(&region.ec2, instance) };
            }
        }
        match address {
            Some(address) => Way { addresses: vec![address], door: Door::Silent },
            None => Way { addresses: Vec::new(), door: Door::NameNotFound },
        }
    }
}

/// The host of `http://host:port/path`.
pub(super) fn host_of(target: &str) -> &str {
    let rest = target.trim();
    let rest = rest.strip_prefix("http://").or_else(|| rest.strip_prefix("https://")).unwrap_or(rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or_default()
}

/// The address that a host is or, as a public instance name such as `ec2-203-0-113-25.compute-1.amazonaws.com`, contains.
fn address_in(host: &str) -> Option<String> {
    let label = host.strip_prefix("ec2-").filter(|_| host.ends_with(".amazonaws.com"));
    let text =
        label.map_or_else(|| host.to_owned(), |label| label.split('.').next().unwrap_or_default().replace('-', "."));
    text.parse::<std::net::Ipv4Addr>().ok().map(|address| address.to_string())
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

fn way_to_balancer(region: &Region, balancer: &LoadBalancer) -> Way {
    let addresses: Vec<String> = balancer.zones.iter().map(|node| node.address.clone()).collect();
    if !balancer.is_active {
        return Way { addresses: Vec::new(), door: Door::NameNotFound };
    }
    let is_closed = balancer.is_internal || !region.ec2.lets_in(&balancer.security_groups, Visitor::Internet, HTTP);
    if is_closed {
        return Way { addresses, door: Door::Silent };
    }
    let Some(listener) = region.elb.listener_on(&balancer.arn, HTTP) else {
        return Way { addresses, door: Door::Refused };
    };
    let arn = &listener.target_group_arn;
    let algorithm = match region.elb.target_groups.get(arn).map(|group| group.algorithm) {
        Some(elb::Algorithm::LeastOutstandingRequests) => Algorithm::LeastOutstandingRequests,
        Some(elb::Algorithm::RoundRobin) | None => Algorithm::RoundRobin,
    };
    let ids = region.elb.routable_targets(&region.ec2, arn);
    let numbers = ids.iter().filter_map(|id| region.ec2.instances.get(id)).map(|instance| ServerId(instance.number));
    Way { addresses, door: Door::Balancer(Balancer::to(algorithm, numbers)) }
}
