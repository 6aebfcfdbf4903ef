//! Attributes of instances, their monitoring, their console.
use super::instance_type::InstanceType;
use super::{Ec2, Instance, InstanceState, base64, user_data};
use crate::api::ApiError;
use crate::api::ec2::{
    AttributeBooleanValue, AttributeValue, DescribeInstanceAttributeRequest, GetConsoleOutputRequest,
    GetConsoleOutputResult, InstanceAttribute, InstanceMonitoring, ModifyInstanceAttributeRequest,
    MonitorInstancesRequest, MonitorInstancesResult, Monitoring, Nothing, UnmonitorInstancesRequest,
    UnmonitorInstancesResult,
};
use crate::cloud::Context;

impl Ec2 {
    pub(super) fn describe_instance_attribute(
        &mut self,
        _: &mut Context,
        input: DescribeInstanceAttributeRequest,
    ) -> Result<InstanceAttribute, ApiError> {
        let instance = self.instance(&input.instance_id)?;
        let text = |value: &str| Some(AttributeValue { value: Some(value.to_owned()) });
        let switch = |value: bool| Some(AttributeBooleanValue { value: Some(value) });
        let mut shape = InstanceAttribute { instance_id: input.instance_id.clone(), ..InstanceAttribute::default() };
        match input.attribute.as_str() {
            "instanceType" => shape.instance_type = text(instance.instance_type.name),
            "userData" => {
                let value = instance.user_data.as_deref().map(base64::encode);
                shape.user_data = Some(AttributeValue { value });
            }
            "disableApiTermination" => shape.disable_api_termination = switch(instance.is_termination_protected),
            "disableApiStop" => shape.disable_api_stop = switch(instance.is_stop_protected),
            "instanceInitiatedShutdownBehavior" => {
                let behaviour = if instance.is_terminated_by_shutdown { "terminate" } else { "stop" };
                shape.instance_initiated_shutdown_behavior = text(behaviour);
            }
            "rootDeviceName" => shape.root_device_name = text(instance.root_device()),
            "blockDeviceMapping" => shape.block_device_mappings = Some(self.mappings_of(instance)),
            "groupSet" => shape.groups = Some(self.groups_of(instance)),
            "sourceDestCheck" => shape.source_dest_check = switch(true),
            "ebsOptimized" => shape.ebs_optimized = switch(false),
            "enaSupport" => shape.ena_support = switch(true),
            other => return Err(ApiError::not_in_this_lab(format!("The instance attribute {other}"))),
        }
        Ok(shape)
    }

    pub(super) fn modify_instance_attribute(
        &mut self,
        context: &mut Context,
        input: ModifyInstanceAttributeRequest,
    ) -> Result<Nothing, ApiError> {
        let instance = self.instance(&input.instance_id)?.clone();
        let mut changed = instance.clone();
        let changes = [
            self.change_type(&mut changed, &input),
            change_user_data(&mut changed, &input),
            change_switches(&mut changed, &input),
            self.change_groups(context, &mut changed, &input),
            self.check_root_change(&changed, &input),
        ];
        let mut number = 0;
        for change in changes {
            number += usize::from(change?);
        }
        match number {
            0 => return Err(ApiError::new("InvalidParameterCombination", "No attributes specified.")),
            1 => {}
            _ => {
                let message =
                    "Fields for multiple attribute types specified: only one attribute can be changed at a time";
                return Err(ApiError::new("InvalidParameterCombination", message));
            }
        }
        self.change_root(&changed.volume_id, &input);
        self.instances.insert(input.instance_id, changed);
        Ok(Nothing {})
    }

    fn change_type(&self, instance: &mut Instance, input: &ModifyInstanceAttributeRequest) -> Result<bool, ApiError> {
        let Some(name) = text_of(input, input.instance_type.as_ref(), "instanceType") else { return Ok(false) };
        let instance_type = InstanceType::find(&name)?;
        check_stopped(instance)?;
        if instance_type.architecture() != instance.instance_type.architecture() {
            let message = format!(
                "The architecture '{}' of the specified instance type does not match the architecture '{}' of the instance.",
                instance_type.architecture(),
                instance.instance_type.architecture()
            );
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        instance.instance_type = instance_type;
        Ok(true)
    }

    fn change_groups(
        &self,
        context: &Context,
        instance: &mut Instance,
        input: &ModifyInstanceAttributeRequest,
    ) -> Result<bool, ApiError> {
        if input.groups.is_empty() {
            return Ok(false);
        }
        for id in &input.groups {
            let id = self.security_group_id(Some(id), None)?;
            if self.security_groups.get(&id).is_some_and(|group| group.vpc_id != instance.vpc_id) {
                let message = format!("You have specified two resources that belong to different networks: {id}.");
                return Err(ApiError::new("InvalidGroup.NotFound", message));
            }
        }
        super::launch::check_group_number(context, &input.groups)?;
        instance.security_groups.clone_from(&input.groups);
        Ok(true)
    }

    fn check_root_change(&self, instance: &Instance, input: &ModifyInstanceAttributeRequest) -> Result<bool, ApiError> {
        for mapping in &input.block_device_mappings {
            let device = mapping.device_name.as_deref().unwrap_or_default();
            if device != instance.root_device() {
                let message = format!("No device is currently mapped at {device}");
                return Err(ApiError::new("InvalidInstanceAttributeValue", message));
            }
        }
        Ok(!input.block_device_mappings.is_empty())
    }

    fn change_root(&mut self, volume_id: &str, input: &ModifyInstanceAttributeRequest) {
        let mut wanted =
            input.block_device_mappings.iter().filter_map(|mapping| mapping.ebs.as_ref()?.delete_on_termination);
        let bond = self.volumes.get_mut(volume_id).and_then(|volume| volume.attachment.as_mut());
        if let (Some(is_deleted), Some(bond)) = (wanted.next_back(), bond) {
            bond.is_deleted_with_instance = is_deleted;
        }
    }

    pub(super) fn monitor_instances(
        &mut self,
        _: &mut Context,
        input: MonitorInstancesRequest,
    ) -> Result<MonitorInstancesResult, ApiError> {
        Ok(MonitorInstancesResult { instance_monitorings: self.set_monitoring(&input.instance_ids, true)? })
    }

    pub(super) fn unmonitor_instances(
        &mut self,
        _: &mut Context,
        input: UnmonitorInstancesRequest,
    ) -> Result<UnmonitorInstancesResult, ApiError> {
        Ok(UnmonitorInstancesResult { instance_monitorings: self.set_monitoring(&input.instance_ids, false)? })
    }

    /// Simplified: the change is made at once; AWS shows `pending` or `disabling` for some minutes, and answers so here too.
    fn set_monitoring(&mut self, ids: &[String], is_detailed: bool) -> Result<Vec<InstanceMonitoring>, ApiError> {
        self.check_known(ids)?;
        let state = if is_detailed { "pending" } else { "disabling" };
        let mut changed = Vec::new();
        for id in ids {
            self.instance_mut(id)?.detailed_monitoring = is_detailed;
            changed
                .push(InstanceMonitoring { instance_id: id.clone(), monitoring: Monitoring { state: state.into() } });
        }
        Ok(changed)
    }

    /// Simplified: the console is there at once; AWS shows it some minutes later unless `Latest` is set.
    pub(super) fn get_console_output(
        &mut self,
        context: &mut Context,
        input: GetConsoleOutputRequest,
    ) -> Result<GetConsoleOutputResult, ApiError> {
        let instance = self.instance(&input.instance_id)?;
        Ok(GetConsoleOutputResult {
            instance_id: input.instance_id,
            timestamp: context.now.to_iso8601(),
            output: instance.console.clone(),
        })
    }
}

fn check_stopped(instance: &Instance) -> Result<(), ApiError> {
    if instance.state == InstanceState::Stopped {
        return Ok(());
    }
    let message = format!("The instance '{}' is not in the 'stopped' state.", instance.instance_id);
    Err(ApiError::new("IncorrectInstanceState", message))
}

/// A text that the request names by its own member, or by `Attribute` and `Value`.
fn text_of(input: &ModifyInstanceAttributeRequest, own: Option<&AttributeValue>, name: &str) -> Option<String> {
    let general = input.value.as_ref().filter(|_| input.attribute.as_deref() == Some(name));
    own.and_then(|attribute| attribute.value.clone()).or_else(|| general.cloned())
}

fn switch_of(
    input: &ModifyInstanceAttributeRequest,
    own: Option<&AttributeBooleanValue>,
    name: &str,
) -> Result<Option<bool>, ApiError> {
    let general = input.value.as_deref().filter(|_| input.attribute.as_deref() == Some(name));
    match (own.and_then(|attribute| attribute.value), general) {
        (Some(value), _) => Ok(Some(value)),
        (None, None) => Ok(None),
        (None, Some(text)) => text.parse().map(Some).map_err(|_| {
            let message = format!("Value ({text}) for parameter value is invalid. Unknown boolean value.");
            ApiError::new("InvalidParameterValue", message)
        }),
    }
}

/// A script that has run runs never again, whatever it is changed to: scripts run at the first boot.
fn change_user_data(instance: &mut Instance, input: &ModifyInstanceAttributeRequest) -> Result<bool, ApiError> {
    let Some(script) = text_of(input, input.user_data.as_ref(), "userData") else { return Ok(false) };
    check_stopped(instance)?;
    user_data::check_size(&script)?;
    instance.user_data = (!script.is_empty()).then_some(script);
    Ok(true)
}

fn change_switches(instance: &mut Instance, input: &ModifyInstanceAttributeRequest) -> Result<bool, ApiError> {
    let shutdown = input.instance_initiated_shutdown_behavior.as_ref();
    let shutdown = text_of(input, shutdown, "instanceInitiatedShutdownBehavior");
    let shutdown = shutdown.map(|text| match text.as_str() {
        "stop" | "terminate" => Ok(text == "terminate"),
        other => {
            let message = format!("Invalid value '{other}' for instanceInitiatedShutdownBehavior.");
            Err(ApiError::new("InvalidParameterValue", message))
        }
    });
    let switches = [
        (
            &mut instance.is_termination_protected,
            switch_of(input, input.disable_api_termination.as_ref(), "disableApiTermination")?,
        ),
        (&mut instance.is_stop_protected, switch_of(input, input.disable_api_stop.as_ref(), "disableApiStop")?),
        (&mut instance.is_terminated_by_shutdown, shutdown.transpose()?),
    ];
    let mut changed = 0;
    for (switch, value) in switches {
        if let Some(value) = value {
            (*switch, changed) = (value, changed + 1);
        }
    }
    match changed {
        0 | 1 => Ok(changed == 1),
        _ => {
            let message = "Fields for multiple attribute types specified: only one attribute can be changed at a time";
            Err(ApiError::new("InvalidParameterCombination", message))
        }
    }
}
