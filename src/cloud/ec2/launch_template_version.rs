//! Versions of launch templates: they never change, and the template counts them.
use super::launch_template::{LaunchTemplate, Version, check_data};
use super::listing::Query;
use super::{Ec2, Instance, base64};
use crate::api::ApiError;
use crate::api::ec2::{
    BlockDeviceMappingRequest, CreateLaunchTemplateVersionRequest, CreateLaunchTemplateVersionResult,
    CreditSpecification, DeleteLaunchTemplateVersionsRequest, DeleteLaunchTemplateVersionsResult,
    DeletedLaunchTemplateVersion, DescribeLaunchTemplateVersionsRequest, DescribeLaunchTemplateVersionsResult,
    EbsBlockDeviceRequest, GetLaunchTemplateDataRequest, GetLaunchTemplateDataResult, InstanceMetadataOptionsRequest,
    LaunchTemplateData, MonitoringEnabled, Placement, ResponseError, TagSpecification, UndeletedLaunchTemplateVersion,
};
use crate::cloud::quota::Quota;
use crate::cloud::{Context, FilterNames};

const FILTERS: &FilterNames = &[
    ("create-time", "CreateTime"),
    ("is-default-version", "DefaultVersion"),
    ("image-id", "LaunchTemplateData.ImageId"),
    ("instance-type", "LaunchTemplateData.InstanceType"),
    ("http-tokens", "LaunchTemplateData.MetadataOptions.HttpTokens"),
];

/// The most versions that one request deletes.
const MOST_DELETED: usize = 200;

impl Ec2 {
    /// Adds a version: what the request says, over what its source version says. The default version stays what it is.
    pub(super) fn create_launch_template_version(
        &mut self,
        context: &mut Context,
        input: CreateLaunchTemplateVersionRequest,
    ) -> Result<CreateLaunchTemplateVersionResult, ApiError> {
        let template =
            self.launch_template(input.launch_template_id.as_deref(), input.launch_template_name.as_deref())?;
        let id = template.launch_template_id.clone();
        let source = input.source_version.as_deref().map(|version| template.version(version)).transpose()?;
        let data = source.map_or_else(LaunchTemplateData::default, |version| version.data.clone());
        let data = overlay(data, input.launch_template_data);
        check_data(&data)?;
        if !context.quotas().has_room(Quota::LaunchTemplateVersions, template.versions.len()) {
            let message = "You have reached the maximum number of versions of this launch template.";
            return Err(ApiError::new("LaunchTemplateVersionLimitExceeded", message));
        }
        let warning = self.warning(&data);
        let number = template.last_number + 1;
        let version = Version { number, description: input.version_description, created: context.now, data };
        let launch_template_version = template.version_shape(&version);
        if let Some(template) = self.launch_templates.get_mut(&id) {
            template.last_number = number;
            template.versions.push(version);
        }
        Ok(CreateLaunchTemplateVersionResult { launch_template_version, warning })
    }

    /// Lists versions of a template, the newest first; or, where only `$Latest` or `$Default` is named, those of all templates.
    pub(super) fn describe_launch_template_versions(
        &mut self,
        _: &mut Context,
        input: DescribeLaunchTemplateVersionsRequest,
    ) -> Result<DescribeLaunchTemplateVersionsResult, ApiError> {
        let (id, name) = (input.launch_template_id.as_deref(), input.launch_template_name.as_deref());
        let is_general = |version: &String| version == "$Latest" || version == "$Default";
        let of_all =
            id.is_none() && name.is_none() && !input.versions.is_empty() && input.versions.iter().all(is_general);
        let templates: Vec<&LaunchTemplate> = match of_all {
            true => self.launch_templates.values().collect(),
            false => vec![self.launch_template(id, name)?],
        };
        let mut shapes = Vec::new();
        for template in templates {
            let versions = wanted_versions(template, &input)?;
            shapes.extend(versions.into_iter().map(|version| template.version_shape(version)));
        }
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (launch_template_versions, next_token) = query.of(shapes)?;
        Ok(DescribeLaunchTemplateVersionsResult { launch_template_versions, next_token })
    }

    /// Deletes versions; the default one and those that are not there are left and named.
    pub(super) fn delete_launch_template_versions(
        &mut self,
        _: &mut Context,
        input: DeleteLaunchTemplateVersionsRequest,
    ) -> Result<DeleteLaunchTemplateVersionsResult, ApiError> {
        let template =
            self.launch_template(input.launch_template_id.as_deref(), input.launch_template_name.as_deref())?;
        if input.versions.len() > MOST_DELETED {
            let message = format!("You can delete up to {MOST_DELETED} launch template versions in one request.");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        let (launch_template_id, launch_template_name) = (template.launch_template_id.clone(), template.name.clone());
        let mut result = DeleteLaunchTemplateVersionsResult::default();
        for name in &input.versions {
            let version_number = name.parse().unwrap_or(0);
            let (launch_template_id, launch_template_name) = (launch_template_id.clone(), launch_template_name.clone());
            match self.delete_version(&launch_template_id, name) {
                Ok(version_number) => result
                    .successfully_deleted_launch_template_versions
                    .push(DeletedLaunchTemplateVersion { launch_template_id, launch_template_name, version_number }),
                Err(response_error) => {
                    result.unsuccessfully_deleted_launch_template_versions.push(UndeletedLaunchTemplateVersion {
                        launch_template_id,
                        launch_template_name,
                        version_number,
                        response_error,
                    })
                }
            }
        }
        Ok(result)
    }

    /// The code for the default version is a guess.
    fn delete_version(&mut self, template_id: &str, name: &str) -> Result<i64, ResponseError> {
        let error = |code: &str, message: String| ResponseError { code: code.into(), message };
        let missing = || {
            let message =
                format!("Could not find the specified version {name} for the launch template with ID {template_id}.");
            error("launchTemplateVersionDoesNotExist", message)
        };
        let template = self.launch_templates.get_mut(template_id).ok_or_else(missing)?;
        let number = template.version(name).map(|version| version.number).map_err(|_| missing())?;
        if number == template.default_version {
            let message = "The default version of a launch template cannot be deleted. Make another version the default one first.";
            return Err(error("unexpectedError", message.into()));
        }
        template.versions.retain(|version| version.number != number);
        Ok(number)
    }

    pub(super) fn get_launch_template_data(
        &mut self,
        _: &mut Context,
        input: GetLaunchTemplateDataRequest,
    ) -> Result<GetLaunchTemplateDataResult, ApiError> {
        let instance = self.instance(&input.instance_id)?;
        Ok(GetLaunchTemplateDataResult { launch_template_data: self.data_of(instance) })
    }

    fn data_of(&self, instance: &Instance) -> LaunchTemplateData {
        let own_tags = instance.tags.iter().filter(|tag| !tag.key.starts_with("aws:")).cloned().collect::<Vec<_>>();
        let specification = TagSpecification { resource_type: Some("instance".into()), tags: own_tags };
        let volume = self.volumes.get(&instance.volume_id);
        let mapping = volume.map(|volume| BlockDeviceMappingRequest {
            device_name: Some(instance.root_device().into()),
            ebs: Some(EbsBlockDeviceRequest {
                volume_size: Some(volume.size_gib),
                volume_type: Some(volume.kind.clone()),
                delete_on_termination: volume.attachment.as_ref().map(|bond| bond.is_deleted_with_instance),
            }),
        });
        let placement = Placement {
            availability_zone: Some(instance.zone.clone()),
            group_name: Some(String::new()),
            tenancy: Some("default".into()),
        };
        let credits = CreditSpecification { cpu_credits: instance.credits.name().into() };
        let metadata = &instance.metadata;
        LaunchTemplateData {
            image_id: Some(instance.image_id.clone()),
            instance_type: Some(instance.instance_type.name.into()),
            key_name: instance.key_name.clone(),
            security_group_ids: Some(instance.security_groups.clone()),
            security_groups: None,
            user_data: instance.user_data.as_deref().map(base64::encode),
            monitoring: Some(MonitoringEnabled { enabled: Some(instance.detailed_monitoring) }),
            placement: Some(placement),
            tag_specifications: (!specification.tags.is_empty()).then(|| vec![specification]),
            disable_api_termination: Some(instance.is_termination_protected),
            disable_api_stop: Some(instance.is_stop_protected),
            instance_initiated_shutdown_behavior: Some(
                if instance.is_terminated_by_shutdown { "terminate" } else { "stop" }.into(),
            ),
            credit_specification: instance.instance_type.is_burstable().then_some(credits),
            metadata_options: Some(InstanceMetadataOptionsRequest {
                http_tokens: Some(metadata.http_tokens.clone()),
                http_put_response_hop_limit: Some(metadata.http_put_response_hop_limit),
                http_endpoint: Some(metadata.http_endpoint.clone()),
                http_protocol_ipv6: Some(metadata.http_protocol_ipv6.clone()),
                instance_metadata_tags: Some(metadata.instance_metadata_tags.clone()),
            }),
            block_device_mappings: mapping.map(|mapping| vec![mapping]),
            network_interfaces: None,
            elastic_inference_accelerators: None,
        }
    }
}

/// The versions that are named, in that order; else all between the two ends, the newest first.
fn wanted_versions<'a>(
    template: &'a LaunchTemplate,
    input: &DescribeLaunchTemplateVersionsRequest,
) -> Result<Vec<&'a Version>, ApiError> {
    if !input.versions.is_empty() {
        return input.versions.iter().map(|name| template.version(name)).collect();
    }
    let end = |text: &Option<String>, otherwise: i64| match text.as_deref().map(str::parse) {
        None => Ok(otherwise),
        Some(Ok(number)) => Ok(number),
        Some(Err(_)) => Err(ApiError::new("InvalidParameterValue", "A version is a number.")),
    };
    let range = end(&input.min_version, 0)?..=end(&input.max_version, i64::MAX)?;
    Ok(template.versions.iter().rev().filter(|version| range.contains(&version.number)).collect())
}

/// The data of a new version: what it says itself, else what its source says.
fn overlay(source: LaunchTemplateData, new: LaunchTemplateData) -> LaunchTemplateData {
    LaunchTemplateData {
        image_id: new.image_id.or(source.image_id),
        instance_type: new.instance_type.or(source.instance_type),
        key_name: new.key_name.or(source.key_name),
        security_group_ids: new.security_group_ids.or(source.security_group_ids),
        security_groups: new.security_groups.or(source.security_groups),
        user_data: new.user_data.or(source.user_data),
        monitoring: new.monitoring.or(source.monitoring),
        placement: new.placement.or(source.placement),
        tag_specifications: new.tag_specifications.or(source.tag_specifications),
        disable_api_termination: new.disable_api_termination.or(source.disable_api_termination),
        disable_api_stop: new.disable_api_stop.or(source.disable_api_stop),
        instance_initiated_shutdown_behavior: new
            .instance_initiated_shutdown_behavior
            .or(source.instance_initiated_shutdown_behavior),
        credit_specification: new.credit_specification.or(source.credit_specification),
        metadata_options: new.metadata_options.or(source.metadata_options),
        block_device_mappings: new.block_device_mappings.or(source.block_device_mappings),
        network_interfaces: new.network_interfaces.or(source.network_interfaces),
        elastic_inference_accelerators: new.elastic_inference_accelerators.or(source.elastic_inference_accelerators),
    }
}
