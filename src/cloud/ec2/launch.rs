//! Launching instances.
use super::accelerator;
use super::disk::Disk;
use super::image::{Image, Platform};
use super::instance_type::InstanceType;
use super::listing::is_named;
use super::volume::{Attachment, Volume};
use super::{Ec2, Instance, InstanceState, Subnet};
use crate::api::ApiError;
use crate::api::ec2::{Placement, Reservation, RunInstancesRequest};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context};

pub use super::launch_spec::LaunchSpec;

impl Ec2 {
    pub(super) fn run_instances(
        &mut self,
        context: &mut Context,
        input: RunInstancesRequest,
    ) -> Result<Reservation, ApiError> {
        let (min, max) = checked_count(&input)?;
        let spec = self.spec_of(&input)?;
        let subnet = self.launch_subnet(context, &spec, input.placement.as_ref())?.clone();
        let count = self.check_launch(context, &spec, &subnet, (min, max))?;
        let ids = self.launch(context, &spec, &subnet, count)?;
        Ok(self.reservation(context, &ids))
    }

    /// Launches so many instances in the subnet and returns their ids.
    ///
    /// # Errors
    /// What [`Ec2::check_launch`] refuses.
    pub fn launch(
        &mut self,
        context: &mut Context,
        spec: &LaunchSpec,
        subnet: &Subnet,
        count: i64,
    ) -> Result<Vec<String>, ApiError> {
        self.check_launch(context, spec, subnet, (count, count))?;
        let image = self.image(&spec.image_id)?.clone();
        let reservation_id = context.new_id("r-");
        let ids: Vec<_> = (0..count).map(|_| context.new_id("i-")).collect();
        for (index, id) in (0..).zip(&ids) {
            let number = context.new_number("ec2.instance");
            let private_ip = spec.private_ip.clone().unwrap_or_else(|| self.free_private_ip(context, subnet, number));
            let mut instance = new_instance(context, spec, &image, subnet);
            (instance.instance_id, instance.number, instance.launch_index) = (id.clone(), number, index);
            (instance.private_ip, instance.reservation_id) = (Some(private_ip), reservation_id.clone());
            self.volumes.insert(instance.volume_id.clone(), root_volume(context, spec, &image, &instance));
            self.instances.insert(id.clone(), instance);
            self.begin_launch(context, id);
        }
        Ok(ids)
    }

    /// How many instances can be launched, between the two numbers.
    ///
    /// # Errors
    /// If it is fewer than the first: no such image, wrong zone, no machines, no addresses, too many virtual CPUs.
    pub fn check_launch(
        &self,
        context: &Context,
        spec: &LaunchSpec,
        subnet: &Subnet,
        (min, max): (i64, i64),
    ) -> Result<i64, ApiError> {
        accelerator::check(context, spec.accelerator)?;
        check_group_number(context, &spec.security_groups)?;
        let instance_type = spec.instance_type;
        let image = self.image(&spec.image_id)?;
        image.check_launchable()?;
        check_fits(instance_type, image)?;
        check_root_size(spec, image)?;
        if !instance_type.is_offered_in(&subnet.zone) {
            return Err(not_offered(instance_type, &subnet.zone, context));
        }
        let foreign = spec.security_groups.iter().filter_map(|id| self.security_groups.get(id));
        if let Some(group) = foreign.into_iter().find(|group| group.vpc_id != subnet.vpc_id) {
            let (group, subnet) = (&group.group_id, &subnet.subnet_id);
            let message = format!("Security group {group} and subnet {subnet} belong to different networks.");
            return Err(ApiError::new("InvalidParameter", message));
        }
        if let Some(address) = &spec.private_ip {
            self.check_private_ip(subnet, address)?;
        }
        if spec.private_ip.is_some() && max > 1 {
            let message = "You may not specify an explicit private IP address for multiple instances.";
            return Err(ApiError::new("InvalidParameterCombination", message));
        }
        self.check_capacity(context.region, &subnet.zone, instance_type)?;
        if (self.free_addresses(subnet) as i64) < min {
            let message = format!(
                "There are not enough free addresses in subnet '{}' to satisfy the requested number of instances.",
                subnet.subnet_id
            );
            return Err(ApiError::new("InsufficientFreeAddressesInSubnet", message));
        }
        let room = self.vcpu_room(context, instance_type) / u64::from(instance_type.vcpus);
        let count = max.min(self.free_addresses(subnet) as i64).min(i64::try_from(room).unwrap_or(i64::MAX));
        if count < min { Err(vcpus_exceeded(context, instance_type)) } else { Ok(count) }
    }

    /// How many virtual CPUs more the account may run of this kind. Simplified: pending instances count, which in AWS do not.
    fn vcpu_room(&self, context: &Context, instance_type: &InstanceType) -> u64 {
        let quota = instance_type.vcpu_quota();
        let counts = |instance: &&Instance| {
            let takes_part = instance.is_running() || instance.state == InstanceState::Pending;
            takes_part && instance.instance_type.vcpu_quota() == quota
        };
        let used = self.instances.values().filter(counts).map(|instance| u64::from(instance.instance_type.vcpus));
        context.quotas().of(quota).saturating_sub(used.sum())
    }

    /// Refuses so many starts at once if they need more virtual CPUs than there may be.
    pub(super) fn check_vcpus(&self, context: &Context, added: &[&'static InstanceType]) -> Result<(), ApiError> {
        for instance_type in added {
            let quota = instance_type.vcpu_quota();
            let same = added.iter().filter(|other| other.vcpu_quota() == quota);
            let wanted: u64 = same.map(|other| u64::from(other.vcpus)).sum();
            if wanted > self.vcpu_room(context, instance_type) {
                return Err(vcpus_exceeded(context, instance_type));
            }
        }
        Ok(())
    }

    /// The named subnet or the zone's; else the first of the default VPC that offers the type and has machines of it.
    fn launch_subnet(
        &self,
        context: &Context,
        spec: &LaunchSpec,
        placement: Option<&Placement>,
    ) -> Result<&Subnet, ApiError> {
        let zone = placement.and_then(|placement| placement.availability_zone.as_deref());
        if let Some(zone) = zone.filter(|zone| !context.region.zones().any(|known| known == **zone)) {
            let message = format!("Invalid availability zone: [{zone}]");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        if let Some(id) = &spec.subnet_id {
            return self.network.subnet(id);
        }
        let vpc = self.network.default_vpc().ok_or_else(|| {
            let message = "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.";
            ApiError::new("VPCIdNotSpecified", message)
        })?;
        let mut subnets = self.network.subnets.iter().filter(|subnet| subnet.vpc_id == vpc.vpc_id && subnet.is_default);
        let found = match zone {
            Some(zone) => subnets.find(|subnet| subnet.zone == zone),
            None => {
                let offered = subnets.filter(|subnet| spec.instance_type.is_offered_in(&subnet.zone));
                let offered: Vec<_> = offered.collect();
                let has_machines = |subnet: &&&Subnet| self.has_capacity(&subnet.zone, spec.instance_type);
                offered.iter().find(has_machines).or(offered.first()).copied()
            }
        };
        found.ok_or_else(|| {
            let message = format!("No subnets found for the default VPC '{}'. Please specify a subnet.", vpc.vpc_id);
            ApiError::new("MissingInput", message)
        })
    }

    fn reservation(&self, context: &Context, ids: &[String]) -> Reservation {
        let instances: Vec<_> =
            self.instances.values().filter(|instance| is_named(&instance.instance_id, ids)).collect();
        let mut instances = instances;
        instances.sort_by_key(|instance| instance.launch_index);
        Reservation {
            reservation_id: instances.first().map(|instance| instance.reservation_id.clone()).unwrap_or_default(),
            owner_id: ACCOUNT_ID.into(),
            groups: Vec::new(),
            instances: instances.into_iter().map(|instance| self.instance_shape(context.region, instance)).collect(),
        }
    }
}

fn new_instance(context: &mut Context, spec: &LaunchSpec, image: &Image, subnet: &Subnet) -> Instance {
    Instance {
        instance_id: String::new(),
        number: 0,
        reservation_id: String::new(),
        launch_index: 0,
        client_token: spec.client_token.clone(),
        image_id: image.image_id.clone(),
        platform: image.platform,
        instance_type: spec.instance_type,
        state: InstanceState::Pending,
        generation: 0,
        launched: context.now,
        vpc_id: subnet.vpc_id.clone(),
        subnet_id: subnet.subnet_id.clone(),
        zone: subnet.zone.clone(),
        private_ip: None,
        auto_public_ip: None,
        wants_public_ip: spec.wants_public_ip.unwrap_or(subnet.maps_public_ip),
        network_interface_id: context.new_id("eni-"),
        security_groups: spec.security_groups.clone(),
        key_name: spec.key_name.clone(),
        user_data: spec.user_data.clone(),
        has_booted_before: false,
        console: String::new(),
        detailed_monitoring: spec.detailed_monitoring,
        credits: spec.credits,
        accelerator: spec.accelerator,
        disk: Disk::clone(&image.disk),
        volume_id: context.new_id("vol-"),
        tags: spec.tags.clone(),
        reason: None,
        is_termination_protected: spec.is_termination_protected,
        is_stop_protected: spec.is_stop_protected,
        is_terminated_by_shutdown: spec.is_terminated_by_shutdown,
        metadata: spec.metadata.clone(),
        checked_from: context.now,
    }
}

fn root_volume(context: &Context, spec: &LaunchSpec, image: &Image, instance: &Instance) -> Volume {
    Volume {
        volume_id: instance.volume_id.clone(),
        size_gib: spec.root.size_gib.unwrap_or(image.size_gib),
        kind: spec.root.kind.clone().unwrap_or_else(|| "gp3".into()),
        zone: instance.zone.clone(),
        snapshot_id: image.snapshot_id.clone(),
        created: context.now,
        attachment: Some(Attachment {
            instance_id: instance.instance_id.clone(),
            device: instance.root_device().into(),
            attached: context.now,
            is_deleted_with_instance: spec.root.is_deleted_with_instance.unwrap_or(true),
        }),
        disk: None,
        tags: spec.volume_tags.clone(),
    }
}

fn checked_count(input: &RunInstancesRequest) -> Result<(i64, i64), ApiError> {
    let (min, max) = (input.min_count, input.max_count);
    if min < 1 || max < min {
        let message =
            format!("The specified value for the minimum count ({min}) or the maximum count ({max}) is not valid.");
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    Ok((min, max))
}

/// Refuses more groups than one network interface may have.
pub(super) fn check_group_number(context: &Context, groups: &[String]) -> Result<(), ApiError> {
    if groups.len() as u64 > context.quotas().of(Quota::SecurityGroupsPerInterface) {
        let message = "The maximum number of security groups per interface has been reached.";
        return Err(ApiError::new("SecurityGroupsPerInterfaceLimitExceeded", message));
    }
    Ok(())
}

fn check_fits(instance_type: &InstanceType, image: &Image) -> Result<(), ApiError> {
    let (of_type, of_image) = (instance_type.architecture(), image.architecture);
    if of_type != of_image {
        let message = format!(
            "The architecture '{of_type}' of the specified instance type does not match the architecture '{of_image}' of the specified \
             AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use \
             'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI."
        );
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    if image.platform == Platform::Windows && instance_type.windows_micro_usd_per_hour == 0 {
        let message = "The requested configuration is currently not supported. Please check the documentation for supported configurations.";
        return Err(ApiError::new("Unsupported", message));
    }
    Ok(())
}

fn check_root_size(spec: &LaunchSpec, image: &Image) -> Result<(), ApiError> {
    match spec.root.size_gib.filter(|size| *size < image.size_gib) {
        None => Ok(()),
        Some(size) => {
            let (snapshot, least) = (&image.snapshot_id, image.size_gib);
            let message =
                format!("Volume of size {size}GB is smaller than snapshot '{snapshot}', expect size >= {least}GB");
            Err(ApiError::new("InvalidBlockDeviceMapping", message))
        }
    }
}

fn not_offered(instance_type: &InstanceType, zone: &str, context: &Context) -> ApiError {
    let others: Vec<_> = context.region.zones().filter(|other| instance_type.is_offered_in(other)).collect();
    let message = format!(
        "Your requested instance type ({}) is not supported in your requested Availability Zone ({zone}). Please retry your \
         request by not specifying an Availability Zone or choosing {}.",
        instance_type.name,
        others.join(", ")
    );
    ApiError::new("Unsupported", message)
}

fn vcpus_exceeded(context: &Context, instance_type: &InstanceType) -> ApiError {
    let limit = context.quotas().of(instance_type.vcpu_quota());
    let message = format!(
        "You have requested more vCPU capacity than your current vCPU limit of {limit} allows for the instance bucket that the \
         specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an \
         adjustment to this limit."
    );
    ApiError::new("VcpuLimitExceeded", message)
}
