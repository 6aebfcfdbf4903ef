//! Subnets: the parts of a VPC that lie in one zone each.
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::cidr::Cidr;
use super::listing::{Query, is_named};
use super::tag::tags_for;
use super::vpc::block;
use super::{Ec2, Instance};
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateSubnetRequest, CreateSubnetResult, DeleteSubnetRequest, DescribeSubnetsRequest, DescribeSubnetsResult,
    ModifySubnetAttributeRequest, Nothing, Tag,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, FilterNames, RegionInfo, Zone};

/// A subnet.
#[derive(Clone, Debug)]
pub struct Subnet {
    /// Its id.
    pub subnet_id: String,
    /// The VPC it is a part of.
    pub vpc_id: String,
    /// The zone it lies in.
    pub zone: Zone,
    /// Its block of private addresses.
    pub cidr: Cidr,
    /// Whether it is its zone's part of the default VPC.
    pub is_default: bool,
    /// Whether instances get a public address where a launch does not say otherwise.
    pub maps_public_ip: bool,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// The first four addresses and the last one of each subnet are AWS's own.
const RESERVED: u64 = 5;

const FILTERS: &FilterNames = &[
    ("subnet-id", "SubnetId"),
    ("vpc-id", "VpcId"),
    ("availability-zone", "AvailabilityZone"),
    ("availabilityZone", "AvailabilityZone"),
    ("availability-zone-id", "AvailabilityZoneId"),
    ("available-ip-address-count", "AvailableIpAddressCount"),
    ("cidr-block", "CidrBlock"),
    ("cidr", "CidrBlock"),
    ("default-for-az", "DefaultForAz"),
    ("map-public-ip-on-launch", "MapPublicIpOnLaunch"),
    ("owner-id", "OwnerId"),
    ("state", "State"),
    ("subnet-arn", "SubnetArn"),
];

impl Subnet {
    /// The block of addresses as text.
    pub fn cidr_block(&self) -> String {
        self.cidr.to_string()
    }
}

impl Ec2 {
    pub(super) fn create_subnet(
        &mut self,
        context: &mut Context,
        input: CreateSubnetRequest,
    ) -> Result<CreateSubnetResult, ApiError> {
        let vpc = self.network.vpc(&input.vpc_id)?;
        let text = input.cidr_block.clone().unwrap_or_default();
        let cidr = block(&text)?;
        if !vpc.cidr.holds(cidr) || cidr.prefix() > 28 {
            return Err(ApiError::new("InvalidSubnet.Range", format!("The CIDR '{text}' is invalid.")));
        }
        let mut siblings = self.network.subnets.iter().filter(|subnet| subnet.vpc_id == input.vpc_id);
        if siblings.clone().any(|subnet| subnet.cidr.overlaps(cidr)) {
            let message = format!("The CIDR '{text}' conflicts with another subnet");
            return Err(ApiError::new("InvalidSubnet.Conflict", message));
        }
        if !context.quotas().has_room(Quota::SubnetsPerVpc, siblings.by_ref().count()) {
            return Err(ApiError::new("SubnetLimitExceeded", "The maximum number of subnets has been reached."));
        }
        let subnet = Subnet {
            subnet_id: context.new_id("subnet-"),
            zone: zone_of(context.region, &input)?,
            vpc_id: input.vpc_id,
            cidr,
            is_default: false,
            maps_public_ip: false,
            tags: tags_for(&input.tag_specifications, &["subnet"])?,
        };
        let shape = self.subnet_shape(context, &subnet);
        self.network.subnets.push(subnet);
        Ok(CreateSubnetResult { subnet: shape })
    }

    pub(super) fn delete_subnet(&mut self, _: &mut Context, input: DeleteSubnetRequest) -> Result<Nothing, ApiError> {
        let subnet = self.network.subnet(&input.subnet_id)?;
        if self.members_of(subnet).next().is_some() {
            return Err(in_use(&input.subnet_id));
        }
        self.network.subnets.retain(|subnet| subnet.subnet_id != input.subnet_id);
        Ok(Nothing {})
    }

    pub(super) fn modify_subnet_attribute(
        &mut self,
        _: &mut Context,
        input: ModifySubnetAttributeRequest,
    ) -> Result<Nothing, ApiError> {
        self.network.subnet(&input.subnet_id)?;
        let value = input.map_public_ip_on_launch.and_then(|attribute| attribute.value);
        let subnet = self.network.subnets.iter_mut().find(|subnet| subnet.subnet_id == input.subnet_id);
        if let (Some(subnet), Some(value)) = (subnet, value) {
            subnet.maps_public_ip = value;
        }
        Ok(Nothing {})
    }

    pub(super) fn describe_subnets(
        &mut self,
        context: &mut Context,
        input: DescribeSubnetsRequest,
    ) -> Result<DescribeSubnetsResult, ApiError> {
        input.subnet_ids.iter().try_for_each(|id| self.network.subnet(id).map(|_| ()))?;
        let wanted = self.network.subnets.iter().filter(|subnet| is_named(&subnet.subnet_id, &input.subnet_ids));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (subnets, next_token) = query.of(wanted.map(|subnet| self.subnet_shape(context, subnet)).collect())?;
        Ok(DescribeSubnetsResult { subnets, next_token })
    }

    fn subnet_shape(&self, context: &Context, subnet: &Subnet) -> ec2::Subnet {
        ec2::Subnet {
            subnet_id: subnet.subnet_id.clone(),
            vpc_id: subnet.vpc_id.clone(),
            state: "available".into(),
            cidr_block: subnet.cidr_block(),
            available_ip_address_count: self.free_addresses(subnet) as i64,
            availability_zone: subnet.zone.clone(),
            availability_zone_id: context.region.zone_id(&subnet.zone).unwrap_or_default(),
            default_for_az: subnet.is_default,
            map_public_ip_on_launch: subnet.maps_public_ip,
            owner_id: ACCOUNT_ID.into(),
            subnet_arn: context.arn("ec2", &format!("subnet/{}", subnet.subnet_id)),
            tags: subnet.tags.clone(),
        }
    }

    /// How many addresses of the subnet are left.
    ///
    /// Simplified: only instances take addresses; a load balancer's nodes take none.
    pub fn free_addresses(&self, subnet: &Subnet) -> u64 {
        (subnet.cidr.size() - RESERVED).saturating_sub(self.members_of(subnet).count() as u64)
    }

    fn members_of(&self, subnet: &Subnet) -> impl Iterator<Item = &Instance> {
        let is_member =
            move |instance: &&Instance| instance.subnet_id == subnet.subnet_id && instance.private_ip.is_some();
        self.instances.values().filter(is_member)
    }

    /// An address of the subnet that no instance has: a random one, or the next free one after it.
    pub(super) fn free_private_ip(&self, context: &Context, subnet: &Subnet, number: u64) -> String {
        let taken: BTreeSet<&str> =
            self.members_of(subnet).filter_map(|instance| instance.private_ip.as_deref()).collect();
        let usable = subnet.cidr.size() - RESERVED;
        let first = context.random("ec2.private_ip", number).below(usable);
        let mut places = (0..usable).map(|step| subnet.cidr.address((first + step) % usable + 4).to_string());
        places.find(|address| !taken.contains(address.as_str())).unwrap_or_default()
    }

    /// Refuses an address that the launch asks for, if it lies outside the subnet or something has it.
    pub(super) fn check_private_ip(&self, subnet: &Subnet, address: &str) -> Result<(), ApiError> {
        let parsed = address.parse::<Ipv4Addr>().ok();
        if !parsed.is_some_and(|parsed| subnet.cidr.contains(parsed)) {
            let message = format!("Address {address} does not fall within the subnet's address range");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        if self.members_of(subnet).any(|instance| instance.private_ip.as_deref() == Some(address)) {
            return Err(ApiError::new("InvalidIPAddress.InUse", format!("Address {address} is in use")));
        }
        Ok(())
    }
}

/// The refusal to delete a subnet that something lies in.
pub(in crate::cloud) fn in_use(subnet_id: &str) -> ApiError {
    let message = format!("The subnet '{subnet_id}' has dependencies and cannot be deleted.");
    ApiError::new("DependencyViolation", message)
}

/// The zone that is named; the first one where none is.
fn zone_of(region: &RegionInfo, input: &CreateSubnetRequest) -> Result<Zone, ApiError> {
    let named = input.availability_zone.as_ref();
    let id = input.availability_zone_id.as_ref();
    let fits = |zone: &Zone| {
        named.is_none_or(|name| name == zone) && id.is_none_or(|id| region.zone_id(zone).as_ref() == Some(id))
    };
    region.zones().find(fits).ok_or_else(|| {
        let wrong = named.or(id).map(String::as_str).unwrap_or_default();
        let message = format!("Value ({wrong}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: {}.", region.zones().collect::<Vec<_>>().join(", "));
        ApiError::new("InvalidParameterValue", message)
    })
}
