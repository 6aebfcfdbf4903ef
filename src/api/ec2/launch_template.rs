//! Launch templates.
use super::{
    BlockDeviceMappingRequest, CreditSpecification, ElasticInferenceAccelerator, Filter,
    InstanceMetadataOptionsRequest, InstanceNetworkInterfaceSpecification, MonitoringEnabled, Placement, Tag,
    TagSpecification,
};

shapes! {
    /// What a launch template says of a launch; every part may be left out.
    LaunchTemplateData {
        image_id: Option<String>, instance_type: Option<String>, key_name: Option<String>, security_group_ids: Option<Vec<String>>,
        security_groups: Option<Vec<String>>, user_data: Option<String>, monitoring: Option<MonitoringEnabled>,
        placement: Option<Placement>, tag_specifications: Option<Vec<TagSpecification>>, disable_api_termination: Option<bool>,
        disable_api_stop: Option<bool>, instance_initiated_shutdown_behavior: Option<String>,
        credit_specification: Option<CreditSpecification>, metadata_options: Option<InstanceMetadataOptionsRequest>,
        block_device_mappings: Option<Vec<BlockDeviceMappingRequest>>,
        network_interfaces: Option<Vec<InstanceNetworkInterfaceSpecification>>,
        elastic_inference_accelerators: Option<Vec<ElasticInferenceAccelerator>>,
    }

    /// Asks for a launch template with its version 1.
    CreateLaunchTemplateRequest {
        launch_template_name: String, version_description: Option<String>, launch_template_data: LaunchTemplateData,
        tag_specifications: Vec<TagSpecification>, client_token: Option<String>, dry_run: Option<bool>,
    }

    /// The launch template that was made.
    CreateLaunchTemplateResult { launch_template: LaunchTemplate, warning: Option<ValidationWarning> }

    /// What would be refused at a launch from the template.
    ValidationWarning { errors: Vec<ValidationError> }

    /// A refusal.
    ValidationError { code: String, message: String }

    /// A launch template: a name over numbered versions that never change.
    LaunchTemplate {
        launch_template_id: String, launch_template_name: String, create_time: String, created_by: String, default_version_number: i64,
        latest_version_number: i64, tags: Vec<Tag>,
    }

    /// Asks for a further version, from a given one if `source_version` is set.
    CreateLaunchTemplateVersionRequest {
        launch_template_id: Option<String>, launch_template_name: Option<String>, source_version: Option<String>,
        version_description: Option<String>, launch_template_data: LaunchTemplateData, client_token: Option<String>, dry_run: Option<bool>,
    }

    /// The version that was made.
    CreateLaunchTemplateVersionResult { launch_template_version: LaunchTemplateVersion, warning: Option<ValidationWarning> }

    /// One version of a launch template.
    LaunchTemplateVersion {
        launch_template_id: String, launch_template_name: String, version_number: i64, version_description: Option<String>,
        create_time: String, created_by: String, default_version: bool, launch_template_data: LaunchTemplateData,
    }

    /// Asks for launch templates.
    DescribeLaunchTemplatesRequest {
        launch_template_ids: Vec<String>, launch_template_names: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>,
        next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The launch templates.
    DescribeLaunchTemplatesResult { launch_templates: Vec<LaunchTemplate>, next_token: Option<String> }

    /// Asks for versions: by number, `$Latest` or `$Default`; all of them if none is named.
    DescribeLaunchTemplateVersionsRequest {
        launch_template_id: Option<String>, launch_template_name: Option<String>, versions: Vec<String>, min_version: Option<String>,
        max_version: Option<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The versions.
    DescribeLaunchTemplateVersionsResult { launch_template_versions: Vec<LaunchTemplateVersion>, next_token: Option<String> }

    /// Asks to make a version the default one.
    ModifyLaunchTemplateRequest {
        launch_template_id: Option<String>, launch_template_name: Option<String>,
        default_version: Option<String>,
        client_token: Option<String>, dry_run: Option<bool>,
    }

    /// The launch template after the change.
    ModifyLaunchTemplateResult { launch_template: LaunchTemplate }

    /// Asks to delete a launch template.
    DeleteLaunchTemplateRequest { launch_template_id: Option<String>, launch_template_name: Option<String>, dry_run: Option<bool> }

    /// The launch template that was deleted.
    DeleteLaunchTemplateResult { launch_template: LaunchTemplate }

    /// Asks to delete versions by number.
    DeleteLaunchTemplateVersionsRequest {
        launch_template_id: Option<String>, launch_template_name: Option<String>, versions: Vec<String>, dry_run: Option<bool>,
    }

    /// Which versions were deleted, and which could not be.
    DeleteLaunchTemplateVersionsResult {
        successfully_deleted_launch_template_versions: Vec<DeletedLaunchTemplateVersion>,
        unsuccessfully_deleted_launch_template_versions: Vec<UndeletedLaunchTemplateVersion>,
    }

    /// A version that was deleted.
    DeletedLaunchTemplateVersion { launch_template_id: String, launch_template_name: String, version_number: i64 }

    /// A version that was not deleted.
    UndeletedLaunchTemplateVersion {
        launch_template_id: String, launch_template_name: String, version_number: i64,
        response_error: ResponseError,
    }

    /// Why it was not.
    ResponseError { code: String, message: String }

    /// Asks what a template would have to say to launch an instance like this one.
    GetLaunchTemplateDataRequest { instance_id: String, dry_run: Option<bool> }

    /// What it would have to say.
    GetLaunchTemplateDataResult { launch_template_data: LaunchTemplateData }
}
