//! Virtual networks: VPCs, subnets, internet gateways.
use super::{AttributeBooleanValue, Filter, Tag, TagSpecification};

shapes! {
    /// Asks for a virtual network over a block of private addresses.
    CreateVpcRequest {
        cidr_block: Option<String>, instance_tenancy: Option<String>, tag_specifications: Vec<TagSpecification>, dry_run: Option<bool>,
    }

    /// The virtual network that was made.
    CreateVpcResult { vpc: Vpc }

    /// Asks to delete a virtual network that nothing is left in.
    DeleteVpcRequest { vpc_id: String, dry_run: Option<bool> }

    /// Asks for virtual networks.
    DescribeVpcsRequest {
        vpc_ids: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The virtual networks.
    DescribeVpcsResult { vpcs: Vec<Vpc>, next_token: Option<String> }

    /// A virtual network.
    Vpc {
        vpc_id: String, state: String, cidr_block: String, dhcp_options_id: String, instance_tenancy: String, is_default: bool,
        owner_id: String, tags: Vec<Tag>,
    }

    /// Asks for a subnet of a virtual network in one zone.
    CreateSubnetRequest {
        vpc_id: String, cidr_block: Option<String>, availability_zone: Option<String>, availability_zone_id: Option<String>,
        tag_specifications: Vec<TagSpecification>, dry_run: Option<bool>,
    }

    /// The subnet that was made.
    CreateSubnetResult { subnet: Subnet }

    /// Asks to delete a subnet that nothing is left in.
    DeleteSubnetRequest { subnet_id: String, dry_run: Option<bool> }

    /// Asks to change whether instances of the subnet get public addresses.
    ModifySubnetAttributeRequest { subnet_id: String, map_public_ip_on_launch: Option<AttributeBooleanValue> }

    /// Asks for subnets.
    DescribeSubnetsRequest {
        subnet_ids: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The subnets.
    DescribeSubnetsResult { subnets: Vec<Subnet>, next_token: Option<String> }

    /// A subnet: the part of a virtual network that lies in one zone.
    Subnet {
        subnet_id: String, vpc_id: String, state: String, cidr_block: String, available_ip_address_count: i64, availability_zone: String,
        availability_zone_id: String, default_for_az: bool, map_public_ip_on_launch: bool, owner_id: String, subnet_arn: String,
        tags: Vec<Tag>,
    }

    /// Asks for an internet gateway.
    CreateInternetGatewayRequest { tag_specifications: Vec<TagSpecification>, dry_run: Option<bool> }

    /// The internet gateway that was made.
    CreateInternetGatewayResult { internet_gateway: InternetGateway }

    /// An internet gateway: the door between a virtual network and the internet.
    InternetGateway { internet_gateway_id: String, attachments: Vec<InternetGatewayAttachment>, owner_id: String, tags: Vec<Tag> }

    /// The virtual network that a gateway serves.
    InternetGatewayAttachment { state: String, vpc_id: String }

    /// Asks to give a virtual network its gateway.
    AttachInternetGatewayRequest { internet_gateway_id: String, vpc_id: String, dry_run: Option<bool> }

    /// Asks to take the gateway from its virtual network.
    DetachInternetGatewayRequest { internet_gateway_id: String, vpc_id: String, dry_run: Option<bool> }

    /// Asks to delete a gateway that serves no network.
    DeleteInternetGatewayRequest { internet_gateway_id: String, dry_run: Option<bool> }

    /// Asks for internet gateways.
    DescribeInternetGatewaysRequest {
        internet_gateway_ids: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>,
        dry_run: Option<bool>,
    }

    /// The internet gateways.
    DescribeInternetGatewaysResult { internet_gateways: Vec<InternetGateway>, next_token: Option<String> }
}
