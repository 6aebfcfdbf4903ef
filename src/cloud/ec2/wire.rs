//! Instances and images in AWS's shapes, and the operations that list instances.
use std::collections::BTreeMap;

use super::image::{Image, Platform};
use super::instance::not_found;
use super::{Ec2, Instance, InstanceState, is_wanted};
use crate::api::ApiError;
use crate::api::ec2::{
    self, BlockDeviceMapping, DescribeInstanceStatusRequest, DescribeInstanceStatusResult, DescribeInstancesRequest,
    DescribeInstancesResult, EbsBlockDevice, GroupIdentifier, InstanceStatus, InstanceStatusDetails,
    InstanceStatusSummary, Monitoring, Placement, Reservation,
};
use crate::cloud::{ACCOUNT_ID, Context, Properties, RegionInfo};
use crate::sim::{SimDuration, SimTime};

/// How long status checks say `initializing` after boot began (a calibrated guess: two to five minutes).
const STATUS_INITIALIZING: SimDuration = SimDuration::from_secs(150);

impl Ec2 {
    pub(super) fn describe_instances(
        &self,
        context: &Context,
        input: &DescribeInstancesRequest,
    ) -> Result<DescribeInstancesResult, ApiError> {
        self.check_known(&input.instance_ids)?;
        let mut reservations: BTreeMap<&str, Reservation> = BTreeMap::new();
        for instance in self.instances.values() {
            let properties = self.properties(instance);
            if is_wanted(&instance.instance_id, &input.instance_ids, &properties, &instance.tags, &input.filters)? {
                let reservation = reservations.entry(&instance.reservation_id).or_insert_with(|| Reservation {
                    reservation_id: instance.reservation_id.clone(),
                    owner_id: ACCOUNT_ID.into(),
                    ..Reservation::default()
                });
                reservation.instances.push(self.instance_shape(context.region, instance));
            }
        }
        Ok(DescribeInstancesResult { reservations: reservations.into_values().collect(), next_token: None })
    }

    fn check_known(&self, ids: &[String]) -> Result<(), ApiError> {
        let missing: Vec<&str> =
            ids.iter().map(String::as_str).filter(|id| !self.instances.contains_key(*id)).collect();
        if missing.is_empty() { Ok(()) } else { Err(not_found(&missing)) }
    }

    fn properties(&self, instance: &Instance) -> Properties {
        Properties::default()
            .with("instance-id", &instance.instance_id)
            .with("instance-state-name", instance.state.name())
            .with("instance-type", instance.instance_type.name)
            .with("image-id", &instance.image_id)
            .with("availability-zone", &instance.zone)
            .with("subnet-id", &instance.subnet_id)
            .with("vpc-id", &self.network.vpc_id)
            .with_all("ip-address", self.public_ip(&instance.instance_id).map(str::to_owned))
            .with_all("private-ip-address", instance.private_ip.clone())
            .with_all("instance.group-id", instance.security_groups.clone())
    }

    /// The instance as AWS shows it.
    pub fn instance_shape(&self, region: &RegionInfo, instance: &Instance) -> ec2::Instance {
        let public_ip = self.public_ip(&instance.instance_id).map(str::to_owned);
        let present = !instance.is_gone();
        let groups = instance.security_groups.iter().filter_map(|id| self.security_groups.get(id));
        let groups =
            groups.map(|group| GroupIdentifier { group_id: group.group_id.clone(), group_name: group.name.clone() });
        ec2::Instance {
            instance_id: instance.instance_id.clone(),
            image_id: instance.image_id.clone(),
            instance_type: instance.instance_type.name.into(),
            state: instance.state.shape(),
            state_reason: state_reason(instance),
            state_transition_reason: instance.transition_reason.clone(),
            private_dns_name: dns_name("ip", instance.private_ip.as_deref(), &region.private_dns_domain()),
            public_dns_name: dns_name("ec2", public_ip.as_deref(), &region.public_dns_domain()),
            private_ip_address: instance.private_ip.clone(),
            public_ip_address: public_ip,
            launch_time: instance.launched.to_iso8601(),
            ami_launch_index: instance.launch_index,
            placement: Placement {
                availability_zone: Some(instance.zone.clone()),
                group_name: Some(String::new()),
                tenancy: Some("default".into()),
            },
            monitoring: Monitoring { state: if instance.detailed_monitoring { "enabled" } else { "disabled" }.into() },
            subnet_id: present.then(|| instance.subnet_id.clone()),
            vpc_id: present.then(|| self.network.vpc_id.clone()),
            key_name: instance.key_name.clone(),
            security_groups: groups.filter(|_| present).collect(),
            architecture: "x86_64".into(),
            platform: platform(instance.platform),
            platform_details: platform_details(instance.platform),
            root_device_name: root_device_name(instance.platform),
            root_device_type: "ebs".into(),
            virtualization_type: "hvm".into(),
            hypervisor: "xen".into(),
            tags: instance.tags.clone(),
        }
    }

    pub(super) fn describe_instance_status(
        &self,
        context: &Context,
        input: &DescribeInstanceStatusRequest,
    ) -> Result<DescribeInstanceStatusResult, ApiError> {
        self.check_known(&input.instance_ids)?;
        let mut instance_statuses = Vec::new();
        for instance in self.instances.values() {
            let listed = instance.is_running() || input.include_all_instances == Some(true);
            let properties = self.properties(instance);
            if listed
                && is_wanted(&instance.instance_id, &input.instance_ids, &properties, &instance.tags, &input.filters)?
            {
                instance_statuses.push(instance_status(instance, context.now));
            }
        }
        Ok(DescribeInstanceStatusResult { instance_statuses, next_token: None })
    }
}

/// The word of both status checks.
pub fn status_word(instance: &Instance, now: SimTime) -> &'static str {
    match instance.state {
        InstanceState::Running { since, .. } if now.since(since) < STATUS_INITIALIZING => "initializing",
        InstanceState::Running { .. } => "ok",
        InstanceState::Pending
        | InstanceState::Stopping
        | InstanceState::Stopped
        | InstanceState::ShuttingDown
        | InstanceState::Terminated => "not-applicable",
    }
}

fn instance_status(instance: &Instance, now: SimTime) -> InstanceStatus {
    let word = status_word(instance, now);
    let check = match word {
        "ok" => "passed",
        other => other,
    };
    let details = vec![InstanceStatusDetails { name: "reachability".into(), status: check.into() }];
    let summary = InstanceStatusSummary { status: word.into(), details };
    InstanceStatus {
        instance_id: instance.instance_id.clone(),
        availability_zone: instance.zone.clone(),
        instance_state: instance.state.shape(),
        instance_status: summary.clone(),
        system_status: summary,
    }
}

fn state_reason(instance: &Instance) -> Option<ec2::StateReason> {
    let code = "Client.UserInitiatedShutdown";
    (!instance.transition_reason.is_empty())
        .then(|| ec2::StateReason { code: code.into(), message: format!("{code}: User initiated shutdown") })
}

/// A name such as `ec2-203-0-113-25.compute-1.amazonaws.com`; empty without an address.
pub fn dns_name(prefix: &str, address: Option<&str>, domain: &str) -> String {
    address.map_or_else(String::new, |address| format!("{prefix}-{}.{domain}", address.replace('.', "-")))
}

fn platform(platform: Platform) -> Option<String> {
    match platform {
        Platform::Linux => None,
        Platform::Windows => Some("windows".into()),
    }
}

fn platform_details(platform: Platform) -> String {
    match platform {
        Platform::Linux => "Linux/UNIX".into(),
        Platform::Windows => "Windows".into(),
    }
}

fn root_device_name(platform: Platform) -> String {
    match platform {
        Platform::Linux => "/dev/xvda".into(),
        Platform::Windows => "/dev/sda1".into(),
    }
}

pub(super) fn image_shape(image: &Image) -> ec2::Image {
    let ebs = EbsBlockDevice {
        snapshot_id: image.snapshot_id.clone(),
        volume_size: image.size_gib,
        volume_type: "gp3".into(),
        delete_on_termination: true,
        encrypted: false,
    };
    let usage_operation = match image.platform {
        Platform::Linux => "RunInstances",
        Platform::Windows => "RunInstances:0002",
    };
    ec2::Image {
        image_id: image.image_id.clone(),
        image_location: format!("{}/{}", image.owner_id, image.name),
        name: image.name.clone(),
        description: image.description.clone(),
        owner_id: image.owner_id.clone(),
        image_owner_alias: image.is_public.then(|| "amazon".into()),
        state: image.state.name().into(),
        public: image.is_public,
        creation_date: image.created.to_iso8601().replace('Z', ".000Z"),
        architecture: "x86_64".into(),
        image_type: "machine".into(),
        platform: platform(image.platform),
        platform_details: platform_details(image.platform),
        usage_operation: usage_operation.into(),
        root_device_name: root_device_name(image.platform),
        root_device_type: "ebs".into(),
        virtualization_type: "hvm".into(),
        hypervisor: "xen".into(),
        ena_support: true,
        block_device_mappings: vec![BlockDeviceMapping { device_name: root_device_name(image.platform), ebs }],
        source_instance_id: image.source_instance_id.clone(),
        tags: image.tags.clone(),
    }
}
