//! Launch templates: a name over numbered versions that never change.
use super::listing::{Query, is_named};
use super::tag::tags_for;
use super::{Ec2, user_data};
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateLaunchTemplateRequest, CreateLaunchTemplateResult, DeleteLaunchTemplateRequest,
    DeleteLaunchTemplateResult, DescribeLaunchTemplatesRequest, DescribeLaunchTemplatesResult, LaunchTemplateData,
    LaunchTemplateSpecification, ModifyLaunchTemplateRequest, ModifyLaunchTemplateResult, RunInstancesRequest, Tag,
    ValidationError, ValidationWarning,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, FilterNames};
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
    /// Its versions in the order of their numbers, which begin with 1.
    pub versions: Vec<Version>,
    /// The greatest number that a version has had; no number is given twice.
    pub last_number: i64,
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

const FILTERS: &FilterNames = &[("launch-template-name", "LaunchTemplateName"), ("create-time", "CreateTime")];

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

    pub(super) fn version_shape(&self, version: &Version) -> ec2::LaunchTemplateVersion {
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
        check_data(&input.launch_template_data)?;
        if !context.quotas().has_room(Quota::LaunchTemplates, self.launch_templates.len()) {
            let message = "You have reached the maximum number of launch templates for this Region.";
            return Err(ApiError::new("LaunchTemplateLimitExceeded", message));
        }
        let warning = self.warning(&input.launch_template_data);
        let tags = tags_for(&input.tag_specifications, &["launch-template"])?;
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
            last_number: 1,
            tags,
        };
        let launch_template = template.shape();
        self.launch_templates.insert(template.launch_template_id.clone(), template);
        Ok(CreateLaunchTemplateResult { launch_template, warning })
    }

    /// What a launch from the data would be refused for, which AWS says and accepts; a missing parameter is no fault of a template.
    pub(super) fn warning(&self, data: &LaunchTemplateData) -> Option<ValidationWarning> {
        let whole = RunInstancesRequest {
            image_id: data.image_id.clone().or_else(|| self.images.keys().next().cloned()),
            instance_type: data.instance_type.clone().or_else(|| Some("t3.micro".into())),
            key_name: data.key_name.clone(),
            security_group_ids: data.security_group_ids.clone().unwrap_or_default(),
            security_groups: data.security_groups.clone().unwrap_or_default(),
            ..RunInstancesRequest::default()
        };
        let ApiError { code, message } = self.spec_of(&whole).err()?;
        Some(ValidationWarning { errors: vec![ValidationError { code, message }] })
    }

    pub(super) fn describe_launch_templates(
        &mut self,
        _: &mut Context,
        input: DescribeLaunchTemplatesRequest,
    ) -> Result<DescribeLaunchTemplatesResult, ApiError> {
        input.launch_template_ids.iter().try_for_each(|id| self.launch_template(Some(id), None).map(|_| ()))?;
        input.launch_template_names.iter().try_for_each(|name| self.launch_template(None, Some(name)).map(|_| ()))?;
        let wanted = self.launch_templates.values().filter(|template| {
            is_named(&template.launch_template_id, &input.launch_template_ids)
                && is_named(&template.name, &input.launch_template_names)
        });
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (launch_templates, next_token) = query.of(wanted.map(LaunchTemplate::shape).collect())?;
        Ok(DescribeLaunchTemplatesResult { launch_templates, next_token })
    }

    pub(super) fn modify_launch_template(
        &mut self,
        _: &mut Context,
        input: ModifyLaunchTemplateRequest,
    ) -> Result<ModifyLaunchTemplateResult, ApiError> {
        let template =
            self.launch_template(input.launch_template_id.as_deref(), input.launch_template_name.as_deref())?;
        let number = template.version(input.default_version.as_deref().unwrap_or("$Default"))?.number;
        let mut launch_template = template.shape();
        if let Some(template) = self.launch_templates.get_mut(&launch_template.launch_template_id) {
            template.default_version = number;
            launch_template = template.shape();
        }
        Ok(ModifyLaunchTemplateResult { launch_template })
    }

    pub(super) fn delete_launch_template(
        &mut self,
        _: &mut Context,
        input: DeleteLaunchTemplateRequest,
    ) -> Result<DeleteLaunchTemplateResult, ApiError> {
        let template =
            self.launch_template(input.launch_template_id.as_deref(), input.launch_template_name.as_deref())?;
        let launch_template = template.shape();
        self.launch_templates.remove(&launch_template.launch_template_id);
        Ok(DeleteLaunchTemplateResult { launch_template })
    }
}

/// What AWS checks of the data of a version: that it says something, and that its script is base64. All else shows at a launch.
pub(super) fn check_data(data: &LaunchTemplateData) -> Result<(), ApiError> {
    if *data == LaunchTemplateData::default() {
        let message = "Launch template data must contain at least one parameter.";
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    data.user_data.as_deref().map_or(Ok(()), |text| user_data::decoded(text).map(|_| ()))
}
