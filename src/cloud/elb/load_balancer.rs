//! Application Load Balancers.
use super::{Due, Elb};
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, AvailabilityZone, CreateLoadBalancerInput, CreateLoadBalancerOutput, DeleteLoadBalancerInput,
    DescribeLoadBalancersInput, DescribeLoadBalancersOutput, LoadBalancerState,
};
use crate::cloud::ec2::Ec2;
use crate::cloud::{Context, Fact};
use crate::sim::{Distribution, SimTime};

/// A load balancer.
#[derive(Clone, Debug)]
pub struct LoadBalancer {
    /// Its ARN.
    pub arn: String,
    /// Its number in the account.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// The name that visitors use.
    pub dns_name: String,
    /// Whether only the inside of the network reaches it.
    pub is_internal: bool,
    /// The network it stands in.
    pub vpc_id: String,
    /// Its zones with the subnet in each, and the address of its node there.
    pub zones: Vec<Node>,
    /// Its security groups by id.
    pub security_groups: Vec<String>,
    /// Whether it is ready.
    pub is_active: bool,
    /// When it was made.
    pub created: SimTime,
}

/// A load balancer's presence in one zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The zone.
    pub zone: String,
    /// The subnet in it.
    pub subnet_id: String,
    /// The address that the DNS name resolves to.
    pub address: String,
}

/// provisioning to active (logs of eleven real ones: 126 to 187 s).
const PROVISIONING: Distribution = Distribution::triangular_secs(126, 150, 187);

impl LoadBalancer {
    /// The part of the ARN that CloudWatch uses: `app/<name>/<id>`.
    pub fn metric_dimension(&self) -> &str {
        self.arn.split_once("loadbalancer/").map_or("", |(_, suffix)| suffix)
    }

    /// AWS's name of the state.
    pub fn state(&self) -> &'static str {
        if self.is_active { "active" } else { "provisioning" }
    }

    /// Whether it has a node in the zone.
    pub fn has_zone(&self, zone: &str) -> bool {
        self.zones.iter().any(|node| node.zone == zone)
    }

    fn shape(&self) -> api::LoadBalancer {
        let zone = |node: &Node| AvailabilityZone { zone_name: node.zone.clone(), subnet_id: node.subnet_id.clone() };
        api::LoadBalancer {
            load_balancer_arn: self.arn.clone(),
            dns_name: self.dns_name.clone(),
            canonical_hosted_zone_id: "Z35SXDOTRQ7X7K".into(),
            created_time: self.created.to_iso8601(),
            load_balancer_name: self.name.clone(),
            scheme: if self.is_internal { "internal" } else { "internet-facing" }.into(),
            vpc_id: self.vpc_id.clone(),
            state: LoadBalancerState { code: self.state().into() },
            kind: "application".into(),
            availability_zones: self.zones.iter().map(zone).collect(),
            security_groups: self.security_groups.clone(),
            ip_address_type: "ipv4".into(),
        }
    }
}

impl Elb {
    /// The load balancer of this ARN.
    ///
    /// # Errors
    /// `LoadBalancerNotFound`.
    pub fn load_balancer(&self, arn: &str) -> Result<&LoadBalancer, ApiError> {
        self.load_balancers.get(arn).ok_or_else(|| not_found(arn))
    }

    /// The load balancer that answers to this DNS name; capitals do not matter.
    pub fn balancer_by_dns_name(&self, name: &str) -> Option<&LoadBalancer> {
        self.load_balancers.values().find(|balancer| balancer.dns_name.eq_ignore_ascii_case(name))
    }

    pub(super) fn create_load_balancer(
        &mut self,
        context: &mut Context,
        ec2: &Ec2,
        input: CreateLoadBalancerInput,
    ) -> Result<CreateLoadBalancerOutput, ApiError> {
        super::target_group::check_name("The load balancer name", &input.name)?;
        if input.kind.as_deref().is_some_and(|kind| kind != "application") {
            return Err(ApiError::not_in_this_lab(format!(
                "A load balancer of type {}",
                input.kind.unwrap_or_default()
            )));
        }
        let mappings = input.subnet_mappings.iter().filter_map(|mapping| mapping.subnet_id.clone());
        let subnets: Vec<String> = input.subnets.iter().cloned().chain(mappings).collect();
        let zones = nodes(context, ec2, &subnets)?;
        let by_default = ec2.default_security_group().map(str::to_owned).into_iter().collect();
        let security_groups = if input.security_groups.is_empty() { by_default } else { input.security_groups };
        security_groups.iter().try_for_each(|id| ec2.security_group_id(Some(id), None).map(|_| ()))?;
        let is_internal = input.scheme.as_deref() == Some("internal");
        if let Some(known) = self.load_balancers.values().find(|known| known.name == input.name) {
            let is_same = known.zones.iter().map(|node| &node.subnet_id).eq(zones.iter().map(|node| &node.subnet_id))
                && known.security_groups == security_groups
                && known.is_internal == is_internal;
            let message =
                format!("A load balancer with the same name '{}' exists, but with different settings", input.name);
            return match is_same {
                true => Ok(CreateLoadBalancerOutput { load_balancers: vec![known.shape()] }),
                false => Err(ApiError::new("DuplicateLoadBalancerName", message)),
            };
        }
        let balancer = new_balancer(context, ec2, input.name, (zones, security_groups, is_internal));
        let number = balancer.number;
        let delay = PROVISIONING.draw(&mut context.random("elb.provisioning", number));
        context.schedule_in(delay, Due::ProvisioningEnds { load_balancer_arn: balancer.arn.clone() });
        let load_balancers = vec![balancer.shape()];
        self.load_balancers.insert(balancer.arn.clone(), balancer);
        Ok(CreateLoadBalancerOutput { load_balancers })
    }

    pub(super) fn end_provisioning(&mut self, context: &mut Context, arn: &str) {
        if let Some(balancer) = self.load_balancers.get_mut(arn) {
            balancer.is_active = true;
            context.record(Fact::LoadBalancerStateChanged { name: balancer.name.clone(), state: "active" });
        }
    }

    pub(super) fn describe_load_balancers(
        &self,
        input: &DescribeLoadBalancersInput,
    ) -> Result<DescribeLoadBalancersOutput, ApiError> {
        input.load_balancer_arns.iter().try_for_each(|arn| self.load_balancer(arn).map(|_| ()))?;
        if let Some(name) =
            input.names.iter().find(|name| !self.load_balancers.values().any(|known| known.name == **name))
        {
            return Err(not_found(name));
        }
        let wanted = |balancer: &&LoadBalancer| {
            (input.load_balancer_arns.is_empty() || input.load_balancer_arns.contains(&balancer.arn))
                && (input.names.is_empty() || input.names.contains(&balancer.name))
        };
        let load_balancers = self.load_balancers.values().filter(wanted).map(LoadBalancer::shape).collect();
        Ok(DescribeLoadBalancersOutput { load_balancers, next_marker: None })
    }

    /// Deletes the load balancer and its listeners. One that does not exist is deleted with success, as in AWS.
    pub(super) fn delete_load_balancer(&mut self, input: &DeleteLoadBalancerInput) {
        self.load_balancers.remove(&input.load_balancer_arn);
        self.listeners.retain(|_, listener| listener.load_balancer_arn != input.load_balancer_arn);
    }
}

fn nodes(context: &mut Context, ec2: &Ec2, subnet_ids: &[String]) -> Result<Vec<Node>, ApiError> {
    let mut zones: Vec<Node> = Vec::new();
    for subnet_id in subnet_ids {
        let subnet = ec2.network.subnet(subnet_id).map_err(|error| ApiError::new("SubnetNotFound", error.message))?;
        if zones.iter().any(|node| node.zone == subnet.zone) {
            let message = "A load balancer cannot be attached to multiple subnets in the same Availability Zone";
            return Err(ApiError::new("InvalidConfigurationRequest", message));
        }
        let mut stream = context.next_random("elb.node");
        let prefix = context.region.public_ip_prefix;
        let address = format!("{prefix}.{}.{}.{}", stream.below(256), stream.below(256), 1 + stream.below(254));
        zones.push(Node { zone: subnet.zone.clone(), subnet_id: subnet_id.clone(), address });
    }
    if zones.len() < 2 {
        return Err(ApiError::validation("At least two subnets in two different Availability Zones must be specified"));
    }
    Ok(zones)
}

fn new_balancer(
    context: &mut Context,
    ec2: &Ec2,
    name: String,
    (zones, security_groups, is_internal): (Vec<Node>, Vec<String>, bool),
) -> LoadBalancer {
    let number = context.new_number("elb.load_balancer");
    let mut stream = context.random("elb.name", number);
    let digits = 100_000_000 + stream.below(1_900_000_000);
    let prefix = if is_internal { "internal-" } else { "" };
    LoadBalancer {
        arn: context.arn("elasticloadbalancing", &format!("loadbalancer/app/{name}/{}", stream.hex(16))),
        number,
        dns_name: format!("{prefix}{name}-{digits}.{}.elb.amazonaws.com", context.region.name),
        name,
        is_internal,
        vpc_id: ec2.network.vpc_id.clone(),
        zones,
        security_groups,
        is_active: false,
        created: context.now,
    }
}

fn not_found(name: &str) -> ApiError {
    ApiError::new("LoadBalancerNotFound", format!("Load balancers '[{name}]' not found"))
}
