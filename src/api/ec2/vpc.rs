//! Virtual networks and their subnets.
use super::{Filter, Tag};

shapes! {
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
}
