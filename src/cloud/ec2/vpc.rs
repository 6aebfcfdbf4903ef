//! VPCs: virtual networks.
use super::cidr::Cidr;
use super::listing::{Query, is_named};
use super::tag::tags_for;
use super::{Ec2, SecurityGroup};
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateVpcRequest, CreateVpcResult, DeleteVpcRequest, DescribeVpcsRequest, DescribeVpcsResult, Nothing, Tag,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, FilterNames};

/// A virtual network.
#[derive(Clone, Debug)]
pub struct Vpc {
    /// Its id.
    pub vpc_id: String,
    /// Its block of private addresses.
    pub cidr: Cidr,
    /// Whether it is meant where none is named.
    pub is_default: bool,
    /// Its tags.
    pub tags: Vec<Tag>,
}

const FILTERS: &FilterNames = &[
    ("vpc-id", "VpcId"),
    ("cidr", "CidrBlock"),
    ("cidr-block", "CidrBlock"),
    ("dhcp-options-id", "DhcpOptionsId"),
    ("is-default", "IsDefault"),
    ("isDefault", "IsDefault"),
    ("owner-id", "OwnerId"),
    ("state", "State"),
];

impl Vpc {
    fn shape(&self) -> ec2::Vpc {
        ec2::Vpc {
            vpc_id: self.vpc_id.clone(),
            state: "available".into(),
            cidr_block: self.cidr.to_string(),
            dhcp_options_id: self.vpc_id.replace("vpc-", "dopt-"),
            instance_tenancy: "default".into(),
            is_default: self.is_default,
            owner_id: ACCOUNT_ID.into(),
            tags: self.tags.clone(),
        }
    }
}

impl Ec2 {
    /// Makes a VPC with its default security group.
    pub(super) fn create_vpc(
        &mut self,
        context: &mut Context,
        input: CreateVpcRequest,
    ) -> Result<CreateVpcResult, ApiError> {
        let text = input.cidr_block.unwrap_or_default();
        let cidr = block(&text)?;
        if !(16..=28).contains(&cidr.prefix()) {
            return Err(ApiError::new("InvalidVpc.Range", format!("The CIDR '{text}' is invalid.")));
        }
        if input.instance_tenancy.is_some_and(|tenancy| tenancy != "default") {
            return Err(ApiError::not_in_this_lab("A VPC of dedicated hardware"));
        }
        if !context.quotas().has_room(Quota::Vpcs, self.network.vpcs.len()) {
            return Err(ApiError::new("VpcLimitExceeded", "The maximum number of VPCs has been reached."));
        }
        let tags = tags_for(&input.tag_specifications, &["vpc"])?;
        let vpc = Vpc { vpc_id: context.new_id("vpc-"), cidr, is_default: false, tags };
        let group = SecurityGroup::default_of(&vpc.vpc_id, context.new_id("sg-"));
        self.security_groups.insert(group.group_id.clone(), group);
        let shape = vpc.shape();
        self.network.vpcs.insert(vpc.vpc_id.clone(), vpc);
        Ok(CreateVpcResult { vpc: shape })
    }

    pub(super) fn describe_vpcs(
        &mut self,
        _: &mut Context,
        input: DescribeVpcsRequest,
    ) -> Result<DescribeVpcsResult, ApiError> {
        input.vpc_ids.iter().try_for_each(|id| self.network.vpc(id).map(|_| ()))?;
        let wanted = self.network.vpcs.values().filter(|vpc| is_named(&vpc.vpc_id, &input.vpc_ids));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (vpcs, next_token) = query.of(wanted.map(Vpc::shape).collect())?;
        Ok(DescribeVpcsResult { vpcs, next_token })
    }

    /// Deletes a VPC that has nothing in it but its default security group.
    pub(super) fn delete_vpc(&mut self, _: &mut Context, input: DeleteVpcRequest) -> Result<Nothing, ApiError> {
        let vpc_id = &input.vpc_id;
        self.network.vpc(vpc_id)?;
        let has_groups = self.security_groups.values().any(|group| group.vpc_id == *vpc_id && !group.is_default());
        let has_subnets = self.network.subnets.iter().any(|subnet| subnet.vpc_id == *vpc_id);
        if has_groups || has_subnets || self.network.has_internet_gateway(vpc_id) {
            let message = format!("The vpc '{vpc_id}' has dependencies and cannot be deleted.");
            return Err(ApiError::new("DependencyViolation", message));
        }
        self.network.vpcs.remove(vpc_id);
        self.security_groups.retain(|_, group| group.vpc_id != *vpc_id);
        Ok(Nothing {})
    }
}

/// The block that a request names.
pub(super) fn block(text: &str) -> Result<Cidr, ApiError> {
    let malformed = || {
        let message = format!("Value ({text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.");
        ApiError::new("InvalidParameterValue", message)
    };
    Cidr::parse(text).ok_or_else(malformed)
}
