//! Elastic IP addresses.
use super::{Filter, Tag, TagSpecification};

shapes! {
    /// Asks for an address from Amazon's pool.
    AllocateAddressRequest {
        domain: Option<String>, tag_specifications: Vec<TagSpecification>, network_border_group: Option<String>,
        public_ipv4_pool: Option<String>, address: Option<String>, dry_run: Option<bool>,
    }

    /// The address that was allocated.
    AllocateAddressResult {
        allocation_id: String, public_ip: String, domain: String, public_ipv4_pool: String, network_border_group: String,
    }

    /// Asks for addresses.
    DescribeAddressesRequest {
        allocation_ids: Vec<String>, public_ips: Vec<String>, filters: Vec<Filter>, dry_run: Option<bool>,
    }

    /// The addresses.
    DescribeAddressesResult { addresses: Vec<Address> }

    /// An Elastic IP address and whom it belongs to at present.
    Address {
        allocation_id: Option<String>, public_ip: String, domain: String, public_ipv4_pool: String, network_border_group: String,
        association_id: Option<String>, instance_id: Option<String>, network_interface_id: Option<String>,
        network_interface_owner_id: Option<String>, private_ip_address: Option<String>, service_managed: Option<String>,
        tags: Vec<Tag>,
    }

    /// Gives the address to the instance; moves it if another instance has it, unless reassociation is not allowed.
    AssociateAddressRequest {
        allocation_id: Option<String>, instance_id: Option<String>, public_ip: Option<String>, allow_reassociation: Option<bool>,
        network_interface_id: Option<String>, private_ip_address: Option<String>, dry_run: Option<bool>,
    }

    /// The association that was made.
    AssociateAddressResult { association_id: String }

    /// Takes the address from its instance.
    DisassociateAddressRequest { association_id: Option<String>, public_ip: Option<String>, dry_run: Option<bool> }

    /// Gives the address back.
    ReleaseAddressRequest {
        allocation_id: Option<String>, public_ip: Option<String>, network_border_group: Option<String>, dry_run: Option<bool>,
    }
}
