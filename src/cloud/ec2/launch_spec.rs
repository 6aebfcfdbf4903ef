//! What a launch needs, from a request, a template, or both.
use super::Ec2;
use super::accelerator::{self, Accelerator};
use super::credit::CreditMode;
use super::instance_type::InstanceType;
use super::metadata;
use super::tag::{put, tags_for};
use super::user_data;
use super::volume::RootVolume;
use crate::api::ApiError;
use crate::api::ec2::{
    InstanceMetadataOptions, LaunchTemplateData, LaunchTemplateSpecification, RunInstancesRequest, Tag,
};

/// Everything a launch needs, checked.
#[derive(Clone, Debug)]
pub struct LaunchSpec {
    /// The image to copy.
    pub image_id: String,
    /// The type of instance.
    pub instance_type: &'static InstanceType,
    /// The security groups by id.
    pub security_groups: Vec<String>,
    /// The key pair's name.
    pub key_name: Option<String>,
    /// The script of the first boot.
    pub user_data: Option<String>,
    /// Whether metrics come every minute.
    pub detailed_monitoring: bool,
    /// Whether `TerminateInstances` is refused.
    pub is_termination_protected: bool,
    /// Whether `StopInstances` is refused.
    pub is_stop_protected: bool,
    /// Whether a shutdown from inside terminates.
    pub is_terminated_by_shutdown: bool,
    /// How credits are spent.
    pub credits: CreditMode,
    /// Accelerators for inference.
    pub accelerator: Option<Accelerator>,
    /// The root volume.
    pub root: RootVolume,
    /// Whether it gets a public address; what the subnet says if nothing is said.
    pub wants_public_ip: Option<bool>,
    /// The private address it shall have.
    pub private_ip: Option<String>,
    /// The subnet that the template or the request names.
    pub subnet_id: Option<String>,
    /// How programs on it may ask for its metadata.
    pub metadata: InstanceMetadataOptions,
    /// The client token of the request.
    pub client_token: String,
    /// The instance's tags.
    pub tags: Vec<Tag>,
    /// The root volume's tags.
    pub volume_tags: Vec<Tag>,
}

/// The kinds of thing that a launch makes and can tag, each of them first once.
const TAGGABLE: [[&str; 2]; 2] = [["instance", "volume"], ["volume", "instance"]];

impl Ec2 {
    /// What a launch from the template alone would need, in this subnet or in the default network.
    ///
    /// # Errors
    /// As `RunInstances` refuses it.
    pub fn spec_of_template(
        &self,
        template: &LaunchTemplateSpecification,
        subnet_id: Option<&str>,
    ) -> Result<LaunchSpec, ApiError> {
        let request = RunInstancesRequest {
            launch_template: Some(template.clone()),
            subnet_id: subnet_id.map(str::to_owned),
            ..RunInstancesRequest::default()
        };
        self.spec_of(&request)
    }

    /// What the request says, else what its template says, else what AWS says.
    pub(super) fn spec_of(&self, input: &RunInstancesRequest) -> Result<LaunchSpec, ApiError> {
        let (data, template_tags) = self.template_data(input.launch_template.as_ref())?;
        let image_id = input.image_id.clone().or(data.image_id);
        let image = self.image(&image_id.ok_or_else(|| missing("ImageId"))?)?;
        let type_name = input.instance_type.clone().or(data.instance_type).ok_or_else(|| missing("InstanceType"))?;
        let instance_type = InstanceType::find(&type_name)?;
        let tags_of = |types: &[&str]| -> Result<Vec<Tag>, ApiError> {
            let mut tags = tags_for(&data.tag_specifications.clone().unwrap_or_default(), types)?;
            tags_for(&input.tag_specifications, types)?.into_iter().for_each(|tag| put(&mut tags, tag));
            Ok(tags)
        };
        let (mut tags, volume_tags) = (tags_of(&TAGGABLE[0])?, tags_of(&TAGGABLE[1])?);
        tags.extend(template_tags);
        let key_name = input.key_name.clone().or(data.key_name);
        key_name.as_ref().map_or(Ok(()), |name| self.key_pair(name).map(|_| ()))?;
        let interfaces = overridden(&input.network_interfaces, data.network_interfaces);
        let interface = match interfaces.as_slice() {
            [] => None,
            [only] => Some(only),
            _ => return Err(ApiError::not_in_this_lab("A second network interface")),
        };
        if interface.is_some() && (input.subnet_id.is_some() || !input.security_group_ids.is_empty()) {
            let message = "Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request";
            return Err(ApiError::new("InvalidParameterCombination", message));
        }
        let subnet_id = input.subnet_id.clone().or_else(|| interface.and_then(|it| it.subnet_id.clone()));
        let group_ids = overridden(&input.security_group_ids, data.security_group_ids);
        let group_ids = interface.map(|it| it.groups.clone()).filter(|groups| !groups.is_empty()).unwrap_or(group_ids);
        let group_names = overridden(&input.security_groups, data.security_groups);
        let security_groups = self.launch_groups(subnet_id.as_deref(), &group_ids, &group_names)?;
        let monitoring =
            input.monitoring.as_ref().or(data.monitoring.as_ref()).and_then(|monitoring| monitoring.enabled);
        let user_data = match (&input.user_data, &data.user_data) {
            (Some(script), _) => user_data::check_size(script).map(|()| Some(script.clone())),
            (None, Some(text)) => user_data::decoded(text).map(Some),
            (None, None) => Ok(None),
        }?;
        let credits = input.credit_specification.as_ref().or(data.credit_specification.as_ref());
        let shutdown = input.instance_initiated_shutdown_behavior.as_ref();
        let shutdown = shutdown.or(data.instance_initiated_shutdown_behavior.as_ref());
        let metadata = input.metadata_options.as_ref().or(data.metadata_options.as_ref());
        let mappings = overridden(&input.block_device_mappings, data.block_device_mappings);
        let accelerators = overridden(&input.elastic_inference_accelerators, data.elastic_inference_accelerators);
        Ok(LaunchSpec {
            image_id: image.image_id.clone(),
            instance_type,
            security_groups,
            key_name,
            user_data,
            detailed_monitoring: monitoring.unwrap_or(false),
            is_termination_protected: input.disable_api_termination.or(data.disable_api_termination).unwrap_or(false),
            is_stop_protected: input.disable_api_stop.or(data.disable_api_stop).unwrap_or(false),
            is_terminated_by_shutdown: shutdown.is_some_and(|behaviour| behaviour == "terminate"),
            credits: credit_mode(instance_type, credits.map(|wanted| wanted.cpu_credits.as_str()))?,
            accelerator: accelerator::requested(&accelerators)?,
            root: RootVolume::requested(&mappings, image.platform.root_device())?,
            wants_public_ip: interface.and_then(|it| it.associate_public_ip_address),
            private_ip: input.private_ip_address.clone().or_else(|| interface?.private_ip_address.clone()),
            subnet_id,
            metadata: metadata.map(metadata::requested).unwrap_or_else(metadata::by_default),
            client_token: input.client_token.clone().unwrap_or_default(),
            tags,
            volume_tags,
        })
    }

    /// The template's data and the tags that mark a launch from it.
    fn template_data(
        &self,
        template: Option<&LaunchTemplateSpecification>,
    ) -> Result<(LaunchTemplateData, Vec<Tag>), ApiError> {
        let Some(specification) = template else { return Ok(Default::default()) };
        let (template, version) = self.template_version(specification)?;
        let tags = vec![
            Tag { key: "aws:ec2launchtemplate:id".into(), value: template.launch_template_id.clone() },
            Tag { key: "aws:ec2launchtemplate:version".into(), value: version.number.to_string() },
        ];
        Ok((version.data.clone(), tags))
    }

    /// The groups by id and by name; the default group of the subnet's VPC, or of the default VPC, if none is named.
    fn launch_groups(
        &self,
        subnet_id: Option<&str>,
        ids: &[String],
        names: &[String],
    ) -> Result<Vec<String>, ApiError> {
        let by_id = ids.iter().map(|id| self.security_group_id(Some(id), None));
        let by_name = names.iter().map(|name| self.security_group_id(None, Some(name)));
        let groups = by_id.chain(by_name).collect::<Result<Vec<_>, _>>()?;
        if !groups.is_empty() {
            return Ok(groups);
        }
        let vpc_id = match subnet_id {
            Some(id) => Some(&self.network.subnet(id)?.vpc_id),
            None => self.network.default_vpc().map(|vpc| &vpc.vpc_id),
        };
        let default = vpc_id.and_then(|vpc_id| self.default_security_group(vpc_id));
        Ok(default.map(str::to_owned).into_iter().collect())
    }
}

/// What the request says, else what the template says.
fn overridden<T: Clone>(request: &[T], template: Option<Vec<T>>) -> Vec<T> {
    if request.is_empty() { template.unwrap_or_default() } else { request.to_vec() }
}

fn credit_mode(instance_type: &InstanceType, wanted: Option<&str>) -> Result<CreditMode, ApiError> {
    match (instance_type.credits, wanted) {
        (None, Some(_)) => {
            let message = format!("The {} instance type does not support a credit specification.", instance_type.name);
            Err(ApiError::new("InvalidParameterCombination", message))
        }
        (_, Some(wanted)) => CreditMode::parse(wanted),
        (Some(rate), None) if rate.is_unlimited_by_default => Ok(CreditMode::Unlimited),
        (_, None) => Ok(CreditMode::Standard),
    }
}

fn missing(parameter: &str) -> ApiError {
    ApiError::new("MissingParameter", format!("The request must contain the parameter {parameter}"))
}
