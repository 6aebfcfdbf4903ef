//! Elastic IP addresses.
use super::Ec2;
use super::listing::{Query, is_named};
use super::tag::tags_for;
use crate::api::ApiError;
use crate::api::ec2::{
    self, AllocateAddressRequest, AllocateAddressResult, AssociateAddressRequest, AssociateAddressResult,
    DescribeAddressesRequest, DescribeAddressesResult, DisassociateAddressRequest, Nothing, ReleaseAddressRequest, Tag,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, Fact, FilterNames};

/// An Elastic IP address of the account.
#[derive(Clone, Debug)]
pub struct Address {
    /// Its id.
    pub allocation_id: String,
    /// The address itself; it never changes.
    pub public_ip: String,
    /// Whom it belongs to at present.
    pub association: Option<Association>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// The bond between an address and an instance.
#[derive(Clone, Debug)]
pub struct Association {
    /// Its id, new for each bond.
    pub association_id: String,
    /// The instance.
    pub instance_id: String,
}

const FILTERS: &FilterNames = &[
    ("allocation-id", "AllocationId"),
    ("association-id", "AssociationId"),
    ("domain", "Domain"),
    ("instance-id", "InstanceId"),
    ("network-border-group", "NetworkBorderGroup"),
    ("network-interface-id", "NetworkInterfaceId"),
    ("network-interface-owner-id", "NetworkInterfaceOwnerId"),
    ("private-ip-address", "PrivateIpAddress"),
    ("public-ip", "PublicIp"),
    ("service-managed", "ServiceManaged"),
];

impl Ec2 {
    /// The address at which the internet reaches the instance: its Elastic IP, else the automatic one.
    pub fn public_ip(&self, instance_id: &str) -> Option<&str> {
        let elastic = self.elastic_ip(instance_id).map(|address| address.public_ip.as_str());
        elastic.or_else(|| self.instances.get(instance_id)?.auto_public_ip.as_deref())
    }

    /// The Elastic IP address of the instance.
    pub fn elastic_ip(&self, instance_id: &str) -> Option<&Address> {
        let has_it =
            |address: &&Address| address.association.as_ref().is_some_and(|bond| bond.instance_id == instance_id);
        self.addresses.values().find(has_it)
    }

    /// A public address that nobody in the region has.
    pub(super) fn free_public_ip(&self, context: &mut Context) -> String {
        let mut stream = context.next_random("ec2.public_ip");
        loop {
            let parts = [stream.below(256), stream.below(256), 1 + stream.below(254)];
            let address = format!("{}.{}.{}.{}", context.region.public_ip_prefix, parts[0], parts[1], parts[2]);
            let automatic = self.instances.values().filter_map(|instance| instance.auto_public_ip.as_ref());
            if !automatic.chain(self.addresses.values().map(|known| &known.public_ip)).any(|known| *known == address) {
                return address;
            }
        }
    }

    pub(super) fn allocate_address(
        &mut self,
        context: &mut Context,
        input: AllocateAddressRequest,
    ) -> Result<AllocateAddressResult, ApiError> {
        if input.domain.as_deref() == Some("standard") {
            let message = "EC2-Classic is retired. Use domain=vpc.";
            return Err(ApiError::new("UnsupportedOperation", message));
        }
        if let Some(group) = input.network_border_group.as_ref().filter(|group| *group != context.region.name) {
            let message = format!("Invalid value '{group}' for NetworkBorderGroup.");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        if let Some(pool) = input.public_ipv4_pool.as_ref().filter(|pool| *pool != "amazon") {
            let message = format!("The public IPv4 pool ID '{pool}' does not exist");
            return Err(ApiError::new("InvalidPublicIpv4PoolID.NotFound", message));
        }
        if !context.quotas().has_room(Quota::ElasticIps, self.addresses.len()) {
            return Err(ApiError::new("AddressLimitExceeded", "The maximum number of addresses has been reached."));
        }
        let tags = tags_for(&input.tag_specifications, &["elastic-ip"])?;
        let public_ip = match input.address {
            Some(wanted) => self.recovered(wanted)?,
            None => self.free_public_ip(context),
        };
        let allocation_id = context.new_id("eipalloc-");
        let address =
            Address { allocation_id: allocation_id.clone(), public_ip: public_ip.clone(), association: None, tags };
        self.addresses.insert(allocation_id.clone(), address);
        Ok(AllocateAddressResult {
            allocation_id,
            public_ip,
            domain: "vpc".into(),
            public_ipv4_pool: "amazon".into(),
            network_border_group: context.region.name.into(),
        })
    }

    /// An address that the account had and gave back, and that nobody has got since. Simplified: nobody else ever gets it.
    fn recovered(&mut self, wanted: String) -> Result<String, ApiError> {
        match self.released.remove(&wanted) {
            true => Ok(wanted),
            false => Err(ApiError::new("InvalidAddress.NotFound", format!("Address '{wanted}' not found."))),
        }
    }

    /// Gives the address to an instance. If another instance has it, it moves without a word, unless the request forbids that; if the
    /// instance has another one, that stays allocated.
    ///
    /// Simplified: the address moves at once; in AWS that takes a few seconds.
    pub(super) fn associate_address(
        &mut self,
        context: &mut Context,
        input: AssociateAddressRequest,
    ) -> Result<AssociateAddressResult, ApiError> {
        let allocation_id = self.allocation_id(input.allocation_id.as_deref(), input.public_ip.as_deref())?;
        let instance_id = self.instance_meant(&input)?;
        let instance = self.instance(&instance_id)?;
        check_may_have_address(instance)?;
        if let Some(wrong) = input.private_ip_address.as_ref().filter(|it| Some(*it) != instance.private_ip.as_ref()) {
            let message = format!(
                "The private IP address {wrong} is not assigned to network interface {}",
                instance.network_interface_id
            );
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        if !self.network.has_internet_gateway(&instance.vpc_id) {
            let message = format!("Network {} is not attached to any internet gateway", instance.vpc_id);
            return Err(ApiError::new("Gateway.NotAttached", message));
        }
        let bond = self.addresses.get(&allocation_id).and_then(|address| address.association.clone());
        if let Some(bond) = bond {
            if bond.instance_id == instance_id {
                return Ok(AssociateAddressResult { association_id: bond.association_id });
            }
            if input.allow_reassociation == Some(false) {
                let message =
                    format!("resource {allocation_id} is already associated with associate-id {}", bond.association_id);
                return Err(ApiError::new("Resource.AlreadyAssociated", message));
            }
        }
        Ok(AssociateAddressResult { association_id: self.bind(context, &allocation_id, &instance_id) })
    }

    /// The instance that the request names, by itself or by its network interface.
    fn instance_meant(&self, input: &AssociateAddressRequest) -> Result<String, ApiError> {
        match (&input.instance_id, &input.network_interface_id) {
            (Some(id), None) => Ok(id.clone()),
            (None, Some(interface)) => {
                let owner = self.instances.values().find(|instance| instance.network_interface_id == *interface);
                let missing = || {
                    let message = format!("The networkInterface ID '{interface}' does not exist");
                    ApiError::new("InvalidNetworkInterfaceID.NotFound", message)
                };
                owner.map(|instance| instance.instance_id.clone()).ok_or_else(missing)
            }
            (Some(_), Some(_)) => {
                let message = "You may specify either 'InstanceId' or 'NetworkInterfaceId', but not both.";
                Err(ApiError::new("InvalidParameterCombination", message))
            }
            (None, None) => {
                let message = "Either 'NetworkInterfaceId' or 'InstanceId' must be specified.";
                Err(ApiError::new("MissingParameter", message))
            }
        }
    }

    fn bind(&mut self, context: &mut Context, allocation_id: &str, instance_id: &str) -> String {
        self.unbind_instance(context, instance_id);
        let former = self.unbind(allocation_id);
        let association_id = context.new_id("eipassoc-");
        let bond = Association { association_id: association_id.clone(), instance_id: instance_id.to_owned() };
        if let Some(address) = self.addresses.get_mut(allocation_id) {
            address.association = Some(bond);
            let (public_ip, to) = (address.public_ip.clone(), Some(instance_id.to_owned()));
            context.record(Fact::AddressMoved { public_ip, from: former.clone(), to });
        }
        if let Some(instance) = self.instances.get_mut(instance_id) {
            instance.auto_public_ip = None;
        }
        if let Some(former) = former {
            self.give_automatic_address(context, &former);
        }
        association_id
    }

    /// Takes the address from the instance that it returns.
    fn unbind(&mut self, allocation_id: &str) -> Option<String> {
        let address = self.addresses.get_mut(allocation_id)?;
        address.association.take().map(|bond| bond.instance_id)
    }

    /// Takes its Elastic IP address, if it has one, from the instance. The address stays allocated.
    pub(super) fn unbind_instance(&mut self, context: &mut Context, instance_id: &str) {
        let Some(allocation_id) = self.elastic_ip(instance_id).map(|address| address.allocation_id.clone()) else {
            return;
        };
        self.free(context, &allocation_id);
    }

    /// Takes the address from its instance, and returns which one that was.
    fn free(&mut self, context: &mut Context, allocation_id: &str) -> Option<String> {
        let from = self.unbind(allocation_id)?;
        let public_ip = self.addresses.get(allocation_id).map(|address| address.public_ip.clone()).unwrap_or_default();
        context.record(Fact::AddressMoved { public_ip, from: Some(from.clone()), to: None });
        Some(from)
    }

    pub(super) fn disassociate_address(
        &mut self,
        context: &mut Context,
        input: DisassociateAddressRequest,
    ) -> Result<Nothing, ApiError> {
        let Some(id) = input.association_id.as_deref().or(input.public_ip.as_deref()) else {
            let message = "Either 'AssociationId' or 'PublicIp' must be specified.";
            return Err(ApiError::new("MissingParameter", message));
        };
        let is_meant = |address: &&Address| match &address.association {
            Some(bond) if input.association_id.is_some() => bond.association_id == id,
            Some(_) => address.public_ip == id,
            None => false,
        };
        let found = self.addresses.values().find(is_meant).map(|address| address.allocation_id.clone());
        let missing =
            || ApiError::new("InvalidAssociationID.NotFound", format!("The association ID '{id}' does not exist"));
        if let Some(instance_id) = self.free(context, &found.ok_or_else(missing)?) {
            self.give_automatic_address(context, &instance_id);
        }
        Ok(Nothing {})
    }

    /// Gives a running instance without an Elastic IP address an automatic one, if it shall have one and its network has a gateway.
    pub(super) fn give_automatic_address(&mut self, context: &mut Context, instance_id: &str) {
        let needs_one = |instance: &&super::Instance| {
            let state = instance.state;
            (instance.is_running() || state == super::InstanceState::Pending)
                && instance.wants_public_ip
                && instance.auto_public_ip.is_none()
        };
        let Some(instance) = self.instances.get(instance_id).filter(needs_one) else { return };
        if self.elastic_ip(instance_id).is_some() || !self.network.has_internet_gateway(&instance.vpc_id) {
            return;
        }
        let public_ip = self.free_public_ip(context);
        if let Some(instance) = self.instances.get_mut(instance_id) {
            instance.auto_public_ip = Some(public_ip);
        }
    }

    /// In the default VPC, an associated address is disassociated first; in another one, it must be already.
    pub(super) fn release_address(
        &mut self,
        context: &mut Context,
        input: ReleaseAddressRequest,
    ) -> Result<Nothing, ApiError> {
        let allocation_id = self.allocation_id(input.allocation_id.as_deref(), input.public_ip.as_deref())?;
        let bond = self.addresses.get(&allocation_id).and_then(|address| address.association.as_ref());
        let instance = bond.and_then(|bond| self.instances.get(&bond.instance_id));
        let is_elsewhere = |vpc_id: &str| self.network.default_vpc().is_none_or(|vpc| vpc.vpc_id != vpc_id);
        if instance.is_some_and(|instance| is_elsewhere(&instance.vpc_id)) {
            return Err(ApiError::new("InvalidIPAddress.InUse", "Address is in use."));
        }
        let former = self.free(context, &allocation_id);
        if let Some(address) = self.addresses.remove(&allocation_id) {
            self.released.insert(address.public_ip);
        }
        if let Some(instance_id) = former {
            self.give_automatic_address(context, &instance_id);
        }
        Ok(Nothing {})
    }

    fn allocation_id(&self, id: Option<&str>, public_ip: Option<&str>) -> Result<String, ApiError> {
        let Some(wanted) = id.or(public_ip) else {
            let message = "Either 'AllocationId' or 'PublicIp' must be specified.";
            return Err(ApiError::new("MissingParameter", message));
        };
        let is_meant = |address: &&Address| match id {
            Some(id) => address.allocation_id == id,
            None => address.public_ip == wanted,
        };
        let found = self.addresses.values().find(is_meant).map(|address| address.allocation_id.clone());
        found.ok_or_else(|| not_found(id, wanted))
    }

    /// Lists the account's addresses, and those of load balancers, which AWS manages.
    pub(in crate::cloud) fn describe_addresses(
        &mut self,
        context: &mut Context,
        input: DescribeAddressesRequest,
        of_balancers: Vec<String>,
    ) -> Result<DescribeAddressesResult, ApiError> {
        if let Some(missing) = input.allocation_ids.iter().find(|id| !self.addresses.contains_key(*id)) {
            return Err(not_found(Some(missing), missing));
        }
        let managed = of_balancers
            .into_iter()
            .map(|public_ip| ec2::Address { service_managed: Some("alb".into()), ..plain_shape(context, public_ip) });
        let own = self.addresses.values().map(|address| self.address_shape(context, address));
        let all: Vec<ec2::Address> = own.chain(managed).collect();
        if let Some(missing) = input.public_ips.iter().find(|ip| !all.iter().any(|shape| shape.public_ip == **ip)) {
            return Err(not_found(None, missing));
        }
        let is_wanted = |shape: &ec2::Address| {
            is_named(&shape.public_ip, &input.public_ips)
                && is_named(shape.allocation_id.as_deref().unwrap_or_default(), &input.allocation_ids)
        };
        let wanted = all.into_iter().filter(is_wanted).collect();
        let (addresses, _) = Query::new(FILTERS, &input.filters).of(wanted)?;
        Ok(DescribeAddressesResult { addresses })
    }

    fn address_shape(&self, context: &Context, address: &Address) -> ec2::Address {
        let bond = address.association.as_ref();
        let instance = bond.and_then(|bond| self.instances.get(&bond.instance_id));
        ec2::Address {
            allocation_id: Some(address.allocation_id.clone()),
            association_id: bond.map(|bond| bond.association_id.clone()),
            instance_id: bond.map(|bond| bond.instance_id.clone()),
            network_interface_id: instance.map(|instance| instance.network_interface_id.clone()),
            network_interface_owner_id: bond.map(|_| ACCOUNT_ID.into()),
            private_ip_address: instance.and_then(|instance| instance.private_ip.clone()),
            tags: address.tags.clone(),
            ..plain_shape(context, address.public_ip.clone())
        }
    }
}

fn plain_shape(context: &Context, public_ip: String) -> ec2::Address {
    ec2::Address {
        public_ip,
        domain: "vpc".into(),
        public_ipv4_pool: "amazon".into(),
        network_border_group: context.region.name.into(),
        ..ec2::Address::default()
    }
}

/// Refuses an Elastic IP address for an instance that is pending or gone.
fn check_may_have_address(instance: &super::Instance) -> Result<(), ApiError> {
    if instance.state == super::InstanceState::Pending || instance.is_gone() {
        let (state, id) = (instance.state.name(), &instance.instance_id);
        let message = format!("The {state} instance '{id}' is not in a valid state for this operation.");
        return Err(ApiError::new("InvalidInstanceID", message));
    }
    Ok(())
}

fn not_found(id: Option<&str>, wanted: &str) -> ApiError {
    match id {
        Some(_) => {
            ApiError::new("InvalidAllocationID.NotFound", format!("The allocation ID '{wanted}' does not exist"))
        }
        None => ApiError::new("InvalidAddress.NotFound", format!("Address '{wanted}' not found.")),
    }
}
