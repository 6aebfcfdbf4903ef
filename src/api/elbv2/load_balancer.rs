//! Load balancers.
use super::Tag;

shapes! {
    /// Asks for a load balancer in subnets of at least two zones.
    CreateLoadBalancerInput {
        name: String, subnets: Vec<String>, subnet_mappings: Vec<SubnetMapping>, security_groups: Vec<String>, scheme: Option<String>,
        tags: Vec<Tag>,
        #[serde(rename = "Type")]
        kind: Option<String>,
        ip_address_type: Option<String>,
    }

    /// A subnet of a load balancer.
    SubnetMapping { subnet_id: Option<String> }

    /// The load balancer that was made; it is `provisioning` at first.
    CreateLoadBalancerOutput { load_balancers: Vec<LoadBalancer> }

    /// Asks for load balancers.
    DescribeLoadBalancersInput { load_balancer_arns: Vec<String>, names: Vec<String>, marker: Option<String>, page_size: Option<i64> }

    /// The load balancers.
    DescribeLoadBalancersOutput { load_balancers: Vec<LoadBalancer>, next_marker: Option<String> }

    /// A load balancer as AWS shows it.
    LoadBalancer {
        load_balancer_arn: String,
        #[serde(rename = "DNSName")]
        dns_name: String,
        canonical_hosted_zone_id: String, created_time: String, load_balancer_name: String, scheme: String, vpc_id: String,
        state: LoadBalancerState,
        #[serde(rename = "Type")]
        kind: String,
        availability_zones: Vec<AvailabilityZone>, security_groups: Vec<String>, ip_address_type: String,
    }

    /// `provisioning` or `active`.
    LoadBalancerState { code: String }

    /// A zone of a load balancer.
    AvailabilityZone { zone_name: String, subnet_id: String, load_balancer_addresses: Vec<LoadBalancerAddress> }

    /// An address that the owner has chosen; a load balancer of applications has none.
    LoadBalancerAddress {}

    /// Asks to delete a load balancer.
    DeleteLoadBalancerInput { load_balancer_arn: String }

    /// Nothing.
    DeleteLoadBalancerOutput {}

    /// An attribute, such as `deletion_protection.enabled`.
    LoadBalancerAttribute { key: Option<String>, value: Option<String> }

    /// Asks to change attributes.
    ModifyLoadBalancerAttributesInput { load_balancer_arn: String, attributes: Vec<LoadBalancerAttribute> }

    /// The attributes after the change.
    ModifyLoadBalancerAttributesOutput { attributes: Vec<LoadBalancerAttribute> }

    /// Asks for attributes.
    DescribeLoadBalancerAttributesInput { load_balancer_arn: String }

    /// The attributes.
    DescribeLoadBalancerAttributesOutput { attributes: Vec<LoadBalancerAttribute> }

    /// Asks for other security groups.
    SetSecurityGroupsInput { load_balancer_arn: String, security_groups: Vec<String> }

    /// The security groups after the change.
    SetSecurityGroupsOutput { security_group_ids: Vec<String> }

    /// Asks for other subnets.
    SetSubnetsInput {
        load_balancer_arn: String, subnets: Vec<String>, subnet_mappings: Vec<SubnetMapping>, ip_address_type: Option<String>,
    }

    /// The zones after the change.
    SetSubnetsOutput { availability_zones: Vec<AvailabilityZone>, ip_address_type: String }

    /// Asks for another kind of addresses.
    SetIpAddressTypeInput { load_balancer_arn: String, ip_address_type: String }

    /// The kind of addresses after the change.
    SetIpAddressTypeOutput { ip_address_type: String }
}
