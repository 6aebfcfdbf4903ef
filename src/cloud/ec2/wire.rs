//! Instances and images in AWS's shapes, and the list of instances.
use std::collections::BTreeMap;

use super::image::{Image, Platform};
use super::listing::{Query, check_page_size, is_named};
use super::{Ec2, Instance, InstanceState};
use crate::api::ApiError;
use crate::api::ec2::{
    self, BlockDeviceMapping, DescribeInstancesRequest, DescribeInstancesResult, EbsBlockDevice,
    ElasticInferenceAcceleratorAssociation, InstanceNetworkInterface, InstanceNetworkInterfaceAssociation, Monitoring,
    Placement, Reservation, StateReason,
};
use crate::cloud::{ACCOUNT_ID, Context, FilterNames, RegionInfo};
use crate::sim::SimTime;

const FILTERS: &FilterNames = &[
    ("instance-id", "InstanceId"),
    ("instance-state-name", "State.Name"),
    ("instance-state-code", "State.Code"),
    ("instance-type", "InstanceType"),
    ("image-id", "ImageId"),
    ("key-name", "KeyName"),
    ("availability-zone", "Placement.AvailabilityZone"),
    ("tenancy", "Placement.Tenancy"),
    ("subnet-id", "SubnetId"),
    ("vpc-id", "VpcId"),
    ("ip-address", "PublicIpAddress"),
    ("dns-name", "PublicDnsName"),
    ("private-ip-address", "PrivateIpAddress"),
    ("private-dns-name", "PrivateDnsName"),
    ("instance.group-id", "SecurityGroups.GroupId"),
    ("instance.group-name", "SecurityGroups.GroupName"),
    ("network-interface.network-interface-id", "NetworkInterfaces.NetworkInterfaceId"),
    ("architecture", "Architecture"),
    ("platform", "Platform"),
    ("platform-details", "PlatformDetails"),
    ("monitoring-state", "Monitoring.State"),
    ("launch-time", "LaunchTime"),
    ("launch-index", "AmiLaunchIndex"),
    ("client-token", "ClientToken"),
    ("root-device-name", "RootDeviceName"),
    ("root-device-type", "RootDeviceType"),
    ("reason", "StateTransitionReason"),
    ("state-reason-code", "StateReason.Code"),
    ("state-reason-message", "StateReason.Message"),
    ("metadata-options.http-tokens", "MetadataOptions.HttpTokens"),
    ("block-device-mapping.volume-id", "BlockDeviceMappings.Ebs.VolumeId"),
    ("virtualization-type", "VirtualizationType"),
];

impl Ec2 {
    /// Lists instances by launch. Simplified: a page counts instances, and may cut a launch in two.
    pub(super) fn describe_instances(
        &mut self,
        context: &mut Context,
        input: DescribeInstancesRequest,
    ) -> Result<DescribeInstancesResult, ApiError> {
        check_page_size(input.max_results)?;
        if !input.instance_ids.is_empty() && input.max_results.is_some() {
            let message = "The parameter instancesSet cannot be used with the parameter maxResults";
            return Err(ApiError::new("InvalidParameterCombination", message));
        }
        self.check_known(&input.instance_ids)?;
        let mut wanted: Vec<&Instance> =
            self.instances.values().filter(|instance| is_named(&instance.instance_id, &input.instance_ids)).collect();
        wanted.sort_by_key(|instance| (&instance.reservation_id, instance.launch_index));
        let shapes = wanted.into_iter().map(|instance| self.instance_shape(context.region, instance)).collect();
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (instances, next_token) = query.of(shapes)?;
        let mut reservations: BTreeMap<String, Reservation> = BTreeMap::new();
        for shape in instances {
            let id = self.instances.get(&shape.instance_id).map(|instance| instance.reservation_id.clone());
            let reservation = reservations.entry(id.unwrap_or_default()).or_insert_with_key(|id| Reservation {
                reservation_id: id.clone(),
                owner_id: ACCOUNT_ID.into(),
                ..Reservation::default()
            });
            reservation.instances.push(shape);
        }
        Ok(DescribeInstancesResult { reservations: reservations.into_values().collect(), next_token })
    }

    /// The instance as AWS shows it.
    pub fn instance_shape(&self, region: &RegionInfo, instance: &Instance) -> ec2::Instance {
        let public_ip = self.public_ip(&instance.instance_id).map(str::to_owned);
        let has_network = instance.private_ip.is_some();
        ec2::Instance {
            instance_id: instance.instance_id.clone(),
            image_id: instance.image_id.clone(),
            instance_type: instance.instance_type.name.into(),
            state: instance.state.shape(),
            state_reason: state_reason(instance),
            state_transition_reason: instance.reason.map(|reason| reason.transition()).unwrap_or_default(),
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
            subnet_id: has_network.then(|| instance.subnet_id.clone()),
            vpc_id: has_network.then(|| instance.vpc_id.clone()),
            key_name: instance.key_name.clone(),
            security_groups: if has_network { self.groups_of(instance) } else { Vec::new() },
            architecture: instance.instance_type.architecture().into(),
            platform: platform(instance.platform),
            platform_details: platform_details(instance.platform),
            root_device_name: instance.root_device().into(),
            root_device_type: "ebs".into(),
            virtualization_type: "hvm".into(),
            hypervisor: "xen".into(),
            ena_support: true,
            ebs_optimized: false,
            source_dest_check: true,
            client_token: instance.client_token.clone(),
            block_device_mappings: self.mappings_of(instance),
            metadata_options: instance.metadata.clone(),
            network_interfaces: has_network.then(|| self.interface_shape(region, instance)).into_iter().collect(),
            elastic_inference_accelerator_associations: accelerator_shapes(region, instance),
            tags: instance.tags.clone(),
        }
    }

    fn interface_shape(&self, region: &RegionInfo, instance: &Instance) -> InstanceNetworkInterface {
        let public_ip = self.public_ip(&instance.instance_id);
        let is_elastic = self.elastic_ip(&instance.instance_id).is_some();
        let association = public_ip.map(|public_ip| InstanceNetworkInterfaceAssociation {
            public_ip: public_ip.to_owned(),
            public_dns_name: dns_name("ec2", Some(public_ip), &region.public_dns_domain()),
            ip_owner_id: if is_elastic { ACCOUNT_ID } else { "amazon" }.into(),
        });
        InstanceNetworkInterface {
            network_interface_id: instance.network_interface_id.clone(),
            status: "in-use".into(),
            subnet_id: instance.subnet_id.clone(),
            vpc_id: instance.vpc_id.clone(),
            owner_id: ACCOUNT_ID.into(),
            private_ip_address: instance.private_ip.clone(),
            association,
            groups: self.groups_of(instance),
            source_dest_check: true,
            interface_type: "interface".into(),
        }
    }
}

/// The accelerators of an instance, as AWS showed them till 2024.
fn accelerator_shapes(region: &RegionInfo, instance: &Instance) -> Option<Vec<ElasticInferenceAcceleratorAssociation>> {
    let accelerator = instance.accelerator?;
    let digits = instance.network_interface_id.trim_start_matches("eni-");
    let shape = |index: u32| ElasticInferenceAcceleratorAssociation {
        elastic_inference_accelerator_arn: format!(
            "arn:aws:elastic-inference:{}:{ACCOUNT_ID}:elastic-inference-accelerator/eia-{digits}{index}",
            region.name
        ),
        elastic_inference_accelerator_association_id: format!("eia-assoc-{digits}{index}"),
        elastic_inference_accelerator_association_state: "associated".into(),
        elastic_inference_accelerator_association_time: instance.launched.to_iso8601(),
    };
    Some((0..accelerator.count).map(shape).collect())
}

fn state_reason(instance: &Instance) -> Option<StateReason> {
    let (code, message) = match (instance.state, instance.reason) {
        (InstanceState::Pending, _) => ("pending", "pending"),
        (_, Some(reason)) => reason.code_and_message(),
        (_, None) => return None,
    };
    Some(StateReason { code: code.into(), message: message.into() })
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
        creation_date: iso_millis(image.created),
        architecture: image.architecture.into(),
        image_type: "machine".into(),
        platform: platform(image.platform),
        platform_details: platform_details(image.platform),
        usage_operation: usage_operation.into(),
        root_device_name: image.platform.root_device().into(),
        root_device_type: "ebs".into(),
        virtualization_type: "hvm".into(),
        hypervisor: "xen".into(),
        ena_support: true,
        block_device_mappings: vec![BlockDeviceMapping { device_name: image.platform.root_device().into(), ebs }],
        deprecation_time: image.deprecated.map(iso_millis),
        source_instance_id: image.source_instance_id.clone(),
        source_image_id: image.source_image.as_ref().map(|(id, _)| id.clone()),
        source_image_region: image.source_image.as_ref().map(|(_, region)| region.clone()),
        tags: image.tags.clone(),
    }
}

fn iso_millis(moment: SimTime) -> String {
    moment.to_iso8601().replace('Z', ".000Z")
}
