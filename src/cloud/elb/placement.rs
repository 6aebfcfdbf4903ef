//! Where a load balancer stands: its subnets with a node in each, its security groups, its kind of addresses.
use super::{Elb, LoadBalancer};
use crate::api::ApiError;
use crate::api::elbv2::{
    AvailabilityZone, SetIpAddressTypeInput, SetIpAddressTypeOutput, SetSecurityGroupsInput, SetSecurityGroupsOutput,
    SetSubnetsInput, SetSubnetsOutput, SubnetMapping,
};
use crate::cloud::Context;
use crate::cloud::ec2::{Ec2, Subnet};

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

/// A load balancer's nodes need so many free addresses in each subnet.
const FREE_ADDRESSES: u64 = 8;

impl Node {
    pub(super) fn shape(&self) -> AvailabilityZone {
        AvailabilityZone {
            zone_name: self.zone.clone(),
            subnet_id: self.subnet_id.clone(),
            load_balancer_addresses: Vec::new(),
        }
    }

    fn new(context: &mut Context, subnet: &Subnet) -> Self {
        Node { zone: subnet.zone.clone(), subnet_id: subnet.subnet_id.clone(), address: new_address(context) }
    }
}

/// An address of the region's block that a node gets.
pub(super) fn new_address(context: &mut Context) -> String {
    let mut stream = context.next_random("elb.node");
    let prefix = context.region.public_ip_prefix;
    format!("{prefix}.{}.{}.{}", stream.below(256), stream.below(256), 1 + stream.below(254))
}

/// The subnets that a request names, in its one form or the other.
pub(super) fn named_subnets(subnets: &[String], mappings: &[SubnetMapping]) -> Result<Vec<String>, ApiError> {
    let mapped: Vec<String> = mappings.iter().filter_map(|mapping| mapping.subnet_id.clone()).collect();
    match (subnets, mapped.as_slice()) {
        ([], [_, ..]) => Ok(mapped),
        (_, []) => Ok(subnets.to_vec()),
        ([_, ..], [_, ..]) => Err(ApiError::validation("You can specify either subnets or subnet mappings, not both")),
    }
}

/// The subnets that a load balancer can stand in: at least two, each in a zone of its own.
///
/// # Errors
/// `SubnetNotFound`, `ValidationError`, `InvalidConfigurationRequest` or `InvalidSubnet`.
pub(super) fn checked_subnets<'a>(
    ec2: &'a Ec2,
    subnet_ids: &[String],
    is_internal: bool,
) -> Result<Vec<&'a Subnet>, ApiError> {
    let mut subnets: Vec<&Subnet> = Vec::new();
    for subnet_id in subnet_ids {
        let subnet = ec2.network.subnet(subnet_id).map_err(|error| ApiError::new("SubnetNotFound", error.message))?;
        if subnets.iter().any(|other| other.zone == subnet.zone) {
            let message = "A load balancer cannot be attached to multiple subnets in the same Availability Zone";
            return Err(ApiError::new("InvalidConfigurationRequest", message));
        }
        subnets.push(subnet);
    }
    if subnets.len() < 2 {
        return Err(ApiError::validation("At least two subnets in two different Availability Zones must be specified"));
    }
    check_network(ec2, &subnets, is_internal)?;
    Ok(subnets)
}

/// A balancer for the internet needs a network with a gateway, and every balancer some free addresses.
fn check_network(ec2: &Ec2, subnets: &[&Subnet], is_internal: bool) -> Result<(), ApiError> {
    if subnets.iter().any(|subnet| subnet.vpc_id != subnets[0].vpc_id) {
        // The words are a guess.
        return Err(ApiError::new("InvalidConfigurationRequest", "All subnets must belong to the same VPC"));
    }
    for subnet in subnets {
        if !is_internal && !ec2.network.has_internet_gateway(&subnet.vpc_id) {
            let message = format!("VPC {} has no internet gateway", subnet.vpc_id);
            return Err(ApiError::new("InvalidSubnet", message));
        }
        if ec2.free_addresses(subnet) < FREE_ADDRESSES {
            let message = format!(
                "Not enough IP space available in {}. ELB requires at least {FREE_ADDRESSES} free IP addresses in each subnet.",
                subnet.subnet_id
            );
            return Err(ApiError::new("InvalidSubnet", message));
        }
    }
    Ok(())
}

/// The security groups that a load balancer gets: those named, or the default one of its VPC.
pub(super) fn checked_security_groups(ec2: &Ec2, vpc_id: &str, named: &[String]) -> Result<Vec<String>, ApiError> {
    if named.is_empty() {
        return Ok(ec2.default_security_group(vpc_id).map(str::to_owned).into_iter().collect());
    }
    for group_id in named {
        ec2.security_group_id(Some(group_id), None)
            .map_err(|error| ApiError::new("InvalidSecurityGroup", error.message))?;
        if ec2.security_groups.get(group_id).is_some_and(|group| group.vpc_id != vpc_id) {
            // The words are a guess.
            let message = format!("The security group '{group_id}' does not belong to VPC '{vpc_id}'");
            return Err(ApiError::new("InvalidConfigurationRequest", message));
        }
    }
    Ok(named.to_vec())
}

impl LoadBalancer {
    /// Gives each subnet a node; a zone that had one keeps its address.
    pub(super) fn stand_in(&mut self, context: &mut Context, subnets: &[&Subnet]) {
        let former = std::mem::take(&mut self.zones);
        for subnet in subnets {
            let kept = former.iter().find(|node| node.subnet_id == subnet.subnet_id);
            self.zones.push(kept.cloned().unwrap_or_else(|| Node::new(context, subnet)));
        }
        self.zones.sort_by(|one, other| one.zone.cmp(&other.zone));
    }
}

impl Elb {
    pub(super) fn set_subnets(
        &mut self,
        context: &mut Context,
        ec2: &Ec2,
        input: &SetSubnetsInput,
    ) -> Result<SetSubnetsOutput, ApiError> {
        input.ip_address_type.as_deref().map_or(Ok(()), check_ip_address_type)?;
        let balancer = self.load_balancer_mut(&input.load_balancer_arn)?;
        let named = named_subnets(&input.subnets, &input.subnet_mappings)?;
        let subnets = checked_subnets(ec2, &named, balancer.is_internal)?;
        balancer.stand_in(context, &subnets);
        let availability_zones = balancer.zones.iter().map(Node::shape).collect();
        self.restart_checks_of_balancer(context, &input.load_balancer_arn);
        Ok(SetSubnetsOutput { availability_zones, ip_address_type: "ipv4".into() })
    }

    pub(super) fn set_security_groups(
        &mut self,
        ec2: &Ec2,
        input: &SetSecurityGroupsInput,
    ) -> Result<SetSecurityGroupsOutput, ApiError> {
        let balancer = self.load_balancer_mut(&input.load_balancer_arn)?;
        if input.security_groups.is_empty() {
            // The words are a guess.
            let message = "A load balancer must have at least one security group";
            return Err(ApiError::new("InvalidConfigurationRequest", message));
        }
        balancer.security_groups = checked_security_groups(ec2, &balancer.vpc_id, &input.security_groups)?;
        Ok(SetSecurityGroupsOutput { security_group_ids: balancer.security_groups.clone() })
    }

    pub(super) fn set_ip_address_type(
        &mut self,
        input: &SetIpAddressTypeInput,
    ) -> Result<SetIpAddressTypeOutput, ApiError> {
        self.load_balancer(&input.load_balancer_arn)?;
        check_ip_address_type(&input.ip_address_type)?;
        Ok(SetIpAddressTypeOutput { ip_address_type: "ipv4".into() })
    }
}

/// Simplified: the lab has no IPv6.
pub(super) fn check_ip_address_type(kind: &str) -> Result<(), ApiError> {
    if kind == "ipv4" { Ok(()) } else { Err(ApiError::not_in_this_lab(format!("The IP address type {kind}"))) }
}
