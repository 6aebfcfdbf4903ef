//! Launch templates: a name over numbered versions that never change.
use super::{Ec2, check_dry_run, is_wanted, tags_for};
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateLaunchTemplateRequest, CreateLaunchTemplateResult, CreateLaunchTemplateVersionRequest,
    CreateLaunchTemplateVersionResult, DeleteLaunchTemplateRequest, DeleteLaunchTemplateResult,
    DescribeLaunchTemplateVersionsRequest, DescribeLaunchTemplateVersionsResult, DescribeLaunchTemplatesRequest,
    DescribeLaunchTemplatesResult, LaunchTemplateData, LaunchTemplateSpecification, ModifyLaunchTemplateRequest,
    ModifyLaunchTemplateResult, Tag,
};
use crate::cloud::{ACCOUNT_ID, Context, Properties};
use crate::sim::SimTime;

/// A launch template.
#[derive(Clone, Debug)]
pub struct LaunchTemplate {
    /// Its id.
    pub launch_template_id: String,
    /// Its name, unique in the region.
    pub name: String,
    /// When it was made.
    pub created: SimTime,
    /// The version that `$Default` means.
    pub default_version: i64,
    /// Its versions, numbered from 1.
    pub versions: Vec<Version>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// A version of a launch template.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub description: Option<String>,
    /// When it was made.
    pub created: SimTime,
    /// What it says of a launch.
    pub data: LaunchTemplateData,
}

impl LaunchTemplate {
    /// The number of the newest version.
    pub fn latest_version(&self) -> i64 {
        self.versions.last().map_or(0, |version| version.number)
    }

    /// The version that a number, `$Latest` or `$Default` means.
    ///
    /// # Errors
    /// `InvalidLaunchTemplateId.VersionNotFound`.
    pub fn version(&self, name: &str) -> Result<&Version, ApiError> {
        let number = match name {
            "$Latest" => Some(self.latest_version()),
            "$Default" | "" => Some(self.default_version),
            number => number.parse().ok(),
        };
        let found = self.versions.iter().find(|version| Some(version.number) == number);
        found.ok_or_else(|| {
            let id = &self.launch_template_id;
            let message = format!("Could not find the specified version {name} for the launch template with ID {id}.");
            ApiError::new("InvalidLaunchTemplateId.VersionNotFound", message)
        })
    }

    fn shape(&self) -> ec2::LaunchTemplate {
        ec2::LaunchTemplate {
            launch_template_id: self.launch_template_id.clone(),
            launch_template_name: self.name.clone(),
            create_time: self.created.to_iso8601(),
            created_by: format!("arn:aws:iam::{ACCOUNT_ID}:root"),
            default_version_number: self.default_version,
            latest_version_number: self.latest_version(),
            tags: self.tags.clone(),
        }
    }

    fn version_shape(&self, version: &Version) -> ec2::LaunchTemplateVersion {
        ec2::LaunchTemplateVersion {
            launch_template_id: self.launch_template_id.clone(),
            launch_template_name: self.name.clone(),
            version_number: version.number,
            version_description: version.description.clone(),
            create_time: version.created.to_iso8601(),
            created_by: format!("arn:aws:iam::{ACCOUNT_ID}:root"),
            default_version: version.number == self.default_version,
            launch_template_data: version.data.clone(),
        }
    }
}

impl Ec2 {
    /// The template by id or name.
    ///
    /// # Errors
    /// `InvalidLaunchTemplateId.NotFound`, `InvalidLaunchTemplateName.NotFoundException`, or `MissingParameter`.
    pub fn launch_template(&self, id: Option<&str>, name: Option<&str>) -> Result<&LaunchTemplate, ApiError> {
        match (id, name) {
            (Some(id), _) => self.launch_templates.get(id).ok_or_else(|| {
                let message = format!("The specified launch template, with template ID {id}, does not exist.");
                ApiError::new("InvalidLaunchTemplateId.NotFound", message)
            }),
            (None, Some(name)) => {
                self.launch_templates.values().find(|template| template.name == name).ok_or_else(|| {
                    let message = format!("The specified launch template, with template name {name}, does not exist.");
                    ApiError::new("InvalidLaunchTemplateName.NotFoundException", message)
                })
            }
            (None, None) => {
                let message = "Either 'launchTemplateId' or 'launchTemplateName' must be provided.";
                Err(ApiError::new("MissingParameter", message))
            }
        }
    }

    /// The template and the version that a specification means; `$Default` if it names no version.
    ///
    /// # Errors
    /// As [`Ec2::launch_template`] and [`LaunchTemplate::version`].
    pub fn template_version(
        &self,
        specification: &LaunchTemplateSpecification,
    ) -> Result<(&LaunchTemplate, &Version), ApiError> {
        let id = specification.launch_template_id.as_deref();
        let template = self.launch_template(id, specification.launch_template_name.as_deref())?;
        Ok((template, template.version(specification.version.as_deref().unwrap_or("$Default"))?))
    }

    pub(super) fn create_launch_template(
        &mut self,
        context: &mut Context,
        input: CreateLaunchTemplateRequest,
    ) -> Result<CreateLaunchTemplateResult, ApiError> {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "().-/_".contains(letter);
        let name = input.launch_template_name;
        if !(3..=128).contains(&name.chars().count()) || !name.chars().all(is_allowed) {
            let message = "Launch template names must be between 3 and 128 characters long, and may contain letters, numbers, and the \
                           following characters: - ( ) . / _";
            return Err(ApiError::new("InvalidLaunchTemplateName.MalformedException", message));
        }
        if self.launch_templates.values().any(|template| template.name == name) {
            let code = "InvalidLaunchTemplateName.AlreadyExistsException";
            return Err(ApiError::new(code, "Launch template name already in use."));
        }
        check_has_parameters(&input.launch_template_data)?;
        check_dry_run(input.dry_run)?;
        let version = Version {
            number: 1,
            description: input.version_description,
            created: context.now,
            data: input.launch_template_data,
        };
        let template = LaunchTemplate {
            launch_template_id: context.new_id("lt-"),
            name,
            created: context.now,
            default_version: 1,
            versions: vec![version],
            tags: tags_for(&input.tag_specifications, "launch-template"),
        };
        let launch_template = template.shape();
        self.launch_templates.insert(template.launch_template_id.clone(), template);
        Ok(CreateLaunchTemplateResult { launch_template })
    }

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
        check_has_parameters(&data)?;
        check_dry_run(input.dry_run)?;
        let number = template.latest_version() + 1;
        let version = Version { number, description: input.version_description, created: context.now, data };
        let shape = template.version_shape(&version);
        if let Some(template) = self.launch_templates.get_mut(&id) {
            template.versions.push(version);
        }
        Ok(CreateLaunchTemplateVersionResult { launch_template_version: shape })
    }

    pub(super) fn describe_launch_templates(
        &self,
        input: &DescribeLaunchTemplatesRequest,
    ) -> Result<DescribeLaunchTemplatesResult, ApiError> {
        input.launch_template_ids.iter().try_for_each(|id| self.launch_template(Some(id), None).map(|_| ()))?;
        input.launch_template_names.iter().try_for_each(|name| self.launch_template(None, Some(name)).map(|_| ()))?;
        let mut launch_templates = Vec::new();
        for template in self.launch_templates.values() {
            let properties = Properties::default().with("launch-template-name", &template.name);
            let named = input.launch_template_names.is_empty() || input.launch_template_names.contains(&template.name);
            let id = &template.launch_template_id;
            if named && is_wanted(id, &input.launch_template_ids, &properties, &template.tags, &input.filters)? {
                launch_templates.push(template.shape());
            }
        }
        Ok(DescribeLaunchTemplatesResult { launch_templates, next_token: None })
    }

    pub(super) fn describe_launch_template_versions(
        &self,
        input: &DescribeLaunchTemplateVersionsRequest,
    ) -> Result<DescribeLaunchTemplateVersionsResult, ApiError> {
        let template =
            self.launch_template(input.launch_template_id.as_deref(), input.launch_template_name.as_deref())?;
        let versions: Vec<_> = if input.versions.is_empty() {
            template.versions.iter().rev().collect()
        } else {
            input.versions.iter().map(|name| template.version(name)).collect::<Result<_, _>>()?
        };
        let launch_template_versions = versions.into_iter().map(|version| template.version_shape(version)).collect();
        Ok(DescribeLaunchTemplateVersionsResult { launch_template_versions, next_token: None })
    }

    pub(super) fn modify_launch_template(
        &mut self,
        input: &ModifyLaunchTemplateRequest,
    ) -> Result<ModifyLaunchTemplateResult, ApiError> {
        let template =
            self.launch_template(input.launch_template_id.as_deref(), input.launch_template_name.as_deref())?;
        let number = template.version(input.default_version.as_deref().unwrap_or("$Default"))?.number;
        check_dry_run(input.dry_run)?;
        let mut launch_template = template.shape();
        if let Some(template) = self.launch_templates.get_mut(&launch_template.launch_template_id) {
            template.default_version = number;
            launch_template = template.shape();
        }
        Ok(ModifyLaunchTemplateResult { launch_template })
    }

    pub(super) fn delete_launch_template(
        &mut self,
        input: &DeleteLaunchTemplateRequest,
    ) -> Result<DeleteLaunchTemplateResult, ApiError> {
        let template =
            self.launch_template(input.launch_template_id.as_deref(), input.launch_template_name.as_deref())?;
        check_dry_run(input.dry_run)?;
        let launch_template = template.shape();
        self.launch_templates.remove(&launch_template.launch_template_id);
        Ok(DeleteLaunchTemplateResult { launch_template })
    }
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
        elastic_inference_accelerators: new.elastic_inference_accelerators.or(source.elastic_inference_accelerators),
    }
}

fn check_has_parameters(data: &LaunchTemplateData) -> Result<(), ApiError> {
    if *data == LaunchTemplateData::default() {
        let message = "Launch template data must contain at least one parameter.";
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    Ok(())
}
