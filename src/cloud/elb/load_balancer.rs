//! Application Load Balancers.
use super::load_balancer_attribute::DELETION_PROTECTION;
use super::placement::{self, Node};
use super::setting::{Owner, Settings};
use super::{Due, Elb};
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, CreateLoadBalancerInput, CreateLoadBalancerOutput, DeleteLoadBalancerInput, DeleteLoadBalancerOutput,
    DescribeLoadBalancersInput, DescribeLoadBalancersOutput, LoadBalancerState, Tag,
};
use crate::cloud::ec2::Ec2;
use crate::cloud::{Context, Fact, PageRequest};
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
    /// The hosted zone that an alias record of it names.
    pub hosted_zone_id: &'static str,
    /// Whether only the inside of the network reaches it.
    pub is_internal: bool,
    /// The network it stands in.
    pub vpc_id: String,
    /// Its zones with the subnet in each, and the address of its node there.
    pub zones: Vec<Node>,
    /// Its security groups by id.
    pub security_groups: Vec<String>,
    /// Whether it is ready. Simplified: it never becomes `active_impaired` or `failed`.
    pub is_active: bool,
    /// When it was made.
    pub created: SimTime,
    /// How much it can do, a step for each doubling.
    pub size: u32,
    /// Addresses that have left its name and still answer.
    pub former_addresses: Vec<String>,
    /// Its attributes.
    pub settings: Settings,
    /// Its tags.
    pub tags: Vec<Tag>,
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
        api::LoadBalancer {
            load_balancer_arn: self.arn.clone(),
            dns_name: self.dns_name.clone(),
            canonical_hosted_zone_id: self.hosted_zone_id.into(),
            created_time: self.created.to_iso8601(),
            load_balancer_name: self.name.clone(),
            scheme: if self.is_internal { "internal" } else { "internet-facing" }.into(),
            vpc_id: self.vpc_id.clone(),
            state: LoadBalancerState { code: self.state().into() },
            kind: "application".into(),
            availability_zones: self.zones.iter().map(Node::shape).collect(),
            security_groups: self.security_groups.clone(),
            ip_address_type: "ipv4".into(),
        }
    }

    /// Whether a request for a load balancer of this name asks for this very one.
    fn is_as_asked(&self, subnet_ids: &[&String], security_groups: &[String], is_internal: bool) -> bool {
        let has_all = subnet_ids.iter().all(|id| self.zones.iter().any(|node| node.subnet_id == **id));
        has_all
            && subnet_ids.len() == self.zones.len()
            && self.security_groups == security_groups
            && self.is_internal == is_internal
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

    pub(super) fn load_balancer_mut(&mut self, arn: &str) -> Result<&mut LoadBalancer, ApiError> {
        self.load_balancers.get_mut(arn).ok_or_else(|| not_found(arn))
    }

    /// The load balancer that answers to this DNS name; capitals do not matter.
    pub fn balancer_by_dns_name(&self, name: &str) -> Option<&LoadBalancer> {
        self.load_balancers.values().find(|balancer| balancer.dns_name.eq_ignore_ascii_case(name))
    }

    /// The load balancer that answers at this address: one of its nodes has it, or had it not long ago.
    pub fn balancer_by_address(&self, address: &str) -> Option<&LoadBalancer> {
        self.load_balancers.values().find(|balancer| {
            let has_it = balancer.zones.iter().any(|node| node.address == address);
            has_it || balancer.former_addresses.iter().any(|former| former == address)
        })
    }

    pub(super) fn create_load_balancer(
        &mut self,
        context: &mut Context,
        ec2: &Ec2,
        input: CreateLoadBalancerInput,
    ) -> Result<CreateLoadBalancerOutput, ApiError> {
        check_request(&input)?;
        let is_internal = input.scheme.as_deref() == Some("internal");
        let named = placement::named_subnets(&input.subnets, &input.subnet_mappings)?;
        let subnets = placement::checked_subnets(ec2, &named, is_internal)?;
        let vpc_id = subnets.first().map(|subnet| subnet.vpc_id.clone()).unwrap_or_default();
        let security_groups = placement::checked_security_groups(ec2, &vpc_id, &input.security_groups)?;
        if let Some(known) = self.load_balancers.values().find(|known| known.name == input.name) {
            let subnet_ids: Vec<&String> = subnets.iter().map(|subnet| &subnet.subnet_id).collect();
            let message =
                format!("A load balancer with the same name '{}' exists, but with different settings", input.name);
            return match known.is_as_asked(&subnet_ids, &security_groups, is_internal) {
                true => Ok(CreateLoadBalancerOutput { load_balancers: vec![known.shape()] }),
                false => Err(ApiError::new("DuplicateLoadBalancerName", message)),
            };
        }
        if self.load_balancers.len() >= context.quotas().elb.load_balancers {
            let message = "The maximum number of load balancers has been reached";
            return Err(ApiError::new("TooManyLoadBalancers", message));
        }
        let mut balancer = new_balancer(context, vpc_id, input, is_internal);
        balancer.security_groups = security_groups;
        balancer.stand_in(context, &subnets);
        let delay = PROVISIONING.draw(&mut context.random("elb.provisioning", balancer.number));
        context.schedule_in(delay, Due::ProvisioningEnds { load_balancer_arn: balancer.arn.clone() });
        let load_balancers = vec![balancer.shape()];
        self.load_balancers.insert(balancer.arn.clone(), balancer);
        Ok(CreateLoadBalancerOutput { load_balancers })
    }

    pub(super) fn end_provisioning(&mut self, context: &mut Context, arn: &str) {
        if let Some(balancer) = self.load_balancers.get_mut(arn) {
            balancer.is_active = true;
            let name = balancer.name.clone();
            let event = context.record(Fact::LoadBalancerStateChanged { name, state: "active" });
            context.because_of(event);
            self.restart_checks_of_balancer(context, arn);
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
        let found = self.load_balancers.values().filter(wanted).map(LoadBalancer::shape).collect();
        let page = PageRequest { most: input.page_size, limit: Some(400), token: input.marker.as_deref() };
        let (load_balancers, next_marker) = page.cut(found, super::bad_marker)?;
        Ok(DescribeLoadBalancersOutput { load_balancers, next_marker })
    }

    /// Deletes the load balancer with its listeners; its target groups stay. One that does not exist is deleted with success, as in AWS.
    pub(super) fn delete_load_balancer(
        &mut self,
        context: &mut Context,
        input: &DeleteLoadBalancerInput,
    ) -> Result<DeleteLoadBalancerOutput, ApiError> {
        let arn = &input.load_balancer_arn;
        let Some(balancer) = self.load_balancers.get(arn) else { return Ok(DeleteLoadBalancerOutput {}) };
        if balancer.settings.is_on(DELETION_PROTECTION) {
            let message = format!("Load balancer '{arn}' cannot be deleted because deletion protection is enabled");
            return Err(ApiError::new("OperationNotPermitted", message));
        }
        self.load_balancers.remove(arn);
        self.listeners.retain(|_, listener| listener.load_balancer_arn != *arn);
        self.join_target_groups(context);
        Ok(DeleteLoadBalancerOutput {})
    }
}

/// What can be said of a request without a look at anything else.
fn check_request(input: &CreateLoadBalancerInput) -> Result<(), ApiError> {
    super::check_name("The load balancer name", &input.name)?;
    if input.name.starts_with("internal-") {
        let message = format!("The load balancer name '{}' cannot begin with 'internal-'", input.name);
        return Err(ApiError::validation(message));
    }
    if let Some(kind) = input.kind.as_deref().filter(|kind| *kind != "application") {
        return Err(ApiError::not_in_this_lab(format!("A load balancer of type {kind}")));
    }
    input.ip_address_type.as_deref().map_or(Ok(()), placement::check_ip_address_type)?;
    super::tag::check(&input.tags)
}

fn new_balancer(
    context: &mut Context,
    vpc_id: String,
    input: CreateLoadBalancerInput,
    is_internal: bool,
) -> LoadBalancer {
    let name = input.name;
    let number = context.new_number("elb.load_balancer");
    let mut stream = context.random("elb.name", number);
    let digits = 100_000_000 + stream.below(1_900_000_000);
    let prefix = if is_internal { "internal-" } else { "" };
    LoadBalancer {
        arn: context.arn("elasticloadbalancing", &format!("loadbalancer/app/{name}/{}", stream.hex(16))),
        number,
        dns_name: format!("{prefix}{name}-{digits}.{}.elb.amazonaws.com", context.region.name),
        hosted_zone_id: context.region.elb_hosted_zone,
        name,
        is_internal,
        vpc_id,
        zones: Vec::new(),
        security_groups: Vec::new(),
        is_active: false,
        created: context.now,
        size: 0,
        former_addresses: Vec::new(),
        settings: Settings::new(Owner::LoadBalancer),
        tags: input.tags,
    }
}

fn not_found(name: &str) -> ApiError {
    ApiError::new("LoadBalancerNotFound", format!("Load balancers '[{name}]' not found"))
}
