//! The networks of a region: VPCs, their subnets, their internet gateways.
use std::collections::BTreeMap;

use super::cidr::Cidr;
use super::{InternetGateway, Subnet, Vpc};
use crate::api::ApiError;
use crate::cloud::{Ids, RegionInfo};

/// All networks of a region.
///
/// Simplified: there are no route tables. A VPC with an internet gateway sends everything that leaves it through the gateway, from every
/// subnet.
#[derive(Clone, Debug)]
pub struct Network {
    /// The VPCs by id.
    pub vpcs: BTreeMap<String, Vpc>,
    /// The subnets: the default ones in order of their zones, then the others in the order in which they were made.
    pub subnets: Vec<Subnet>,
    /// The internet gateways by id.
    pub gateways: BTreeMap<String, InternetGateway>,
}

impl Network {
    /// The default network: one VPC with its internet gateway, and in each zone a public subnet, a /20 of 172.31.0.0/16.
    pub(super) fn new(info: &RegionInfo, ids: &mut Ids) -> Self {
        let vpc_id = ids.next(info.name, "vpc-");
        let subnets = (0..).zip(info.zones()).map(|(index, zone)| Subnet {
            subnet_id: ids.next(info.name, "subnet-"),
            vpc_id: vpc_id.clone(),
            zone,
            cidr: Cidr::new([172, 31, index * 16, 0], 20),
            is_default: true,
            maps_public_ip: true,
            tags: Vec::new(),
        });
        let subnets = subnets.collect();
        let gateway_id = ids.next(info.name, "igw-");
        let gateway =
            InternetGateway { gateway_id: gateway_id.clone(), vpc_id: Some(vpc_id.clone()), tags: Vec::new() };
        let cidr = Cidr::new([172, 31, 0, 0], 16);
        let vpc = Vpc { vpc_id: vpc_id.clone(), cidr, is_default: true, tags: Vec::new() };
        Network { vpcs: [(vpc_id, vpc)].into(), subnets, gateways: [(gateway_id, gateway)].into() }
    }

    /// The VPC that is meant where none is named; none once it was deleted.
    pub fn default_vpc(&self) -> Option<&Vpc> {
        self.vpcs.values().find(|vpc| vpc.is_default)
    }

    /// The VPC of this id.
    ///
    /// # Errors
    /// `InvalidVpcID.NotFound` if there is none.
    pub fn vpc(&self, vpc_id: &str) -> Result<&Vpc, ApiError> {
        let missing = || ApiError::new("InvalidVpcID.NotFound", format!("The vpc ID '{vpc_id}' does not exist"));
        self.vpcs.get(vpc_id).ok_or_else(missing)
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

    /// Whether the VPC has an internet gateway.
    pub fn has_internet_gateway(&self, vpc_id: &str) -> bool {
        self.gateways.values().any(|gateway| gateway.vpc_id.as_deref() == Some(vpc_id))
    }
}
