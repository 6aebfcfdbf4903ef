//! The form that makes a target group.
use super::field::{HEALTH_PATH, PORT, TARGET_GROUP_NAME};
use super::{Check, Faults, Words};
use crate::api::elbv2::CreateTargetGroupInput;

/// The draft of a target group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetGroupDraft {
    /// Its name.
    pub name: String,
    /// The port on which its targets answer.
    pub port: String,
    /// The path that tells whether a target is well.
    pub health_path: String,
}

impl TargetGroupDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[
        (HEALTH_PATH, &["ealth check path", "HealthCheckPath"]),
        (PORT, &["Port", "A port"]),
        (TARGET_GROUP_NAME, &["TargetGroupName", "arget group name", "arget group", "Name"]),
    ];

    /// The request, still without a VPC.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<CreateTargetGroupInput, Faults> {
        let mut check = Check::default();
        let name = check.text(TARGET_GROUP_NAME, &self.name);
        let port = check.whole(PORT, &self.port, 1..=65_535);
        let path = check.text(HEALTH_PATH, &self.health_path);
        if !path.starts_with('/') {
            check.fault(HEALTH_PATH, "A path begins with a slash, such as /health.");
        }
        check.finish(CreateTargetGroupInput {
            name,
            protocol: Some("HTTP".into()),
            port: Some(port),
            health_check_path: Some(path),
            ..Default::default()
        })
    }
}
