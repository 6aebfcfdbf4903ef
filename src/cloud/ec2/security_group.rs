//! Security groups: who may come in.
use super::listing::{Query, is_named};
use super::tag::tags_for;
use super::{Ec2, Instance};
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateSecurityGroupRequest, CreateSecurityGroupResult, DeleteSecurityGroupRequest, DeleteSecurityGroupResult,
    DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult, GroupIdentifier, IpPermission, Tag,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, FilterNames};

pub use super::security_group_rule::{Rule, Source};

/// A security group: rules for what may come in and where its members may go.
///
/// Simplified: nothing in the lab leaves a server of its own accord, so the rules for going out change nothing; answers pass always, as in
/// AWS.
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    /// Its id.
    pub group_id: String,
    /// Its name, unique in the VPC.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The VPC it belongs to.
    pub vpc_id: String,
    /// What may come in.
    pub rules: Vec<Rule>,
    /// Where its members may go.
    pub egress: Vec<Rule>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// Who wants to come in.
#[derive(Clone, Copy, Debug)]
pub enum Visitor<'a> {
    /// Anyone on the internet. Simplified: only rules for 0.0.0.0/0 let them in.
    Internet,
    /// Something with these security groups, such as a load balancer.
    MemberOf(&'a [String]),
}

const FILTERS: &FilterNames = &[
    ("group-id", "GroupId"),
    ("group-name", "GroupName"),
    ("vpc-id", "VpcId"),
    ("description", "Description"),
    ("owner-id", "OwnerId"),
    ("ip-permission.cidr", "IpPermissions.IpRanges.CidrIp"),
    ("ip-permission.from-port", "IpPermissions.FromPort"),
    ("ip-permission.to-port", "IpPermissions.ToPort"),
    ("ip-permission.protocol", "IpPermissions.IpProtocol"),
    ("ip-permission.group-id", "IpPermissions.UserIdGroupPairs.GroupId"),
    ("egress.ip-permission.cidr", "IpPermissionsEgress.IpRanges.CidrIp"),
    ("egress.ip-permission.from-port", "IpPermissionsEgress.FromPort"),
    ("egress.ip-permission.to-port", "IpPermissionsEgress.ToPort"),
    ("egress.ip-permission.protocol", "IpPermissionsEgress.IpProtocol"),
    ("egress.ip-permission.group-id", "IpPermissionsEgress.UserIdGroupPairs.GroupId"),
];

impl SecurityGroup {
    /// A VPC's default group, in which everything of the group may come in.
    pub(super) fn default_of(vpc_id: &str, group_id: String) -> Self {
        let itself = Rule::everything(group_id.replace("sg-", "sgr-"), Source::Group(group_id.clone()));
        SecurityGroup {
            name: "default".into(),
            description: "default VPC security group".into(),
            vpc_id: vpc_id.to_owned(),
            rules: vec![itself],
            egress: vec![Rule::everything(vpc_id.replace("vpc-", "sgr-"), Source::Cidr("0.0.0.0/0".into()))],
            group_id,
            tags: Vec::new(),
        }
    }

    /// Whether it is the one that its VPC came with.
    pub fn is_default(&self) -> bool {
        self.name == "default"
    }
}

impl Rule {
    fn lets_in(&self, visitor: Visitor, port: i64) -> bool {
        let source_fits = match (&self.source, visitor) {
            (Source::Cidr(block), _) => block == "0.0.0.0/0",
            (Source::Group(_), Visitor::Internet) => false,
            (Source::Group(group_id), Visitor::MemberOf(groups)) => groups.contains(group_id),
        };
        self.fits_port(port) && source_fits
    }
}

impl Ec2 {
    /// Whether the security groups let the visitor in on the TCP port.
    pub fn lets_in(&self, group_ids: &[String], visitor: Visitor, port: i64) -> bool {
        let open = group_ids.iter().filter(|group_id| !self.closed_groups.contains(*group_id));
        let groups = open.filter_map(|group_id| self.security_groups.get(group_id));
        groups.flat_map(|group| &group.rules).any(|rule| rule.lets_in(visitor, port))
    }

    /// Closes a security group: it lets nothing in, whatever its rules say.
    pub fn close_security_group(&mut self, group_id: &str) {
        self.closed_groups.insert(group_id.to_owned());
    }

    /// Lets the rules of a closed security group count again.
    pub fn open_security_group(&mut self, group_id: &str) {
        self.closed_groups.remove(group_id);
    }

    /// The id of the VPC's default group.
    pub fn default_security_group(&self, vpc_id: &str) -> Option<&str> {
        let mut groups = self.security_groups.values();
        groups.find(|group| group.vpc_id == vpc_id && group.is_default()).map(|group| group.group_id.as_str())
    }

    /// The group by id, or by name in the default VPC.
    ///
    /// # Errors
    /// `InvalidGroup.NotFound`, or `MissingParameter` if neither is given.
    pub fn security_group_id(&self, id: Option<&str>, name: Option<&str>) -> Result<String, ApiError> {
        let found = match (id, name) {
            (Some(id), _) => self.security_groups.get(id),
            (None, Some(name)) => {
                let vpc_id = self.network.default_vpc().map(|vpc| &vpc.vpc_id);
                self.security_groups.values().find(|group| group.name == name && Some(&group.vpc_id) == vpc_id)
            }
            (None, None) => {
                return Err(ApiError::new(
                    "MissingParameter",
                    "The request must contain the parameter groupName or groupId",
                ));
            }
        };
        let missing = id.or(name).unwrap_or_default();
        found.map(|group| group.group_id.clone()).ok_or_else(|| not_found(missing))
    }

    pub(super) fn create_security_group(
        &mut self,
        context: &mut Context,
        input: CreateSecurityGroupRequest,
    ) -> Result<CreateSecurityGroupResult, ApiError> {
        let vpc = match &input.vpc_id {
            Some(id) => self.network.vpc(id)?,
            None => {
                let none = || ApiError::new("VPCIdNotSpecified", "No default VPC for this user");
                self.network.default_vpc().ok_or_else(none)?
            }
        };
        let vpc_id = vpc.vpc_id.clone();
        check_name(&input.group_name)?;
        if self.security_groups.values().any(|group| group.vpc_id == vpc_id && group.name == input.group_name) {
            let message = format!("The security group '{}' already exists for VPC '{vpc_id}'", input.group_name);
            return Err(ApiError::new("InvalidGroup.Duplicate", message));
        }
        if !context.quotas().has_room(Quota::SecurityGroups, self.security_groups.len()) {
            let message = format!("The maximum number of security groups for VPC '{vpc_id}' has been reached.");
            return Err(ApiError::new("SecurityGroupLimitExceeded", message));
        }
        let tags = tags_for(&input.tag_specifications, &["security-group"])?;
        let group_id = context.new_id("sg-");
        let everywhere = Source::Cidr("0.0.0.0/0".into());
        let group = SecurityGroup {
            group_id: group_id.clone(),
            name: input.group_name,
            description: input.description,
            vpc_id,
            rules: Vec::new(),
            egress: vec![Rule::everything(group_id.replace("sg-", "sgr-"), everywhere)],
            tags: tags.clone(),
        };
        self.security_groups.insert(group_id.clone(), group);
        let security_group_arn = context.arn("ec2", &format!("security-group/{group_id}"));
        Ok(CreateSecurityGroupResult { group_id, security_group_arn, tags })
    }

    pub(super) fn describe_security_groups(
        &mut self,
        context: &mut Context,
        input: DescribeSecurityGroupsRequest,
    ) -> Result<DescribeSecurityGroupsResult, ApiError> {
        if let Some(missing) = input.group_ids.iter().find(|id| !self.security_groups.contains_key(*id)) {
            return Err(not_found(missing));
        }
        input.group_names.iter().try_for_each(|name| self.security_group_id(None, Some(name)).map(|_| ()))?;
        let wanted = self
            .security_groups
            .values()
            .filter(|group| is_named(&group.group_id, &input.group_ids) && is_named(&group.name, &input.group_names));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (security_groups, next_token) = query.of(wanted.map(|group| group_shape(context, group)).collect())?;
        Ok(DescribeSecurityGroupsResult { security_groups, next_token })
    }

    pub(super) fn delete_security_group(
        &mut self,
        _: &mut Context,
        input: DeleteSecurityGroupRequest,
    ) -> Result<DeleteSecurityGroupResult, ApiError> {
        let group_id = self.security_group_id(input.group_id.as_deref(), input.group_name.as_deref())?;
        if self.security_groups.get(&group_id).is_some_and(SecurityGroup::is_default) {
            let message = format!("the specified group: \"{group_id}\" name: \"default\" cannot be deleted by a user");
            return Err(ApiError::new("CannotDelete", message));
        }
        let others = self.security_groups.values().filter(|group| group.group_id != group_id);
        let source = Source::Group(group_id.clone());
        let referenced =
            others.flat_map(|group| group.rules.iter().chain(&group.egress)).any(|rule| rule.source == source);
        let attached = self
            .instances
            .values()
            .any(|instance| instance.private_ip.is_some() && instance.security_groups.contains(&group_id));
        if referenced || attached {
            return Err(has_dependent(&group_id));
        }
        self.security_groups.remove(&group_id);
        Ok(DeleteSecurityGroupResult { r#return: true, group_id })
    }

    /// The security groups of an instance by id and name.
    pub(super) fn groups_of(&self, instance: &Instance) -> Vec<GroupIdentifier> {
        let groups = instance.security_groups.iter().filter_map(|id| self.security_groups.get(id));
        let shape = |group: &SecurityGroup| GroupIdentifier {
            group_id: group.group_id.clone(),
            group_name: group.name.clone(),
        };
        groups.map(shape).collect()
    }
}

fn group_shape(context: &Context, group: &SecurityGroup) -> ec2::SecurityGroup {
    ec2::SecurityGroup {
        group_id: group.group_id.clone(),
        group_name: group.name.clone(),
        description: group.description.clone(),
        owner_id: ACCOUNT_ID.into(),
        vpc_id: group.vpc_id.clone(),
        security_group_arn: context.arn("ec2", &format!("security-group/{}", group.group_id)),
        ip_permissions: permissions(&group.rules),
        ip_permissions_egress: permissions(&group.egress),
        tags: group.tags.clone(),
    }
}

/// Rules as AWS lists them: those of one protocol and one range of ports together.
fn permissions(rules: &[Rule]) -> Vec<IpPermission> {
    let mut permissions: Vec<IpPermission> = Vec::new();
    for rule in rules {
        let one = rule.permission();
        let key = |it: &IpPermission| (it.ip_protocol.clone(), it.from_port, it.to_port);
        match permissions.iter_mut().find(|known| key(known) == key(&one)) {
            Some(known) => {
                known.ip_ranges.extend(one.ip_ranges);
                known.user_id_group_pairs.extend(one.user_id_group_pairs);
            }
            None => permissions.push(one),
        }
    }
    permissions
}

/// The name `default` belongs to the group that a VPC comes with.
fn check_name(name: &str) -> Result<(), ApiError> {
    if name.starts_with("sg-") {
        return Err(ApiError::new("InvalidParameterValue", "Group names may not be in the format sg-*."));
    }
    if name == "default" {
        return Err(ApiError::new("InvalidParameterValue", "Cannot use reserved security group name: default"));
    }
    if name.is_empty() || name.chars().count() > 255 {
        let message = format!("Invalid value '{name}' for groupName. It must have 1 to 255 characters.");
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    Ok(())
}

/// The refusal to delete a group that something else uses.
pub(in crate::cloud) fn has_dependent(group_id: &str) -> ApiError {
    ApiError::new("DependencyViolation", format!("resource {group_id} has a dependent object"))
}

pub(super) fn not_found(group: &str) -> ApiError {
    ApiError::new("InvalidGroup.NotFound", format!("The security group '{group}' does not exist"))
}
