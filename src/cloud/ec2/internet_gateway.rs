//! Internet gateways: the doors between VPCs and the internet.
use super::Ec2;
use super::listing::{Query, is_named};
use super::tag::tags_for;
use crate::api::ApiError;
use crate::api::ec2::{
    self, AttachInternetGatewayRequest, CreateInternetGatewayRequest, CreateInternetGatewayResult,
    DeleteInternetGatewayRequest, DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult,
    DetachInternetGatewayRequest, InternetGatewayAttachment, Nothing, Tag,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, FilterNames};

/// An internet gateway.
#[derive(Clone, Debug)]
pub struct InternetGateway {
    /// Its id.
    pub gateway_id: String,
    /// The VPC that it serves.
    pub vpc_id: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

const FILTERS: &FilterNames = &[
    ("internet-gateway-id", "InternetGatewayId"),
    ("attachment.vpc-id", "Attachments.VpcId"),
    ("attachment.state", "Attachments.State"),
    ("owner-id", "OwnerId"),
];

impl InternetGateway {
    fn shape(&self) -> ec2::InternetGateway {
        let attachment =
            |vpc_id: &String| InternetGatewayAttachment { state: "available".into(), vpc_id: vpc_id.clone() };
        ec2::InternetGateway {
            internet_gateway_id: self.gateway_id.clone(),
            attachments: self.vpc_id.iter().map(attachment).collect(),
            owner_id: ACCOUNT_ID.into(),
            tags: self.tags.clone(),
        }
    }
}

impl Ec2 {
    pub(super) fn create_internet_gateway(
        &mut self,
        context: &mut Context,
        input: CreateInternetGatewayRequest,
    ) -> Result<CreateInternetGatewayResult, ApiError> {
        if !context.quotas().has_room(Quota::InternetGateways, self.network.gateways.len()) {
            let message = "The maximum number of internet gateways has been reached.";
            return Err(ApiError::new("InternetGatewayLimitExceeded", message));
        }
        let tags = tags_for(&input.tag_specifications, &["internet-gateway"])?;
        let gateway = InternetGateway { gateway_id: context.new_id("igw-"), vpc_id: None, tags };
        let internet_gateway = gateway.shape();
        self.network.gateways.insert(gateway.gateway_id.clone(), gateway);
        Ok(CreateInternetGatewayResult { internet_gateway })
    }

    fn gateway(&self, id: &str) -> Result<&InternetGateway, ApiError> {
        let missing = || {
            ApiError::new("InvalidInternetGatewayID.NotFound", format!("The internetGateway ID '{id}' does not exist"))
        };
        self.network.gateways.get(id).ok_or_else(missing)
    }

    pub(super) fn attach_internet_gateway(
        &mut self,
        _: &mut Context,
        input: AttachInternetGatewayRequest,
    ) -> Result<Nothing, ApiError> {
        let (id, vpc_id) = (&input.internet_gateway_id, &input.vpc_id);
        self.network.vpc(vpc_id)?;
        if let Some(other) = &self.gateway(id)?.vpc_id {
            let message = format!("resource {id} is already attached to network {other}");
            return Err(ApiError::new("Resource.AlreadyAssociated", message));
        }
        if self.network.has_internet_gateway(vpc_id) {
            let message = format!("Network {vpc_id} already has an internet gateway attached");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        self.serve(id, Some(vpc_id.clone()));
        Ok(Nothing {})
    }

    fn serve(&mut self, gateway_id: &str, vpc_id: Option<String>) {
        if let Some(gateway) = self.network.gateways.get_mut(gateway_id) {
            gateway.vpc_id = vpc_id;
        }
    }

    pub(super) fn detach_internet_gateway(
        &mut self,
        _: &mut Context,
        input: DetachInternetGatewayRequest,
    ) -> Result<Nothing, ApiError> {
        let (id, vpc_id) = (&input.internet_gateway_id, &input.vpc_id);
        self.network.vpc(vpc_id)?;
        if self.gateway(id)?.vpc_id.as_ref() != Some(vpc_id) {
            let message = format!("resource {id} is not attached to network {vpc_id}");
            return Err(ApiError::new("Gateway.NotAttached", message));
        }
        let is_mapped =
            |instance: &super::Instance| instance.vpc_id == *vpc_id && self.public_ip(&instance.instance_id).is_some();
        if self.instances.values().any(is_mapped) {
            let message = format!(
                "Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
            );
            return Err(ApiError::new("DependencyViolation", message));
        }
        self.serve(id, None);
        Ok(Nothing {})
    }

    pub(super) fn delete_internet_gateway(
        &mut self,
        _: &mut Context,
        input: DeleteInternetGatewayRequest,
    ) -> Result<Nothing, ApiError> {
        let id = &input.internet_gateway_id;
        if self.gateway(id)?.vpc_id.is_some() {
            let message = format!("The internetGateway '{id}' has dependencies and cannot be deleted.");
            return Err(ApiError::new("DependencyViolation", message));
        }
        self.network.gateways.remove(id);
        Ok(Nothing {})
    }

    pub(super) fn describe_internet_gateways(
        &mut self,
        _: &mut Context,
        input: DescribeInternetGatewaysRequest,
    ) -> Result<DescribeInternetGatewaysResult, ApiError> {
        input.internet_gateway_ids.iter().try_for_each(|id| self.gateway(id).map(|_| ()))?;
        let gateways = self.network.gateways.values();
        let wanted = gateways.filter(|gateway| is_named(&gateway.gateway_id, &input.internet_gateway_ids));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (internet_gateways, next_token) = query.of(wanted.map(InternetGateway::shape).collect())?;
        Ok(DescribeInternetGatewaysResult { internet_gateways, next_token })
    }
}
