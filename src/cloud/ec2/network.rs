//! Regions, zones, and the default network: one VPC with a subnet in each zone.
use std::collections::BTreeSet;

use super::{Ec2, is_wanted};
use crate::api::ApiError;
use crate::api::ec2::{
    self, AvailabilityZone, DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult, DescribeRegionsRequest,
    DescribeRegionsResult, DescribeSubnetsRequest, DescribeSubnetsResult, DescribeVpcsRequest, DescribeVpcsResult, Vpc,
};
use crate::cloud::{ACCOUNT_ID, Context, Ids, Properties, REGIONS, RegionInfo, Zone};

/// The default VPC of a region. Simplified: the lab has no other.
#[derive(Clone, Debug)]
pub struct Network {
    /// The VPC's id.
    pub vpc_id: String,
    /// Its subnets in order of their zones.
    pub subnets: Vec<Subnet>,
}

/// A default subnet: public, a /20 of 172.31.0.0/16.
#[derive(Clone, Debug)]
pub struct Subnet {
    /// Its id.
    pub subnet_id: String,
    /// The zone it lies in.
    pub zone: Zone,
    /// The zone's number in the region, from 0.
    pub index: u8,
}

/// Addresses of a /20 less the five that AWS keeps for itself.
const USABLE_ADDRESSES: i64 = 4_091;

impl Network {
    pub(super) fn new(info: &RegionInfo, ids: &mut Ids) -> Self {
        let vpc_id = ids.next(info.name, "vpc-");
        let subnets = (0..).zip(info.zones()).map(|(index, zone)| Subnet {
            subnet_id: ids.next(info.name, "subnet-"),
            zone,
            index,
        });
        Network { vpc_id, subnets: subnets.collect() }
    }

    /// The subnet of this id.
    ///
    /// # Errors
    /// `InvalidSubnetID.NotFound` if there is none.
    pub fn subnet(&self, subnet_id: &str) -> Result<&Subnet, ApiError> {
        let found = self.subnets.iter().find(|subnet| subnet.subnet_id == subnet_id);
        found.ok_or_else(|| {
            ApiError::new("InvalidSubnetID.NotFound", format!("The subnet ID '{subnet_id}' does not exist"))
        })
    }

    pub(super) fn describe_vpcs(&self, input: &DescribeVpcsRequest) -> Result<DescribeVpcsResult, ApiError> {
        let properties =
            Properties::default().with("vpc-id", &self.vpc_id).with("is-default", "true").with("state", "available");
        let wanted = is_wanted(&self.vpc_id, &input.vpc_ids, &properties, &[], &input.filters)?;
        let vpc = Vpc {
            vpc_id: self.vpc_id.clone(),
            state: "available".into(),
            cidr_block: "172.31.0.0/16".into(),
            dhcp_options_id: self.vpc_id.replace("vpc-", "dopt-"),
            instance_tenancy: "default".into(),
            is_default: true,
            owner_id: ACCOUNT_ID.into(),
            tags: Vec::new(),
        };
        Ok(DescribeVpcsResult { vpcs: if wanted { vec![vpc] } else { Vec::new() }, next_token: None })
    }
}

impl Subnet {
    /// The block of addresses.
    pub fn cidr_block(&self) -> String {
        format!("172.31.{}.0/20", self.index * 16)
    }
}

impl Ec2 {
    /// An address of the subnet that no instance has.
    pub(super) fn free_private_ip(&self, context: &Context, subnet: &Subnet, number: u64) -> String {
        let taken: BTreeSet<&str> =
            self.instances.values().filter_map(|instance| instance.private_ip.as_deref()).collect();
        let mut stream = context.random("ec2.private_ip", number);
        loop {
            let host = stream.below(USABLE_ADDRESSES as u64) + 4;
            let address = format!("172.31.{}.{}", u64::from(subnet.index) * 16 + host / 256, host % 256);
            if !taken.contains(address.as_str()) {
                return address;
            }
        }
    }

    pub(super) fn describe_subnets(
        &self,
        context: &Context,
        input: &DescribeSubnetsRequest,
    ) -> Result<DescribeSubnetsResult, ApiError> {
        for subnet_id in &input.subnet_ids {
            self.network.subnet(subnet_id)?;
        }
        let mut subnets = Vec::new();
        for subnet in &self.network.subnets {
            let properties = Properties::default()
                .with("subnet-id", &subnet.subnet_id)
                .with("vpc-id", &self.network.vpc_id)
                .with("availability-zone", &subnet.zone)
                .with("default-for-az", "true");
            if is_wanted(&subnet.subnet_id, &input.subnet_ids, &properties, &[], &input.filters)? {
                subnets.push(self.subnet_shape(context, subnet));
            }
        }
        Ok(DescribeSubnetsResult { subnets, next_token: None })
    }

    fn subnet_shape(&self, context: &Context, subnet: &Subnet) -> ec2::Subnet {
        let used = self
            .instances
            .values()
            .filter(|instance| instance.subnet_id == subnet.subnet_id && instance.private_ip.is_some());
        ec2::Subnet {
            subnet_id: subnet.subnet_id.clone(),
            vpc_id: self.network.vpc_id.clone(),
            state: "available".into(),
            cidr_block: subnet.cidr_block(),
            available_ip_address_count: USABLE_ADDRESSES - used.count() as i64,
            availability_zone: subnet.zone.clone(),
            availability_zone_id: zone_id(context.region, subnet.index),
            default_for_az: true,
            map_public_ip_on_launch: true,
            owner_id: ACCOUNT_ID.into(),
            subnet_arn: context.arn("ec2", &format!("subnet/{}", subnet.subnet_id)),
            tags: Vec::new(),
        }
    }
}

/// Simplified: zone `a` is always `az1`; AWS mixes them for each account.
fn zone_id(region: &RegionInfo, index: u8) -> String {
    format!("{}-az{}", region.zone_id_prefix, index + 1)
}

pub(super) fn describe_regions(input: &DescribeRegionsRequest) -> Result<DescribeRegionsResult, ApiError> {
    let mut regions = Vec::new();
    for info in REGIONS {
        let properties =
            Properties::default().with("region-name", info.name).with("opt-in-status", "opt-in-not-required");
        if is_wanted(info.name, &input.region_names, &properties, &[], &input.filters)? {
            regions.push(ec2::Region {
                region_name: info.name.into(),
                endpoint: format!("ec2.{}.amazonaws.com", info.name),
                opt_in_status: "opt-in-not-required".into(),
            });
        }
    }
    Ok(DescribeRegionsResult { regions })
}

pub(super) fn describe_zones(
    region: &RegionInfo,
    input: &DescribeAvailabilityZonesRequest,
) -> Result<DescribeAvailabilityZonesResult, ApiError> {
    let mut availability_zones = Vec::new();
    for (index, zone) in (0..).zip(region.zones()) {
        let zone_id = zone_id(region, index);
        let properties =
            Properties::default().with("zone-name", &zone).with("zone-id", &zone_id).with("state", "available");
        let named = input.zone_ids.is_empty() || input.zone_ids.contains(&zone_id);
        if named && is_wanted(&zone, &input.zone_names, &properties, &[], &input.filters)? {
            availability_zones.push(AvailabilityZone {
                state: "available".into(),
                opt_in_status: "opt-in-not-required".into(),
                region_name: region.name.into(),
                zone_name: zone,
                zone_id,
                group_name: format!("{}-zg-1", region.name),
                network_border_group: region.name.into(),
                zone_type: "availability-zone".into(),
            });
        }
    }
    Ok(DescribeAvailabilityZonesResult { availability_zones })
}
