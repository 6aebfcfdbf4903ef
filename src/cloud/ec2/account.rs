//! What the account may have.
use super::Ec2;
use crate::api::ApiError;
use crate::api::ec2::{
    AccountAttribute, AccountAttributeValue, DescribeAccountAttributesRequest, DescribeAccountAttributesResult,
};
use crate::cloud::Context;
use crate::cloud::quota::Quota;

impl Ec2 {
    /// Simplified: `max-instances` is an old number that AWS still shows and nothing heeds; virtual CPUs count.
    pub(super) fn describe_account_attributes(
        &mut self,
        context: &mut Context,
        input: DescribeAccountAttributesRequest,
    ) -> Result<DescribeAccountAttributesResult, ApiError> {
        let quota = |quota: Quota| context.quotas().of(quota).to_string();
        let default_vpc = self.network.default_vpc().map_or("none", |vpc| vpc.vpc_id.as_str());
        let attributes = [
            ("supported-platforms", "VPC".to_owned()),
            ("default-vpc", default_vpc.to_owned()),
            ("max-instances", "20".to_owned()),
            ("vpc-max-security-groups-per-interface", quota(Quota::SecurityGroupsPerInterface)),
            ("max-elastic-ips", quota(Quota::ElasticIps)),
            ("vpc-max-elastic-ips", quota(Quota::ElasticIps)),
        ];
        let wanted = |name: &str| super::listing::is_named(name, &input.attribute_names);
        let shape = |(name, value): (&str, String)| AccountAttribute {
            attribute_name: name.into(),
            attribute_values: vec![AccountAttributeValue { attribute_value: value }],
        };
        let account_attributes = attributes.into_iter().filter(|(name, _)| wanted(name)).map(shape).collect();
        Ok(DescribeAccountAttributesResult { account_attributes })
    }
}
