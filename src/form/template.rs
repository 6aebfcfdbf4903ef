//! The form that makes a launch template.
use super::field::{IMAGE, INSTANCE_TYPE, SECURITY_GROUP, TEMPLATE_NAME};
use super::{Check, Faults, Words};
use crate::api::ec2::{CreateLaunchTemplateRequest, LaunchTemplateData, MonitoringEnabled};

/// The draft of a launch template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateDraft {
    /// Its name.
    pub name: String,
    /// The AMI's id.
    pub image_id: String,
    /// The type's name.
    pub instance_type: String,
    /// Metrics each minute instead of each five.
    pub is_monitored: bool,
}

impl TemplateDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[
        (TEMPLATE_NAME, &["InvalidLaunchTemplateName", "LaunchTemplateName"]),
        (IMAGE, &["InvalidAMI", "ImageId"]),
        (INSTANCE_TYPE, &["InstanceType"]),
        (SECURITY_GROUP, &["InvalidGroup", "ecurity group", "GroupName"]),
    ];

    /// The request, still without a security group.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<CreateLaunchTemplateRequest, Faults> {
        let mut check = Check::default();
        let launch_template_name = check.text(TEMPLATE_NAME, &self.name);
        let image_id = check.choice(IMAGE, &self.image_id, "Choose an AMI.");
        let instance_type = check.choice(INSTANCE_TYPE, &self.instance_type, "Choose an instance type.");
        let launch_template_data = LaunchTemplateData {
            image_id: Some(image_id),
            instance_type: Some(instance_type),
            monitoring: Some(MonitoringEnabled { enabled: Some(self.is_monitored) }),
            ..Default::default()
        };
        check.finish(CreateLaunchTemplateRequest { launch_template_name, launch_template_data, ..Default::default() })
    }
}
