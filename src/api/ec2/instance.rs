//! Instances.
use super::{
    BlockDeviceMappingRequest, Filter, InstanceBlockDeviceMapping, InstanceMetadataOptions,
    InstanceMetadataOptionsRequest, Tag, TagSpecification,
};

shapes! {
    /// Asks for a launch of `min_count` to `max_count` instances.
    RunInstancesRequest {
        image_id: Option<String>, instance_type: Option<String>, min_count: i64, max_count: i64, key_name: Option<String>,
        security_group_ids: Vec<String>, security_groups: Vec<String>, subnet_id: Option<String>, user_data: Option<String>,
        placement: Option<Placement>, monitoring: Option<MonitoringEnabled>, launch_template: Option<LaunchTemplateSpecification>,
        tag_specifications: Vec<TagSpecification>, elastic_inference_accelerators: Vec<ElasticInferenceAccelerator>,
        disable_api_termination: Option<bool>, disable_api_stop: Option<bool>, instance_initiated_shutdown_behavior: Option<String>,
        credit_specification: Option<CreditSpecification>, metadata_options: Option<InstanceMetadataOptionsRequest>,
        block_device_mappings: Vec<BlockDeviceMappingRequest>, network_interfaces: Vec<InstanceNetworkInterfaceSpecification>,
        private_ip_address: Option<String>, client_token: Option<String>, dry_run: Option<bool>,
    }

    /// How a launch spends CPU credits: `standard` or `unlimited`.
    CreditSpecification { cpu_credits: String }

    /// The network interface of a launch: its subnet, its groups, and whether it gets a public address.
    InstanceNetworkInterfaceSpecification {
        device_index: Option<i64>, subnet_id: Option<String>, groups: Vec<String>, associate_public_ip_address: Option<bool>,
        private_ip_address: Option<String>, delete_on_termination: Option<bool>,
    }

    /// Which zone to launch in.
    Placement { availability_zone: Option<String>, group_name: Option<String>, tenancy: Option<String> }

    /// Whether metrics come every minute (detailed) or every five (basic).
    MonitoringEnabled { enabled: Option<bool> }

    /// A launch template by id or name, and a version: a number, `$Latest` or `$Default`.
    LaunchTemplateSpecification { launch_template_id: Option<String>, launch_template_name: Option<String>, version: Option<String> }

    /// An accelerator of the retired Elastic Inference service.
    ElasticInferenceAccelerator {
        #[serde(rename = "Type")]
        kind: String,
        count: Option<i64>,
    }

    /// A launch: the instances that one request made.
    Reservation { reservation_id: String, owner_id: String, groups: Vec<GroupIdentifier>, instances: Vec<Instance> }

    /// An instance as AWS shows it.
    Instance {
        instance_id: String, image_id: String, instance_type: String, state: InstanceState, state_reason: Option<StateReason>,
        state_transition_reason: String, private_dns_name: String, public_dns_name: String, private_ip_address: Option<String>,
        public_ip_address: Option<String>, launch_time: String, ami_launch_index: i64, placement: Placement, monitoring: Monitoring,
        subnet_id: Option<String>, vpc_id: Option<String>, key_name: Option<String>, security_groups: Vec<GroupIdentifier>,
        architecture: String, platform: Option<String>, platform_details: String, root_device_name: String, root_device_type: String,
        virtualization_type: String, hypervisor: String, ena_support: bool, ebs_optimized: bool, source_dest_check: bool,
        client_token: String, block_device_mappings: Vec<InstanceBlockDeviceMapping>, metadata_options: InstanceMetadataOptions,
        network_interfaces: Vec<InstanceNetworkInterface>,
        elastic_inference_accelerator_associations: Option<Vec<ElasticInferenceAcceleratorAssociation>>, tags: Vec<Tag>,
    }

    /// An accelerator of the retired Elastic Inference service at an instance.
    ElasticInferenceAcceleratorAssociation {
        elastic_inference_accelerator_arn: String, elastic_inference_accelerator_association_id: String,
        elastic_inference_accelerator_association_state: String, elastic_inference_accelerator_association_time: String,
    }

    /// A network interface of an instance.
    InstanceNetworkInterface {
        network_interface_id: String, status: String, subnet_id: String, vpc_id: String, owner_id: String,
        private_ip_address: Option<String>, association: Option<InstanceNetworkInterfaceAssociation>, groups: Vec<GroupIdentifier>,
        source_dest_check: bool, interface_type: String,
    }

    /// The public address of a network interface; the owner is `amazon` for an automatic one.
    InstanceNetworkInterfaceAssociation { public_ip: String, public_dns_name: String, ip_owner_id: String }

    /// A state and its number.
    InstanceState { code: i64, name: String }

    /// Why an instance left the running state.
    StateReason { code: String, message: String }

    /// `disabled` for basic, `enabled` for detailed monitoring.
    Monitoring { state: String }

    /// A security group by id and name.
    GroupIdentifier { group_id: String, group_name: String }

    /// Asks for instances.
    DescribeInstancesRequest {
        instance_ids: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The instances, by launch.
    DescribeInstancesResult { reservations: Vec<Reservation>, next_token: Option<String> }

    /// Asks for status checks.
    DescribeInstanceStatusRequest {
        instance_ids: Vec<String>, include_all_instances: Option<bool>, filters: Vec<Filter>, max_results: Option<i64>,
        next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The status checks.
    DescribeInstanceStatusResult { instance_statuses: Vec<InstanceStatus>, next_token: Option<String> }

    /// An instance's status checks: of the instance, of the system it runs on, and of its volumes.
    InstanceStatus {
        instance_id: String, availability_zone: String, instance_state: InstanceState, instance_status: InstanceStatusSummary,
        system_status: InstanceStatusSummary, attached_ebs_status: InstanceStatusSummary,
    }

    /// A status: `ok`, `impaired`, `initializing`, `insufficient-data` or `not-applicable`.
    InstanceStatusSummary { status: String, details: Vec<InstanceStatusDetails> }

    /// One check.
    InstanceStatusDetails { name: String, status: String }

    /// Asks to start instances.
    StartInstancesRequest { instance_ids: Vec<String>, dry_run: Option<bool> }

    /// What changed.
    StartInstancesResult { starting_instances: Vec<InstanceStateChange> }

    /// Asks to stop instances.
    StopInstancesRequest { instance_ids: Vec<String>, hibernate: Option<bool>, force: Option<bool>, dry_run: Option<bool> }

    /// What changed.
    StopInstancesResult { stopping_instances: Vec<InstanceStateChange> }

    /// Asks to restart instances.
    RebootInstancesRequest { instance_ids: Vec<String>, dry_run: Option<bool> }

    /// Asks to end instances.
    TerminateInstancesRequest { instance_ids: Vec<String>, force: Option<bool>, dry_run: Option<bool> }

    /// What changed.
    TerminateInstancesResult { terminating_instances: Vec<InstanceStateChange> }

    /// A change of an instance's state.
    InstanceStateChange { instance_id: String, previous_state: InstanceState, current_state: InstanceState }
}
