//! The form that makes a security group.
use super::field::{DESCRIPTION, PORT, SECURITY_GROUP_NAME};
use super::{Check, Faults, Words};
use crate::api::ec2::{AuthorizeSecurityGroupIngressRequest, CreateSecurityGroupRequest};

/// The draft of a security group that lets one port in from anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityGroupDraft {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The TCP port.
    pub port: String,
}

impl SecurityGroupDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[
        (DESCRIPTION, &["GroupDescription", "Description"]),
        (PORT, &["Port", "port"]),
        (SECURITY_GROUP_NAME, &["InvalidGroup", "Group names", "GroupName"]),
    ];

    /// The group, and its rule that still lacks the group's id.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<(CreateSecurityGroupRequest, AuthorizeSecurityGroupIngressRequest), Faults> {
        let mut check = Check::default();
        let group_name = check.text(SECURITY_GROUP_NAME, &self.name);
        let description = check.text(DESCRIPTION, &self.description);
        let port = check.whole(PORT, &self.port, 1..=65_535);
        let rule = AuthorizeSecurityGroupIngressRequest {
            ip_protocol: Some("tcp".into()),
            from_port: Some(port),
            to_port: Some(port),
            cidr_ip: Some("0.0.0.0/0".into()),
            ..Default::default()
        };
        check.finish((CreateSecurityGroupRequest { group_name, description, ..Default::default() }, rule))
    }
}
