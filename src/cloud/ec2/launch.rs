//! Launching instances, from a request, a template, or both.
use super::disk::Disk;
use super::image::Image;
use super::instance_type::InstanceType;
use super::{Ec2, Instance, InstanceState, Subnet, check_dry_run, tags_for};
use crate::api::ApiError;
use crate::api::ec2::{LaunchTemplateData, LaunchTemplateSpecification, Reservation, RunInstancesRequest, Tag};
use crate::cloud::{ACCOUNT_ID, Context};

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
    /// The instance's tags.
    pub tags: Vec<Tag>,
}

impl Ec2 {
    pub(super) fn run_instances(
        &mut self,
        context: &mut Context,
        input: RunInstancesRequest,
    ) -> Result<Reservation, ApiError> {
        let count = checked_count(&input)?;
        let spec = self.spec_of_request(context, &input)?;
        let wanted_zone = input.placement.as_ref().and_then(|placement| placement.availability_zone.as_deref());
        let subnet = self.launch_subnet(spec.instance_type, input.subnet_id.as_deref(), wanted_zone)?.clone();
        self.check_launch(context, &spec, &subnet, count)?;
        check_dry_run(input.dry_run)?;
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
        self.check_launch(context, spec, subnet, count)?;
        let image = self.image(&spec.image_id)?.clone();
        let reservation_id = context.new_id("r-");
        let ids: Vec<_> = (0..count).map(|_| context.new_id("i-")).collect();
        for (index, id) in (0..).zip(&ids) {
            let number = context.new_number("ec2.instance");
            let private_ip = self.free_private_ip(context, subnet, number);
            let mut instance = new_instance(context, spec, &image, subnet);
            (instance.instance_id, instance.number, instance.launch_index) = (id.clone(), number, index);
            (instance.private_ip, instance.reservation_id) = (Some(private_ip), reservation_id.clone());
            self.instances.insert(id.clone(), instance);
            self.begin_launch(context, id);
        }
        Ok(ids)
    }

    /// Refuses a launch that cannot be: no such image, wrong zone, too many virtual CPUs.
    pub fn check_launch(
        &self,
        context: &Context,
        spec: &LaunchSpec,
        subnet: &Subnet,
        count: i64,
    ) -> Result<(), ApiError> {
        self.image(&spec.image_id)?.check_launchable()?;
        if !spec.instance_type.is_offered_in(&subnet.zone) {
            return Err(not_offered(spec.instance_type.name, &subnet.zone, context));
        }
        let running = self
            .instances
            .values()
            .filter(|instance| instance.is_running() || instance.state == InstanceState::Pending);
        let used: u64 = running.map(|instance| u64::from(instance.instance_type.vcpus)).sum();
        let limit = context.quotas().standard_vcpus;
        if used + u64::from(spec.instance_type.vcpus) * count.unsigned_abs() > limit {
            let message = format!(
                "You have requested more vCPU capacity than your current vCPU limit of {limit} allows for the instance bucket that the \
                 specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an \
                 adjustment to this limit."
            );
            return Err(ApiError::new("VcpuLimitExceeded", message));
        }
        Ok(())
    }

    /// What a launch from the template alone would need.
    ///
    /// # Errors
    /// As `RunInstances` refuses it.
    pub fn spec_of_template(&self, template: &LaunchTemplateSpecification) -> Result<LaunchSpec, ApiError> {
        let request = RunInstancesRequest { launch_template: Some(template.clone()), ..RunInstancesRequest::default() };
        self.spec_of(&request)
    }

    fn spec_of_request(&self, context: &Context, input: &RunInstancesRequest) -> Result<LaunchSpec, ApiError> {
        if !input.elastic_inference_accelerators.is_empty() {
            let message = "Amazon Elastic Inference is no longer available.";
            return Err(ApiError::new("UnsupportedOperation", format!("{message} ({})", context.region.name)));
        }
        self.spec_of(input)
    }

    fn spec_of(&self, input: &RunInstancesRequest) -> Result<LaunchSpec, ApiError> {
        let (data, template_tags) = self.template_data(input.launch_template.as_ref())?;
        let image_id = input.image_id.clone().or(data.image_id);
        let image_id = image_id
            .ok_or_else(|| ApiError::new("MissingParameter", "The request must contain the parameter ImageId"))?;
        self.image(&image_id)?;
        let type_name = input.instance_type.clone().or(data.instance_type);
        let instance_type = InstanceType::find(type_name.as_deref().unwrap_or("t3.micro"))?;
        let mut tags = tags_for(&input.tag_specifications, "instance");
        tags.extend(tags_for(&data.tag_specifications.unwrap_or_default(), "instance"));
        tags.extend(template_tags);
        let group_ids = overridden(&input.security_group_ids, data.security_group_ids);
        let group_names = overridden(&input.security_groups, data.security_groups);
        let monitoring =
            input.monitoring.as_ref().or(data.monitoring.as_ref()).and_then(|monitoring| monitoring.enabled);
        Ok(LaunchSpec {
            image_id,
            instance_type,
            security_groups: self.launch_groups(&group_ids, &group_names)?,
            key_name: input.key_name.clone().or(data.key_name),
            user_data: input.user_data.clone().or(data.user_data),
            detailed_monitoring: monitoring.unwrap_or(false),
            is_termination_protected: input.disable_api_termination.or(data.disable_api_termination).unwrap_or(false),
            tags,
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

    /// The groups by id and by name; the default group if none is named.
    fn launch_groups(&self, ids: &[String], names: &[String]) -> Result<Vec<String>, ApiError> {
        let by_id = ids.iter().map(|id| self.security_group_id(Some(id), None));
        let by_name = names.iter().map(|name| self.security_group_id(None, Some(name)));
        let groups = by_id.chain(by_name).collect::<Result<Vec<_>, _>>()?;
        if groups.is_empty() {
            Ok(self.default_security_group().map(str::to_owned).into_iter().collect())
        } else {
            Ok(groups)
        }
    }

    /// The named subnet or the zone's; else the first that offers the type.
    fn launch_subnet(
        &self,
        instance_type: &InstanceType,
        subnet_id: Option<&str>,
        zone: Option<&str>,
    ) -> Result<&Subnet, ApiError> {
        if let Some(id) = subnet_id {
            return self.network.subnet(id);
        }
        let fits =
            |subnet: &&Subnet| zone.map_or(instance_type.is_offered_in(&subnet.zone), |zone| zone == subnet.zone);
        let found = self.network.subnets.iter().find(fits);
        found.ok_or_else(|| {
            let zone = zone.unwrap_or_default();
            ApiError::new("InvalidParameterValue", format!("Invalid availability zone: [{zone}]"))
        })
    }
}

fn new_instance(context: &mut Context, spec: &LaunchSpec, image: &Image, subnet: &Subnet) -> Instance {
    Instance {
        instance_id: String::new(),
        number: 0,
        reservation_id: String::new(),
        launch_index: 0,
        image_id: image.image_id.clone(),
        platform: image.platform,
        instance_type: spec.instance_type,
        state: InstanceState::Pending,
        generation: 0,
        launched: context.now,
        subnet_id: subnet.subnet_id.clone(),
        zone: subnet.zone.clone(),
        private_ip: None,
        auto_public_ip: None,
        network_interface_id: context.new_id("eni-"),
        security_groups: spec.security_groups.clone(),
        key_name: spec.key_name.clone(),
        user_data: spec.user_data.clone(),
        detailed_monitoring: spec.detailed_monitoring,
        disk: Disk::clone(&image.disk),
        volume_id: context.new_id("vol-"),
        tags: spec.tags.clone(),
        transition_reason: String::new(),
        is_termination_protected: spec.is_termination_protected,
    }
}

fn checked_count(input: &RunInstancesRequest) -> Result<i64, ApiError> {
    let (min, max) = (input.min_count, input.max_count);
    if min < 1 || max < min {
        let message =
            format!("The specified value for the minimum count ({min}) or the maximum count ({max}) is not valid.");
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    Ok(max)
}

/// What the request says, else what the template says.
fn overridden(request: &[String], template: Option<Vec<String>>) -> Vec<String> {
    if request.is_empty() { template.unwrap_or_default() } else { request.to_vec() }
}

fn not_offered(type_name: &str, zone: &str, context: &Context) -> ApiError {
    let others: Vec<_> = context.region.zones().filter(|other| other != zone).collect();
    let message = format!(
        "Your requested instance type ({type_name}) is not supported in your requested Availability Zone ({zone}). Please retry your \
         request by not specifying an Availability Zone or choosing {}.",
        others.join(", ")
    );
    ApiError::new("Unsupported", message)
}

impl Ec2 {
    fn reservation(&self, context: &Context, ids: &[String]) -> Reservation {
        let instances: Vec<_> = ids.iter().filter_map(|id| self.instances.get(id)).collect();
        Reservation {
            reservation_id: instances.first().map(|instance| instance.reservation_id.clone()).unwrap_or_default(),
            owner_id: ACCOUNT_ID.into(),
            groups: Vec::new(),
            instances: instances.into_iter().map(|instance| self.instance_shape(context.region, instance)).collect(),
        }
    }
}
