//! The form that launches instances.
use super::field::{COUNT, IMAGE, INSTANCE_TYPE, NAME, SECURITY_GROUP};
use super::{Check, Faults, Words};
use crate::api::ec2::{RunInstancesRequest, Tag, TagSpecification};

/// The draft of a launch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceDraft {
    /// What the instance is called; may be empty.
    pub name: String,
    /// The AMI's id.
    pub image_id: String,
    /// The type's name.
    pub instance_type: String,
    /// How many.
    pub count: String,
}

impl InstanceDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[
        (COUNT, &["VcpuLimitExceeded", "MinCount", "MaxCount"]),
        (IMAGE, &["InvalidAMI", "ImageId"]),
        (INSTANCE_TYPE, &["InstanceType", "Unsupported"]),
        (SECURITY_GROUP, &["InvalidGroup", "ecurity group", "GroupName"]),
        (NAME, &["Tag"]),
    ];

    /// The request, still without a security group.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<RunInstancesRequest, Faults> {
        let mut check = Check::default();
        let image_id = check.choice(IMAGE, &self.image_id, "Choose an AMI.");
        let instance_type = check.choice(INSTANCE_TYPE, &self.instance_type, "Choose an instance type.");
        let count = check.whole(COUNT, &self.count, 1..=100);
        check.finish(RunInstancesRequest {
            image_id: Some(image_id),
            instance_type: Some(instance_type),
            min_count: count,
            max_count: count,
            tag_specifications: name_tags(self.name.trim()),
            ..Default::default()
        })
    }
}

fn name_tags(name: &str) -> Vec<TagSpecification> {
    if name.is_empty() {
        return Vec::new();
    }
    let tag = Tag { key: "Name".into(), value: name.into() };
    vec![TagSpecification { resource_type: Some("instance".into()), tags: vec![tag] }]
}
