//! Elastic IP addresses.
use super::{Ec2, check_dry_run, is_wanted, tags_for};
use crate::api::ApiError;
use crate::api::ec2::{
    self, AllocateAddressRequest, AllocateAddressResult, AssociateAddressRequest, AssociateAddressResult,
    DescribeAddressesRequest, DescribeAddressesResult, DisassociateAddressRequest, ReleaseAddressRequest, Tag,
};
use crate::cloud::{ACCOUNT_ID, Context, Properties};

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
        if self.addresses.len() >= context.quotas().elastic_ips {
            return Err(ApiError::new("AddressLimitExceeded", "The maximum number of addresses has been reached."));
        }
        check_dry_run(input.dry_run)?;
        let public_ip = self.free_public_ip(context);
        let allocation_id = context.new_id("eipalloc-");
        let tags = tags_for(&input.tag_specifications, "elastic-ip");
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

    /// Simplified: the address moves at once; in AWS that takes a few seconds.
    pub(super) fn associate_address(
        &mut self,
        context: &mut Context,
        input: &AssociateAddressRequest,
    ) -> Result<AssociateAddressResult, ApiError> {
        let allocation_id = self.allocation_id(input.allocation_id.as_deref(), input.public_ip.as_deref())?;
        let instance_id = input.instance_id.as_deref().ok_or_else(|| {
            ApiError::new("MissingParameter", "Either 'NetworkInterfaceId' or 'InstanceId' must be specified.")
        })?;
        self.instance(instance_id)?.check_may_have_address()?;
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
        check_dry_run(input.dry_run)?;
        Ok(AssociateAddressResult { association_id: self.bind(context, &allocation_id, instance_id) })
    }

    fn bind(&mut self, context: &mut Context, allocation_id: &str, instance_id: &str) -> String {
        self.unbind_instance(instance_id);
        let former = self.addresses.get_mut(allocation_id).and_then(|address| address.association.take());
        if let Some(former) = former {
            self.give_automatic_address(context, &former.instance_id);
        }
        let association_id = context.new_id("eipassoc-");
        let bond = Association { association_id: association_id.clone(), instance_id: instance_id.to_owned() };
        if let Some(address) = self.addresses.get_mut(allocation_id) {
            address.association = Some(bond);
        }
        if let Some(instance) = self.instances.get_mut(instance_id) {
            instance.auto_public_ip = None;
        }
        association_id
    }

    /// Takes its Elastic IP address, if it has one, from the instance. The address stays allocated.
    pub(super) fn unbind_instance(&mut self, instance_id: &str) {
        for address in self.addresses.values_mut() {
            if address.association.as_ref().is_some_and(|bond| bond.instance_id == instance_id) {
                address.association = None;
            }
        }
    }

    pub(super) fn disassociate_address(
        &mut self,
        context: &mut Context,
        input: &DisassociateAddressRequest,
    ) -> Result<(), ApiError> {
        let wanted = input.association_id.as_deref();
        let is_meant = |address: &Address| match wanted {
            Some(id) => address.association.as_ref().is_some_and(|bond| bond.association_id == id),
            None => Some(&address.public_ip) == input.public_ip.as_ref() && address.association.is_some(),
        };
        let Some(address) = self.addresses.values_mut().find(|address| is_meant(address)) else {
            let id = wanted.or(input.public_ip.as_deref()).unwrap_or_default();
            let message = format!("The association ID '{id}' does not exist");
            return Err(ApiError::new("InvalidAssociationID.NotFound", message));
        };
        check_dry_run(input.dry_run)?;
        if let Some(bond) = address.association.take() {
            self.give_automatic_address(context, &bond.instance_id);
        }
        Ok(())
    }

    /// Gives a running instance without an Elastic IP address an automatic one.
    fn give_automatic_address(&mut self, context: &mut Context, instance_id: &str) {
        let public_ip = self.free_public_ip(context);
        if let Some(instance) = self.instances.get_mut(instance_id).filter(|instance| instance.is_running()) {
            instance.auto_public_ip = Some(public_ip);
        }
    }

    /// In the default VPC, an associated address is disassociated first.
    pub(super) fn release_address(
        &mut self,
        context: &mut Context,
        input: &ReleaseAddressRequest,
    ) -> Result<(), ApiError> {
        let allocation_id = self.allocation_id(input.allocation_id.as_deref(), input.public_ip.as_deref())?;
        check_dry_run(input.dry_run)?;
        let released = self.addresses.remove(&allocation_id);
        if let Some(bond) = released.and_then(|address| address.association) {
            self.give_automatic_address(context, &bond.instance_id);
        }
        Ok(())
    }

    fn allocation_id(&self, id: Option<&str>, public_ip: Option<&str>) -> Result<String, ApiError> {
        let is_meant = |address: &&Address| {
            Some(address.allocation_id.as_str()) == id || Some(address.public_ip.as_str()) == public_ip
        };
        let found = self.addresses.values().find(is_meant).map(|address| address.allocation_id.clone());
        let missing = id.or(public_ip).unwrap_or_default();
        found.ok_or_else(|| not_found(missing))
    }

    pub(super) fn describe_addresses(
        &self,
        context: &Context,
        input: &DescribeAddressesRequest,
    ) -> Result<DescribeAddressesResult, ApiError> {
        if let Some(missing) = input.allocation_ids.iter().find(|id| !self.addresses.contains_key(*id)) {
            return Err(not_found(missing));
        }
        let mut addresses = Vec::new();
        for address in self.addresses.values() {
            let instance_id = address.association.as_ref().map(|bond| bond.instance_id.clone());
            let properties = Properties::default()
                .with("allocation-id", &address.allocation_id)
                .with("public-ip", &address.public_ip)
                .with("domain", "vpc")
                .with_all("instance-id", instance_id)
                .with_all("association-id", address.association.as_ref().map(|bond| bond.association_id.clone()));
            let named = input.public_ips.is_empty() || input.public_ips.contains(&address.public_ip);
            if named
                && is_wanted(&address.allocation_id, &input.allocation_ids, &properties, &address.tags, &input.filters)?
            {
                addresses.push(self.address_shape(context, address));
            }
        }
        Ok(DescribeAddressesResult { addresses })
    }

    fn address_shape(&self, context: &Context, address: &Address) -> ec2::Address {
        let bond = address.association.as_ref();
        let instance = bond.and_then(|bond| self.instances.get(&bond.instance_id));
        ec2::Address {
            allocation_id: address.allocation_id.clone(),
            public_ip: address.public_ip.clone(),
            domain: "vpc".into(),
            public_ipv4_pool: "amazon".into(),
            network_border_group: context.region.name.into(),
            association_id: bond.map(|bond| bond.association_id.clone()),
            instance_id: bond.map(|bond| bond.instance_id.clone()),
            network_interface_id: instance.map(|instance| instance.network_interface_id.clone()),
            network_interface_owner_id: bond.map(|_| ACCOUNT_ID.into()),
            private_ip_address: instance.and_then(|instance| instance.private_ip.clone()),
            tags: address.tags.clone(),
        }
    }
}

fn not_found(id: &str) -> ApiError {
    ApiError::new("InvalidAllocationID.NotFound", format!("The allocation ID '{id}' does not exist"))
}
