//! What can be changed of an instance after its launch.
use super::{Filter, GroupIdentifier};

shapes! {
    /// A switch.
    AttributeBooleanValue { value: Option<bool> }

    /// A text.
    AttributeValue { value: Option<String> }

    /// Asks for one attribute of an instance.
    DescribeInstanceAttributeRequest { instance_id: String, attribute: String, dry_run: Option<bool> }

    /// The attribute that was asked for.
    InstanceAttribute {
        instance_id: String, instance_type: Option<AttributeValue>, user_data: Option<AttributeValue>,
        disable_api_termination: Option<AttributeBooleanValue>, disable_api_stop: Option<AttributeBooleanValue>,
        instance_initiated_shutdown_behavior: Option<AttributeValue>, root_device_name: Option<AttributeValue>,
        block_device_mappings: Option<Vec<InstanceBlockDeviceMapping>>, source_dest_check: Option<AttributeBooleanValue>,
        ebs_optimized: Option<AttributeBooleanValue>, ena_support: Option<AttributeBooleanValue>, groups: Option<Vec<GroupIdentifier>>,
    }

    /// A disk of an instance.
    InstanceBlockDeviceMapping { device_name: String, ebs: EbsInstanceBlockDevice }

    /// The volume behind it.
    EbsInstanceBlockDevice { volume_id: String, status: String, attach_time: String, delete_on_termination: bool }

    /// Asks to change one attribute of an instance.
    ModifyInstanceAttributeRequest {
        instance_id: String, attribute: Option<String>, value: Option<String>, instance_type: Option<AttributeValue>,
        user_data: Option<AttributeValue>, disable_api_termination: Option<AttributeBooleanValue>,
        disable_api_stop: Option<AttributeBooleanValue>, instance_initiated_shutdown_behavior: Option<AttributeValue>,
        groups: Vec<String>, block_device_mappings: Vec<InstanceBlockDeviceMappingSpecification>, dry_run: Option<bool>,
    }

    /// A change of a disk of an instance.
    InstanceBlockDeviceMappingSpecification { device_name: Option<String>, ebs: Option<EbsInstanceBlockDeviceSpecification> }

    /// Whether the volume goes with the instance.
    EbsInstanceBlockDeviceSpecification { delete_on_termination: Option<bool>, volume_id: Option<String> }

    /// Asks for metrics every minute.
    MonitorInstancesRequest { instance_ids: Vec<String>, dry_run: Option<bool> }

    /// What changed.
    MonitorInstancesResult { instance_monitorings: Vec<InstanceMonitoring> }

    /// Asks for metrics every five minutes only.
    UnmonitorInstancesRequest { instance_ids: Vec<String>, dry_run: Option<bool> }

    /// What changed.
    UnmonitorInstancesResult { instance_monitorings: Vec<InstanceMonitoring> }

    /// How an instance is monitored now.
    InstanceMonitoring { instance_id: String, monitoring: super::Monitoring }

    /// Asks how instances spend CPU credits.
    DescribeInstanceCreditSpecificationsRequest {
        instance_ids: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// How they spend them.
    DescribeInstanceCreditSpecificationsResult {
        instance_credit_specifications: Vec<InstanceCreditSpecification>, next_token: Option<String>,
    }

    /// `standard`: no more than was earned; `unlimited`: more, for money.
    InstanceCreditSpecification { instance_id: String, cpu_credits: String }

    /// Asks to change how instances spend CPU credits.
    ModifyInstanceCreditSpecificationRequest {
        instance_credit_specifications: Vec<InstanceCreditSpecificationRequest>, client_token: Option<String>, dry_run: Option<bool>,
    }

    /// How an instance shall spend its credits.
    InstanceCreditSpecificationRequest { instance_id: String, cpu_credits: Option<String> }

    /// What changed, and what could not.
    ModifyInstanceCreditSpecificationResult {
        successful_instance_credit_specifications: Vec<SuccessfulInstanceCreditSpecificationItem>,
        unsuccessful_instance_credit_specifications: Vec<UnsuccessfulInstanceCreditSpecificationItem>,
    }

    /// An instance that was changed.
    SuccessfulInstanceCreditSpecificationItem { instance_id: String }

    /// An instance that was not changed.
    UnsuccessfulInstanceCreditSpecificationItem { instance_id: String, error: UnsuccessfulInstanceCreditSpecificationItemError }

    /// Why it was not.
    UnsuccessfulInstanceCreditSpecificationItemError { code: String, message: String }

    /// Asks what an instance wrote on its console.
    GetConsoleOutputRequest { instance_id: String, latest: Option<bool>, dry_run: Option<bool> }

    /// What it wrote.
    GetConsoleOutputResult { instance_id: String, timestamp: String, output: String }

    /// Asks to change how programs on the instance may ask for its metadata.
    ModifyInstanceMetadataOptionsRequest {
        instance_id: String, http_tokens: Option<String>, http_put_response_hop_limit: Option<i64>, http_endpoint: Option<String>,
        http_protocol_ipv6: Option<String>, instance_metadata_tags: Option<String>, dry_run: Option<bool>,
    }

    /// How they may now.
    ModifyInstanceMetadataOptionsResult { instance_id: String, instance_metadata_options: InstanceMetadataOptions }

    /// How programs on an instance may ask for its metadata.
    InstanceMetadataOptions {
        state: String, http_tokens: String, http_put_response_hop_limit: i64, http_endpoint: String, http_protocol_ipv6: String,
        instance_metadata_tags: String,
    }

    /// The same for a launch; what is left out is as AWS has it.
    InstanceMetadataOptionsRequest {
        http_tokens: Option<String>, http_put_response_hop_limit: Option<i64>, http_endpoint: Option<String>,
        http_protocol_ipv6: Option<String>, instance_metadata_tags: Option<String>,
    }
}
